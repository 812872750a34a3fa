"""The page of an investor's statement: any period, as a page or as a table that adds up."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages
from backend.core.errors import RuleBroken
from backend.core.fields import DayField
from campaigns import statement_files, statements
from campaigns.models import Certificate
from investors import reads
from investors.models import Investor
from investors.statements import Statement

KINDS = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


class PeriodForm(forms.Form):
    """Any days, both included: a year need not begin in January."""

    first_day = DayField(label=gettext_lazy("From"))
    last_day = DayField(label=gettext_lazy("To"))


@pages.page("")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was paid, returned and passed on, and the proofs that were issued."""
    user = pages.person_of(request)
    found = get_object_or_404(Investor.objects.visible_to(user), pk=pk)
    reads.note(investors=[found], place="statement", by=user, at=clock.now())
    today = clock.today()
    first = {"first_day": dt.date(today.year, 1, 1), "last_day": today}
    is_asked = "first_day" in request.GET
    form = PeriodForm(request.GET if is_asked else None, initial=first)
    told = None
    if not is_asked or form.is_valid():
        days = form.cleaned_data if is_asked else first
        try:
            told = statements.of_investor(found, **days)
        except RuleBroken as problem:
            form.add_error("last_day", str(problem))
    kind = request.GET.get("format", "")
    if told is not None and kind in KINDS:
        return _file(told, found, kind, today)
    own = Certificate.objects.visible_to(user)
    proofs = own.filter(Certificate.objects.held_by(Investor.objects.filter(pk=pk)))
    context = {
        "investor": found,
        "form": form,
        "told": told,
        "periods": _periods(today),
        "proofs": proofs.select_related("withdrawal").defer("pdf", "data").order_by("-id"),
    }
    return render(request, "campaigns/statement.html", context)


def _file(told: Statement, investor: Investor, kind: str, today: dt.date) -> HttpResponse:
    """The statement as a file of one of KINDS."""
    body: str | bytes = (
        statement_files.as_csv(told, investor)
        if kind == "csv"
        else statement_files.as_pdf(told, investor, made_on=today)
    )
    answer = HttpResponse(body, content_type=KINDS[kind])
    name = statement_files.name(told, kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _periods(today: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    """What is asked for most: the last twelve months, and the last calendar year for the tax return."""
    # A day that the year before has not is the first of March there.
    first = today.replace(day=1) if (today.month, today.day) == (2, 29) else today
    year_ago = first.replace(year=first.year - 1) + dt.timedelta(days=1)
    last = today.year - 1
    return [
        (_("The last twelve months"), year_ago, today),
        (str(last), dt.date(last, 1, 1), dt.date(last, 12, 31)),
    ]
