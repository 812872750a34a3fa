"""Facts for indicators, tracing and pages, read set-based from tables and ledger as of a day.

Reads only. A figure is never stored here; what is published is frozen in a snapshot.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef
from djmoney.money import Money

from backend.core import clock
from backend.core.models import Organisation
from backend.core.money import CENT
from backend.ledger.models import ACQUISITION, Account, Fund, Purpose, Transfer
from campaigns import figures as campaign_figures
from campaigns.models import Allotment, Campaign
from properties import tracing
from properties.history import homes, people
from properties.indicators import Facts, Payment
from properties.models import AcquisitionStep, CostLine, Sale, SalePart


@dataclass(frozen=True)
class FundBook:
    """What tracing needs of one raise: its fund, its allotted pledges, its spending on homes."""

    fund: Fund
    campaign: Campaign
    pledges: tuple[tracing.Pledge, ...]
    movements: tuple[tracing.Movement, ...]
    gains: tuple[tracing.Gain, ...] = ()

    def trace(self) -> tracing.Tracing:
        costs = tracing.costs_of(self.movements)
        return tracing.trace(pledges=self.pledges, costs=costs, gains=self.gains)


def fund_books(organisation: Organisation, *, until: dt.date) -> list[FundBook]:
    """One book per raise of an issuer that has been allotted; six queries however many, one for none."""
    allotted = Exists(Allotment.objects.filter(campaign=OuterRef("pk")))
    raised = Campaign.objects.filter(allotted, issuer=organisation, fund__isnull=False)
    found = [
        (each.fund, each)
        for each in raised.select_related("fund").order_by("pk")
        if each.fund is not None
    ]
    if not found:
        return []
    pledges = _pledges([fund.pk for fund, _campaign in found])
    moved = _spending([fund.pk for fund, _campaign in found], ACQUISITION, until)
    gained = _gains([fund.pk for fund, _campaign in found], until)
    return [
        FundBook(
            fund,
            campaign,
            tuple(pledges[fund.pk]),
            tuple(moved[fund.pk]),
            tuple(gained[fund.pk]),
        )
        for fund, campaign in found
    ]


def facts(organisation: Organisation, *, as_of: dt.date) -> Facts:
    """Everything the indicators look at, for one issuer; all rows until the day, nothing later."""
    names = dict(Fund.objects.filter(organisation=organisation).values_list("pk", "name"))
    return Facts(
        settled=_settled(organisation, as_of),
        acquisition=_payments(_spending(names, ACQUISITION, as_of), names),
        works=_payments(_spending(names, (Purpose.WORKS,), as_of), names),
        **homes.facts(organisation, as_of=as_of),
        **people.facts(organisation, as_of=as_of),
    )


SETBACKS = {
    "LOST": "auction_lost",
    "EXCLUDED": "auction_lost",
    "SUSPENDED": "auction_suspended",
    "DEFAULTED": "deposit_lost",
    "REJECTED": "offer_rejected",
    "DD_FAILED": "papers_failed",
    "RESCINDED": "contract_dissolved",
}
"""States that a purchase was not meant to reach, and what a report calls them."""


def setbacks(organisation: Organisation, *, as_of: dt.date) -> dict[str, int]:
    """How often a purchase went wrong until a day, by kind.

    About purchases alone: what went wrong for people is told by the indicators, suppressed.
    """
    steps = AcquisitionStep.objects.filter(
        acquisition__organisation=organisation, state__in=SETBACKS, on__lte=as_of
    )
    found: dict[str, int] = defaultdict(int)
    for state in steps.values_list("state", flat=True):
        found[SETBACKS[state]] += 1
    return dict(found)


def is_complete_by_home(fund: Fund, *, until: dt.date) -> dict[int, bool]:
    """Whether each home that this fund pays for has title, and all its committed costs are paid."""
    lines = CostLine.objects.filter(fund=fund, account__isnull=False, kind__in=ACQUISITION)
    owed: dict[int, int] = defaultdict(int)
    title: dict[int, dt.date | None] = {}
    for line in lines.select_related("acquisition"):
        owed[line.acquisition.unit_id] += _cents(line.amount.amount)
        title[line.acquisition.unit_id] = line.acquisition.title_on
    paid: dict[int, int] = defaultdict(int)
    for movement in _spending([fund.pk], ACQUISITION, until)[fund.pk]:
        paid[movement.home] += movement.cents
    return {
        home: (day := title[home]) is not None and day <= until and paid[home] >= owed[home]
        for home in owed
    }


def raised_and_traced(organisations: Iterable[Organisation], *, until: dt.date) -> tuple[int, int]:
    """Cents that raised capital paid for homes, and cents of all lots in them: always equal."""
    cost = traced = 0
    for organisation in organisations:
        for book in fund_books(organisation, until=until):
            cost += sum(movement.cents for movement in book.movements)
            traced += sum(sum(row) for row in book.trace().rows)
    return cost, traced


def _pledges(fund_ids: Iterable[int]) -> dict[int, list[tracing.Pledge]]:
    rows = Allotment.objects.filter(campaign__fund__in=list(fund_ids))
    found: dict[int, list[tracing.Pledge]] = defaultdict(list)
    for fund, pledge, amount in rows.values_list("campaign__fund", "pledge", "amount"):
        found[fund].append(tracing.Pledge(pledge, _cents(amount)))
    return found


def _spending(
    fund_ids: Iterable[int], purposes: Iterable[str], until: dt.date
) -> dict[int, list[tracing.Movement]]:
    """Transfers into (+) and out of (-) the use accounts of funds, by fund; 0 is no home."""
    ids = list(fund_ids)
    kinds = list(purposes)
    homes = _homes_of_accounts(ids)
    found: dict[int, list[tracing.Movement]] = defaultdict(list)
    for side, sign in (("target", 1), ("source", -1)):
        rows = Transfer.objects.filter(
            **{
                f"{side}__kind": Account.Kind.USE,
                f"{side}__fund__in": ids,
                f"{side}__purpose__in": kinds,
            },
            entry__on__lte=until,
        ).values_list("pk", side, f"{side}__fund", "amount", "entry__on")
        for pk, account, fund, amount, on in rows:
            # Money that came back lowers what was spent; tracing sees it as never paid.
            cents = sign * _cents(amount)
            found[fund].append(tracing.Movement(pk, account, homes.get(account, 0), cents, on))
    return found


def _gains(fund_ids: Iterable[int], until: dt.date) -> dict[int, list[tracing.Gain]]:
    """What funds got for sold homes beyond their cost: what is left with the buyers' accounts."""
    parts = SalePart.objects.filter(
        fund__in=list(fund_ids), sale__state=Sale.State.CLOSED, sale__deed_on__lte=until
    )
    found: dict[int, list[tracing.Gain]] = defaultdict(list)
    balance_of = "account__balance_row__amount"
    rows = parts.values_list("pk", "fund", "sale__unit", balance_of, "sale__deed_on")
    for pk, fund, home, balance, day in rows:
        if day is not None and balance < 0:
            found[fund].append(tracing.Gain(pk, _cents(-balance), day, home))
    return found


def _homes_of_accounts(fund_ids: list[int]) -> dict[int, int]:
    lines = CostLine.objects.filter(fund__in=fund_ids, account__isnull=False)
    return dict(lines.values_list("account", "acquisition__unit"))


def _payments(
    spending: dict[int, list[tracing.Movement]], names: dict[int, str]
) -> tuple[Payment, ...]:
    return tuple(
        Payment(one.cents, one.day, one.home, names[fund])
        for fund, moved in spending.items()
        for one in moved
    )


def _settled(organisation: Organisation, as_of: dt.date) -> tuple[Payment, ...]:
    """One sum as of the day: what settled means is known one floor below."""
    campaigns = Campaign.objects.filter(issuer=organisation)
    by_campaign = campaign_figures.of_campaigns(campaigns, at=clock.end_of(as_of))
    return tuple(Payment(_cents(each.settled.amount), as_of) for each in by_campaign.values())


def _cents(amount: Decimal | Money) -> int:
    """Cents of a column: what `values_list` gives of a money field is its bare number."""
    return int((amount.amount if isinstance(amount, Money) else amount) / CENT)
