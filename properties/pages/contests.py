"""What lay in the envelopes of an auction, on the page of the home: written down once, then ranked."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import EuroField
from backend.core.models import User
from backend.core.money import ZERO
from backend.ledger.models import Purpose
from properties import contests, costs
from properties.auctions import Offer
from properties.models import Acquisition, Unit
from properties.models.routes import Route
from properties.pages import homes, purchases

TIES = {
    "deposit": _("the larger deposit"),
    "payment": _("the shorter time to pay"),
    "filed": _("the one filed first"),
}
ROWS = 5
"""Rivals that fit the form; who meets more uses the API."""


class EnvelopesForm(forms.Form):
    """Our offer as it was filed, and up to five of others; a row without a price is none."""

    pays_in_days = forms.IntegerField(
        label=_("We would pay within days"), min_value=0, max_value=3650, initial=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            label = {"number": number}
            self.fields |= {
                f"price_{number}": EuroField(
                    label=_("Offer %(number)s: price") % label, required=False
                ),
                f"deposit_{number}": EuroField(
                    label=_("Offer %(number)s: deposit") % label, required=False
                ),
                f"days_{number}": forms.IntegerField(
                    label=_("Offer %(number)s: pays within days") % label,
                    required=False,
                    min_value=0,
                    max_value=3650,
                ),
            }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for number in range(1, ROWS + 1):
            rest = (told.get(f"deposit_{number}"), told.get(f"days_{number}"))
            if told.get(f"price_{number}") and None in rest:
                self.add_error(f"price_{number}", _("An offer has a deposit and a time to pay."))
        return told


@pages.page("acquisition.edit", methods=["POST"])
def open_envelopes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the offers of an auction."""
    acquisition, form = purchases.own(request, pk), EnvelopesForm(request.POST)
    if form.is_valid():
        kept = pages.attempt(form, lambda: _open(request, acquisition, form.cleaned_data))
        if kept:
            return pages.done(request, _("Written down."), "home-page", pk=acquisition.unit_id)
    unit = homes.own_unit(request, acquisition.unit_id)
    return homes.render_home(request, unit, {"envelopes_form": form})


def _open(request: HttpRequest, acquisition: Acquisition, typed: dict[str, Any]) -> Any:
    filed = acquisition.steps.filter(state="OFFER_FILED").last()
    assert filed is not None, "the form stands where an offer was filed"
    ours = Offer(
        bidder=contests.OURS,
        price=filed.amount or ZERO,
        deposit=costs.committed(acquisition, Purpose.DEPOSIT),
        pays_in_days=typed["pays_in_days"],
        filed_at=filed.at,
    )
    offers = [ours, *(_rival(typed, row, clock.now()) for row in range(1, ROWS + 1))]
    return contests.open_envelopes(
        acquisition=acquisition,
        offers=[offer for offer in offers if offer],
        by=pages.person_of(request),
        at=clock.now(),
    )


def _rival(typed: dict[str, Any], row: int, filed_at: Any) -> Offer | None:
    """Nobody tells a bidder when others filed: theirs count as filed when they were opened."""
    if not typed[f"price_{row}"]:
        return None
    return Offer(
        bidder=str(row),
        price=typed[f"price_{row}"],
        deposit=typed[f"deposit_{row}"],
        pays_in_days=typed[f"days_{row}"],
        filed_at=filed_at,
    )


def _part(user: User, unit: Unit) -> dict[str, Any]:
    """The offers of a home's newest auction, or the form for them."""
    rows = Acquisition.objects.visible_to(user).filter(unit=unit, route=Route.COURT_AUCTION)
    auction = rows.order_by("pk").last()
    if auction is None:
        return {}
    ranked = contests.ranking(auction)
    is_open = auction.state in contests.OPENED and not auction.is_recorded_afterwards
    may = is_open and not ranked and user.may("acquisition.edit")
    return {
        "offers": ranked,
        "ties": [TIES[name] for name in contests.ties_of(auction)] if ranked else [],
        **({"envelopes_form": EnvelopesForm()} if may else {}),
    }


homes.show(_part)
