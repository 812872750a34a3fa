"""What the law finds in the owner of an offer: who it is, what was looked at, what its statute gives."""

from django.utils.translation import gettext_lazy as _

from backend.core import clock
from campaigns import checks, reliefs
from campaigns.cases.case import Case, Finding, finds
from campaigns.rules import owners

UNSEEN = Finding(_("Nobody has written down a check of the owner."), is_internal=True)


@finds("R1")
def _business(case: Case) -> Finding:
    check = checks.of_owner(case.campaign)
    if check is None or check.is_consumer is None:
        return UNSEEN
    holds = owners.may_raise(is_consumer=check.is_consumer)
    business = _("The owner acts for a business, as was checked on %(day)s.")
    consumer = _("The owner acts as a consumer, as was checked on %(day)s.")
    return Finding(business if holds else consumer, {"day": check.checked_on}, holds)


@finds("R6")
def _diligence(case: Case) -> Finding:
    check = checks.of_owner(case.campaign)
    lacks = owners.lacks_of_diligence(checks.diligence(check))
    if check is None or lacks:
        values = {"lacks": [str(each) for each in lacks]}
        return Finding("%(lacks)s", values, None if check is None else False, is_internal=True)
    words = _("%(who)s looked at the owner on %(day)s: nothing stands against it.")
    return Finding(words, {"who": check.checked_by, "day": check.checked_on}, holds=True)


@finds("R7")
def _closeness(case: Case) -> Finding:
    check = checks.of_owner(case.campaign)
    if check is None:
        return UNSEEN
    is_close = owners.is_too_close(checks.ties(check))
    near = _("The owner is tied to the platform: it may not own a project there.")
    far = _("The owner is not tied to the platform, as was checked on %(day)s.")
    return Finding(near if is_close else far, {"day": check.checked_on}, not is_close)


@finds("I2")
def _statute(case: Case) -> Finding:
    check = checks.of_owner(case.campaign)
    if check is None or check.exit_years is None or check.publishes_agreements is None:
        return UNSEEN
    holds = owners.statute_protects(
        exit_years=check.exit_years, publishes_agreements=check.publishes_agreements
    )
    words = _("The statute gives exit or tag-along for %(years)s years; agreements are published.")
    lacks = _("Exit or tag-along for %(years)s years, or agreements are not published.")
    return Finding(words if holds else lacks, {"years": check.exit_years}, holds)


@finds("I12")
def _profit(case: Case) -> Finding:
    today = clock.day_of(case.at)
    since = reliefs.start_up(case.campaign.issuer, on=today).registered_on
    may = owners.may_distribute_profit(is_start_up=since is not None, registered_on=since, on=today)
    no = _("The issuer is an innovative start-up: it distributes no profit.")
    yes = _("No start-up rule keeps the issuer from distributing a profit.")
    return Finding(yes if may else no)
