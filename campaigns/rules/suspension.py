"""How long an offer may stand still, and what follows when what was wrong is not put right."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from backend.core import clock, law
from campaigns.rules import dates, reflection

MOST_DAYS = 30


@law.rule(
    id="R17",
    article="Reg. (EU) 2020/1503, art. 23(12)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "An offer whose sheet has a material error is suspended for at most thirty calendar days; "
        "what is not corrected by then is cancelled."
    ),
    uncertain=_(
        "The end is taken as for R47. We hold offers under the rules of 2020 to it as well."
    ),
)
def end(suspended_at: dt.datetime) -> dt.datetime:
    """The first instant at which a suspension has lasted too long."""
    return reflection.end(suspended_at, MOST_DAYS)


@law.rule(
    id="R17.cancel",
    article="Reg. (EU) 2020/1503, art. 23(12)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("After thirty days of suspension the offer is cancelled."),
)
def must_cancel(suspended_at: dt.datetime, at: dt.datetime) -> bool:
    """Whether nothing but cancellation is left."""
    return at >= end(suspended_at)


def days_left(suspended_at: dt.datetime, at: dt.datetime) -> int:
    """Whole days until it must be cancelled; 0 on the last day, less afterwards."""
    last = clock.day_of(end(suspended_at) - dt.timedelta(microseconds=1))
    return (last - clock.day_of(at)).days
