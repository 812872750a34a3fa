"""What finance and managers do with the costs of a purchase: plan, commit, drop, settle a default."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, undoing
from properties import costs, defaults
from properties.models import Acquisition, CostLine
from properties.pages import homes, purchases
from properties.pages.purchase_forms import CostForm, ResaleForm

COMMITTED = _("Committed. Write its reference on the payment; the bank statement does the rest.")


@pages.page("cost.commit", methods=["POST"], once=True)
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Owe a cost, so that its payment is expected from now on; or only plan it."""
    acquisition = purchases.own(request, pk)
    form = CostForm(request.POST, acquisition=acquisition)
    if form.is_valid():
        line = pages.attempt(form, lambda: _write(request, acquisition, form.cleaned_data))
        if line is not None:
            sentence = COMMITTED if line.account else _("Planned.")
            undo = undoing.of("cost.written", line.pk)
            return pages.done(request, sentence, "home-page", pk=acquisition.unit_id, undo=undo)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"cost_form": form})


@pages.page("cost.commit", methods=["POST"])
def owe(request: HttpRequest, pk: int) -> HttpResponse:
    """Owe what was planned."""
    line = costs.owe(line=_own(request, pk), by=pages.person_of(request), at=clock.now())
    return pages.done(request, COMMITTED, "home-page", pk=line.acquisition.unit_id)


@pages.page("cost.commit", methods=["POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a cost go that turned out otherwise."""
    line = _own(request, pk)
    by, reason = pages.person_of(request), request.POST.get("reason", "")[:500]
    costs.drop(line=line, reason=reason, by=by, at=clock.now())
    return pages.done(request, _("Dropped."), "home-page", pk=line.acquisition.unit_id)


@pages.page("cost.commit", methods=["POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a home brought after our default."""
    acquisition, form = purchases.own(request, pk), ResaleForm(request.POST)
    if form.is_valid():
        settled = pages.attempt(form, lambda: _settle(request, acquisition, form.cleaned_data))
        if settled:
            return pages.done(request, _("Written down."), "home-page", pk=acquisition.unit_id)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"resale_form": form})


def _write(request: HttpRequest, acquisition: Acquisition, typed: dict[str, Any]) -> CostLine:
    write = costs.plan if typed.pop("is_planned") else costs.commit
    cost = costs.NewCost(**typed)
    return write(acquisition=acquisition, cost=cost, by=pages.person_of(request), at=clock.now())


def _settle(request: HttpRequest, acquisition: Acquisition, typed: dict[str, Any]) -> bool:
    by, resale = pages.person_of(request), defaults.Resale(**typed)
    defaults.settle(acquisition=acquisition, resale=resale, by=by, at=clock.now())
    return True


def _own(request: HttpRequest, pk: int) -> CostLine:
    rows = CostLine.objects.visible_to(pages.person_of(request))
    return get_object_or_404(rows.select_related("fund", "acquisition__unit"), pk=pk)
