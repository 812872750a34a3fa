"""A sale to which nobody came, on the page of the home: the next one is written down, and its price."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField, EuroField
from backend.core.models import User
from properties import auctions, deserted
from properties.models import Acquisition, Unit
from properties.models.routes import AT_COURT
from properties.pages import homes, purchases


class DesertedForm(forms.Form):
    """The sale that the court set next."""

    base_price = EuroField(label=_("Next base price"))
    sale_on = DayField(label=_("Next auction"))
    offer_due_at = forms.DateTimeField(
        label=_("Offers are taken until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    noticed_on = DayField(label=_("Notice of the sale"), required=False)
    number = forms.IntegerField(
        label=_("Deserted sales in all"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Where there were some before we looked at this home."),
    )


@pages.page("acquisition.edit", methods=["POST"])
def nobody_came(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that nobody came."""
    acquisition, form = purchases.own(request, pk), DesertedForm(request.POST)
    if form.is_valid():
        kept = pages.attempt(form, lambda: _record(request, acquisition, form.cleaned_data))
        if kept:
            return pages.done(request, _("Written down."), "home-page", pk=acquisition.unit_id)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"deserted_form": form})


def _record(request: HttpRequest, acquisition: Acquisition, typed: dict[str, Any]) -> Any:
    return deserted.record(
        acquisition=acquisition,
        following=deserted.NextSale(**typed),
        by=pages.person_of(request),
        at=clock.now(),
    )


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """The deserted sales of a home's newest auction, and the form for one more."""
    rows = Acquisition.objects.visible_to(user).filter(unit=unit, route__in=AT_COURT)
    auction = rows.order_by("pk").last()
    if auction is None:
        return {}
    told = list(auction.deserted_sales.order_by("number"))
    may = deserted.may_be(auction) and user.may("acquisition.edit")
    times = told[-1].number + 1 if told else 1
    least = auction.base_price and auctions.lowest_next_price(auction.base_price, deserted=times)
    form = {"deserted_form": DesertedForm(), "least_next_price": least} if may else {}
    return {"deserted_sales": told, **form}


homes.show(_part)
