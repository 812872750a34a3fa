"""How investors and what is known of them look in JSON, and what is read of them."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core import clock
from backend.core.api import DayField, Input, MoneyField
from backend.core.models import AuditEvent, User
from investors import identification, loss, qualifications
from investors.models import (
    IdentityCheck,
    Investor,
    KnowledgeTest,
    LossSimulation,
    Qualification,
    Representation,
)


class InvestorSerializer(serializers.ModelSerializer[Investor]):
    synthetic = serializers.BooleanField(source="is_synthetic")
    category = serializers.SerializerMethodField()
    identified = serializers.SerializerMethodField()

    class Meta:
        model = Investor
        fields = (
            "id", "kind", "name", "tax_code", "tax_country", "foreign_tax_number", "born_on", "email",
            "language", "iban", "shown_as", "category", "identified", "synthetic",
        )  # fmt: skip

    def get_category(self, investor: Investor) -> str:
        """`sophisticated` or `non_sophisticated`, as it counts now."""
        return "sophisticated" if investor.pk in self._sophisticated else "non_sophisticated"

    def get_identified(self, investor: Investor) -> bool:
        """Whether the identity is known now; without it nothing is allotted."""
        return identification.is_identified(self._checks.get(investor.pk), at=clock.now())

    @cached_property
    def _sophisticated(self) -> Collection[int]:
        return qualifications.sophisticated([each.pk for each in self._shown], at=clock.now())

    @cached_property
    def _checks(self) -> dict[int, IdentityCheck]:
        return identification.newest_checks(self._shown)

    @cached_property
    def _shown(self) -> list[Investor]:
        """All that are shown together: what is known of them is read once, however many."""
        if isinstance(self.parent, serializers.ListSerializer):
            return list(self.parent.instance or ())
        return [self.instance] if isinstance(self.instance, Investor) else []


class ReadSerializer(serializers.ModelSerializer[AuditEvent]):
    place = serializers.CharField(source="facts.place")

    class Meta:
        model = AuditEvent
        fields = ("at", "by_label", "place")


class ProfileInput(Input):
    """What somebody says about the investor they register."""

    kind = serializers.ChoiceField(choices=Investor.Kind.choices, default=Investor.Kind.PERSON)
    name = serializers.CharField(max_length=200)
    tax_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default="",
        help_text="Codice fiscale of a person, the eleven digits of a body; empty only abroad.",
    )  # fmt: skip
    email = serializers.EmailField(required=False)
    language = serializers.ChoiceField(choices=("it", "en"), required=False)
    iban = serializers.CharField(max_length=42, required=False, allow_blank=True, default="")
    synthetic = serializers.BooleanField(default=False)
    tax_country = serializers.CharField(max_length=2, required=False, default="IT")
    foreign_tax_number = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default=""
    )
    born_on = DayField(required=False, allow_null=True, default=None)
    acting = serializers.ChoiceField(
        choices=Representation.Kind.choices, required=False, allow_blank=True, default=""
    )
    evidence = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class InvestorChangeInput(Input):
    iban = serializers.CharField(max_length=42, required=False)
    shown_as = serializers.ChoiceField(choices=Investor.ShownAs.choices, required=False)


class MeSerializer(serializers.ModelSerializer[User]):
    investors = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language", "roles", "investors")

    @extend_schema_field(InvestorSerializer(many=True))
    def get_investors(self, user: User) -> Any:
        return InvestorSerializer(Investor.objects.acted_for_by(user), many=True).data


class TestSerializer(serializers.ModelSerializer[KnowledgeTest]):
    class Meta:
        model = KnowledgeTest
        fields = ("id", "version", "right_answers", "has_passed", "outcome", "taken_at")


class SimulationSerializer(serializers.ModelSerializer[LossSimulation]):
    net_worth = MoneyField()
    bearable_loss = MoneyField()

    class Meta:
        model = LossSimulation
        fields = ("id", "net_worth", "bearable_loss", "valued_on", "valid_until", "taken_at")


class FiguresInput(Input):
    """A year's figures (RTS 2022/2114, arts. 8-10); what is left out is nothing."""

    labour = MoneyField(help_text="Wages, unemployment benefit, pensions; nothing exceptional.")
    interest = MoneyField(required=False)
    dividends = MoneyField(required=False)
    rents = MoneyField(required=False)
    income_costs = MoneyField(required=False)
    contributions = MoneyField(required=False)
    income_tax = MoneyField(required=False)
    accounts = MoneyField(required=False)
    savings = MoneyField(required=False, help_text="Cashable within 30 calendar days.")
    securities = MoneyField(required=False, help_text="On a regulated market.")
    funds = MoneyField(required=False, help_text="Redeemable at least weekly.")
    maintenance = MoneyField(required=False)
    housing = MoneyField(required=False)
    loans = MoneyField(required=False)
    insurance = MoneyField(required=False)
    utilities = MoneyField(required=False)
    subscriptions = MoneyField(required=False)
    property_tax = MoneyField(required=False)

    @staticmethod
    def figures(told: dict[str, Any]) -> loss.Figures:
        """What was sent, as the rule takes it."""
        return loss.Figures(**{name: told[name] for name in loss.NAMES if name in told})


class KeptFiguresInput(FiguresInput):
    keeps_components = serializers.BooleanField(default=False)


class ResultSerializer(serializers.Serializer[loss.Result]):
    income = MoneyField()
    assets = MoneyField()
    commitments = MoneyField()
    net_worth = MoneyField()
    loss = MoneyField()


class RepresentationSerializer(serializers.ModelSerializer[Representation]):
    email = serializers.EmailField(source="user.email")

    class Meta:
        model = Representation
        fields = ("id", "email", "kind", "evidence", "since", "until", "ended_at")


class MandateInput(Input):
    email = serializers.EmailField()
    kind = serializers.ChoiceField(choices=Representation.Kind.choices)
    evidence = serializers.CharField(max_length=300)
    until = DayField(required=False, allow_null=True, default=None)


class IdentityCheckSerializer(serializers.ModelSerializer[IdentityCheck]):
    class Meta:
        model = IdentityCheck
        fields = (
            "id", "is_identified", "checked_by", "checked_on", "valid_until", "evidence",
            "recorded_at",
        )  # fmt: skip


class FindingInput(Input):
    checked_by = serializers.CharField(max_length=200)
    checked_on = DayField()
    valid_until = DayField()
    evidence = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    is_identified = serializers.BooleanField(default=True)


class QualificationSerializer(serializers.ModelSerializer[Qualification]):
    class Meta:
        model = Qualification
        fields = (
            "id", "investor", "kind", "state", "criteria", "claim", "evidence", "asked_at",
            "decided_at", "valid_until", "ended_at", "reason",
        )  # fmt: skip
