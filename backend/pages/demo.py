"""The demo's own buttons: next day, next quarter, simulate my transfer. 404 outside a demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.core import pages
from backend.demo import world
from campaigns.models import Pledge
from investors.models import Investor
from properties import wording


@pages.page(methods=["POST"])
def next_day(request: HttpRequest) -> HttpResponse:
    """Let a day pass, whoever one is: the world is everybody's."""
    _refuse_outside_demo()
    day = wording.day(world.next_day())
    return pages.done(request, _("A day has passed: it is %(day)s.") % {"day": day}, _back(request))


@pages.page(methods=["POST"])
def next_quarter(request: HttpRequest) -> HttpResponse:
    """Let time pass into the next quarter; its figures are then being frozen."""
    _refuse_outside_demo()
    day = wording.day(world.next_quarter())
    sentence = _("A quarter has passed: it is %(day)s.") % {"day": day}
    return pages.done(request, sentence, _back(request))


@pages.page("pledge.place", methods=["POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Pretend that one's bank transfer for a pledge was sent and arrived."""
    _refuse_outside_demo()
    own = Investor.objects.acted_for_by(pages.person_of(request))
    rows = Pledge.objects.select_related("campaign__restricted_account", "investor", "payer")
    world.send_transfer(get_object_or_404(rows, pk=pk, investor__in=own))
    sentence = _("Your pretended transfer was sent; the bank's statement has been read.")
    return pages.done(request, sentence, _back(request))


def _refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _back(request: HttpRequest) -> str:
    return pages.came_from(request)
