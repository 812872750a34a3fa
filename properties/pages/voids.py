"""Homes that stand empty, the longest first: since when, why, and what each waits for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, pages
from properties import voids
from properties.models import Unit


@pages.page("unit.view")
def empty_homes(request: HttpRequest) -> HttpResponse:
    """The same list as `voids/` of the API."""
    person, today = pages.person_of(request), clock.today()
    empty = voids.standing(Unit.objects.visible_to(person), on=today, reader=person)
    page = pages.paged(request, empty)
    rows = [{"is": void, "days": (today - void.since).days} for void in page.object_list]
    return render(request, "properties/voids.html", {"page": page, "rows": rows, "today": today})
