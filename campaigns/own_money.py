"""An issuer's own money: what it has, what it owes to raised capital, what it spent on running.

Raised capital pays for homes alone. Fees, lost deposits and the platform's part are owed to it by own
money, and made good by real money (`holding.top_up_fees`, which also covers deposits).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from djmoney.money import Money

from backend.core.models import Organisation
from backend.core.money import ZERO
from backend.ledger.models import Account, Balance, Fund, Purpose
from campaigns.models import Campaign

Kind = Account.Kind


@dataclass(frozen=True)
class Owes:
    """What own money owes to the raised money of a campaign."""

    campaign: Campaign
    amount: Money


@dataclass(frozen=True)
class Spent:
    """What own money spent for one purpose."""

    label: str
    amount: Money


@dataclass(frozen=True)
class Standing:
    """Own money now."""

    cash: Money
    owes: Sequence[Owes]
    spent: Sequence[Spent]

    @property
    def owed(self) -> Money:
        return sum((each.amount for each in self.owes), ZERO)

    @property
    def is_short(self) -> bool:
        """Whether own money could not make good today what it owes."""
        return self.cash < self.owed


def funds_of(organisation: Organisation) -> list[Fund]:
    """The funds of own money: what nobody restricted."""
    return list(Fund.objects.filter(organisation=organisation, is_restricted=False).order_by("pk"))


def standing(organisation: Organisation) -> Standing:
    """Cash at banks, debts to raised capital by campaign, and what was spent; three queries."""
    own = Q(account__fund__organisation=organisation, account__fund__is_restricted=False)
    cash = Balance.objects.filter(own, account__kind=Kind.HOLDING).aggregate(sum=Sum("amount"))
    return Standing(cash=_euro(cash["sum"]), owes=_owes(organisation), spent=_spent(own))


def _owes(organisation: Organisation) -> list[Owes]:
    campaigns = Campaign.objects.filter(issuer=organisation, fund__isnull=False).order_by("-id")
    due = Balance.objects.filter(account__kind=Kind.DUE, account__fund__organisation=organisation)
    sums = dict(
        due.values_list("account__fund").annotate(sum=Sum("amount")).filter(sum__gt=0).order_by()
    )
    return [
        Owes(campaign, _euro(sums[campaign.fund_id]))
        for campaign in campaigns
        if campaign.fund_id in sums
    ]


def _spent(own: Q) -> list[Spent]:
    rows = Balance.objects.filter(own, account__kind=Kind.USE).values(purpose=F("account__purpose"))
    found = rows.annotate(sum=Sum("amount")).filter(sum__gt=0).order_by("-sum")
    return [Spent(str(Purpose(row["purpose"]).label), _euro(row["sum"])) for row in found]


def _euro(amount: object) -> Money:
    return Money(amount or 0, "EUR")
