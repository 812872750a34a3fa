"""What is told about a household fact by fact: `households/{id}/outcomes/`, `actions/`, `debts/` ...

Each POST writes one fact with its day. What is decided later about a fact has an address of its own.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, MoneyField
from properties import consents, evictions, households, support
from properties.api import listing
from properties.models import (
    Aid,
    Consent,
    Debt,
    EvictionCase,
    Household,
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
    """What was asked and why; the answer is not repeated (P13)."""

    class Meta:
        model = Trait
        fields = ("id", "kind", "on", "service", "legal_basis")


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


Shape = type[serializers.BaseSerializer[Any]]


class Told(Endpoint):
    """The base of the facts below: read a shape, find the row, call one rule, answer in a shape."""

    permission = "household.edit"
    shape: ClassVar[type[Input]]
    answer: ClassVar[Shape]
    rule: ClassVar[Callable[..., Model]]
    subject: ClassVar[str] = "household"
    value: ClassVar[type | None] = None
    rows: ClassVar[type[Model]] = Household

    def post(self, request: Request, pk: int) -> Response:
        told = self.read(self.shape)
        if self.value is not None:
            told = {self.subject_of_value(): self.value(**told)}
        rule = type(self).rule
        done = rule(**{self.subject: self.row(pk)}, **told, by=self.person, at=clock.now())
        return Response(type(self).answer(done).data, status=201)

    def subject_of_value(self) -> str:
        """The name under which the rule takes what was typed, where that is one value."""
        return "step" if self.value is evictions.Step else "new"

    def row(self, pk: int) -> Any:
        """The row that the address names, if it belongs to a household of the caller."""
        mine = Household.objects.visible_to(self.person)
        if self.rows is Household:
            return listing.one(mine, pk)
        return listing.one(self.rows._default_manager.filter(household__in=mine), pk)


def told(
    name: str, what: str, shape: type[Input], answer: Shape, rule: Callable[..., Model], **more: Any
) -> type[Told]:
    """One endpoint: its class by name, with what it does in a sentence of the API's book."""
    kind = type(
        name,
        (Told,),
        {"shape": shape, "answer": answer, "rule": staticmethod(rule), "__doc__": what, **more},
    )
    described: type[Told] = extend_schema(
        description=what, request=shape, responses={201: answer}, methods=["POST"]
    )(kind)
    return described


Outcomes = told(
    "Outcomes", "Write down where a household lives as of a day.",
    OutcomeInput, OutcomeSerializer, households.record_outcome, value=households.NewOutcome,
)  # fmt: skip
Actions = told(
    "Actions", "Write down something done for a household.",
    ActionInput, ActionSerializer, support.record_action,
)  # fmt: skip
Results = told(
    "Results", "Write down what support came to.",
    ResultInput, ActionResultSerializer, support.record_result,
)  # fmt: skip
Milestones = told(
    "Milestones", "Write down a step of the road of those who stay, once each.",
    MilestoneInput, MilestoneSerializer, support.pass_milestone,
)  # fmt: skip
Traits = told(
    "Traits", "Keep an answer of a special category, with its service and legal basis.",
    TraitInput, TraitSerializer, support.tell_trait, value=support.NewTrait,
)  # fmt: skip
Aids = told(
    "Aids", "Write down that public aid was asked for.",
    AidInput, AidSerializer, support.ask_for_aid,
)  # fmt: skip
AidDecision = told(
    "AidDecision", "Write down what became of a claim, once.",
    AidDecisionInput, AidSerializer, support.decide_aid, subject="aid", rows=Aid,
)  # fmt: skip
Debts = told(
    "Debts", "Write down a debt that the review found.",
    DebtInput, DebtSerializer, support.find_debt,
)  # fmt: skip
Settlement = told(
    "Settlement", "Write down for how much a creditor settled, once.",
    SettlementInput, DebtSerializer, support.settle_debt, subject="debt", rows=Debt,
)  # fmt: skip
Incomes = told(
    "Incomes", "Write down what a household has a month.",
    IncomeInput, IncomeSerializer, support.tell_income, value=support.NewIncome,
)  # fmt: skip
Answers = told(
    "Answers", "Write down how satisfied a household is, or that it did not answer.",
    HouseholdAnswerInput, AnswerSerializer, support.ask_satisfaction,
)  # fmt: skip
Consents = told(
    "Consents", "Keep a written consent, until its end.",
    ConsentInput, ConsentSerializer, consents.give, value=consents.NewConsent,
)  # fmt: skip
Withdrawal = told(
    "Withdrawal", "Take a consent back; what rests on it goes within thirty days.",
    DayInput, ConsentSerializer, consents.withdraw, subject="consent", rows=Consent,
)  # fmt: skip
Removal = told(
    "Removal", "Confirm that what rested on a consent is gone.",
    DayInput, ConsentSerializer, consents.confirm_removed, subject="consent", rows=Consent,
)  # fmt: skip
Evictions = told(
    "Evictions", "Begin to watch a threat of eviction, from arrears that allow it on.",
    EvictionInput, EvictionSerializer, evictions.open_case, value=evictions.Threat,
)  # fmt: skip
EvictionSteps = told(
    "EvictionSteps", "Write down the next step of an eviction.",
    EvictionStepInput, EvictionSerializer, evictions.move,
    subject="case", rows=EvictionCase, value=evictions.Step,
)  # fmt: skip
