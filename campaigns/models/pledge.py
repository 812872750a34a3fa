"""The pledge (an order for whole shares) and the allotment that it becomes.

Stored states are acts. Whether it is in reflection, unpaid, part paid, paid, to be refunded, is
computed from instants and the ledger (`campaigns.figures`).
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core import clock
from backend.core.models import User
from backend.core.states import Moves
from backend.ledger.models import Account
from campaigns.models.campaign import Campaign
from campaigns.models.interest import Interest
from investors.models import Investor, in_time_of


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Pledges as somebody may see them."""

    def standing(self) -> "PledgeQuerySet":
        """Those that hold places: placed, confirmed or allotted."""
        return self.filter(state__in=Pledge.STANDING)

    def orders(self) -> "PledgeQuerySet":
        """All but what was begun and never placed."""
        return self.filter(queued_at__isnull=False)

    def live(self) -> "PledgeQuerySet":
        """Orders that stand, or wait in line."""
        return self.filter(state__in=(*Pledge.STANDING, Pledge.State.WAITLISTED))

    def in_queue(self) -> "PledgeQuerySet":
        return self.order_by("queued_at", "id")

    def visible_to(self, user: User) -> "PledgeQuerySet":
        """Those of the investors one acts for, or acted for when they were placed (R53); for staff,
        the orders of their issuer's campaigns, not what somebody only began."""
        own = Investor.objects.acted_for_by(user).values("pk")
        before = in_time_of(user, investor="investor", instant="queued_at")
        staffed = Campaign.objects.of_staff(user).values("pk")
        orders = Q(campaign__in=staffed, queued_at__isnull=False)
        return self.filter(Q(investor__in=own) | before | orders)


class Pledge(models.Model):
    """An order of an investor for whole shares of a campaign, at the price of that moment."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        PLACED = "placed", _("Placed")
        WAITLISTED = "waitlisted", _("On the waiting list")
        CONFIRMED = "confirmed", _("Confirmed")
        REVOKED = "revoked", _("Revoked")
        LAPSED = "lapsed", _("Lapsed")
        REFUSED = "refused", _("Refused")
        ALLOTTED = "allotted", _("Allotted")

    MOVES: ClassVar[Moves] = {
        State.STARTED: frozenset({State.PLACED, State.WAITLISTED, State.LAPSED}),
        State.PLACED: frozenset(
            {State.CONFIRMED, State.REVOKED, State.LAPSED, State.REFUSED, State.ALLOTTED}
        ),
        State.WAITLISTED: frozenset({State.PLACED, State.REVOKED, State.LAPSED, State.REFUSED}),
        State.CONFIRMED: frozenset({State.REVOKED, State.LAPSED, State.REFUSED, State.ALLOTTED}),
        State.REVOKED: frozenset(),
        State.LAPSED: frozenset(),
        State.REFUSED: frozenset(),
        State.ALLOTTED: frozenset(),
    }
    STARTS: ClassVar = (State.STARTED, State.PLACED, State.WAITLISTED)
    STANDING: ClassVar = (State.PLACED, State.CONFIRMED, State.ALLOTTED)
    ENDED: ClassVar = (State.REVOKED, State.LAPSED, State.REFUSED)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pledges")
    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="pledges")
    interest = models.OneToOneField(
        Interest, null=True, blank=True, on_delete=models.PROTECT, related_name="pledge"
    )
    shares = models.PositiveIntegerField(_("shares"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    state = models.CharField(_("state"), max_length=20, choices=State)
    terms_version = models.PositiveIntegerField(_("version of the terms"))
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    queued_at = models.DateTimeField(_("place in the queue"), null=True, blank=True)
    placed_at = models.DateTimeField(_("placed"), null=True, blank=True)
    reflection_ends_at = models.DateTimeField(_("reflection ends"), null=True, blank=True)
    pay_until = models.DateTimeField(_("to be paid before"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=25, unique=True)
    payer = models.OneToOneField(
        Account, on_delete=models.PROTECT, related_name="pledge", editable=False
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pledge_of_something",
                condition=Q(shares__gt=0, amount__gt=0, amount_currency="EUR"),
            ),
            models.CheckConstraint(
                name="pledge_placed_has_its_instants",
                condition=~Q(state__in=("placed", "confirmed", "allotted"))
                | Q(
                    placed_at__isnull=False,
                    reflection_ends_at__isnull=False,
                    pay_until__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="pledge_ordered_has_its_place",
                condition=Q(queued_at__isnull=False)
                | Q(state__in=("started", "lapsed"), started_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="pledge_begun_once",
                fields=["campaign", "investor"],
                condition=Q(state="started"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "queued_at", "id"]),
            models.Index(
                name="pledge_waiting",
                fields=["campaign", "queued_at", "id"],
                condition=Q(state="waitlisted"),
            ),
            models.Index(fields=["campaign", "investor"]),
        ]

    def __str__(self) -> str:
        return f"{self.investor}: {self.amount}"

    @property
    def first_at(self) -> dt.datetime:
        """The instant of the order: its place in the queue, or when it was begun."""
        instant = self.queued_at or self.started_at
        assert instant is not None, "the database's own check"
        return instant

    @property
    def reflection_last_day(self) -> dt.date | None:
        """The last day, until 24:00 in Turin, on which it may be revoked freely; None where no such
        time began: of one who waits, and of an investor who gave up that protection."""
        if self.reflection_ends_at == self.placed_at:
            return None
        return _last_day(self.reflection_ends_at)

    @property
    def pay_last_day(self) -> dt.date | None:
        """The last day, until 24:00 in Turin, on which its payment is in time."""
        return _last_day(self.pay_until)


def _last_day(end: dt.datetime | None) -> dt.date | None:
    return clock.day_of(end - dt.timedelta(microseconds=1)) if end is not None else None


class Allotment(models.Model):
    """The shares an investor got, with their number in the register of members. Append-only."""

    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="allotment")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="allotments")
    register_number = models.PositiveIntegerField(_("number in the register"))
    shares = models.PositiveIntegerField(_("shares"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    allotted_at = models.DateTimeField(_("allotted"))

    class Meta:
        verbose_name = _("allotment")
        verbose_name_plural = _("allotments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="allotment_number_once", fields=["campaign", "register_number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.register_number}"
