"""What anyone may see of homes: the groups of the last published figures, never a row behind them."""

from typing import Any

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
    return {"snapshot": last, "groups": _groups(last, campaign) if last else []}


def _groups(snapshot: Snapshot, campaign: Campaign) -> list[dict[str, str]]:
    view = freezing.view(snapshot.data, disclosure.PUBLIC)
    own = [each for each in view["raises"] if each["campaign"] == campaign.slug]
    return [
        {"text": wording.group(row), "cost": wording.cents(row["cents"])}
        for each in own
        for row in each["groups"]
    ]
