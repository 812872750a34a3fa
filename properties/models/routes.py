"""The routes by which a home becomes ours, as dicts of moves (housing.md 3.7).

The records that walk them are in `acquisition`, the guards on the moves in `properties.guards`.
"""

from itertools import chain

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.states import Moves


def _moves(**steps: str) -> Moves:
    """`A="B C"` reads: from A to B or C. A state named only as a goal is an end."""
    moves = {before: frozenset(after.split()) for before, after in steps.items()}
    ends = set(chain(*moves.values())) - set(moves)
    return {**moves, **{end: frozenset() for end in ends}}


SEARCH = {
    "IDENTIFIED": "REPORT_REVIEWED WITHDRAWN_BEFORE_OFFER",
    "REPORT_REVIEWED": "VISITED APPROVED WITHDRAWN_BEFORE_OFFER",
    "VISITED": "APPROVED WITHDRAWN_BEFORE_OFFER",
    "APPROVED": "OFFER_FILED WITHDRAWN_BEFORE_OFFER",
}
SETTLING = {
    "AWARDED": "BALANCE_DUE REVOKED SUSPENDED",
    "BALANCE_DUE": "BALANCE_PAID DEFAULTED SUSPENDED",
    "BALANCE_PAID": "DECREE SUSPENDED REVOKED",
    "DECREE": "REGISTERED",
    "REGISTERED": "POSSESSION",
    "POSSESSION": "PORTFOLIO",
}
AUCTION = _moves(
    **SEARCH,
    OFFER_FILED="EXCLUDED SINGLE_OFFER CONTEST SUSPENDED",
    SINGLE_OFFER="AWARDED LOST SUSPENDED",
    CONTEST="AWARDED LOST SUSPENDED",
    **SETTLING,
)
INCREASE = _moves(
    **SEARCH,
    OFFER_FILED="EXCLUDED PROVISIONALLY_AWARDED OUTBID SUSPENDED",
    PROVISIONALLY_AWARDED="AWARDED CONTEST SUSPENDED REVOKED",
    OUTBID="RAISED LOST SUSPENDED",
    RAISED="CONTEST EXCLUDED SUSPENDED",
    CONTEST="AWARDED LOST SUSPENDED",
    **SETTLING,
)
"""With increase (c.p.c. 576-584): the award stands once ten days brought no raise of a fifth."""
MARKET = _moves(
    LEAD="DUE_DILIGENCE REJECTED",
    DUE_DILIGENCE="APPROVED DD_FAILED",
    APPROVED="OFFER REJECTED",
    OFFER="ACCEPTED REJECTED",
    ACCEPTED="PRELIMINARY DEED RESCINDED",
    PRELIMINARY="DEED RESCINDED",
    DEED="REGISTERED",
    REGISTERED="POSSESSION",
    POSSESSION="PORTFOLIO",
)
DONATION = _moves(
    OFFERED="SCREENED DECLINED",
    SCREENED="ACCEPTED_BY_BOARD DECLINED",
    ACCEPTED_BY_BOARD="NOTARY_DEED DECLINED REVOKED",
    NOTARY_DEED="REGISTERED REVOKED",
    REGISTERED="POSSESSION",
    POSSESSION="PORTFOLIO",
)
MANDATE = _moves(
    PROPOSED="INSPECTED DECLINED",
    INSPECTED="MANDATE_SIGNED DECLINED",
    MANDATE_SIGNED="IN_MANAGEMENT",
    IN_MANAGEMENT="RENEWED RETURNED",
    RENEWED="IN_MANAGEMENT RETURNED",
)


class Route(models.TextChoices):
    COURT_AUCTION = "court_auction", _("court auction")
    MARKET = "market", _("market purchase")
    DONATION = "donation", _("donation")
    MANDATE = "mandate", _("management mandate")
    COURT_INCREASE = "court_increase", _("court auction with increase")


class BidsAs(models.TextChoices):
    """Who files an offer at court for us, having declared not to be the debtor (c.p.c. 571, 579)."""

    REPRESENTATIVE = "REPRESENTATIVE", _("our legal representative")
    ATTORNEY = "ATTORNEY", _("an attorney with a special power")
    LAWYER = "LAWYER", _("a lawyer, for a person to be named (c.p.c. 583)")


ROUTES: dict[str, Moves] = {
    Route.COURT_AUCTION: AUCTION,
    Route.MARKET: MARKET,
    Route.DONATION: DONATION,
    Route.MANDATE: MANDATE,
    Route.COURT_INCREASE: INCREASE,
}
AT_COURT = frozenset({Route.COURT_AUCTION, Route.COURT_INCREASE})
FIRST_STATE: dict[str, str] = {route: next(iter(moves)) for route, moves in ROUTES.items()}
APPROVED_STATE: dict[str, str] = {
    Route.COURT_AUCTION: "APPROVED",
    Route.MARKET: "APPROVED",
    Route.DONATION: "ACCEPTED_BY_BOARD",
    Route.MANDATE: "MANDATE_SIGNED",
    Route.COURT_INCREASE: "APPROVED",
}
"""The state that only a second person's approval reaches: nothing is offered before it."""
SIGNED_BY_HAND = frozenset({Route.MANDATE})
"""Where that state is an act of its own, with a day and terms: the approval alone does not make it."""
TITLE_STATES = frozenset({"DECREE", "DEED", "NOTARY_DEED"})
LAST_STATE: dict[str, str] = {
    Route.COURT_AUCTION: "PORTFOLIO",
    Route.MARKET: "PORTFOLIO",
    Route.DONATION: "PORTFOLIO",
    Route.MANDATE: "IN_MANAGEMENT",
    Route.COURT_INCREASE: "PORTFOLIO",
}


def union() -> Moves:
    """All routes in one dict: a state of two routes may go where either goes; `acquisitions`
    holds each record to its own route."""
    union: dict[str, frozenset[str]] = {}
    for before, after in chain(*(moves.items() for moves in ROUTES.values())):
        union[before] = union.get(before, frozenset()) | after
    return union
