"""What a manager does with a purchase: start it, record a past one, ask, move on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from properties import acquisitions
from properties.models import Acquisition
from properties.pages import homes
from properties.pages.purchase_forms import MoveForm, RecordForm, StartForm


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
        **{name: typed[name] for name in ("document", "witness", "other_witness")},
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
    acquisition = own(request, pk)
    acquisitions.request_approval(
        acquisition=acquisition, by=pages.person_of(request), at=clock.now()
    )
    sentence = _("Asked. Another person finds it under Approvals.")
    return pages.done(request, sentence, "home-page", pk=acquisition.unit_id)


@pages.page("acquisition.edit", methods=["POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what happened."""
    acquisition = own(request, pk)
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


def own(request: HttpRequest, pk: int) -> Acquisition:
    """The purchase, if the person may see it; else 404."""
    rows = Acquisition.objects.visible_to(pages.person_of(request))
    return get_object_or_404(rows.select_related("unit", "fund"), pk=pk)
