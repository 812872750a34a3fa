"""How a home becomes ours: one record per try, by one of four routes, with its steps and its costs.

The moves are those of housing.md 3.7; the guards on them stand in `properties.acquisitions`.
"""

from itertools import chain
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.core.states import Moves
from backend.ledger.models import Account, Entry, Fund, Purpose
from backend.treasury.models import Expectation
from properties.models.scope import NOTHING, of_organisation, own_or_overseen
from properties.models.unit import Unit
from properties.models.works import Works


def _moves(**steps: str) -> Moves:
    """`A="B C"` reads: from A to B or C. A state named only as a goal is an end."""
    moves = {before: frozenset(after.split()) for before, after in steps.items()}
    ends = set(chain(*moves.values())) - set(moves)
    return {**moves, **{end: frozenset() for end in ends}}


AUCTION = _moves(
    IDENTIFIED="REPORT_REVIEWED WITHDRAWN_BEFORE_OFFER",
    REPORT_REVIEWED="VISITED APPROVED WITHDRAWN_BEFORE_OFFER",
    VISITED="APPROVED WITHDRAWN_BEFORE_OFFER",
    APPROVED="OFFER_FILED WITHDRAWN_BEFORE_OFFER",
    OFFER_FILED="EXCLUDED SINGLE_OFFER CONTEST SUSPENDED",
    SINGLE_OFFER="AWARDED LOST SUSPENDED",
    CONTEST="AWARDED LOST SUSPENDED",
    AWARDED="BALANCE_DUE REVOKED SUSPENDED",
    BALANCE_DUE="BALANCE_PAID DEFAULTED SUSPENDED",
    BALANCE_PAID="DECREE SUSPENDED REVOKED",
    DECREE="REGISTERED",
    REGISTERED="POSSESSION",
    POSSESSION="PORTFOLIO",
)
MARKET = _moves(
    LEAD="DUE_DILIGENCE REJECTED",
    DUE_DILIGENCE="APPROVED DD_FAILED",
    APPROVED="OFFER REJECTED",
    OFFER="ACCEPTED REJECTED",
    ACCEPTED="PRELIMINARY DEED RESCINDED",
    PRELIMINARY="DEED RESCINDED",
    DEED="REGISTERED",
    REGISTERED="POSSESSION",
    POSSESSION="PORTFOLIO",
)
DONATION = _moves(
    OFFERED="SCREENED DECLINED",
    SCREENED="ACCEPTED_BY_BOARD DECLINED",
    ACCEPTED_BY_BOARD="NOTARY_DEED DECLINED REVOKED",
    NOTARY_DEED="REGISTERED REVOKED",
    REGISTERED="POSSESSION",
    POSSESSION="PORTFOLIO",
)
MANDATE = _moves(
    PROPOSED="INSPECTED DECLINED",
    INSPECTED="MANDATE_SIGNED DECLINED",
    MANDATE_SIGNED="IN_MANAGEMENT",
    IN_MANAGEMENT="RENEWED RETURNED",
    RENEWED="IN_MANAGEMENT RETURNED",
)


class Route(models.TextChoices):
    COURT_AUCTION = "court_auction", _("court auction")
    MARKET = "market", _("market purchase")
    DONATION = "donation", _("donation")
    MANDATE = "mandate", _("management mandate")


ROUTES: dict[str, Moves] = {
    Route.COURT_AUCTION: AUCTION,
    Route.MARKET: MARKET,
    Route.DONATION: DONATION,
    Route.MANDATE: MANDATE,
}
FIRST_STATE: dict[str, str] = {route: next(iter(moves)) for route, moves in ROUTES.items()}
APPROVED_STATE: dict[str, str] = {
    Route.COURT_AUCTION: "APPROVED",
    Route.MARKET: "APPROVED",
    Route.DONATION: "ACCEPTED_BY_BOARD",
    Route.MANDATE: "MANDATE_SIGNED",
}
"""The state that only a second person's approval reaches: nothing is offered before it."""
SIGNED_BY_HAND = frozenset({Route.MANDATE})
"""Where that state is an act of its own, with a day and terms: the approval alone does not make it."""
TITLE_STATES = frozenset({"DECREE", "DEED", "NOTARY_DEED"})
LAST_STATE: dict[str, str] = {
    Route.COURT_AUCTION: "PORTFOLIO",
    Route.MARKET: "PORTFOLIO",
    Route.DONATION: "PORTFOLIO",
    Route.MANDATE: "IN_MANAGEMENT",
}


