"""Blameless arrears (morosità incolpevole): why a household owes, and what its claim still lacks.

`findings` is pure: facts and limits in, what speaks against a claim out. It is told and refuses
nothing; the amount alone has an edge (`support.decide_aid`). Limits are dated parameters, as the
decree was read at second hand (DM 14 May 2014, DM 30 March 2016; unverified; housing.md 3.5).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, parameters, users
from backend.core.errors import Conflict
from backend.core.users import Actor
from properties.households import refuse_future
from properties.models import EvictionCase, Hardship, Household, Tenancy

Cause, Isee = Hardship.Cause, Household.Isee
OF_THE_DECREE = frozenset(
    {
        *(Cause.DISMISSAL, Cause.HOURS_CUT, Cause.WAGE_SUPPORT),
        *(Cause.NOT_RENEWED, Cause.BUSINESS_CLOSED, Cause.ILLNESS),
    }
)
ISEE_UP_TO = {Isee.VERY_LOW: "6241.67", Isee.LOW: "10310", Isee.MODEST: "26000"}
"""The upper edge of each bracket that has one, in euro."""
BEFORE_NOTICE = (EvictionCase.State.ARREARS,)
MOST, ISEE_MOST = "blameless.most", "blameless.isee_most"


class ToldAlready(Conflict):
    code = "hardship.told_already"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a claim rests on."""

    causes: frozenset[str]
    isee: str
    has_contract: bool
    is_notice_served: bool


@transaction.atomic
def tell(*, household: Household, cause: str, on: dt.date, by: Actor, at: dt.datetime) -> Hardship:
    """Write down why a household fell into arrears. Raises ToldAlready, InTheFuture."""
    users.require(by, "household.edit")
    refuse_future(on, at)
    told, is_new = Hardship.objects.get_or_create(
        household=household,
        cause=cause,
        on=on,
        defaults={"by_label": users.label(by), "at": at},
    )
    if not is_new:
        raise ToldAlready(_("This cause is written down already."), field="cause")
    audit.record(action="household.hardship_told", subject=household, by=by, at=at)
    return told


def findings(facts: Facts, *, isee_most: Money) -> list[str | Promise]:
    """What a claim lacks, in words; nothing where all is there."""
    edge = ISEE_UP_TO.get(Isee(facts.isee)) if facts.isee in Isee.values else None
    told: list[tuple[bool, str | Promise]] = [
        (bool(facts.causes & OF_THE_DECREE), _("a cause that the decree names")),
        (
            edge is not None and Money(edge, "EUR") <= isee_most,
            _("an ISEE within its limit"),
        ),
        (facts.has_contract, _("a registered contract that runs")),
        (facts.is_notice_served, _("a notice of eviction that was served")),
    ]
    return [sentence for holds, sentence in told if not holds]


def lacks(household: Household, *, on: dt.date) -> list[str]:
    """What the claim of a household still asks for, on a day."""
    contracts = Tenancy.objects.live_on(on).filter(household=household).exclude(contract_no="")
    served = household.evictions.exclude(state__in=BEFORE_NOTICE)
    facts = Facts(
        causes=frozenset(household.hardships.values_list("cause", flat=True)),
        isee=household.isee,
        has_contract=contracts.exists(),
        is_notice_served=served.exists(),
    )
    return [str(each) for each in findings(facts, isee_most=amount(ISEE_MOST, on=on))]


def amount(code: str, *, on: dt.date) -> Money:
    """A limit in euro that is in force on a day."""
    return Money(parameters.value(code, on=on), "EUR")
