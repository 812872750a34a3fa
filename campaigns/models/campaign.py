"""The campaign: what is offered, on which terms, until when, and where its money waits.

The moves between its states are in MOVES; when one may be made is in `campaigns.lifecycle`.
"""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core import clock, languages, roles
from backend.core.models import Organisation, User
from backend.core.states import Moves
from backend.ledger.models import ACQUISITION, Fund, Purpose
from backend.treasury.models import BankAccount
from campaigns.rules import REGIMES


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns as somebody may see them."""

    def public(self) -> "CampaignQuerySet":
        return self.filter(state__in=Campaign.PUBLIC)

    def visible_to(self, user: User | AnonymousUser) -> "CampaignQuerySet":
        """The public ones; for staff also their own organisation's, or all where they have none."""
        if not isinstance(user, User) or not roles.may(user, "campaign.view"):
            return self.public()
        if user.organisation_id is None:
            return self
        return self.filter(Q(state__in=Campaign.PUBLIC) | Q(issuer=user.organisation_id))

    def of_staff(self, user: User | AnonymousUser) -> "CampaignQuerySet":
        """Those that the user works on: their own organisation's, or all where they have none."""
        if not isinstance(user, User) or not roles.may(user, "campaign.view"):
            return self.none()
        return self if user.organisation_id is None else self.filter(issuer=user.organisation_id)