def _union() -> Moves:
    """All routes in one dict: a state of two routes may go where either goes; `acquisitions`
    holds each record to its own route."""
    union: dict[str, frozenset[str]] = {}
    for before, after in chain(*(moves.items() for moves in ROUTES.values())):
        union[before] = union.get(before, frozenset()) | after
    return union


class PastPurchases(models.Model):
    """A list of homes bought before this system, with their costs; applied once a second agreed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(_("evidence"), max_length=300)
    rows = models.JSONField(_("rows"))
    content_hash = models.CharField(_("hash"), max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    by_label = models.CharField(max_length=200)
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("list of past purchases")
        verbose_name_plural = _("lists of past purchases")

    def __str__(self) -> str:
        return f"{self.organisation} {self.evidence}"


class AcquisitionQuerySet(models.QuerySet["Acquisition"]):
    def visible_to(self, user: User) -> "AcquisitionQuerySet":
        """Amounts of purchases: manager, finance, city, auditor (section 5); no caseworker."""
        if any(user.has_role(role) for role in (Role.MANAGER, Role.FINANCE)):
            return self.filter(of_organisation(user))
        if any(user.has_role(role) for role in (Role.CITY_REVIEWER, Role.AUDITOR)):
            return self.filter(own_or_overseen(user))
        return self.filter(NOTHING)


class Acquisition(models.Model):
    """One try to get one home. Money facts are in its cost lines and in the books."""

    MOVES: ClassVar[Moves] = _union()

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="acquisitions")
    route = models.CharField(_("route"), max_length=20, choices=Route)
    state = models.CharField(_("state"), max_length=24)
    fund = models.ForeignKey(
        Fund,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The fund that pays the purchase; none for a gift or a mandate."),
    )
    base_price = MoneyField(
        _("base price"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        null=True,
    )
    max_price = MoneyField(
        _("highest price we may offer"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        null=True,
    )
    offer_due_at = models.DateTimeField(_("offer due at"), null=True, blank=True)
    sale_on = models.DateField(_("day of the auction"), null=True, blank=True)
    balance_due_on = models.DateField(_("balance due on"), null=True, blank=True)
    title_on = models.DateField(_("title on"), null=True, blank=True)
    term_ends_on = models.DateField(_("mandate ends on"), null=True, blank=True)
    is_recorded_afterwards = models.BooleanField(default=False)
    # The list of past purchases that it came with; who approved the list approved the purchase.
    taken_over_with = models.ForeignKey(
        PastPurchases, null=True, on_delete=models.PROTECT, related_name="acquisitions"
    )
    created_at = models.DateTimeField()

    objects = AcquisitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("acquisition")
        verbose_name_plural = _("acquisitions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="acquisition_state_known",
                condition=Q(
                    state__in=sorted({state for moves in ROUTES.values() for state in moves})
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


class AcquisitionStep(models.Model):
    """A state reached: on which day, with what amount and paper."""

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=24)
    on = models.DateField()
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR", null=True)
    document = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("step of an acquisition")
        verbose_name_plural = _("steps of acquisitions")

    def __str__(self) -> str:
        return f"{self.acquisition_id} {self.state} {self.on}"


class CostLineQuerySet(models.QuerySet["CostLine"]):
    def visible_to(self, user: User) -> "CostLineQuerySet":
        return self.filter(acquisition__in=Acquisition.objects.visible_to(user))


class CostLine(models.Model):
    """What a home costs, of one kind, from one fund. Planned until it has an expectation, then
    committed; what of it was paid is read from the expectation's allocations, never stored. What was
    paid before this system is taken over with its entry in the books, and waits for nothing."""

    DROPPED: ClassVar = Q(expectation__state="cancelled")
    OWED: ClassVar = Q(expectation__state="open") | Q(taken_over__isnull=False)

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(_("kind"), max_length=40, choices=Purpose)
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    expectation = models.OneToOneField(
        Expectation, null=True, on_delete=models.PROTECT, related_name="cost_line"
    )
    taken_over = models.OneToOneField(
        Entry, null=True, on_delete=models.PROTECT, related_name="cost_line"
    )
    works = models.ForeignKey(
        Works, null=True, blank=True, on_delete=models.PROTECT, related_name="costs"
    )
    due_on = models.DateField(_("due on"), null=True)
    created_at = models.DateTimeField()

    objects = CostLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        constraints: ClassVar = [
            models.CheckConstraint(name="cost_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="cost_committed_has_account_and_due_day",
                condition=Q(expectation__isnull=True, taken_over__isnull=True, account__isnull=True)
                | (
                    Q(expectation__isnull=False, taken_over__isnull=True)
                    | Q(expectation__isnull=True, taken_over__isnull=False)
                )
                & Q(account__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
