"""A complaint in the register (ECSPR art. 7, RTS 2022/2117): free of charge, numbered, with its dates."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import clock, law, roles, working_days
from backend.core.models import Organisation, User
from backend.core.states import Moves
from investors import statutes

ACKNOWLEDGE_WORKING_DAYS = 10


@law.rule(
    id="R55",
    article=statutes.REGULATION.format("7") + "; Delegated Reg. (EU) 2022/2117",
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "A complaint is acknowledged within ten working days, with whether it is admissible, "
        "whom to ask and when to expect the answer."
    ),
    uncertain=_("Which holidays count: those of all of Italy, no patron saint."),
)
def last_day_to_acknowledge(received_on: dt.date) -> dt.date:
    """Ten working days after the day it came."""
    return working_days.after(received_on, ACKNOWLEDGE_WORKING_DAYS)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints as somebody may see them."""

    def visible_to(self, user: User) -> "ComplaintQuerySet":
        """One's own; for staff who may, those about their organisation."""
        own = Q(complainant=user)
        if roles.may(user, "complaint.view"):
            own |= Q(organisation=user.organisation_id)
        return self.filter(own)

    def unfinished(self) -> "ComplaintQuerySet":
        return self.filter(state__in=(Complaint.State.RECEIVED, Complaint.State.ADMISSIBLE))


class Complaint(models.Model):
    """What somebody complains of, whether it is admissible, and the answer."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ADMISSIBLE = "admissible", _("Admissible, being looked into")
        INADMISSIBLE = "inadmissible", _("Not admissible")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES: ClassVar[Moves] = {
        State.RECEIVED: frozenset({State.ADMISSIBLE, State.INADMISSIBLE, State.WITHDRAWN}),
        State.ADMISSIBLE: frozenset({State.ANSWERED, State.WITHDRAWN}),
        State.INADMISSIBLE: frozenset(),
        State.ANSWERED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }

    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("number in the year"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    complainant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="complaints")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="it")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("what happened"), max_length=5000)
    wish = models.TextField(_("what is asked for"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    answer_due_on = models.DateField(_("answer expected"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints: ClassVar = [
            models.UniqueConstraint(name="complaint_number_once", fields=["year", "serial"]),
            models.CheckConstraint(
                name="complaint_judged_has_its_instant",
                condition=~Q(state__in=("admissible", "inadmissible", "answered"))
                | Q(acknowledged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_answered_has_its_answer",
                condition=~Q(state="answered") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What both sides call it by: R-2026-0007."""
        return f"R-{self.year}-{self.serial:04d}"

    @property
    def acknowledge_by(self) -> dt.date:
        """The last day to acknowledge it: ten working days after the day it came (R55)."""
        return last_day_to_acknowledge(clock.day_of(self.received_at))

    @property
    def due_on(self) -> dt.date | None:
        """The next day that somebody waits for; None when nothing is due any more."""
        if self.state == self.State.RECEIVED:
            return self.acknowledge_by
        return self.answer_due_on if self.state == self.State.ADMISSIBLE else None
