"""The desk page of a platform's orders: its columns, a file looked at before it is applied, one by hand."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, tables, users
from backend.core.fields import DayField, EuroField
from campaigns import order_rows, orders, platform_orders
from campaigns.models import Campaign
from campaigns.order_rows import Fault, OrderRow
from campaigns.pages.desk import campaign_of
from campaigns.platform_orders import Outcome, Upload
from investors.models import Investor


class MappingForm(forms.Form):
    """The column of each field, by its name in the file's first line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in order_rows.FIELDS.items():
            is_needed = name in order_rows.NEEDED
            self.fields[name] = forms.CharField(
                label=str(label), required=is_needed, max_length=200
            )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File of orders"), help_text=_("CSV or XLSX; the first line names the columns.")
    )
    made_at = forms.DateTimeField(
        label=_("Made at"),
        required=False,
        help_text=_("When the platform made the file: orders taken back are judged by it."),
    )
    is_real = forms.BooleanField(
        label=_("Apply it (without this it is only looked at)"), required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file


class OrderForm(forms.Form):
    """One order by hand; the same number again is its next version."""

    order_id = forms.CharField(label=_("Order"), max_length=60)
    tax_code = forms.CharField(label=_("Tax code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Person or entity"), choices=Investor.Kind.choices)
    born_on = DayField(label=_("Born on"), required=False)
    amount = EuroField(label=_("Amount"))
    ordered_at = forms.DateTimeField(
        label=_("Ordered at"), help_text=_("Day and time, such as 2026-03-01 10:30.")
    )
    changed_at = forms.DateTimeField(
        label=_("Changed at"),
        required=False,
        help_text=_("When the platform heard of a change, or that it is taken back."),
    )
    revoked = forms.BooleanField(label=_("The investor takes it back"), required=False)


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def platform_orders_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the orders told so far; take a mapping, a file or an order."""
    found = campaign_of(request, slug)
    step = _STEPS.get(request.POST.get("step", "")) if request.method == "POST" else None
    context = _context(request, found)
    if step is not None:
        users.require(pages.person_of(request), "campaign.edit")
        answer = step(request, found, context)
        if answer is not None:
            return answer
    return render(request, "campaigns/desk_orders.html", context)


def _save(request: HttpRequest, found: Campaign, context: dict[str, Any]) -> HttpResponse | None:
    form = context["mapping"] = MappingForm(request.POST)
    if not form.is_valid():
        return None
    by, at = pages.person_of(request), clock.now()
    saved = pages.attempt(
        form,
        lambda: platform_orders.save_mapping(
            campaign=found, columns=form.cleaned_data, by=by, at=at
        ),
    )
    return _done(request, found, _("The columns are saved.")) if saved else None


def _take(request: HttpRequest, found: Campaign, context: dict[str, Any]) -> HttpResponse | None:
    form = context["file"] = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return None
    told = form.cleaned_data
    upload = Upload(found, told["file"].read(), told["file"].name, told["made_at"])
    outcome = pages.attempt(form, lambda: _look(request, upload))
    if outcome is None or outcome.faults or not told["is_real"]:
        context["outcome"] = outcome
        faults = outcome.faults if outcome else []
        context["faults"] = [_as_in_the_file(fault, context["columns"]) for fault in faults]
        return None
    made = pages.attempt(
        form,
        lambda: platform_orders.take_in(upload=upload, by=pages.person_of(request), at=clock.now()),
    )
    return _done(request, found, _("The file is applied.")) if made else None


def _as_in_the_file(fault: Fault, columns: dict[str, str]) -> Fault:
    """A fault that names the column as the platform's file does."""
    return replace(fault, field=columns.get(fault.field) or fault.field)


def _look(request: HttpRequest, upload: Upload) -> Outcome:
    return platform_orders.look(upload=upload, by=pages.person_of(request), at=clock.now())


def _type(request: HttpRequest, found: Campaign, context: dict[str, Any]) -> HttpResponse | None:
    form = context["order"] = OrderForm(request.POST)
    if not form.is_valid():
        return None
    told = form.cleaned_data
    made = pages.attempt(form, lambda: _typed(request, found, told))
    return _done(request, found, _("The order is noted.")) if made else None


def _typed(request: HttpRequest, found: Campaign, told: dict[str, Any]) -> object:
    row = OrderRow(
        line=0,
        order_id=told["order_id"],
        tax_code=told["tax_code"],
        name=told["name"],
        shares=orders.shares_for(campaign=found, amount=told["amount"]),
        ordered_at=told["ordered_at"],
        is_revoked=told["revoked"],
        kind=told["kind"],
        born_on=told["born_on"],
        changed_at=told["changed_at"],
    )
    by, at = pages.person_of(request), clock.now()
    return platform_orders.type_in(campaign=found, row=row, by=by, at=at)


_STEPS = {"mapping": _save, "file": _take, "order": _type}


def _done(request: HttpRequest, found: Campaign, sentence: Any) -> HttpResponse:
    return pages.done(request, sentence, "campaign-desk-orders", slug=found.slug)


def _context(request: HttpRequest, found: Campaign) -> dict[str, Any]:
    known = platform_orders.mapping_of(found)
    rows = found.platform_orders.select_related("pledge__investor").order_by("-id")
    return {
        "campaign": found,
        "columns": known,
        "mapping": MappingForm(initial=known),
        "is_mapped": bool(known),
        "file": FileForm(),
        "order": OrderForm(),
        "page": pages.paged(request, rows),
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
    }
