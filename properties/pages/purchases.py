"""What a manager does with a purchase: start it, record a past one, ask, move on, commit a cost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from properties import acquisitions, costs
from properties.models import Acquisition, CostLine
from properties.pages import homes
from properties.pages.purchase_forms import CostForm, MoveForm, RecordForm, StartForm

COMMITTED = _("Committed. Write its reference on the payment; the bank statement does the rest.")


@pages.page("acquisition.edit", methods=["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the purchase of a home."""
    user, unit = pages.person_of(request), homes.own_unit(request, pk)
    form = StartForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        new = acquisitions.NewAcquisition(unit=unit, **form.cleaned_data)
        saved = pages.attempt(form, lambda: acquisitions.record(new=new, by=user, at=clock.now()))
        if saved:
            return pages.done(request, _("The purchase is begun."), "home-page", pk=pk)
    return render(request, "properties/start_purchase.html", {"form": form, "unit": unit})


@pages.page("acquisition.edit", methods=["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a purchase that is over; what it lacks stands on the page of the home."""
    unit = homes.own_unit(request, pk)
    form = RecordForm(request.POST or None, user=pages.person_of(request))
    if request.method == "POST" and form.is_valid():
        saved = pages.attempt(form, lambda: _record(request, pk, form.cleaned_data))
        if saved:
            sentence = _("The purchase is recorded; a second person is asked to approve it.")
            return pages.done(request, sentence, "home-page", pk=pk)
    return render(request, "properties/record_purchase.html", {"form": form, "unit": unit})


def _record(request: HttpRequest, pk: int, typed: dict[str, Any]) -> Acquisition:
    title = acquisitions.Step(
        to=typed["title"],
        on=typed["title_on"],
        amount=typed["title_amount"],
        document=typed["document"],
    )
    new = acquisitions.NewAcquisition(
        unit=homes.own_unit(request, pk), route=typed["route"], fund=typed["fund"]
    )
    return acquisitions.record_completed(
        new=new,
        title=title,
        possession_on=typed["possession_on"],
        by=pages.person_of(request),
        at=clock.now(),
    )


@pages.page("acquisition.edit", methods=["POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second person to approve."""
    acquisition = _own(request, pk)
    acquisitions.request_approval(
        acquisition=acquisition, by=pages.person_of(request), at=clock.now()
    )
    sentence = _("Asked. Another person finds it under Approvals.")
    return pages.done(request, sentence, "home-page", pk=acquisition.unit_id)


@pages.page("acquisition.edit", methods=["POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what happened."""
    acquisition = _own(request, pk)
    form = MoveForm(request.POST, acquisition=acquisition)
    if form.is_valid():
        moved = pages.attempt(form, lambda: _move(request, acquisition, form))
        if moved is not None:
            return pages.done(request, _("Written down."), "home-page", pk=acquisition.unit_id)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"move_form": form})


def _move(request: HttpRequest, acquisition: Acquisition, form: MoveForm) -> Acquisition:
    step = acquisitions.Step(**form.cleaned_data)
    return acquisitions.move(
        acquisition=acquisition, step=step, by=pages.person_of(request), at=clock.now()
    )


@pages.page("cost.commit", methods=["POST"])
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Owe a cost: the payment is expected from now on."""
    acquisition = _own(request, pk)
    form = CostForm(request.POST, acquisition=acquisition)
    if form.is_valid():
        line = pages.attempt(form, lambda: _commit(request, acquisition, form))
        if line is not None:
            return pages.done(request, COMMITTED, "home-page", pk=acquisition.unit_id)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"cost_form": form})


def _commit(request: HttpRequest, acquisition: Acquisition, form: CostForm) -> CostLine:
    cost = costs.NewCost(**form.cleaned_data)
    return costs.commit(
        acquisition=acquisition, cost=cost, by=pages.person_of(request), at=clock.now()
    )


def _own(request: HttpRequest, pk: int) -> Acquisition:
    rows = Acquisition.objects.visible_to(pages.person_of(request))
    return get_object_or_404(rows.select_related("unit", "fund"), pk=pk)
