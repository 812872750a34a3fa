"""What anyone may see of reporting on a campaign's page."""

from typing import Any

from backend.core import clock
from backend.reporting import due, published
from campaigns.models import Campaign

State = Campaign.State
AFTER_SUCCESS = (State.SUCCEEDED, State.IN_USE, State.REPORTING, State.CLOSED)


def reports_due(campaign: Campaign) -> dict[str, Any] | None:
    """What everybody may know of reporting: what is late, when the next is due, the newest to read."""
    today = clock.today()
    owed = due.of_issuer(campaign.issuer, on=today) if campaign.state in AFTER_SUCCESS else []
    if not owed:
        return None
    in_time = [each for each in owed if not each.is_told and not each.is_late(today)]
    late = [each for each in reversed(owed) if each.is_late(today)]
    next_one = in_time[-1] if in_time else None
    return {"late": late, "next": next_one, "newest": published.newest(campaign.issuer)}
