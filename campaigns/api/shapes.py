"""What campaigns, interests, pledges and orders to the bank look like in JSON, both ways."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core import clock
from backend.core.api import DayField, Input, MoneyField
from backend.core.models import Organisation
from backend.ledger.models import Fund
from backend.treasury.models import BankAccount
from campaigns import drafting, figures, instruments, tallies
from campaigns.drafting import Draft, Paper, PlannedLine
from campaigns.models import Campaign, CampaignDocument, TransferOrder, UseOfFundsLine


class FiguresSerializer(serializers.Serializer[figures.CampaignFigures]):
    """The four numbers, and what they are numbers of."""

    promised = MoneyField()
    paid = MoneyField()
    settled = MoneyField()
    beyond_recall = MoneyField()
    interest = MoneyField()
    pledges = serializers.IntegerField()
    investors = serializers.IntegerField()
    interests = serializers.IntegerField()
    waitlisted = serializers.IntegerField()


class PlannedLineSerializer(serializers.ModelSerializer[UseOfFundsLine]):
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field named label
    amount = MoneyField()

    class Meta:
        model = UseOfFundsLine
        fields = ("label", "label_it", "label_en", "amount", "purpose", "home")
        # Who reads an offer is not led to one door; `campaign-plan` names the home to staff.
        extra_kwargs: ClassVar = {
            "purpose": {"required": False},
            "home": {"required": False, "write_only": True},
        }


class DocumentSerializer(serializers.ModelSerializer[CampaignDocument]):
    class Meta:
        model = CampaignDocument
        fields = (
            "id", "kind", "title", "language", "url", "version", "media_type", "size_bytes",
            "sha256",
        )  # fmt: skip
        read_only_fields = ("id", "version", "media_type", "size_bytes", "sha256")
        extra_kwargs: ClassVar = {"url": {"required": True, "allow_blank": False}}


class StakeSerializer(serializers.Serializer[instruments.Stake]):
    """What the new shares come to at the minimum, the target and the maximum."""

    at = serializers.CharField()
    shares = serializers.IntegerField()
    premium = MoneyField()
    capital_after = MoneyField()
    percent = serializers.DecimalField(max_digits=6, decimal_places=2)


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    issuer = serializers.CharField(source="issuer.name")
    synthetic = serializers.BooleanField(source="is_synthetic")
    title = serializers.CharField()
    summary = serializers.CharField()
    risk = serializers.CharField()
    price_per_share = MoneyField()
    minimum = MoneyField()
    target = MoneyField()
    maximum = MoneyField()
    pre_campaign_threshold = MoneyField()
    platform = serializers.CharField(source="platform.name", allow_null=True, default=None)
    nominal_per_share = MoneyField(allow_null=True)
    capital_before = MoneyField(allow_null=True)
    stakes = serializers.SerializerMethodField()
    smallest_order = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    planned_lines = PlannedLineSerializer(many=True)
    documents = DocumentSerializer(many=True)
    figures = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = (
            "slug", "state", "issuer", "synthetic", "regime", "title", "summary", "risk",
            "instrument", "price_per_share", "min_shares", "share_step", "smallest_order",
            "mode", "platform", "platform_url", "nominal_per_share", "capital_before", "stakes",
            "offer_identifier", "minimum", "target", "maximum", "pre_campaign_threshold",
            "opens_on", "deadline_on", "days_left",
            "reflection_days", "payment_window_days", "use_of_funds", "terms_version",
            "planned_lines", "documents", "figures",
        )  # fmt: skip

    @extend_schema_field(MoneyField)
    def get_smallest_order(self, campaign: Campaign) -> dict[str, str]:
        smallest = campaign.price_per_share * campaign.min_shares
        return MoneyField().to_representation(smallest)

    @extend_schema_field(StakeSerializer(many=True))
    def get_stakes(self, campaign: Campaign) -> Any:
        return [StakeSerializer(stake).data for stake in instruments.of(campaign)]

    def get_days_left(self, campaign: Campaign) -> int | None:
        return days_left(campaign, clock.day_of(self.context["at"]))

    @extend_schema_field(FiguresSerializer)
    def get_figures(self, campaign: Campaign) -> Any:
        return FiguresSerializer(self.context["figures"][campaign.pk]).data


class CampaignInput(Input):
    """A campaign as its manager writes it; with `partial` any part of it."""

    slug = serializers.SlugField(max_length=60)
    title_it = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200)
    summary_it = serializers.CharField(required=False, allow_blank=True)
    summary_en = serializers.CharField(required=False, allow_blank=True)
    risk_it = serializers.CharField(required=False, allow_blank=True)
    risk_en = serializers.CharField(required=False, allow_blank=True)
    regime = serializers.ChoiceField(choices=("ecspr", "consob_2020"), required=False)
    instrument = serializers.ChoiceField(choices=Campaign.Instrument.choices)
    mode = serializers.ChoiceField(choices=Campaign.Mode.choices, required=False)
    authorisation_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    money_bank = serializers.CharField(max_length=200, required=False, allow_blank=True)
    platform = serializers.CharField(required=False, help_text="name of the platform")
    platform_url = serializers.URLField(
        max_length=500, required=False, allow_blank=True, help_text="the offer's page there"
    )
    price_per_share = MoneyField()
    nominal_per_share = MoneyField(required=False)
    capital_before = MoneyField(required=False)
    is_spv = serializers.BooleanField(required=False)
    has_certified_accounts = serializers.BooleanField(required=False)
    minimum = MoneyField()
    target = MoneyField()
    maximum = MoneyField()
    pre_campaign_threshold = MoneyField(required=False)
    interest_days = serializers.IntegerField(min_value=1, max_value=180, required=False)
    min_shares = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    share_step = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    opens_on = DayField(required=False)
    deadline_on = DayField(required=False)
    reflection_days = serializers.IntegerField(min_value=4, max_value=60, required=False)
    payment_window_days = serializers.IntegerField(min_value=1, max_value=60, required=False)
    use_of_funds = serializers.ChoiceField(choices=Campaign.UseOfFunds.choices, required=False)
    own_fund = serializers.CharField(required=False, help_text="code of the fund")
    restricted_account = serializers.CharField(required=False, help_text="IBAN")
    ordinary_account = serializers.CharField(required=False, help_text="IBAN")
    planned_lines = PlannedLineSerializer(many=True, required=False)
    documents = DocumentSerializer(many=True, required=False)

    def validate_platform(self, name: str) -> Organisation:
        found = Organisation.objects.filter(name=name, kind=Organisation.Kind.PLATFORM).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such platform."))
        return found

    def validate_own_fund(self, code: str) -> Fund:
        found = Fund.objects.filter(
            code=code, organisation=self.context["person"].organisation_id, is_restricted=False
        ).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such fund of own money."))
        return found

    def validate_restricted_account(self, iban: str) -> BankAccount:
        return self._account(iban, BankAccount.Kind.RESTRICTED)

    def validate_ordinary_account(self, iban: str) -> BankAccount:
        return self._account(iban, BankAccount.Kind.ORDINARY)

    def draft(self) -> Draft:
        """What was written, as the rules take it."""
        told = dict(self.validated_data)
        lines = [PlannedLine(**line) for line in told.pop("planned_lines", [])]
        papers = [Paper(**paper) for paper in told.pop("documents", [])]
        slug = told.pop("slug", "")
        told = {name: value for name, value in told.items() if name in KNOWN}
        return Draft(slug=slug, fields=told, lines=lines, papers=papers)

    def _account(self, iban: str, kind: str) -> BankAccount:
        holder = self.context["person"].organisation_id
        found = BankAccount.objects.filter(
            iban=iban.replace(" ", ""), kind=kind, holder=holder
        ).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such bank account of yours."))
        return found


KNOWN = drafting.TERMS | drafting.TEXTS | drafting.WORKINGS


class TransferOrderSerializer(serializers.ModelSerializer[TransferOrder]):
    """What to order at the bank: amount, from, to, and the words to write."""

    amount = MoneyField()
    from_iban = serializers.CharField(source="source.iban")
    to_iban = serializers.CharField(source="target.iban")
    to_name = serializers.CharField(source="campaign.issuer.name")

    class Meta:
        model = TransferOrder
        fields = (
            "id", "kind", "amount", "from_iban", "to_iban", "to_name", "reference", "ordered_at",
            "arrived_at",
        )  # fmt: skip


def shown(campaigns: Sequence[Campaign], *, at: dt.datetime) -> list[dict[str, Any]]:
    """Campaigns in JSON with their figures; the same number of queries however many."""
    context = {"figures": tallies.of_campaigns(campaigns, at=at), "at": at}
    return list(CampaignSerializer(campaigns, many=True, context=context).data)


def days_left(campaign: Campaign, today: dt.date) -> int | None:
    """Days until the deadline, the last day included; None where there is none."""
    if campaign.deadline_on is None:
        return None
    return max((campaign.deadline_on - today).days + 1, 0)
