"""What anyone may see of reporting on a campaign's page."""

from typing import Any

from backend.core import clock
from backend.reporting import due
from campaigns.models import Campaign

State = Campaign.State
AFTER_SUCCESS = (State.SUCCEEDED, State.IN_USE, State.REPORTING, State.CLOSED)


def reports_due(campaign: Campaign) -> dict[str, Any] | None:
    """What everybody may know of reporting: what is late, and when the next report is due."""
    today = clock.today()
    owed = due.of_issuer(campaign.issuer, on=today) if campaign.state in AFTER_SUCCESS else []
    if not owed:
        return None
    in_time = [each for each in owed if not each.is_told and not each.is_late(today)]
    late = [each for each in reversed(owed) if each.is_late(today)]
    return {"late": late, "next": in_time[-1] if in_time else None}
