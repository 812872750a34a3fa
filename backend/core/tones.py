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
    TONES.update(dict.fromkeys((state.lower() for state in states), tone))


def name(**labels: str | Promise) -> None:
    """Say the words of states whose model has no choices."""
    LABELS.update({code.lower(): label for code, label in labels.items()})


def tone_of(code: str) -> str:
    """How a state looks; idle if nobody said."""
    return TONES.get(code.lower(), "idle")


def label_of(code: str) -> str:
    """The words of a state whose model has none; else the code without its underscores."""
    return str(LABELS.get(code.lower(), code.replace("_", " ").lower()))


# Campaigns, interests, pledges, payments
register(
    "idle", "draft", "planned", "started", "expressed", "closed", "withdrawn", "cancelled", "undone"
)
register("idle", "converted", "ended", "canceled", "amended")
register("running", "open", "pre_campaign", "collecting", "in_use", "reporting", "part_paid")
register("running", "preparing", "invited", "in_reflection", "checks_done")
register("waiting", "in_review", "needs_work", "placed", "waitlisted", "awaiting_payment", "unpaid")
register("waiting", "waiting", "suspended", "refund_due", "submitted", "returned", "wanted")
register("waiting", "created", "pending", "reflection")
register("done", "done", "approved", "succeeded", "confirmed", "allotted", "paid", "completed")
register("done", "accepted", "issued", "active", "refunded", "kept", "published", "sent")
register("stopped", "failed", "revoked", "lapsed", "refused", "disputed", "rejected", "lost")
register("stopped", "late")
register("waiting", "drafted", "received", "processing", "agreed")
register("idle", "dropped", "inadmissible")
register("running", "admissible")
register("done", "granted")
# Homes: from the first look to the portfolio
register("idle", "identified", "lead", "offered", "proposed", "withdrawn_before_offer", "declined")
register("running", "report_reviewed", "visited", "offer_filed", "single_offer", "contest")
register("running", "due_diligence", "offer", "preliminary", "screened", "inspected")
register("running", "awarded", "balance_paid", "decree", "deed", "registered", "notary_deed")
register("running", "provisionally_awarded", "raised")
register("waiting", "outbid")
register("running", "accepted_by_board", "mandate_signed")
register("running", "survey", "design", "permit", "tender", "site_open", "works", "inspection")
register("waiting", "balance_due")
register("done", "certified", "ready")
register("done", "possession", "portfolio", "in_management", "renewed", "let", "occupied")
register("stopped", "excluded", "defaulted", "dd_failed", "rescinded")
# People: evictions from the first arrears to their end, plans to pay back
register("idle", "postponed")
register("running", "hearing", "grace", "live")
register("waiting", "arrears", "intimazione", "convalida", "precetto", "preavviso_rilascio")
register("waiting", "access", "suspended_works")
register("done", "cured_in_court", "stopped")
register("stopped", "breached", "executed")
