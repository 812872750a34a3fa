"""What is told about a household fact by fact: `households/{id}/outcomes/`, `actions/`, `debts/` ...

Each POST writes one fact with its day, a GET lists them, the newest first. What is decided later about
a fact has an address of its own; what was answered of special categories is opened for a purpose.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from properties import consents, evictions, households, support
from properties.api import listing
from properties.api.household_shapes import (
    ActionInput,
    ActionResultSerializer,
    ActionSerializer,
    AidDecisionInput,
    AidInput,
    AidSerializer,
    AnswerSerializer,
    ConsentInput,
    ConsentSerializer,
    DayInput,
    DebtInput,
    DebtSerializer,
    EvictionInput,
    EvictionSerializer,
    EvictionStepInput,
    HouseholdAnswerInput,
    IncomeInput,
    IncomeSerializer,
    MilestoneInput,
    MilestoneSerializer,
    OutcomeInput,
    OutcomeSerializer,
    ResultInput,
    SettlementInput,
    TraitInput,
    TraitSerializer,
)
from properties.models import Aid, Consent, Debt, EvictionCase, Household

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


class Listed(Told):
    """Facts that are read here too, by those who may see them (section 5)."""

    rows_of: ClassVar[str]
    """Under which name a household has them."""
    readers: ClassVar[str] = "household.view"

    def permission_for(self, request: Request) -> str:
        return self.permission if request.method == "POST" else self.readers

    def get(self, request: Request, pk: int) -> Response:
        facts = getattr(self.row(pk), self.rows_of).order_by("-pk")
        return self.paged(facts, each(type(self).answer))


def told(
    name: str, what: str, shape: type[Input], answer: Shape, rule: Callable[..., Model], **more: Any
) -> type[Told]:
    """One endpoint: its class by name, with what it does in a sentence of the API's book."""
    kind: type[Told] = type(
        name,
        (Listed if "rows_of" in more else Told,),
        {"shape": shape, "answer": answer, "rule": staticmethod(rule), "__doc__": what, **more},
    )
    kind = extend_schema(
        description=what, request=shape, responses={201: answer}, methods=["POST"]
    )(kind)
    if "rows_of" in more:
        known = "What was told of it, the newest first."
        kind = extend_schema(
            description=known, responses={200: answer(many=True)}, methods=["GET"]
        )(kind)
    return kind


Outcomes = told(
    "Outcomes", "Write down where a household lives as of a day.",
    OutcomeInput, OutcomeSerializer, households.record_outcome, value=households.NewOutcome,
    rows_of="outcomes",
)  # fmt: skip
Actions = told(
    "Actions", "Write down something done for a household.",
    ActionInput, ActionSerializer, support.record_action,
    rows_of="actions",
)  # fmt: skip
Results = told(
    "Results", "Write down what support came to.",
    ResultInput, ActionResultSerializer, support.record_result,
    rows_of="results",
)  # fmt: skip
Milestones = told(
    "Milestones", "Write down a step of the road of those who stay, once each.",
    MilestoneInput, MilestoneSerializer, support.pass_milestone,
    rows_of="milestones",
)  # fmt: skip
Traits = told(
    "Traits", "Keep an answer of a special category, with its service and legal basis.",
    TraitInput, TraitSerializer, support.tell_trait, value=support.NewTrait,
    rows_of="traits", readers="household.edit",
)  # fmt: skip
Aids = told(
    "Aids", "Write down that public aid was asked for.",
    AidInput, AidSerializer, support.ask_for_aid,
    rows_of="aids",
)  # fmt: skip
AidDecision = told(
    "AidDecision", "Write down what became of a claim, once.",
    AidDecisionInput, AidSerializer, support.decide_aid, subject="aid", rows=Aid,
)  # fmt: skip
Debts = told(
    "Debts", "Write down a debt that the review found.",
    DebtInput, DebtSerializer, support.find_debt,
    rows_of="debts",
)  # fmt: skip
Settlement = told(
    "Settlement", "Write down for how much a creditor settled, once.",
    SettlementInput, DebtSerializer, support.settle_debt, subject="debt", rows=Debt,
)  # fmt: skip
Incomes = told(
    "Incomes", "Write down what a household has a month.",
    IncomeInput, IncomeSerializer, support.tell_income, value=support.NewIncome,
    rows_of="incomes", readers="household.edit",
)  # fmt: skip
Answers = told(
    "Answers", "Write down how satisfied a household is, or that it did not answer.",
    HouseholdAnswerInput, AnswerSerializer, support.ask_satisfaction,
    rows_of="answers", readers="household.edit",
)  # fmt: skip
Consents = told(
    "Consents", "Keep a written consent, until its end.",
    ConsentInput, ConsentSerializer, consents.give, value=consents.NewConsent,
    rows_of="consents", readers="household.edit",
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
    rows_of="evictions",
)  # fmt: skip
EvictionSteps = told(
    "EvictionSteps", "Write down the next step of an eviction.",
    EvictionStepInput, EvictionSerializer, evictions.move,
    subject="case", rows=EvictionCase, value=evictions.Step,
)  # fmt: skip
