"""The portfolio and the page of one home: where it stands, its money, its papers, its people."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, clock, pages, roles
from backend.core.models import User
from properties import acquisitions, costs, portfolio, units
from properties.models import Acquisition, Tenancy, Unit
from properties.models.unit import DISTRICTS
from properties.pages import purchase_forms


class UnitForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("How you call this home among you.")
    )
    address = forms.CharField(label=_("Address"), max_length=200)
    district = forms.TypedChoiceField(
        label=_("Circoscrizione"),
        coerce=int,
        choices=[(number, f"{number} {name}") for number, name in DISTRICTS.items()],
    )
    quarter = forms.CharField(label=_("Quarter"), max_length=80, required=False)
    source = forms.ChoiceField(label=_("Where it comes from"), choices=Unit.Source.choices)
    occupancy = forms.ChoiceField(label=_("Who is in it now"), choices=Unit.Occupancy.choices)
    rooms = forms.IntegerField(label=_("Rooms"), min_value=1)
    area_m2 = forms.DecimalField(label=_("Area in m²"), min_value=1, max_digits=7, decimal_places=2)
    year_built = forms.IntegerField(label=_("Year built"), required=False, min_value=1500)
    energy_class = forms.ChoiceField(
        label=_("Energy class"),
        required=False,
        choices=[("", _("not known")), *((each, each) for each in Unit.ENERGY_CLASSES)],
    )
    cadastral_sheet = forms.CharField(label=_("Cadastral sheet"), max_length=10, required=False)
    cadastral_parcel = forms.CharField(label=_("Parcel"), max_length=10, required=False)
    cadastral_subunit = forms.CharField(label=_("Subunit"), max_length=10, required=False)


@pages.page("unit.view")
def homes(request: HttpRequest) -> HttpResponse:
    """All homes the person may see; amounts for those alone who may see purchases."""
    user = pages.person_of(request)
    rows = portfolio.rows(
        Unit.objects.visible_to(user).order_by("code"),
        with_amounts=roles.may(user, "acquisition.view"),
    )
    dated = [row for row in rows if row.next_date]
    context = {
        "rows": rows,
        "dated": sorted(
            dated, key=lambda row: row.next_date.on if row.next_date else clock.today()
        ),
        "with_amounts": roles.may(user, "acquisition.view"),
        "may_edit": roles.may(user, "unit.edit"),
        "today": clock.today(),
    }
    return render(request, "properties/homes.html", context)


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
        "today": clock.today(),
        "may_edit": roles.may(user, "acquisition.edit"),
        "may_commit": roles.may(user, "cost.commit"),
        "may_see_tenancies": roles.may(user, "tenancy.view"),
        **(_of_purchase(acquisition) if acquisition else {}),
        **_forms(user, acquisition),
        **(filled or {}),
    }
    return render(request, "properties/home.html", context)


def own_unit(request: HttpRequest, pk: int) -> Unit:
    """The home, if the person may see it; else 404."""
    rows = Unit.objects.visible_to(pages.person_of(request)).select_related(
        "building", "organisation"
    )
    return get_object_or_404(rows, pk=pk)


def _purchase(user: User, unit: Unit) -> Acquisition | None:
    rows = Acquisition.objects.visible_to(user).filter(unit=unit).select_related("fund", "unit")
    return rows.order_by("pk").last()


def _of_purchase(acquisition: Acquisition) -> dict[str, Any]:
    lines = acquisition.costs.select_related("fund", "expectation").order_by("pk")
    action = acquisitions.APPROVAL
    return {
        "is_approved": approvals.is_approved(action=action, subject=acquisition),
        "is_waiting": approvals.waiting(action=action, subject=acquisition) is not None,
        "may_move": bool(purchase_forms.ahead_of(acquisition)),
        "steps": portfolio.line_of_states(acquisition),
        "next_date": portfolio.next_date(acquisition),
        "by_fund": portfolio.by_fund(acquisition.unit),
        "missing": [{"label": each, "done": False} for each in acquisitions.missing(acquisition)],
        "lines": [{"line": line, "paid": costs.paid_of(line)} for line in lines],
    }


def _forms(user: User, acquisition: Acquisition | None) -> dict[str, forms.Form]:
    if acquisition is None:
        return {}
    return {
        "move_form": purchase_forms.MoveForm(acquisition=acquisition),
        "cost_form": purchase_forms.CostForm(acquisition=acquisition),
    }
