"""What an investor counts as, asked for with evidence and decided by staff (ECSPR Annex II).

Sophisticated lifts protections of European law; the other kinds count as professional for the closing
condition of the Italian rules of 2020 (I1). Time ends a qualification by itself: no state says so.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from backend.core.states import Moves
from investors.models.investor import Investor


class Qualification(models.Model):
    """A request, its decision, and until when it counts."""

    class Kind(models.TextChoices):
        SOPHISTICATED = "sophisticated", _("Sophisticated investor")
        MIFID = "mifid_professional", _("Professional client (MiFID II)")
        FOUNDATION = "bank_foundation", _("Bank foundation")
        INCUBATOR = "incubator", _("Incubator or finance company for innovation")
        SUPPORTER = "sme_supporter", _("Qualified supporter of small companies")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ENDED = "ended", _("Ended")

    MOVES: ClassVar[Moves] = {
        State.ASKED: frozenset({State.GRANTED, State.REFUSED, State.WITHDRAWN}),
        State.GRANTED: frozenset({State.ENDED}),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.ENDED: frozenset(),
    }
    LIFTS_PROTECTION: ClassVar = (Kind.SOPHISTICATED, Kind.MIFID)
    PROFESSIONAL: ClassVar = (Kind.MIFID, Kind.FOUNDATION, Kind.INCUBATOR, Kind.SUPPORTER)

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="qualifications")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    criteria = models.JSONField(_("criteria"), default=list)
    claim = models.JSONField(_("what was attested"), default=dict)
    evidence = models.CharField(_("evidence"), max_length=1000)
    statement_version = models.CharField(_("version of the statement"), max_length=20, blank=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="qualification_asked_once",
                fields=["investor", "kind"],
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(
                name="qualification_decided_has_its_instant",
                condition=~Q(state__in=("granted", "refused", "ended"))
                | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="qualification_sophisticated_has_an_end",
                condition=~Q(kind="sophisticated", state__in=("granted", "ended"))
                | Q(valid_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="qualification_granted",
                fields=["investor", "kind"],
                condition=Q(state="granted"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor} {self.kind} {self.state}"
