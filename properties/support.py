"""What is done for a household: actions and what they came to, aid, debts, income, special questions.

Each rule writes a fact with its day; a claim is decided once, a debt settled once. Repayment plans are
in `repayments`, the threat of eviction in `evictions`.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.money import said
from backend.core.users import Actor
from properties import blameless, consents
from properties.households import refuse_future
from properties.models import (
    Aid,
    Consent,
    Debt,
    Household,
    Income,
    Milestone,
    SupportAction,
    SupportOutcome,
    SurveyAnswer,
    Trait,
)


class DecidedAlready(Conflict):
    code = "support.decided_already"


class ToldAlready(Conflict):
    code = "support.told_already"


class BadAmount(Refused):
    code = "support.bad_amount"


class BadDay(Refused):
    code = "support.bad_day"


class NoBasis(Refused):
    code = "support.no_legal_basis"


@transaction.atomic
def record_action(
    *, household: Household, kind: str, on: dt.date, by: Actor, at: dt.datetime
) -> SupportAction:
    """Write down something done for a household (housing.md 3.5)."""
    _may(household, on, by, at)
    action = SupportAction.objects.create(
        household=household, kind=kind, on=on, by_label=users.label(by), at=at
    )
    audit.record(action="support.done", subject=household, by=by, at=at, reason=kind)
    return action


@transaction.atomic
def record_result(
    *, household: Household, code: str, on: dt.date, by: Actor, at: dt.datetime
) -> SupportOutcome:
    """Write down what support came to (housing.md 3.5)."""
    _may(household, on, by, at)
    result = SupportOutcome.objects.create(
        household=household, code=code, on=on, by_label=users.label(by), at=at
    )
    audit.record(action="support.result", subject=household, by=by, at=at, reason=code)
    return result


@transaction.atomic
def pass_milestone(
    *, household: Household, kind: str, on: dt.date, by: Actor, at: dt.datetime
) -> Milestone:
    """Write down a step of the road of those who stay, once each. Raises ToldAlready."""
    _may(household, on, by, at)
    step, is_new = Milestone.objects.get_or_create(
        household=household, kind=kind, defaults={"on": on, "at": at}
    )
    if not is_new:
        raise ToldAlready(_("This step was written down already."), field="kind")
    audit.record(action="support.milestone", subject=household, by=by, at=at, reason=kind)
    return step


@transaction.atomic
def ask_for_aid(*, household: Household, kind: str, on: dt.date, by: Actor, at: dt.datetime) -> Aid:
    """Write down that public aid was asked for."""
    _may(household, on, by, at)
    aid = Aid.objects.create(household=household, kind=kind, asked_on=on)
    audit.record(action="aid.asked", subject=household, by=by, at=at, reason=kind)
    return aid


@transaction.atomic
def decide_aid(*, aid: Aid, granted: Money | None, on: dt.date, by: Actor, at: dt.datetime) -> Aid:
    """Write down what became of a claim: an amount, or a refusal. Once."""
    _may(aid.household, on, by, at)
    if granted is not None and granted.amount <= 0:
        raise BadAmount(_("An aid that was granted is above zero."), field="granted")
    _refuse_above(aid, granted, on)
    if on < aid.asked_on:
        raise BadDay(_("It was decided after it was asked for."), field="on")
    won = Aid.objects.filter(pk=aid.pk, decision=Aid.State.ASKED).update(
        decision=Aid.State.REFUSED if granted is None else Aid.State.GRANTED,
        decided_on=on,
        amount=granted,
    )
    if not won:
        raise DecidedAlready(_("This claim was decided already."))
    audit.record(action="aid.decided", subject=aid.household, by=by, at=at)
    aid.refresh_from_db()
    return aid


def _refuse_above(aid: Aid, granted: Money | None, on: dt.date) -> None:
    """The fund for blameless arrears gives a household so much at most."""
    if aid.kind != Aid.Kind.INCOLPEVOLE or granted is None:
        return
    most = blameless.amount(blameless.MOST, on=on)
    if granted > most:
        raise BadAmount(
            _("This fund gives %(most)s at most.") % {"most": said(most)}, field="granted"
        )


@transaction.atomic
def find_debt(
    *, household: Household, creditor: str, owed: Money, on: dt.date, by: Actor, at: dt.datetime
) -> Debt:
    """Write down a debt that the review found."""
    _may(household, on, by, at)
    if owed.amount <= 0:
        raise BadAmount(_("A debt is above zero."), field="owed")
    debt = Debt.objects.create(household=household, creditor=creditor, owed=owed, found_on=on)
    audit.record(action="debt.found", subject=household, by=by, at=at)
    return debt


@transaction.atomic
def settle_debt(*, debt: Debt, settled_for: Money, on: dt.date, by: Actor, at: dt.datetime) -> Debt:
    """Write down a settlement (stralcio): the creditor gives up what is above it. Once."""
    _may(debt.household, on, by, at)
    if not 0 <= settled_for.amount <= debt.owed.amount:
        raise BadAmount(_("A debt is settled for no more than was owed."), field="settled_for")
    if on < debt.found_on:
        raise BadDay(_("It was settled after it was found."), field="on")
    won = Debt.objects.filter(pk=debt.pk, settled_on=None).update(
        settled_for=settled_for, settled_on=on
    )
    if not won:
        raise DecidedAlready(_("This debt was settled already."))
    audit.record(action="debt.settled", subject=debt.household, by=by, at=at)
    debt.refresh_from_db()
    return debt


@dataclass(frozen=True, kw_only=True)
class NewIncome:
    """What a household has a month as of a day, and the housing allowance in it."""

    on: dt.date
    monthly: Money
    allowance: Money


@transaction.atomic
def tell_income(*, household: Household, new: NewIncome, by: Actor, at: dt.datetime) -> Income:
    """Write down what a household lives on, for the overburden rate. Raises BadAmount, ToldAlready."""
    _may(household, new.on, by, at)
    if not 0 <= new.allowance.amount <= new.monthly.amount:
        raise BadAmount(_("The allowance is a part of the income."), field="allowance")
    if household.incomes.filter(on=new.on).exists():
        raise ToldAlready(_("The income of this day is written down already."), field="on")
    income = Income.objects.create(
        household=household, on=new.on, monthly=new.monthly, allowance=new.allowance, at=at
    )
    audit.record(action="household.income", subject=household, by=by, at=at)
    return income


@dataclass(frozen=True, kw_only=True)
class NewTrait:
    """An answer of a special category, and why it was asked at all (P13)."""

    kind: str
    said: str
    service: str
    legal_basis: str
    source: str
    on: dt.date


@transaction.atomic
def tell_trait(*, household: Household, new: NewTrait, by: Actor, at: dt.datetime) -> Trait:
    """Keep an answer of a special category, with its service and legal basis (P13; GDPR art. 9)."""
    _may(household, new.on, by, at)
    if not new.service.strip() or not new.legal_basis.strip():
        raise NoBasis(_("Say which service needs it and by which law."), field="legal_basis")
    trait, is_new = Trait.objects.get_or_create(
        household=household,
        kind=new.kind,
        on=new.on,
        defaults={
            "said": new.said,
            "service": new.service,
            "legal_basis": new.legal_basis,
            "source": new.source,
            "by_label": users.label(by),
            "at": at,
        },
    )
    if not is_new:
        raise ToldAlready(_("This was answered on this day already."), field="on")
    audit.record(action="household.trait", subject=household, by=by, at=at, reason=new.kind)
    return trait


@transaction.atomic
def ask_satisfaction(
    *, household: Household, on: dt.date, score: int | None, by: Actor, at: dt.datetime
) -> SurveyAnswer:
    """Write down an answer from 0 to 10, or that there was none.

    Raises BadAmount, ToldAlready, and TakenBack for a household that wants no questions any more.
    """
    _may(household, on, by, at)
    consents.refuse_taken_back(household, Consent.Scope.SURVEY)
    if score is not None and not 0 <= score <= 10:
        raise BadAmount(_("The score is from 0 to 10."), field="score")
    if household.answers.filter(on=on).exists():
        raise ToldAlready(_("This household was asked on this day already."), field="on")
    answer = SurveyAnswer.objects.create(household=household, on=on, score=score, at=at)
    audit.record(action="household.asked", subject=household, by=by, at=at)
    return answer


def _may(household: Household, on: dt.date, by: Actor, at: dt.datetime) -> None:
    users.require(by, "household.edit")
    refuse_future(on, at)
    if on < household.referred_on:
        raise BadDay(_("This day is before the referral."), field="on")
