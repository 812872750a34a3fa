"""What the law finds in an offer as it runs: which law, how much, who decides, until when."""

import datetime as dt

from django.db.models import CharField, Sum, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from campaigns import checks, obstacles, rules
from campaigns.cases.case import Case, Finding, finds
from campaigns.models import Suspension
from campaigns.rules import appropriateness, closing, owners, reflection, suspension
from investors import conflicts, suitability
from investors.models import Acknowledgement, Conflict

# What a declared tie is to the rule.
TIES: dict[str, owners.Ties] = {
    Conflict.Tie.SHAREHOLDER: owners.Ties(owners.CLOSE_SHAREHOLDING_PERCENT),
    Conflict.Tie.MANAGER: owners.Ties(is_manager=True),
    Conflict.Tie.EMPLOYEE: owners.Ties(is_employee=True),
    Conflict.Tie.CONTROLLED: owners.Ties(is_controlled=True),
}


@finds("I7")
def _which_law(case: Case) -> Finding:
    possible = rules.possible_on(case.offer_day)
    words = _("An offer that opens on %(day)s may be governed by: %(regimes)s.")
    names = [str(rules.regime(code).name) for code in possible]
    return Finding(
        words, {"day": case.offer_day, "regimes": names}, case.campaign.regime in possible
    )


@finds("R2", "R2.ceiling", "I6")
def _ceiling(case: Case) -> Finding:
    found = case.ceiling
    words = _(
        "In the twelve months up to %(on)s the issuer offers %(total)s of at most %(ceiling)s."
    )
    values = {"on": found.on, "total": found.total, "ceiling": found.ceiling}
    return Finding(words, values, not found.is_over, is_internal=True)


@finds("R5")
def _vehicle(case: Case) -> Finding:
    own = _("The issuer says that it is no special purpose vehicle.")
    one = _("The issuer is a special purpose vehicle: this offer buys one home.")
    return Finding(one if case.campaign.is_spv else own)


@finds("I1", "I1.base")
def _professionals(case: Case) -> Finding:
    found = obstacles.professionals(case.campaign, case.at)
    words = _(
        "Professional investors hold %(have)s of %(offered)s shares (%(share)s %%); "
        "%(needed)s are needed to close."
    )
    values = {
        "have": found.professional_shares,
        "offered": closing.offered(found),
        "share": closing.share(found),
        "needed": closing.needed(found),
    }
    return Finding(words, values, closing.may_close(found) if case.is_running else None)


@finds("I5", "I5.judged")
def _check(case: Case) -> Finding:
    large = checks.large_orders(case.campaign)
    judged = sum(1 for each in large if each.may_stand)
    words = _(
        "Here: an order above %(person)s of a person, above %(body)s of a legal person. "
        "%(judged)s of %(large)s such orders were judged."
    )
    values = dict(appropriateness.BOUNDS) | {"judged": judged, "large": len(large)}
    return Finding(words, values, judged == len(large) if large else None, is_internal=True)


@finds("R7.disclosure")
def _ties(case: Case) -> Finding | None:
    if case.campaign.platform is None:
        return None
    who = case.campaign.pledges.standing().values_list("investor", flat=True)
    told = conflicts.disclosure([case.campaign.platform], who, on=clock.day_of(case.at))
    nobody = _("Nobody who is tied to the platform invests here.")
    if not owners.must_disclose(TIES[tie] for tie in told):
        return Finding(nobody)
    words = _("Of those who invest here some are tied to the platform. %(ties)s.")
    return Finding(words, {"ties": [f"{Conflict.Tie(tie).label}: {n}" for tie, n in told.items()]})


@finds("R45")
def _large(case: Case) -> Finding:
    """Where the bound of somebody's net worth lies nobody else is told: only how many were warned."""
    orders = case.campaign.pledges.live()
    sums = orders.values("investor").annotate(sum=Sum("amount"))
    above = sums.filter(sum__gt=suitability.WARNING_FLOOR.amount).count()
    marks = orders.annotate(mark=Concat(Value("pledge:"), Cast("pk", CharField()))).values("mark")
    kind = Acknowledgement.Kind.LARGE_ORDER
    warned = Acknowledgement.objects.filter(kind=kind, subject__in=marks)
    words = _(
        "%(above)s investors ordered more than %(floor)s here; %(warned)s of them more than 5 %% of "
        "their net worth as well, and they accepted a warning with these amounts first."
    )
    values = {
        "above": above,
        "floor": suitability.WARNING_FLOOR,
        "warned": warned.values("investor").distinct().count(),
    }
    return Finding(words, values, is_internal=True)


@finds("R46")
def _bound(case: Case) -> Finding | None:
    if case.campaign.deadline_on is None:
        return None
    offer = obstacles.running(case.campaign, case.at)
    words = _(
        "Bound until 24:00 of %(last_day)s, or until %(maximum)s is promised; now it is %(promised)s."
    )
    values = {
        "last_day": case.campaign.deadline_on,
        "maximum": max(offer.target, offer.maximum),
        "promised": offer.promised,
        "is_bound": reflection.owner_is_bound(offer, case.at),
    }
    return Finding(words, values)


@finds("R47", "I3")
def _order(case: Case) -> Finding:
    end = case.regime.end_for_order(case.at, promised_days=case.campaign.reflection_days)
    return _until(_("An order placed now may be taken back until 24:00 of %(last_day)s."), end)


@finds("R51")
def _interest(case: Case) -> Finding:
    end = reflection.end_for_interest(case.at)
    return _until(_("The period of an interest left now ends at 24:00 of %(last_day)s."), end)


@finds("R47.new_fact", "I3.new_fact")
def _change(case: Case) -> Finding:
    end = case.regime.end_after_change(case.at)
    words = _(
        "After a material change told now, orders may be revoked until 24:00 of %(last_day)s."
    )
    return _until(words, end)


@finds("R17", "R17.cancel")
def _suspended(case: Case) -> Finding | None:
    if case.suspension is None:
        return None
    end = suspension.end(case.suspension.began_at)
    values = {
        "last_day": _last_day(end),
        "ends_at": end,
        "days": suspension.days_left(case.suspension.began_at, case.at),
    }
    is_error = case.suspension.kind == Suspension.Kind.MATERIAL_ERROR
    error = _(
        "Suspended; it is cancelled unless corrected by 24:00 of %(last_day)s (%(days)s days)."
    )
    other = _("Suspended until 24:00 of %(last_day)s at most (%(days)s days); then it goes on.")
    words = error if is_error else other
    return Finding(words, values, not suspension.must_cancel(case.suspension.began_at, case.at))


def _until(words: str | Promise, end: dt.datetime) -> Finding:
    return Finding(words, {"last_day": _last_day(end), "ends_at": end})


def _last_day(end: dt.datetime) -> dt.date:
    return clock.day_of(end - dt.timedelta(microseconds=1))
