"""The books as of a day: every account's opening, movements and closing, and the files to take along."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, downloads, pages
from backend.core.fields import DayField
from backend.ledger import exports, months, seals, statements
from backend.ledger.exports import Form, Wanted
from backend.ledger.statements import Period


class PeriodForm(forms.Form):
    """The days, both included; this year until today unless said otherwise."""

    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To"))


class ExportForm(PeriodForm):
    form = forms.ChoiceField(label=_("File"), choices=Form.choices)


@pages.page("books.check")
def trial_balance(request: HttpRequest) -> HttpResponse:
    """Every account of the organisation's books in a period."""
    organisation = months.books_of(pages.person_of(request))
    asked, period = _period(request)
    context = {
        "form": asked,
        "period": period,
        "rows": statements.trial_balance(organisation=organisation, period=period),
        "files": ExportForm(initial=_days(period)),
        "head": seals.head(),
    }
    return render(request, "treasury/balances.html", context)


@pages.page("books.check")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account's statement: opening, movements, closing."""
    person = pages.person_of(request)
    found = get_object_or_404(statements.visible_accounts(person).select_related("fund"), pk=pk)
    asked, period = _period(request)
    moved = statements.movements(account=found, period=period)
    context = {
        "account": found,
        "form": asked,
        "period": period,
        "row": statements.statement(account=found, period=period),
        "page": pages.paged(request, moved),
    }
    return render(request, "treasury/account.html", context)


@pages.page("books.check", methods=("POST",))
def export(request: HttpRequest) -> HttpResponseBase:
    """Write the books of a period to a file and hand it over."""
    person = pages.person_of(request)
    organisation = months.books_of(person)
    asked = ExportForm(request.POST)
    if not asked.is_valid():
        raise statements.EndsBeforeStart(_("Say from which day to which, and which file."))
    told = asked.cleaned_data
    wanted = Wanted(organisation, Period(told["from_on"], told["to_on"]), Form(told["form"]))
    file = exports.make(wanted=wanted, by=person, at=clock.now())
    return downloads.file(name=file.name, content=file.content)


def _period(request: HttpRequest) -> tuple[PeriodForm, Period]:
    today = clock.today()
    period = Period(today.replace(month=1, day=1), today)
    asked = PeriodForm(request.GET if "to_on" in request.GET else None, initial=_days(period))
    if asked.is_bound and asked.is_valid():
        chosen = pages.attempt(asked, lambda: Period(**asked.cleaned_data))
        return asked, chosen or period
    return asked, period


def _days(period: Period) -> dict[str, Any]:
    days: dict[str, dt.date] = {"from_on": period.from_on, "to_on": period.to_on}
    return days
