"""How a home becomes ours: one record per try, by one of the routes, with its steps and its costs.

Its moves are in `routes`; the guards on them stand in `properties.guards`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.core.states import Moves
from backend.ledger.models import Account, Entry, Fund, Purpose
from backend.treasury.models import Expectation
from properties.models.routes import FIRST_STATE, LAST_STATE, ROUTES, BidsAs, Route, union
from properties.models.scope import NOTHING, of_organisation, own_or_overseen
from properties.models.unit import Unit
from properties.models.works import Works


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

    MOVES: ClassVar[Moves] = union()
    STARTS: ClassVar = tuple(dict.fromkeys((*FIRST_STATE.values(), *LAST_STATE.values())))
    """The first of each route; and the last, for a home that was bought before this system."""

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
    # Of a court's sale, as its notice says: the day of the notice, what goes with an offer where that
    # is not a tenth of it, and by how much each bid of an auction with increase tops the one before.
    noticed_on = models.DateField(_("notice of the sale"), null=True, blank=True)
    deposit_asked = MoneyField(
        _("deposit asked"),
        max_digits=14,
        decimal_places=2,
        default_currency="EUR",
        null=True,
    )
    least_raise = MoneyField(
        _("least raise"),
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
    """A state reached: on which day, with what amount and paper, by whose hand at court or the notary's."""

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=24)
    on = models.DateField()
    amount = MoneyField(max_digits=14, decimal_places=2, default_currency="EUR", null=True)
    document = models.CharField(max_length=200, blank=True)
    bids_as = models.CharField(
        _("who bids"), max_length=14, choices=BidsAs, blank=True, db_default=""
    )
    witness = models.CharField(_("first witness"), max_length=80, blank=True, db_default="")
    other_witness = models.CharField(_("second witness"), max_length=80, blank=True, db_default="")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("step of an acquisition")
        verbose_name_plural = _("steps of acquisitions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="step_witnesses_are_two",
                condition=Q(witness="", other_witness="")
                | ~Q(witness="") & ~Q(other_witness="") & ~Q(witness=F("other_witness")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acquisition_id} {self.state} {self.on}"


class CostLineQuerySet(models.QuerySet["CostLine"]):
    def visible_to(self, user: User) -> "CostLineQuerySet":
        return self.filter(acquisition__in=Acquisition.objects.visible_to(user))


class CostLine(models.Model):
    """What a home costs, of one kind, from one fund. Planned until it has an expectation, then
    committed; how much of it was paid is read from the expectation's allocations, and whether all was
    is kept by the database (migration 0018). What was paid before this system is taken over with its
    entry in the books, and waits for nothing."""

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
    is_paid = models.BooleanField(default=False, db_default=False, editable=False)
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
        indexes: ClassVar = [
            models.Index(name="cost_not_paid", fields=["expectation"], condition=Q(is_paid=False))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
