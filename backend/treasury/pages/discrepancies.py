"""The desk of differences: the line as the bank wrote it, beside our best guesses with reasons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from backend.core import clock, pages
from backend.treasury import discrepancies, reasons
from backend.treasury.models import BankLine, Discrepancy
from backend.treasury.pages.lines import ReasonForm, with_words

A_PAGE = 20


@pages.page("discrepancy.view")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, each with what might explain it."""
    person = pages.person_of(request)
    rows = Discrepancy.objects.visible_to(person).waiting().order_by("opened_at", "id")
    kind = request.GET.get("kind", "")
    if kind in Discrepancy.Kind.values:
        rows = rows.filter(kind=kind)
    page = pages.paged(request, rows.select_related("bank_account", "expectation", "line"), A_PAGE)
    unknown = [row.line_id for row in page if row.kind == Discrepancy.Kind.UNEXPLAINED]
    lines = BankLine.objects.with_allocated().filter(pk__in=unknown)
    guesses = discrepancies.guesses(lines)
    items = [
        {
            "is": row,
            "why": reasons.text(row.reason),
            "guesses": with_words(guesses.get(row.line_id or 0, [])),
        }
        for row in page
    ]
    context = {
        "page": page,
        "items": items,
        "form": ReasonForm(),
        "kinds": Discrepancy.Kind.choices,
        "kind": kind,
        "may_classify": person.may("line.classify"),
        "may_resolve": person.may("discrepancy.resolve"),
    }
    return render(request, "treasury/discrepancies.html", context)


@pages.page("discrepancy.resolve", methods=("POST",))
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a difference by hand, with a reason."""
    person = pages.person_of(request)
    mine = Discrepancy.objects.visible_to(person).select_related("line")
    discrepancies.resolve(
        discrepancy=get_object_or_404(mine, pk=pk),
        by=person,
        at=clock.now(),
        reason=request.POST.get("reason", ""),
    )
    return pages.done(request, _("The difference is resolved."), "treasury-differences")
