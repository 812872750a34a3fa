"""What is owed, by contract and age, and how the plans stand: for manager, finance and caseworker.

Who may charge rents does it here for a month: the night does so too, each month once.
"""

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backend.core import clock, pages
from backend.core.fields import DayField
from backend.core.models import User
from properties import arrears, rents, wording
from properties.arrears import Due
from properties.models import RentCharge, RepaymentPlan, Tenancy


class MonthForm(forms.Form):
    month = DayField(
        label=_("Month"),
        help_text=_("Any day of it. A rent is expected once from each contract live on the first."),
    )


@pages.page("tenancy.view")
def arrears_desk(request: HttpRequest) -> HttpResponse:
    """Contracts that owe rent, the largest sum first; no name."""
    return _render(request, MonthForm(initial={"month": clock.today()}))


@pages.page("rent.charge", methods=["POST"], once=True)
def charge(request: HttpRequest) -> HttpResponse:
    """Expect the rents of a month that were not expected yet."""
    user, form = pages.person_of(request), MonthForm(request.POST)
    charged = pages.attempt(form, lambda: _charge(user, form)) if form.is_valid() else None
    if charged is None:
        return _render(request, form)
    told = ngettext(
        "%(count)s rent is expected now.", "%(count)s rents are expected now.", len(charged)
    ) % {"count": len(charged)}
    return pages.done(request, told, "arrears")


def _charge(user: User, form: MonthForm) -> list[RentCharge]:
    assert user.organisation is not None, "who charges rents belongs to an issuer"
    month = form.cleaned_data["month"]
    return rents.charge_month(organisation=user.organisation, month=month, by=user, at=clock.now())


def _render(request: HttpRequest, form: MonthForm) -> HttpResponse:
    person = pages.person_of(request)
    mine = Tenancy.objects.visible_to(person)
    contracts = dict(mine.values_list("pk", "contract_no"))
    today = clock.today()
    owing = arrears.by_tenancy(arrears.dues(list(contracts), as_of=today))
    plans = RepaymentPlan.objects.filter(tenancy__in=mine).order_by("pk")
    state = {plan.tenancy_id: plan for plan in plans}
    every = [due for dues in owing.values() for due in dues]
    rows = [
        {
            "contract": contracts[tenancy],
            "ages": _ages(dues, today),
            "total": sum(due.owed for due in dues),
            "plan": state.get(tenancy),
        }
        for tenancy, dues in owing.items()
    ]
    rows.sort(key=lambda row: -int(str(row["total"])))
    context = {
        "ages": list(arrears.by_age([], as_of=today)),
        "rows": [{**row, "total": wording.cents(int(str(row["total"])))} for row in rows],
        "sums": _ages(every, today),
        "total": wording.cents(sum(due.owed for due in every)),
        "today": today,
        "month_form": form if person.may("rent.charge") else None,
    }
    return render(request, "properties/arrears.html", context)


def _ages(dues: Iterable[Due], today: dt.date) -> list[tuple[str, str]]:
    """What is owed by age, as it is shown, each with the name of its age."""
    sums = arrears.by_age(dues, as_of=today)
    return [(age, wording.cents(cents) if cents else "–") for age, cents in sums.items()]
