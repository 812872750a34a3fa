"""What was done for people, and with what success (numbers 29 to 35 of housing.md 3.3)."""

from collections import Counter
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from properties.indicators import shapes
from properties.indicators.facts import Amount, Answer, Facts, Happening
from properties.indicators.people import HOMELESS
from properties.indicators.shapes import About, Indicator, Result, Unit

PROMOTERS_FROM, PASSIVES_FROM = 9, 7
"""The net promoter score counts 9 and 10 as promoters, 7 and 8 as neither."""

HOTEL_CASES = HOMELESS | {"EL7x"}
"""Who would have been in a hotel paid by the city: the homeless, and those about to be evicted."""


def plans_kept(facts: Facts, as_of: date) -> Result:
    """Households by their newest plan as it stands: kept or completed, or not."""
    begun = sorted(plan for plan in facts.plans if plan.opened_on <= as_of)
    newest = {plan.household: plan for plan in begun}
    return shapes.split({who: int(not newest[who].is_kept) for who in newest}, 2)


def debt_relieved(facts: Facts, as_of: date) -> Result:
    return shapes.summed(_by_household(facts.relief, as_of))


def aid_obtained(facts: Facts, as_of: date) -> Result:
    return shapes.summed(_by_household(facts.aid, as_of))


def advised(facts: Facts, as_of: date) -> Result:
    return shapes.count(_who(facts.advice, as_of))


def jobs_found(facts: Facts, as_of: date) -> Result:
    found = Counter(one.household for one in facts.jobs_found if one.on <= as_of)
    return shapes.summed(found)


def placement_rate(facts: Facts, as_of: date) -> Result:
    placed = _who(facts.jobs_found, as_of)
    supported = _who(facts.job_support, as_of) | placed
    return shapes.split({who: int(who not in placed) for who in supported}, 2)


def net_promoter_score(facts: Facts, as_of: date) -> Result:
    """Promoters less detractors, in percent of those who answered; from -100 to 100."""
    scores = [(one.household, one.score) for one in _newest(facts, as_of)]
    cells = {
        who: 0 if score >= PROMOTERS_FROM else 1 if score >= PASSIVES_FROM else 2
        for who, score in scores
        if score is not None
    }
    told = shapes.split(cells, 3)
    promoters, _passive, detractors = told.cells
    value = round(100 * (promoters - detractors) / len(cells)) if cells else 0
    return replace(told, value=value)


def response_rate(facts: Facts, as_of: date) -> Result:
    return shapes.split({one.household: int(one.score is None) for one in _newest(facts, as_of)}, 2)


def hotel_avoided(facts: Facts, as_of: date) -> Result:
    """What the city did not pay for hotels: cents, from the cautious to the bold deadweight.

    Days that a household would have waited, no more than it lived with us, times the tariff.
    """
    base = facts.baseline
    if base is None:
        return Result(0, high=0)
    days = _hotel_days(facts, as_of, base.days)
    low = shapes.summed(_spared(days, base.tariff * (100 - base.deadweight_high)))
    high = sum(_spared(days, base.tariff * (100 - base.deadweight_low)).values())
    return Result(low.value, members=low.members, each=low.each, high=high)


def _spared(days: dict[int, int], hundredths: int) -> dict[int, int]:
    return {who: count * hundredths // 100 for who, count in days.items()}


def _hotel_days(facts: Facts, as_of: date, longest: int) -> dict[int, int]:
    cases = {one.id for one in facts.households if one.ethos in HOTEL_CASES}
    days: Counter[int] = Counter()
    for stay in facts.stays:
        if stay.household in cases and stay.starts_on <= as_of:
            until = min(stay.ends_on or as_of, as_of)
            days[stay.household] += (until - stay.starts_on).days
    return {who: min(count, longest) for who, count in days.items()}


def _by_household(amounts: tuple[Amount, ...], as_of: date) -> dict[int, int]:
    total: Counter[int] = Counter()
    for one in amounts:
        if one.on <= as_of:
            total[one.household] += one.cents
    return total


def _who(happenings: tuple[Happening, ...], as_of: date) -> set[int]:
    return {one.household for one in happenings if one.on <= as_of}


def _newest(facts: Facts, as_of: date) -> list[Answer]:
    in_time = (one for one in facts.answers if one.on <= as_of)
    newest = {one.household: one for one in sorted(in_time, key=lambda one: one.on)}
    return list(newest.values())


EVIDENCE = _("What caseworkers did and learnt, each entry with its day.")

ROWS = (
    Indicator(
        "29", "plans_kept", "-", Unit.PERCENT,
        _("Agreements kept"),
        _("Households whose newest repayment plan is kept or completed, of those that have one."),
        plans_kept, About.PEOPLE,
    ),
    Indicator(
        "30", "debt_relieved", "-", Unit.EUR,
        _("Debt settled or written off for households"),
        _("What creditors gave up in settlements, and arrears paid off by completed plans."),
        debt_relieved, About.PEOPLE,
    ),
    Indicator(
        "31", "aid_obtained", "-", Unit.EUR,
        _("Public aid obtained"),
        _("Sum of the aid that was granted to households with our help."),
        aid_obtained, About.PEOPLE,
    ),
    Indicator(
        "32", "advised", "IRIS PI5352", Unit.HOUSEHOLDS,
        _("Households advised"),
        _("Households with at least one session of their own about budget, law or work."),
        advised, About.PEOPLE,
    ),
    Indicator(
        "33a", "jobs_found", "IRIS PI9465", Unit.PEOPLE,
        _("Jobs found"),
        _("Times that somebody of a household we support found work."),
        jobs_found, About.PEOPLE,
    ),
    Indicator(
        "33b", "placement_rate", "IRIS PI3527", Unit.PERCENT,
        _("Households that found work"),
        _("Of the households supported with a job, those in which somebody found one."),
        placement_rate, About.PEOPLE,
    ),
    Indicator(
        "34a", "net_promoter_score", "IRIS PI7163", Unit.SCORE,
        _("Satisfaction (net promoter score)"),
        _("Share of answers of 9 and 10 less those of 0 to 6, the newest of each household."),
        net_promoter_score, About.PEOPLE,
    ),
    Indicator(
        "34b", "response_rate", "-", Unit.PERCENT,
        _("Households that answered"),
        _("Of the households that were asked how satisfied they are."),
        response_rate, About.PEOPLE,
    ),
    Indicator(
        "35", "hotel_avoided", "-", Unit.EUR,
        _("Hotel costs that the city was spared"),
        _("Days that households would have waited in a hotel, times its tariff, less the share that "
          "had found a home without us: from a cautious to a bold guess of it."),
        hotel_avoided, About.PEOPLE,
    ),
)  # fmt: skip
