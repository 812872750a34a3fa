"""Ask for a statement that does not add up, or for a gap, to be accepted by another person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.core import clock, pages
from backend.treasury import overrides
from backend.treasury.models import BankStatement, StatementRefusal

STATEMENTS = "treasury-statements"


@pages.page("statement.upload", methods=("POST",))
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a refused file to be taken in."""
    person = pages.person_of(request)
    mine = StatementRefusal.objects.visible_to(person).select_related("file")
    overrides.ask_for_file(
        refusal=get_object_or_404(mine, pk=pk),
        by=person,
        at=clock.now(),
        reason=request.POST.get("reason", ""),
    )
    return pages.done(request, _("Another person can accept it now."), STATEMENTS)


@pages.page("statement.upload", methods=("POST",))
def bridge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the gap before a statement to be bridged."""
    person = pages.person_of(request)
    mine = BankStatement.objects.visible_to(person).select_related("account")
    overrides.ask_for_gap(
        after=get_object_or_404(mine, pk=pk),
        by=person,
        at=clock.now(),
        reason=request.POST.get("reason", ""),
    )
    return pages.done(request, _("Another person can accept it now."), STATEMENTS)
