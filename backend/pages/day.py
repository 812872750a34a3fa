"""The manager's first page of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import approvals, clock, pages
from backend.reporting import day as days


@pages.page("day.view")
def day(request: HttpRequest) -> HttpResponse:
    """What is late and due, what waits for my approval, what is not explained."""
    person = pages.person_of(request)
    today = clock.today()
    reports = days.reports_of(person, today=today)
    duties = days.duties(person, today=today, reports=reports)
    context = {
        "today": today,
        "late": [duty for duty in duties if duty.on < today],
        "due": [duty for duty in duties if duty.on >= today],
        "approvals": [
            {"is": each, "act": approvals.label_of(each)}
            for each in approvals.pending_for(person, at=clock.now())[:10]
        ],
        "reports": days.reports_to_do(person, reports=reports),
        "unexplained": days.unexplained(person, today=today),
        "discrepancies": days.discrepancies(person),
    }
    return render(request, "day.html", context)
