"""What a campaign still lacks before it may be published: a list, never just a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.money import ZERO, said
from campaigns import (
    ceilings,
    checks,
    rules,
)
from campaigns.models import Campaign
from campaigns.sheets import drafts


@dataclass(frozen=True)
class Item:
    """One thing that publishing needs."""

    code: str
    label: str | Promise
    is_done: bool
    note: str = ""


def items(campaign: Campaign) -> list[Item]:
    """Everything publishing needs, done or not, in the order in which one works through it."""
    parts = (_texts, _terms, _law, _instrument, _who_takes_orders, _papers, _money)
    return [item for part in parts for item in part(campaign)]


def missing(campaign: Campaign) -> list[Item]:
    """What is not done yet."""
    return [item for item in items(campaign) if not item.is_done]


def _texts(campaign: Campaign) -> Iterator[Item]:
    for language, label in (("it", _("Texts in Italian")), ("en", _("Texts in English"))):
        names = (f"title_{language}", f"summary_{language}", f"risk_{language}")
        is_done = all(getattr(campaign, name) for name in names)
        yield Item(f"texts_{language}", label, is_done)


def _terms(campaign: Campaign) -> Iterator[Item]:
    sums = (campaign.minimum, campaign.target, campaign.maximum)
    yield Item(
        "whole_shares",
        _("Minimum, target and maximum are whole numbers of shares"),
        all(_is_whole(amount, campaign.price_per_share) for amount in sums),
    )
    opens, deadline = campaign.opens_on, campaign.deadline_on
    yield Item(
        "dates",
        _("A day of opening, and a deadline after it"),
        opens is not None and deadline is not None and opens < deadline,
    )
    yield Item(
        "threshold",
        _("The interest that is needed to open"),
        campaign.pre_campaign_threshold is not None,
    )


def _law(campaign: Campaign) -> Iterator[Item]:
    """The law that governs the offer, and the ceiling of twelve months, by the day of opening."""
    if campaign.opens_on is None:
        return
    standing = ceilings.standing(campaign, at=clock.end_of(campaign.opens_on))
    yield Item(
        "ceiling",
        _("Together with the issuer's other offers of twelve months at most %(ceiling)s")
        % {"ceiling": said(standing.ceiling)},
        not standing.is_over,
    )
    # An invented offer may be told as one of another year.
    if not campaign.is_synthetic:
        possible = campaign.regime in rules.possible_on(campaign.opens_on)
        yield Item("regime", _("A law that is in force on the day of opening"), possible)
        if rules.regime(campaign.regime).is_reported:
            label = _("A check of the owner that nothing stands against")
            yield Item("owner_check", label, checks.is_owner_fit(campaign))


def _instrument(campaign: Campaign) -> Iterator[Item]:
    yield Item(
        "instrument",
        _("The nominal value of a share and the capital before the offer"),
        campaign.nominal_per_share is not None and campaign.capital_before is not None,
    )


def _who_takes_orders(campaign: Campaign) -> Iterator[Item]:
    """A live offer names who may take its orders; an invented one has nobody to name."""
    if campaign.is_synthetic:
        return
    if campaign.mode == Campaign.Mode.MIRROR:
        label = _("The authorised platform that takes the orders")
        yield Item("platform", label, campaign.platform_id is not None)
        label = _("The address of the offer at the platform, where people order")
        yield Item("platform_url", label, bool(campaign.platform_url))
        return
    yield Item(
        "authorisation",
        _("The number of the authorisation to take orders"),
        bool(campaign.authorisation_number),
    )
    yield Item("money_bank", _("The bank that holds the money"), bool(campaign.money_bank))


def _papers(campaign: Campaign) -> Iterator[Item]:
    lacks = drafts.lacks(campaign)
    note = "; ".join(str(each.sentence) for each in lacks)
    yield Item(
        "information_sheet", _("The information sheet, complete and declared"), not lacks, note
    )
    planned = sum((line.amount for line in campaign.planned_lines.all()), ZERO)
    yield Item(
        "use_of_funds",
        _("A plan for the use of funds that adds up to the target"),
        planned == campaign.target,
    )


def _money(campaign: Campaign) -> Iterator[Item]:
    yield Item(
        "restricted_account",
        _("A restricted bank account, where the money waits"),
        campaign.restricted_account_id is not None,
    )
    yield Item(
        "ordinary_account",
        _("The issuer's bank account"),
        campaign.ordinary_account_id is not None,
    )
    yield Item(
        "own_fund",
        _("Own money of the issuer, which bears the payment fees"),
        campaign.own_fund_id is not None,
    )


def _is_whole(amount: Money, price: Money) -> bool:
    return amount.amount % price.amount == 0
