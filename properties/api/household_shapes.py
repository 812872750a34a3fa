"""The shapes of what is told about a household: what is taken of each fact, and what is answered.

The addresses that use them are in `household_facts`.
"""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from backend.core.api import DayField, Input, MoneyField
from properties.models import (
    Aid,
    Consent,
    Debt,
    EvictionCase,
    HousingOutcome,
    Income,
    Milestone,
    OutcomeCode,
    SupportAction,
    SupportOutcome,
    SurveyAnswer,
    Trait,
)


class OutcomeInput(Input):
    code = serializers.ChoiceField(OutcomeCode.choices)
    on = DayField()
    source = serializers.CharField(max_length=80, default=_("interview"))  # type: ignore[assignment]  # also an argument of Field
    is_care = serializers.BooleanField(default=False)


class ActionInput(Input):
    kind = serializers.ChoiceField(SupportAction.Kind.choices)
    on = DayField()


class ResultInput(Input):
    code = serializers.ChoiceField(SupportOutcome.Code.choices)
    on = DayField()


class MilestoneInput(Input):
    kind = serializers.ChoiceField(Milestone.Kind.choices)
    on = DayField()


class TraitInput(Input):
    kind = serializers.ChoiceField(Trait.Kind.choices)
    said = serializers.ChoiceField(Trait.Said.choices)
    service = serializers.CharField(max_length=80)
    legal_basis = serializers.CharField(max_length=80)
    source = serializers.CharField(max_length=80)  # type: ignore[assignment]  # also an argument of Field
    on = DayField()


class AidInput(Input):
    kind = serializers.ChoiceField(Aid.Kind.choices)
    on = DayField()


class AidDecisionInput(Input):
    granted = MoneyField(required=False, allow_null=True, default=None, help_text="none: refused")
    on = DayField()


class DebtInput(Input):
    creditor = serializers.CharField(max_length=80)
    owed = MoneyField()
    on = DayField()


class SettlementInput(Input):
    settled_for = MoneyField()
    on = DayField()


class IncomeInput(Input):
    monthly = MoneyField()
    allowance = MoneyField()
    on = DayField()


class HouseholdAnswerInput(Input):
    score = serializers.IntegerField(min_value=0, max_value=10, allow_null=True)
    on = DayField()


class ConsentInput(Input):
    scope = serializers.ChoiceField(Consent.Scope.choices)
    given_on = DayField()
    ends_on = DayField()
    document = serializers.CharField(max_length=120)
    shows_minors = serializers.BooleanField(default=False)


class DayInput(Input):
    on = DayField()


class EvictionInput(Input):
    """One of the two grounds of L. 392/1978 art. 5: a rent late, or charges beside a month's rent."""

    landlord = serializers.CharField(max_length=80)
    on = DayField()
    rent_due_on = DayField(required=False, allow_null=True, help_text="the oldest rent not paid")
    charges_owed = MoneyField(required=False, allow_null=True)
    monthly_rent = MoneyField(required=False, allow_null=True)


class EvictionStepInput(Input):
    to = serializers.ChoiceField(EvictionCase.State.choices)
    on = DayField()
    next_on = DayField(required=False, allow_null=True)
    document = serializers.CharField(max_length=120, required=False)
    has_hardship = serializers.BooleanField(default=False)


class OutcomeSerializer(serializers.ModelSerializer[HousingOutcome]):
    class Meta:
        model = HousingOutcome
        fields = ("id", "code", "on", "source", "is_care")


class ActionSerializer(serializers.ModelSerializer[SupportAction]):
    class Meta:
        model = SupportAction
        fields = ("id", "kind", "on")


class ActionResultSerializer(serializers.ModelSerializer[SupportOutcome]):
    class Meta:
        model = SupportOutcome
        fields = ("id", "code", "on")


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    class Meta:
        model = Milestone
        fields = ("id", "kind", "on")


class TraitSerializer(serializers.ModelSerializer[Trait]):
    """What was asked and why; the answer is opened for a purpose alone (P13, P22)."""

    class Meta:
        model = Trait
        fields = ("id", "kind", "on", "service", "legal_basis")


class TraitAnswerSerializer(serializers.ModelSerializer[Trait]):
    class Meta:
        model = Trait
        fields = ("id", "kind", "said", "on", "service", "legal_basis", "source")


class AidSerializer(serializers.ModelSerializer[Aid]):
    amount = MoneyField(allow_null=True)

    class Meta:
        model = Aid
        fields = ("id", "kind", "asked_on", "decision", "decided_on", "amount")


class DebtSerializer(serializers.ModelSerializer[Debt]):
    owed = MoneyField()
    settled_for = MoneyField(allow_null=True)

    class Meta:
        model = Debt
        fields = ("id", "creditor", "owed", "found_on", "settled_for", "settled_on")


class IncomeSerializer(serializers.ModelSerializer[Income]):
    monthly = MoneyField()
    allowance = MoneyField()

    class Meta:
        model = Income
        fields = ("id", "on", "monthly", "allowance")


class AnswerSerializer(serializers.ModelSerializer[SurveyAnswer]):
    class Meta:
        model = SurveyAnswer
        fields = ("id", "on", "score")


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    class Meta:
        model = Consent
        fields = ("id", "scope", "given_on", "ends_on", "withdrawn_on", "removed_on")


class EvictionSerializer(serializers.ModelSerializer[EvictionCase]):
    charges_owed = MoneyField(allow_null=True)
    monthly_rent = MoneyField(allow_null=True)

    class Meta:
        model = EvictionCase
        fields = (
            *("id", "landlord", "state", "since_on", "next_on"),
            *("rent_due_on", "charges_owed", "monthly_rent"),
        )
