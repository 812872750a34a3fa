"""What is owed, by contract and age, and how the plans stand: for manager, finance and caseworker."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, pages
from properties import arrears, wording
from properties.models import RepaymentPlan, Tenancy


@pages.page("tenancy.view")
def arrears_desk(request: HttpRequest) -> HttpResponse:
    """Contracts that owe rent, the largest sum first; no name."""
    mine = Tenancy.objects.visible_to(pages.person_of(request))
    contracts = dict(mine.values_list("pk", "contract_no"))
    today = clock.today()
    owing = arrears.by_tenancy(arrears.dues(list(contracts), as_of=today))
    plans = RepaymentPlan.objects.filter(tenancy__in=mine).order_by("pk")
    state = {plan.tenancy_id: plan for plan in plans}
    every = [due for dues in owing.values() for due in dues]
    rows = [
        {
            "contract": contracts[tenancy],
            "ages": [_told(cents) for cents in arrears.by_age(dues, as_of=today).values()],
            "total": sum(due.owed for due in dues),
            "plan": state.get(tenancy),
        }
        for tenancy, dues in owing.items()
    ]
    rows.sort(key=lambda row: -int(str(row["total"])))
    context = {
        "ages": list(arrears.by_age([], as_of=today)),
        "rows": [{**row, "total": wording.cents(int(str(row["total"])))} for row in rows],
        "sums": [_told(cents) for cents in arrears.by_age(every, as_of=today).values()],
        "total": wording.cents(sum(due.owed for due in every)),
        "today": today,
    }
    return render(request, "properties/arrears.html", context)


def _told(cents: int) -> str:
    return wording.cents(cents) if cents else "–"
