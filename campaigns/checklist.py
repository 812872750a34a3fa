"""What a campaign still lacks before it may be published: a list, never just a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import ZERO
from campaigns.models import Campaign, CampaignDocument


@dataclass(frozen=True)
class Item:
    """One thing that publishing needs."""

    code: str
    label: str | Promise
    is_done: bool


def items(campaign: Campaign) -> list[Item]:
    """Everything publishing needs, done or not, in the order in which one works through it."""
    return [*_texts(campaign), *_terms(campaign), *_papers(campaign), *_money(campaign)]


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


def _papers(campaign: Campaign) -> Iterator[Item]:
    kinds = {document.kind for document in campaign.documents.all()}
    sheet = CampaignDocument.Kind.INFORMATION_SHEET
    yield Item("information_sheet", _("The information sheet"), sheet in kinds)
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
