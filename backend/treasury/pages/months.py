"""The months of the books: which are closed, what stands in the way of the next, ask for its close."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core import approvals, clock, pages, users
from backend.core.models import Organisation
from backend.ledger import months, seals
from backend.ledger.models import Month


@pages.page("books.check", methods=("GET", "HEAD", "POST"))
def month_list(request: HttpRequest) -> HttpResponse:
    """The closed months, and the next one with what must be done first."""
    person = pages.person_of(request)
    if request.method == "POST":
        return _ask(request)
    organisation = person.organisation
    closed = Month.objects.visible_to(person).filter(closed_at__isnull=False)
    context = {
        "page": pages.paged(request, closed.select_related("organisation").order_by("-first_day")),
        "next": _next(organisation) if organisation else None,
        "head": seals.head(),
    }
    return render(request, "treasury/months.html", context)


def _ask(request: HttpRequest) -> HttpResponse:
    person, at = pages.person_of(request), clock.now()
    users.require(person, months.CLOSE)
    organisation = months.books_of(person)
    if first_day := months.next_to_close(organisation):
        months.ask_to_close(organisation=organisation, first_day=first_day, by=person, at=at)
    return pages.done(request, _("Another person can close the month now."), "treasury-months")


def _next(organisation: Organisation) -> dict[str, object] | None:
    first_day = months.next_to_close(organisation)
    if first_day is None:
        return None
    month = Month.objects.filter(organisation=organisation, first_day=first_day).first()
    month = month or Month(organisation=organisation, first_day=first_day)
    is_over = month.last_day < clock.today()
    found = months.obstacles(organisation=organisation, until=month.last_day) if is_over else []
    return {
        "month": month,
        "is_over": is_over,
        "obstacles": [
            {"label": one.sentence, "url": reverse(one.page) if one.page else "", "done": False}
            for one in found
        ],
        "waiting": approvals.waiting(action=months.CLOSE, subject=month) if month.pk else None,
    }
