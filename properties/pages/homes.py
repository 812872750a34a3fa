"""The portfolio and the page of one home: where it stands, its money, its papers, its people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, clock, pages, roles
from backend.core.models import User
from backend.core.money import ZERO
from properties import (
    acquisitions,
    costs,
    deposits,
    energy,
    gaps,
    hard_dates,
    portfolio,
    searching,
    units,
    voids,
)
from properties.hard_dates import HardDate
from properties.models import Acquisition, CostLine, HomeDocument, Tenancy, Unit
from properties.models.unit import DISTRICTS
from properties.pages import purchase_forms
from properties.pages.home_forms import CertificateForm, DocumentForm, KeyForm, UnitForm, WishForm

A_YEAR = dt.timedelta(days=365)
SHOWN = 6
"""How many of the next days the list of homes shows; the rest stand on a page of their own."""


@pages.page("unit.view")
def homes(request: HttpRequest) -> HttpResponse:
    """All homes the person may see; amounts for those alone who may see purchases."""
    user = pages.person_of(request)
    with_amounts = roles.may(user, "acquisition.view")
    seen = Unit.objects.visible_to(user)
    found = searching.narrow(seen.select_related("building"), searching.wish_of(request.GET))
    page = pages.paged(request, found.order_by("code"))
    context = {
        "page": page,
        "rows": portfolio.rows(page.object_list, with_amounts=with_amounts),
        "wish_form": WishForm(request.GET),
        "is_narrowed": any(request.GET.get(name) for name in searching.FIELDS),
        "dates": _next_dates(seen)[:SHOWN],
        "with_amounts": with_amounts,
        "may_edit": roles.may(user, "unit.edit"),
        "today": clock.today(),
    }
    return render(request, "properties/homes.html", context)


@pages.page("unit.view")
def dates(request: HttpRequest) -> HttpResponse:
    """All days that cannot be missed in the next year, month by month."""
    seen = Unit.objects.visible_to(pages.person_of(request))
    context = {"dates": _next_dates(seen), "today": clock.today()}
    return render(request, "properties/home_dates.html", context)


def _next_dates(seen: QuerySet[Unit]) -> list[HardDate]:
    return hard_dates.upcoming(seen, until=clock.today() + A_YEAR)


@pages.page("unit.edit", methods=["GET", "HEAD", "POST"])
def new_home(request: HttpRequest) -> HttpResponse:
    """Enter a home."""
    user = pages.person_of(request)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = pages.attempt(form, lambda: _register(user, form.cleaned_data))
        if saved:
            return pages.done(request, _("The home is entered."), "home-page", pk=saved.pk)
    return render(request, "properties/new_home.html", {"form": form})


def _register(user: User, typed: dict[str, Any]) -> Unit:
    assert user.organisation is not None, "a manager belongs to an issuer"
    new = units.NewUnit(
        organisation=user.organisation,
        is_synthetic=user.organisation.is_synthetic,
        **typed,
    )
    return units.register(new=new, by=user, at=clock.now())


Shows = Callable[[User, Unit], dict[str, Any]]
_parts: list[Shows] = []


def show(part: Shows) -> None:
    """Have a part of a home's page filled by a module that knows more of it (sale, works)."""
    _parts.append(part)


@pages.page("unit.view")
def home(request: HttpRequest, pk: int) -> HttpResponse:
    """One home."""
    return render_home(request, own_unit(request, pk))


def render_home(
    request: HttpRequest, unit: Unit, filled: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a home; `filled` are forms that were refused and are shown as they were typed."""
    user = pages.person_of(request)
    acquisition = _purchase(user, unit)
    context = {
        "unit": unit,
        "district": DISTRICTS[unit.building.district],
        "acquisition": acquisition,
        "works": unit.works.order_by("-started_on"),
        "tenancies": Tenancy.objects.visible_to(user).filter(unit=unit).order_by("-starts_on"),
        "void": _void(user, unit),
        "today": clock.today(),
        "may_edit": roles.may(user, "acquisition.edit"),
        "may_commit": roles.may(user, "cost.commit"),
        "may_see_tenancies": roles.may(user, "tenancy.view"),
        "with_amounts": roles.may(user, "acquisition.view"),
        **_papers(user, unit),
        **{key: value for part in _parts for key, value in part(user, unit).items()},
        **(_of_purchase(acquisition) if acquisition else {}),
        **_forms(user, acquisition),
        **(filled or {}),
    }
    return render(request, "properties/home.html", context)


def _void(user: User, unit: Unit) -> voids.Void | None:
    """Since when and why the home stands empty; None while somebody lives in it."""
    found = voids.standing(Unit.objects.filter(pk=unit.pk), on=clock.today(), reader=user)
    return found[0] if found else None


def own_unit(request: HttpRequest, pk: int) -> Unit:
    """The home, if the person may see it; else 404."""
    rows = Unit.objects.visible_to(pages.person_of(request)).select_related(
        "building", "organisation"
    )
    return get_object_or_404(rows, pk=pk)


def _purchase(user: User, unit: Unit) -> Acquisition | None:
    rows = Acquisition.objects.visible_to(user).filter(unit=unit).select_related("fund", "unit")
    return rows.order_by("pk").last()


def _papers(user: User, unit: Unit) -> dict[str, Any]:
    """What identifies the home, and the papers of it that the person may read."""
    certificates = list(unit.certificates.order_by("-issued_on", "-pk"))
    documents = HomeDocument.objects.visible_to(user).filter(unit=unit)
    return {
        "keys": unit.keys.order_by("ends_on", "-pk"),
        "certificate": energy.newest(certificates),
        "certificates": certificates,
        "documents": documents.defer("content").order_by("kind", "-pk"),
        "document_form": DocumentForm(),
        "certificate_form": CertificateForm(),
        "key_form": KeyForm(unit=unit),
    }


def _of_purchase(acquisition: Acquisition) -> dict[str, Any]:
    action = acquisitions.APPROVAL
    return {
        "is_approved": approvals.is_approved(action=action, subject=acquisition),
        "is_waiting": approvals.waiting(action=action, subject=acquisition) is not None,
        "may_move": bool(purchase_forms.ahead_of(acquisition)),
        "steps": portfolio.line_of_states(acquisition),
        "next_date": hard_dates.next_of(acquisition),
        "by_fund": portfolio.by_fund(acquisition.unit),
        "missing": [{"label": each, "done": False} for each in gaps.missing(acquisition)],
        "lines": _lines(acquisition),
    }


def _lines(acquisition: Acquisition) -> list[dict[str, Any]]:
    """Each cost with what was paid of it; what was dropped is told no more."""
    rows = acquisition.costs.exclude(CostLine.DROPPED).select_related("fund", "expectation")
    paid = costs.paid_by(acquisition.costs.all(), "pk")
    return [{"line": line, "paid": paid.get(line.pk, ZERO)} for line in rows.order_by("pk")]


def _forms(user: User, acquisition: Acquisition | None) -> dict[str, forms.Form]:
    if acquisition is None:
        return {}
    is_lost = acquisition.state == deposits.DEFAULTED
    return {
        "move_form": purchase_forms.MoveForm(acquisition=acquisition),
        "cost_form": purchase_forms.CostForm(acquisition=acquisition),
        **({"resale_form": purchase_forms.ResaleForm()} if is_lost else {}),
    }
