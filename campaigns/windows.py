"""The right to revoke once more: opened when an offer changes materially, when its sheet had an error
that matters, or when its deadline moves. Whoever ordered before may take the order back freely.

How long it lasts is the regime's rule (R47.new_fact, I3.new_fact), counted from the notice.
"""

import datetime as dt

from backend.core import audit
from backend.core.users import Actor
from campaigns import rules
from campaigns.models import Campaign, Pledge, RevocationWindow


def open_window(*, campaign: Campaign, cause: str, by: Actor, at: dt.datetime) -> RevocationWindow:
    """Let every order placed until now be taken back freely for some days."""
    ends_at = rules.regime(campaign.regime).end_after_change(at)
    window = RevocationWindow.objects.create(
        campaign=campaign, cause=cause, opened_at=at, ends_at=ends_at
    )
    facts = {"cause": cause, "ends_at": ends_at.isoformat()}
    audit.record(action="campaign.window_opened", subject=campaign, by=by, at=at, facts=facts)
    return window


def until(pledge: Pledge) -> dt.datetime | None:
    """The instant until which an order may be revoked freely although its reflection is over.

    None where nothing changed since it was placed.
    """
    placed_at = pledge.placed_at or pledge.first_at
    windows = RevocationWindow.objects.filter(campaign=pledge.campaign_id, opened_at__gte=placed_at)
    return max(windows.values_list("ends_at", flat=True), default=None)


def is_open(campaign: Campaign, *, at: dt.datetime) -> bool:
    """Whether anybody may still revoke because of a change."""
    return standing(campaign, at=at) is not None


def standing(campaign: Campaign, *, at: dt.datetime) -> RevocationWindow | None:
    """The window that lasts longest of those still open."""
    return campaign.windows.filter(ends_at__gt=at).order_by("-ends_at").first()
