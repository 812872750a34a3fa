"""The yearly list of projects (R52): per offer the owner, the sum raised, who holds it by residence.

Sums are what stood at the end of the year, so that a past year's file stays what it was; before anyone
sees them the payments are compared with the ledger.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock
from backend.core.errors import Conflict
from backend.core.money import ZERO
from backend.ledger import balances
from campaigns import figures, rules
from campaigns.models import Allotment, Campaign, Pledge
from campaigns.regulator import past
from campaigns.rules import identifiers, yearly
from campaigns.rules.yearly import Held, Part
from investors import qualifications

HEADER = (
    "csp_lei", "period", "offer_id", "owner", "instrument", "amount_raised", "currency",
    "tax_residence", "investor_kind", "investors", "amount",
)  # fmt: skip


INSTANT = dt.timedelta(microseconds=1)


class DoesNotAddUp(Conflict):
    """An offer's payments differ from what its ledger says: no file is made of such books."""

    code = "regulator_file.does_not_add_up"


@dataclass(frozen=True)
class Project:
    """An offer that closed with success: what it raised, and in which parts."""

    campaign: Campaign
    raised: Money
    parts: list[Part]


def projects(*, campaigns: Iterable[Campaign], year: int, at: dt.datetime) -> list[Project]:
    """The European offers that closed with success in a year, by identifier: once each, by their first
    allotment, with what stood at the end of that year (or at `at`, where that is earlier)."""
    cut = min(at, clock.start_of(dt.date(year + 1, 1, 1)) - INSTANT)
    return [_project(campaign, at, cut) for campaign in closed(campaigns, year=year)]


def closed(campaigns: Iterable[Campaign], *, year: int) -> list[Campaign]:
    """The European offers whose first shares were allotted in a year, by identifier; what waited until
    later adds no other. One query."""
    begins, ends = (clock.start_of(dt.date(each, 1, 1)) for each in (year, year + 1))
    european = [each for each in campaigns if rules.regime(each.regime).is_reported]
    rows = Allotment.objects.filter(campaign__in=european).values_list("campaign")
    first = rows.annotate(first=Min("allotted_at")).order_by()
    found = set(first.filter(first__gte=begins, first__lt=ends).values_list("campaign", flat=True))
    in_order = sorted(european, key=lambda each: (each.offer_identifier, each.pk))
    return [each for each in in_order if each.pk in found]


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


def _project(campaign: Campaign, at: dt.datetime, cut: dt.datetime) -> Project:
    pledges = list(campaign.pledges.select_related("investor", "payer"))
    _refuse_other_books(campaign, pledges, at)
    paid = figures.paid_by_pledge([pledge.pk for pledge in pledges], at=cut)
    parts = yearly.parts(_holdings(_standing(pledges, cut), paid))
    return Project(campaign, sum((part.amount for part in parts), ZERO), parts)


def _refuse_other_books(campaign: Campaign, pledges: Iterable[Pledge], at: dt.datetime) -> None:
    """What the payers' accounts hold must be what the payments say, or the file is of no use."""
    booked = -sum(balances.balances(each.payer_id for each in pledges).values(), ZERO)
    paid = figures.of_campaign(campaign, at=at).paid
    if paid != booked:
        words = _("The payments of “%(campaign)s” come to %(paid)s, its ledger to %(booked)s.")
        told = {"campaign": campaign.title, "paid": paid.amount, "booked": booked.amount}
        raise DoesNotAddUp(words % told, campaign=campaign.slug)


def _standing(pledges: Sequence[Pledge], cut: dt.datetime) -> list[Pledge]:
    """Those that stood at an instant after the close: they have shares, or were paid and waited for
    them; what ended only later stood then."""
    state_of = past.states(pledges, at=cut)
    return [each for each in pledges if state_of[each.pk] in Pledge.STANDING]


def _holdings(pledges: Iterable[Pledge], paid: dict[int, Money]) -> Iterator[Held]:
    """What each put in, as what they counted when they ordered; what came beyond an order goes back."""
    counted = [each for each in pledges if paid.get(each.pk, ZERO) > ZERO]
    orders = {
        pledge.pk: (pledge.investor_id, pledge.placed_at or pledge.first_at) for pledge in counted
    }
    experienced = qualifications.sophisticated_when(orders.values())
    for pledge in counted:
        is_sophisticated = orders[pledge.pk] in experienced
        country = pledge.investor.tax_country
        amount = min(paid[pledge.pk], pledge.amount)
        yield Held(pledge.investor_id, country, is_sophisticated, amount)
