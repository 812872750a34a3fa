"""What the story came to: the numbers of the issue, read from the same rules that the pages use."""

import json
from typing import Any

from backend.core import clock
from backend.core.models import Organisation
from backend.core.money import from_cents
from backend.demo.people import CITY, ISSUER, PASSWORD
from backend.ledger import checks
from campaigns import figures
from campaigns.models import Campaign
from investors.models import InvestorReport
from properties.figures import raised_and_traced
from properties.models import Unit

Summary = dict[str, Any]
FIELDS = (
    "campaign", "target", "promised", "paid", "settled", "pledges", "homes", "acquisition_cost",
    "traced_to_homes", "reports_issued", "books_ok", "seconds",
)  # fmt: skip


def gather(slug: str, seconds: float) -> Summary:
    """Add up one campaign and what became of its money; amounts as text with two decimals."""
    at = clock.now()
    campaign = Campaign.objects.get(slug=slug)
    found = figures.of_campaign(campaign, at=at)
    issuers = Organisation.objects.filter(name=ISSUER)
    cost, traced = raised_and_traced(issuers, until=clock.day_of(at))
    return {
        "campaign": campaign.title_it,
        "target": _text(campaign.target.amount),
        "promised": _text(found.promised.amount),
        "paid": _text(found.paid.amount),
        "settled": _text(found.settled.amount),
        "pledges": found.pledges,
        "homes": Unit.objects.filter(ownership=Unit.Ownership.OWNED).count(),
        "acquisition_cost": _text(from_cents(cost).amount),
        "traced_to_homes": _text(from_cents(traced).amount),
        "reports_issued": InvestorReport.objects.count(),
        "books_ok": all(check.ok for check in checks.run()),
        "seconds": seconds,
    }


def as_json(found: Summary) -> str:
    """One line, always in the same order (a database may give a stored object in another)."""
    return json.dumps({name: found[name] for name in FIELDS})


def as_text(found: Summary, site: str) -> str:
    """The summary as a person reads it, with where to look next if there is a site."""
    lines = [
        "",
        f"  {found['campaign']} (synthetic: everything in this story is invented)",
        f"  promised {found['promised']}   paid {found['paid']}   settled {found['settled']}"
        f"   of a target of {found['target']} euro",
        f"  {found['pledges']} pledges   {found['homes']} homes"
        f"   {found['reports_issued']} reports to investors",
        f"  raised capital paid {found['acquisition_cost']} for homes;"
        f" the investors' lots in them sum to {found['traced_to_homes']}",
        f"  the books {'hold' if found['books_ok'] else 'DO NOT HOLD: manage.py check_books'}"
        f"   (told in {found['seconds']} s)",
        "",
    ]
    return "\n".join(lines + (_where_to_look(site) if site else [])) + "\n"


def _where_to_look(site: str) -> list[str]:
    return [
        f"  {site}/login/ lets you in as anyone of the cast with one click;",
        f"  for a login by form the password is {PASSWORD}. {CITY} reviews the figures.",
        "  Ctrl-C ends the demo; started again it goes on from here.",
        "",
    ]


def _text(amount: object) -> str:
    return f"{amount:.2f}"
