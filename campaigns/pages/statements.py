"""The page of an investor's statement: any period, as a page or as a table that adds up."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages, tables
from backend.core.errors import RuleBroken
from backend.core.fields import DayField
from campaigns import statements
from campaigns.models import Certificate
from investors.models import Investor
from investors.statements import Statement


class PeriodForm(forms.Form):
    """Any days, both included: a year need not begin in January."""

    first_day = DayField(label=gettext_lazy("From"))
    last_day = DayField(label=gettext_lazy("To"))


@pages.page("")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was paid, returned and passed on, and the proofs that were issued."""
    user = pages.person_of(request)
    found = get_object_or_404(Investor.objects.visible_to(user), pk=pk)
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
    if told is not None and request.GET.get("format") == "csv":
        return _csv(told)
    own = Certificate.objects.visible_to(user)
    proofs = own.filter(Certificate.objects.held_by(Investor.objects.filter(pk=pk)))
    context = {
        "investor": found,
        "form": form,
        "told": told,
        "proofs": proofs.select_related("withdrawal").defer("pdf", "data").order_by("-id"),
    }
    return render(request, "campaigns/statement.html", context)


def _csv(told: Statement) -> HttpResponse:
    """Opening, movements, closing: the last is the sum of what stands above it."""
    rows = [
        (told.first_day, _("Before"), told.opening.amount),
        *((each.on, str(each.text), each.amount.amount) for each in told.movements),
        (told.last_day, _("After"), told.closing.amount),
    ]
    answer = HttpResponse(
        tables.write_csv(["day", "what", "amount"], rows), content_type="text/csv; charset=utf-8"
    )
    name = f"statement-{told.first_day}-{told.last_day}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
