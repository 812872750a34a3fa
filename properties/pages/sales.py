"""What a manager does to sell a home: agree, close with the deed, give up. Shown on the home's page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField, EuroField
from backend.core.models import User
from properties import sales
from properties.models import Sale, Unit
from properties.pages import homes
from properties.pages.free_words import FreeWords


class SaleForm(forms.Form):
    price = EuroField(label=_("Price"))
    due_on = DayField(label=_("To be paid until"))
    buyer = forms.CharField(label=_("Buyer"), max_length=200, required=False)


class DeedForm(forms.Form):
    deed_on = DayField(label=_("Deed signed on"))


class GiveUpForm(forms.Form):
    reason = FreeWords(label=_("Reason"), max_length=500)


def shown(user: User, unit: Unit) -> dict[str, Any]:
    """What the page of a home shows of its sale, and the forms that fit its state."""
    rows = Sale.objects.visible_to(user).filter(unit=unit).prefetch_related("parts__fund")
    live = rows.exclude(state=Sale.State.CANCELLED).first()
    may_sell = user.may("acquisition.edit") and unit.ownership == Unit.Ownership.OWNED
    if live is None:
        return {"sale_form": SaleForm()} if may_sell else {}
    parts = live.parts.select_related("fund", "expectation__bank_account").order_by("pk")
    is_open = may_sell and live.state in (Sale.State.AGREED, Sale.State.APPROVED)
    closing = {"deed_form": DeedForm()} if live.state == Sale.State.APPROVED and may_sell else {}
    ending = {"give_up_form": GiveUpForm()} if is_open else {}
    return {"sale": live, "sale_parts": parts, **closing, **ending}


homes.show(shown)


@pages.page("acquisition.edit", methods=["POST"], once=True)
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to sell a home."""
    unit, form = homes.own_unit(request, pk), SaleForm(request.POST)
    by, at = pages.person_of(request), clock.now()

    def act() -> Sale:
        return sales.agree(new=sales.NewSale(unit=unit, **form.cleaned_data), by=by, at=at)

    sentence = _("The sale is written down; a second person is asked to approve it.")
    return _answer(request, unit, ("sale_form", form, sentence), act)


@pages.page("acquisition.edit", methods=["POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the deed of a sale."""
    sale, form = _own(request, pk), DeedForm(request.POST)
    by, at = pages.person_of(request), clock.now()

    def act() -> Sale:
        return sales.close(sale=sale, deed_on=form.cleaned_data["deed_on"], by=by, at=at)

    return _answer(request, sale.unit, ("deed_form", form, _("The home is sold.")), act)


@pages.page("acquisition.edit", methods=["POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a sale up."""
    sale, form = _own(request, pk), GiveUpForm(request.POST)
    by, at = pages.person_of(request), clock.now()

    def act() -> Sale:
        return sales.cancel(sale=sale, reason=form.cleaned_data["reason"], by=by, at=at)

    return _answer(request, sale.unit, ("give_up_form", form, _("The sale is given up.")), act)


def _answer(
    request: HttpRequest,
    unit: Unit,
    named: tuple[str, forms.Form, str | Promise],
    act: Callable[[], Sale],
) -> HttpResponse:
    name, form, sentence = named
    if form.is_valid() and pages.attempt(form, act) is not None:
        return pages.done(request, sentence, "home-page", pk=unit.pk)
    return homes.render_home(request, unit, {name: form})


def _own(request: HttpRequest, pk: int) -> Sale:
    rows = Sale.objects.visible_to(pages.person_of(request))
    return get_object_or_404(rows.select_related("unit__building", "unit__organisation"), pk=pk)
