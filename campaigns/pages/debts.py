"""The page of what investors owe after a chargeback, for finance: who, how much, until when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, pages
from campaigns import debts
from campaigns.models import Chargeback


@pages.page("provider.view")
def debt_list(request: HttpRequest) -> HttpResponse:
    """Every debt of the campaigns one works on, the newest first."""
    rows = Chargeback.objects.visible_to(pages.person_of(request)).select_related(
        "payment__pledge__campaign", "payment__pledge__investor"
    )
    page = pages.paged(request, rows.order_by("-withdrawn_at", "-id"))
    context = {"page": page, "debts": debts.of(page), "today": clock.today()}
    return render(request, "campaigns/debts.html", context)
