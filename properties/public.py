"""What anyone may see of homes: the groups of the last published figures, never a row behind them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import charts
from backend.core.money import ZERO, from_cents
from campaigns.models import Campaign
from properties import disclosure, freezing, snapshots, wording
from properties.city import tiles


def homes_so_far(campaign: Campaign) -> dict[str, Any] | None:
    """The homes that a campaign's money bought, as published last; None before it spends any."""
    if campaign.state not in (
        Campaign.State.SUCCEEDED,
        Campaign.State.IN_USE,
        Campaign.State.REPORTING,
        Campaign.State.CLOSED,
    ):
        return None
    # The last published, not the newest: a draft may hold what the city will refuse.
    last = snapshots.last_published(campaign.issuer)
    told = freezing.view(last.data, disclosure.PUBLIC) if last else {"raises": (), "indicators": ()}
    groups = [
        group
        for each in told["raises"]
        if each["campaign"] == campaign.slug
        for group in each["groups"]
    ]
    return {
        "snapshot": last,
        "chart": _chart(groups),
        "use": _use(campaign, groups),
        "tiles": _tiles(told["indicators"]),
    }


def _chart(groups: Sequence[Mapping[str, Any]]) -> charts.BarChart:
    rows = [
        charts.Row(wording.group(row), row["cents"], wording.cents(row["cents"])) for row in groups
    ]
    heads = (_("Homes"), _("Paid"))
    return charts.bars(_("What this campaign's money paid for them"), rows, heads=heads)


def _use(campaign: Campaign, groups: Sequence[Mapping[str, Any]]) -> dict[str, Money]:
    """The plan against what may be told of as paid: what is neither is unspent, or not told yet."""
    planned = sum((line.amount for line in campaign.planned_lines.all()), ZERO)
    paid = from_cents(sum(group["cents"] for group in groups))
    return {"planned": planned, "paid": paid, "rest": max(planned - paid, ZERO)}


def _tiles(figures: Iterable[Mapping[str, Any]]) -> list[tiles.Tile]:
    """The issuer's homes on the map, where any may be told of."""
    shown = next((each["shown"] for each in figures if each["code"] == tiles.HOMES), None)
    counts = tiles.counts(shown)
    return tiles.lay_out(counts) if any(counts.values()) else []