class Campaign(models.Model):
    """An equity offer of one issuer."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        NEEDS_WORK = "needs_work", _("Needs work")
        PRE_CAMPAIGN = "pre_campaign", _("Pre-campaign")
        OPEN = "open", _("Open")
        SUSPENDED = "suspended", _("Suspended")
        COLLECTING = "collecting", _("Collecting late payments")
        SUCCEEDED = "succeeded", _("Succeeded")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        IN_USE = "in_use", _("Proceeds in use")
        REPORTING = "reporting", _("Reporting")
        CLOSED = "closed", _("Closed")

    MOVES: ClassVar[Moves] = {
        # An offer that ended elsewhere is taken over whole (campaigns.openings.released).
        State.DRAFT: frozenset({State.IN_REVIEW, State.CANCELLED, State.IN_USE}),
        State.IN_REVIEW: frozenset({State.NEEDS_WORK, State.PRE_CAMPAIGN, State.CANCELLED}),
        State.NEEDS_WORK: frozenset({State.IN_REVIEW, State.CANCELLED}),
        State.PRE_CAMPAIGN: frozenset({State.OPEN, State.CANCELLED}),
        State.OPEN: frozenset({State.SUSPENDED, State.COLLECTING, State.CANCELLED}),
        State.SUSPENDED: frozenset({State.OPEN, State.COLLECTING, State.CANCELLED}),
        # An error found after the last day stops the offer too (ECSPR art. 23(12)).
        State.COLLECTING: frozenset(
            {State.SUSPENDED, State.SUCCEEDED, State.FAILED, State.CANCELLED}
        ),
        State.SUCCEEDED: frozenset({State.IN_USE}),
        State.IN_USE: frozenset({State.REPORTING}),
        State.REPORTING: frozenset({State.CLOSED}),
        State.FAILED: frozenset(),
        State.CANCELLED: frozenset(),
        State.CLOSED: frozenset(),
    }
    EDITABLE: ClassVar = frozenset({State.DRAFT, State.NEEDS_WORK})
    HIDDEN: ClassVar = frozenset({State.DRAFT, State.IN_REVIEW, State.NEEDS_WORK, State.CANCELLED})
    PUBLIC: ClassVar = tuple(MOVES.keys() - HIDDEN)
    TAKES_PAYMENTS: ClassVar = frozenset({State.OPEN, State.COLLECTING})

    class Instrument(models.TextChoices):
        QUOTA = "quota", _("Quota of an S.r.l.")
        SHARE = "share", _("Share")

    class Mode(models.TextChoices):
        """Who takes the orders: an authorised platform (they are mirrored here), or this house."""

        MIRROR = "mirror", _("An authorised platform takes the orders")
        OPERATOR = "operator", _("Orders and money are taken here")

    class UseOfFunds(models.TextChoices):
        ACQUISITION_ONLY = "acquisition_only", _("Exclusively the acquisition of homes")
        PURCHASE_AND_MANAGEMENT = (
            "purchase_and_management",
            _("The purchase and management of homes"),
        )

    PURPOSES: ClassVar = {
        UseOfFunds.ACQUISITION_ONLY: ACQUISITION,
        UseOfFunds.PURCHASE_AND_MANAGEMENT: ACQUISITION
        | {
            Purpose.WORKS.value,
            Purpose.FURNITURE.value,
            Purpose.RATES.value,
            Purpose.INSURANCE.value,
            Purpose.MANAGEMENT.value,
        },
    }

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    regime = models.CharField(
        _("regime"), max_length=20, choices=[(code, code) for code in REGIMES], default="ecspr"
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.MIRROR)
    # Who takes the orders in mirror mode, or whose authorisation lets this house take them.
    platform = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    platform_url = models.URLField(_("the offer at the platform"), max_length=500, blank=True)
    authorisation_number = models.CharField(_("authorisation number"), max_length=60, blank=True)
    money_bank = models.CharField(_("bank that holds the money"), max_length=200, blank=True)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    summary_it = models.TextField(_("summary (Italian)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    risk_it = models.TextField(_("risks (Italian)"), blank=True)
    risk_en = models.TextField(_("risks (English)"), blank=True)
    instrument = models.CharField(_("instrument"), max_length=10, choices=Instrument)
    price_per_share = MoneyField(
        _("price of one share"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    # Of the price, what is capital; the rest is the premium. Nothing is said where nobody said it.
    nominal_per_share = MoneyField(
        _("nominal value"), max_digits=14, decimal_places=2, default_currency="EUR", null=True
    )
    capital_before = MoneyField(
        _("capital before"), max_digits=14, decimal_places=2, default_currency="EUR", null=True
    )
    minimum = MoneyField(_("minimum"), max_digits=14, decimal_places=2, default_currency="EUR")
    target = MoneyField(_("target"), max_digits=14, decimal_places=2, default_currency="EUR")
    maximum = MoneyField(_("maximum"), max_digits=14, decimal_places=2, default_currency="EUR")
    pre_campaign_threshold = MoneyField(
        _("interest needed to open"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    min_shares = models.PositiveIntegerField(
        _("fewest shares"), default=1, validators=[MinValueValidator(1)]
    )
    share_step = models.PositiveIntegerField(
        _("step of shares"), default=1, validators=[MinValueValidator(1)]
    )
    # The counter is what makes the maximum hard under concurrency; a check of the books compares it
    # with the pledges.
    taken_shares = models.PositiveIntegerField(_("shares taken"), default=0, editable=False)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    reflection_days = models.PositiveSmallIntegerField(_("days of reflection"), default=4)
    payment_window_days = models.PositiveSmallIntegerField(_("days to pay"), default=14)
    interest_days = models.PositiveSmallIntegerField(_("days to answer an invitation"), default=30)
    use_of_funds = models.CharField(
        _("use of funds"), max_length=30, choices=UseOfFunds, default=UseOfFunds.ACQUISITION_ONLY
    )
    terms_version = models.PositiveIntegerField(_("version of the terms"), default=1)
    fund = models.OneToOneField(
        Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="campaign"
    )
    own_fund = models.ForeignKey(
        Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    restricted_account = models.ForeignKey(
        BankAccount, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ordinary_account = models.ForeignKey(
        BankAccount, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_spv = models.BooleanField(_("special purpose vehicle"), default=False)
    has_certified_accounts = models.BooleanField(
        _("last two accounts are certified"), default=False
    )
    offer_identifier = models.CharField(_("offer identifier"), max_length=28, blank=True)
    sheet_sent_on = models.DateField(_("information sheet sent on"), null=True, blank=True)
    authority_told_on = models.DateField(_("authority told on"), null=True, blank=True)
    register_filed_on = models.DateField(_("filed at the business register"), null=True, blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)
    created_at = models.DateTimeField(_("created"))

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="campaign_sums_in_order",
                condition=Q(minimum__gt=0, price_per_share__gt=0)
                & Q(minimum__lte=F("target"), target__lte=F("maximum")),
            ),
            models.CheckConstraint(
                name="campaign_never_over_maximum",
                condition=Q(taken_shares__lte=F("maximum") / F("price_per_share")),
            ),
            models.CheckConstraint(
                name="campaign_in_euro",
                condition=Q(price_per_share_currency="EUR", minimum_currency="EUR")
                & Q(target_currency="EUR", maximum_currency="EUR"),
            ),
            models.CheckConstraint(
                name="campaign_nominal_within_price",
                condition=Q(nominal_per_share__isnull=True)
                | Q(nominal_per_share__gt=0, nominal_per_share__lte=F("price_per_share")),
            ),
            models.UniqueConstraint(
                name="campaign_identifier_once",
                fields=["offer_identifier"],
                condition=~Q(offer_identifier=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title_it

    @property
    def organisation_id(self) -> int:
        """Whose approvals it needs (core.approvals looks for this name)."""
        return self.issuer_id

    @property
    def title(self) -> str:
        return self._said("title")

    @property
    def summary(self) -> str:
        return self._said("summary")

    @property
    def risk(self) -> str:
        return self._said("risk")

    @property
    def max_shares(self) -> int:
        return int(self.maximum.amount // self.price_per_share.amount)

    @property
    def free_shares(self) -> int:
        return self.max_shares - self.taken_shares

    def is_over(self, at: dt.datetime) -> bool:
        """Whether its last day has passed."""
        return self.deadline_on is not None and at >= clock.end_of(self.deadline_on)

    def _said(self, name: str) -> str:
        """The text in the reader's language, Italian where there is none."""
        language = languages.active()
        text: str = getattr(self, f"{name}_{language}", "") or getattr(self, f"{name}_it")
        return text
