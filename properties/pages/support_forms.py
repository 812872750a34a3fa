"""The forms of a household's support: each is one fact, and knows the rule that writes it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.fields import DayField, EuroField
from backend.core.models import User
from backend.core.money import ZERO
from backend.core.roles import Role
from properties import consents, evictions, households, repayments, support
from properties.models import (
    Aid,
    Consent,
    Debt,
    EvictionCase,
    Household,
    Milestone,
    RepaymentPlan,
    SupportOutcome,
    Tenancy,
    Trait,
)
from properties.pages.free_words import FreeWords


class FactForm(forms.Form):
    """One fact about a household; `ask` are the words that open it, `submit` those of its button."""

    ask: str | Promise = ""
    submit: str | Promise = _("Write down")

    def __init__(self, *args: Any, household: Household, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household, self.user = household, user
        self.choose()

    def choose(self) -> None:
        """Limit what may be chosen to rows of this household; most forms choose from none."""

    def limit(self, field: str, rows: Any) -> None:
        """Rows that one of the fields offers."""
        self.fields[field].queryset = rows  # type: ignore[attr-defined]  # a model choice

    def write(self, at: dt.datetime) -> object:
        """Call the rule with what was typed."""
        raise NotImplementedError


class MilestoneForm(FactForm):
    ask = _("Write down a step of the road")
    kind = forms.ChoiceField(label=_("Step"), choices=Milestone.Kind.choices)
    on = DayField(label=_("On"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return support.pass_milestone(household=self.household, **typed, by=self.user, at=at)


class ResultForm(FactForm):
    ask = _("Write down what support came to")
    code = forms.ChoiceField(label=_("Result"), choices=SupportOutcome.Code.choices)
    on = DayField(label=_("On"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return support.record_result(household=self.household, **typed, by=self.user, at=at)


class PlanForm(FactForm):
    ask = _("Agree on a repayment plan")
    submit = _("Agree")
    tenancy = forms.ModelChoiceField(label=_("Contract"), queryset=Tenancy.objects.none())
    instalment = EuroField(label=_("Instalment"))
    frequency = forms.ChoiceField(label=_("How often"), choices=RepaymentPlan.Frequency.choices)
    starts_on = DayField(label=_("First instalment due on"))
    first_payment = EuroField(label=_("First payment, if agreed"), required=False)
    first_payment_on = DayField(label=_("First payment due on"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=RepaymentPlan.Kind.choices)
    notes = FreeWords(label=_("What was agreed besides"), max_length=300, required=False)

    def choose(self) -> None:
        self.limit("tenancy", self.household.tenancies.all())

    def write(self, at: dt.datetime) -> object:
        new = repayments.NewPlan(**self.cleaned_data)
        return repayments.open_plan(new=new, by=self.user, at=at)


class GiveUpForm(FactForm):
    ask = _("Give a plan up")
    submit = _("Give up")
    plan: forms.ModelChoiceField[RepaymentPlan] = forms.ModelChoiceField(
        label=_("Plan"), queryset=RepaymentPlan.objects.none()
    )
    reason = FreeWords(label=_("Why"), max_length=200)

    def choose(self) -> None:
        mine = RepaymentPlan.objects.filter(tenancy__household=self.household)
        self.limit("plan", mine.filter(state__in=repayments.OPEN))

    def write(self, at: dt.datetime) -> object:
        return repayments.give_up(**self.cleaned_data, by=self.user, at=at)


class DebtForm(FactForm):
    ask = _("Write down a debt")
    creditor = FreeWords(label=_("Creditor"), max_length=80)
    owed = EuroField(label=_("Owed"))
    on = DayField(label=_("Found on"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return support.find_debt(household=self.household, **typed, by=self.user, at=at)


class SettlementForm(FactForm):
    ask = _("Write down a settlement")
    debt: forms.ModelChoiceField[Debt] = forms.ModelChoiceField(
        label=_("Debt"), queryset=Debt.objects.none()
    )
    settled_for = EuroField(label=_("Settled for"))
    on = DayField(label=_("Settled on"))

    def choose(self) -> None:
        self.limit("debt", self.household.debts.filter(settled_on=None))

    def write(self, at: dt.datetime) -> object:
        return support.settle_debt(**self.cleaned_data, by=self.user, at=at)


class AidForm(FactForm):
    ask = _("Ask for public aid")
    kind = forms.ChoiceField(label=_("Aid"), choices=Aid.Kind.choices)
    on = DayField(label=_("Asked for on"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return support.ask_for_aid(household=self.household, **typed, by=self.user, at=at)


class AidDecisionForm(FactForm):
    ask = _("Write down what became of a claim")
    aid: forms.ModelChoiceField[Aid] = forms.ModelChoiceField(
        label=_("Aid"), queryset=Aid.objects.none()
    )
    granted = EuroField(label=_("Granted"), required=False, help_text=_("Empty: it was refused."))
    on = DayField(label=_("Decided on"))

    def choose(self) -> None:
        self.limit("aid", self.household.aids.filter(decision=Aid.State.ASKED))

    def write(self, at: dt.datetime) -> object:
        return support.decide_aid(**self.cleaned_data, by=self.user, at=at)


class IncomeForm(FactForm):
    ask = _("Write down the income")
    monthly = EuroField(label=_("Income a month"))
    allowance = EuroField(label=_("Housing allowance in it"), required=False)
    on = DayField(label=_("As of"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        new = support.NewIncome(**{**typed, "allowance": typed["allowance"] or ZERO})
        return support.tell_income(household=self.household, new=new, by=self.user, at=at)


class AnswerForm(FactForm):
    ask = _("Write down how satisfied they are")
    score = forms.IntegerField(
        label=_("Would they recommend us? 0 to 10"),
        min_value=0,
        max_value=10,
        required=False,
        help_text=_("Empty: they did not answer."),
    )
    on = DayField(label=_("Asked on"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return support.ask_satisfaction(household=self.household, **typed, by=self.user, at=at)


class TraitForm(FactForm):
    ask = _("Keep an answer that a service needs")
    kind = forms.ChoiceField(label=_("Question"), choices=Trait.Kind.choices)
    said = forms.ChoiceField(label=_("Answer"), choices=Trait.Said.choices)
    service = FreeWords(label=_("Service that needs it"), max_length=80)
    legal_basis = FreeWords(label=_("Legal basis"), max_length=80)
    source = FreeWords(label=_("Known from"), max_length=80)
    on = DayField(label=_("On"))

    def write(self, at: dt.datetime) -> object:
        new = support.NewTrait(**self.cleaned_data)
        return support.tell_trait(household=self.household, new=new, by=self.user, at=at)


class EvictionForm(FactForm):
    ask = _("Watch a threat of eviction")
    landlord = FreeWords(label=_("Landlord"), max_length=80)
    on = DayField(label=_("Since"))
    rent_due_on = DayField(
        label=_("Oldest rent due since"),
        required=False,
        help_text=_("Or the charges owed: one of the two must allow it."),
    )
    charges_owed = EuroField(label=_("Charges owed"), required=False)
    monthly_rent = EuroField(label=_("Monthly rent"), required=False)

    def write(self, at: dt.datetime) -> object:
        new = evictions.Threat(**self.cleaned_data)
        return evictions.open_case(household=self.household, new=new, by=self.user, at=at)


class EvictionStepForm(FactForm):
    ask = _("Write down the next step of an eviction")
    case: "forms.ModelChoiceField[EvictionCase]" = forms.ModelChoiceField(
        label=_("Threat"), queryset=EvictionCase.objects.none()
    )
    to = forms.ChoiceField(label=_("Step"), choices=EvictionCase.State.choices)
    on = DayField(label=_("On"))
    next_on = DayField(
        label=_("Next date that counts"),
        required=False,
        help_text=_("The hearing, the end of the grace, the bailiff's visit."),
    )
    document = FreeWords(label=_("Paper"), max_length=120, required=False)
    has_hardship = forms.BooleanField(label=_("Proven hardship"), required=False)

    def choose(self) -> None:
        self.limit("case", self.household.evictions.all())

    def write(self, at: dt.datetime) -> object:
        typed = dict(self.cleaned_data)
        case = typed.pop("case")
        return evictions.move(case=case, step=evictions.Step(**typed), by=self.user, at=at)


class ConsentForm(FactForm):
    ask = _("Keep a consent")
    scope = forms.ChoiceField(label=_("For what"), choices=Consent.Scope.choices)
    given_on = DayField(label=_("Given on"))
    ends_on = DayField(label=_("Until"))
    document = FreeWords(label=_("Where the paper is"), max_length=120)
    shows_minors = forms.BooleanField(label=_("It shows a minor"), required=False)

    def write(self, at: dt.datetime) -> object:
        new = consents.NewConsent(**self.cleaned_data)
        return consents.give(household=self.household, new=new, by=self.user, at=at)


class WithdrawalForm(FactForm):
    ask = _("Take a consent back")
    submit = _("Take back")
    consent = forms.ModelChoiceField(label=_("Consent"), queryset=Consent.objects.none())
    on = DayField(label=_("On"))

    def choose(self) -> None:
        self.limit("consent", self.household.consents.filter(withdrawn_on=None))

    def write(self, at: dt.datetime) -> object:
        return consents.withdraw(**self.cleaned_data, by=self.user, at=at)


class RemovalForm(FactForm):
    ask = _("Confirm that what it allowed is gone")
    submit = _("Confirm")
    consent = forms.ModelChoiceField(label=_("Consent"), queryset=Consent.objects.none())
    on = DayField(label=_("On"))

    def choose(self) -> None:
        taken_back = self.household.consents.filter(withdrawn_on__isnull=False, removed_on=None)
        self.limit("consent", taken_back)

    def write(self, at: dt.datetime) -> object:
        return consents.confirm_removed(**self.cleaned_data, by=self.user, at=at)


class HandOverForm(FactForm):
    ask = _("Hand the case over")
    submit = _("Hand over")
    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())

    def choose(self) -> None:
        colleagues = User.objects.filter(
            organisation=self.user.organisation_id, roles__contains=[Role.CASEWORKER]
        )
        self.limit("to", colleagues.exclude(pk=self.user.pk))

    def write(self, at: dt.datetime) -> object:
        to = self.cleaned_data["to"]
        return households.hand_over(household=self.household, to=to, by=self.user, at=at)


class CloseForm(FactForm):
    ask = _("Close the case")
    submit = _("Close")
    reason = forms.ChoiceField(label=_("Why"), choices=Household.Closed.choices)
    on = DayField(label=_("On"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return households.close(household=self.household, **typed, by=self.user, at=at)


FORMS: dict[str, type[FactForm]] = {
    "milestone": MilestoneForm,
    "result": ResultForm,
    "plan": PlanForm,
    "give-up": GiveUpForm,
    "debt": DebtForm,
    "settlement": SettlementForm,
    "aid": AidForm,
    "aid-decision": AidDecisionForm,
    "income": IncomeForm,
    "answer": AnswerForm,
    "trait": TraitForm,
    "eviction": EvictionForm,
    "eviction-step": EvictionStepForm,
    "consent": ConsentForm,
    "withdrawal": WithdrawalForm,
    "removal": RemovalForm,
    "hand-over": HandOverForm,
    "close": CloseForm,
}
"""By the word in the address."""
