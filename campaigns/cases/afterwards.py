"""What the law finds to be due after an offer: to the authority, at the register, of the tax."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from campaigns import reliefs
from campaigns.cases.case import Case, Finding, finds
from campaigns.rules import tax_relief, yearly


@finds("R52")
def _list_due(case: Case) -> Finding:
    day = yearly.list_of_projects_due_on(case.offer_day.year)
    return _due(_("The list with this offer is due by %(day)s."), day)


@finds("I8")
def _data_due(case: Case) -> Finding | None:
    day = yearly.structured_data_due_on(case.offer_day.year)
    return _due(_("The data on this offer are due by %(day)s."), day) if day else None


@finds("I14")
def _certificate_due(case: Case) -> Finding | None:
    first = case.campaign.allotments.order_by("allotted_at").first()
    if first is not None:
        closed_on = clock.day_of(first.allotted_at)
        return _due(_("It is expected by %(day)s."), yearly.certificate_expected_on(closed_on))
    if case.campaign.deadline_on is None or not case.is_running:
        return None
    day = yearly.certificate_expected_on(case.campaign.deadline_on)
    return _due(_("Closing at the deadline at the earliest, it is expected by %(day)s."), day)


@finds("I9")
def _relief(case: Case) -> Finding | None:
    scheme = reliefs.scheme(tax_relief.ORDINARY, is_person=True, on=clock.day_of(case.at))
    if scheme is None:
        return None
    words = _("Today it is %(rate)s %% for a person, on at most %(ceiling)s a year.")
    return Finding(words, {"rate": scheme.rate_percent, "ceiling": scheme.yearly_ceiling})


@finds("I10")
def _status(case: Case) -> Finding:
    today = clock.day_of(case.at)
    issuer = reliefs.start_up(case.campaign.issuer, on=today)
    lacks = tax_relief.lacks(issuer, tax_relief.Subscriber(), on=today)
    words = _("The issuer's status opens the relief today.")
    return Finding("%(lacks)s" if lacks else words, {"lacks": [str(each) for each in lacks]})


def _due(words: str | Promise, day: dt.date) -> Finding:
    return Finding(words, {"day": day}, is_internal=True)
