"""What anyone may see of homes: the groups of the last published figures, never a row behind them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core import charts
from campaigns.models import Campaign
from properties import disclosure, freezing, snapshots, wording
from properties.models import Snapshot


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
    rows = _rows(last, campaign) if last else []
    heads = (_("Homes"), _("Paid"))
    chart = charts.bars(_("What this campaign's money paid for them"), rows, heads=heads)
    return {"snapshot": last, "chart": chart}


def _rows(snapshot: Snapshot, campaign: Campaign) -> list[charts.Row]:
    view = freezing.view(snapshot.data, disclosure.PUBLIC)
    own = [each for each in view["raises"] if each["campaign"] == campaign.slug]
    return [
        charts.Row(wording.group(row), row["cents"], wording.cents(row["cents"]))
        for each in own
        for row in each["groups"]
    ]
