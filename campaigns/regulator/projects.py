"""The yearly list of projects (R52): per offer the owner, the sum raised, who holds it by residence.

Sums are read from the ledger, pledge by pledge, and compared with the payments before anyone sees them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.errors import Conflict
from backend.core.money import ZERO
from campaigns import figures, rules
from campaigns.models import Campaign, Pledge
from campaigns.rules import identifiers, yearly
from campaigns.rules.yearly import Held, Part
from investors import qualifications

HEADER = (
    "csp_lei", "period", "offer_id", "owner", "instrument", "amount_raised", "currency",
    "tax_residence", "investor_kind", "investors", "amount",
)  # fmt: skip


class DoesNotAddUp(Conflict):
    """The parts of an offer differ from what its payments say: no file is made of such books."""

    code = "regulator_file.does_not_add_up"


@dataclass(frozen=True)
class Project:
    """An offer that closed with success: what it raised, and in which parts."""

    campaign: Campaign
    raised: Money
    parts: list[Part]


def projects(*, campaigns: Iterable[Campaign], year: int, at: dt.datetime) -> list[Project]:
    """The European offers whose shares were allotted in a year, by identifier."""
    begins, ends = (clock.start_of(dt.date(each, 1, 1)) for each in (year, year + 1))
    return [
        _project(campaign, at)
        for campaign in sorted(campaigns, key=lambda each: (each.offer_identifier, each.pk))
        if rules.regime(campaign.regime).is_reported
        and campaign.allotments.filter(allotted_at__gte=begins, allotted_at__lt=ends).exists()
    ]


def rows(found: Iterable[Project], *, year: int, hides_owner: bool) -> Iterator[tuple[object, ...]]:
    """The lines of the file: one per offer, tax residence and kind of investor."""
    for project in found:
        campaign = project.campaign
        owner = campaign.issuer.tax_code or campaign.issuer.name
        head = (
            identifiers.lei_of(campaign.offer_identifier),
            year,
            campaign.offer_identifier,
            yearly.hashed(owner) if hides_owner else owner,
            campaign.instrument,
            yearly.figure(project.raised),
            "EUR",
        )
        for part in project.parts:
            kind = "sophisticated" if part.is_sophisticated else "non_sophisticated"
            yield (*head, part.country, kind, part.investors, yearly.figure(part.amount))


def _project(campaign: Campaign, at: dt.datetime) -> Project:
    pledges = list(campaign.pledges.select_related("investor"))
    standing = figures.of_pledges(pledges)
    kept = {
        pledge.pk: standing[pledge.pk].paid - standing[pledge.pk].to_return for pledge in pledges
    }
    parts = yearly.parts(_holdings(pledges, kept))
    raised = sum((part.amount for part in parts), ZERO)
    to_return = sum((each.to_return for each in standing.values()), ZERO)
    booked = figures.of_campaign(campaign, at=at).paid - to_return
    if raised != booked:
        words = _("The parts of “%(campaign)s” come to %(parts)s, its payments to %(booked)s.")
        told = {"campaign": campaign.title, "parts": raised.amount, "booked": booked.amount}
        raise DoesNotAddUp(words % told, campaign=campaign.slug)
    return Project(campaign, raised, parts)


def _holdings(pledges: Iterable[Pledge], kept: dict[int, Money]) -> Iterator[Held]:
    """What each holds, as what they counted when they ordered."""
    allotted = [pledge for pledge in pledges if pledge.state == Pledge.State.ALLOTTED]
    orders = {
        pledge.pk: (pledge.investor_id, pledge.placed_at or pledge.first_at) for pledge in allotted
    }
    experienced = qualifications.sophisticated_when(orders.values())
    for pledge in allotted:
        is_sophisticated = orders[pledge.pk] in experienced
        country = pledge.investor.tax_country
        yield Held(pledge.investor_id, country, is_sophisticated, kept[pledge.pk])
