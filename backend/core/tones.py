"""How states look: a word with a shape, never a colour alone. One table for every app's states.

A state that is not here is shown as idle; apps add theirs with `register`. The words come from the
model's choices; LABELS serve where only the code is at hand.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHAPES = {
    "idle": "ring",
    "running": "half",
    "waiting": "clock",
    "done": "disc",
    "stopped": "square",
}

LABELS: dict[str, str | Promise] = {
    "open": _("open"),
    "done": _("done"),
    "waiting": _("waiting"),
    "approved": _("approved"),
    "refused": _("refused"),
    "paid": _("paid"),
    "part_paid": _("part paid"),
    "unpaid": _("unpaid"),
    "late": _("late"),
}

TONES: dict[str, str] = {}


def register(tone: str, *states: str) -> None:
    """Say that these states look like this tone (a key of SHAPES)."""
    if tone not in SHAPES:
        raise ValueError(f"unknown tone {tone!r}")
    TONES.update(dict.fromkeys(states, tone))


register(
    "idle",
    "draft",
    "planned",
    "started",
    "candidate",
    "expressed",
    "closed",
    "withdrawn",
)
register("idle", "identified", "ended", "not_started", "converted", "cancelled")
register("running", "open", "pre_campaign", "collecting", "in_use", "reporting", "part_paid")
register(
    "running",
    "works",
    "preparing",
    "invited",
    "amended",
    "in_reflection",
    "checks_done",
)
register(
    "waiting",
    "in_review",
    "needs_work",
    "placed",
    "waitlisted",
    "awaiting_payment",
    "unpaid",
)
register("waiting", "waiting", "approval_requested", "suspended", "refund_due", "submitted")
register(
    "done",
    "done",
    "approved",
    "succeeded",
    "confirmed",
    "allotted",
    "paid",
    "completed",
)
register(
    "done",
    "acquired",
    "let",
    "occupied",
    "accepted",
    "issued",
    "active",
    "refunded",
    "kept",
)
register(
    "stopped",
    "failed",
    "revoked",
    "lapsed",
    "refused",
    "disputed",
    "rejected",
    "lost",
    "late",
)
