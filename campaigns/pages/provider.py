"""The payment provider at the desk: does its balance equal our books, payouts to the cent, waiting cash."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from backend.core import clock, pages
from backend.core.errors import Refused
from backend.core.fields import DayField
from backend.core.money import ZERO
from campaigns.models import (
    Campaign,
    Payout,
    ProviderProof,
    ProviderPull,
    StripeEvent,
)
from campaigns.provider import cash, landings, payouts, proofs, pulls


class NoDay(Refused):
    code = "provider.no_day"


class PullForm(forms.Form):
    since = DayField(label=gettext_lazy("Since"))


@pages.page("provider.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The last proof with its age, what differs, what waits, and the payouts."""
    person = pages.person_of(request)
    found = Payout.objects.visible_to(person).order_by("-announced_at", "-id")
    context = {
        "proof": _worded(proofs.latest()),
        "proven": proofs.last_proven(),
        "today": clock.today(),
        "events": _events(),
        "waiting": cash.waiting(pages.person_of(request)),
        "pull": ProviderPull.objects.order_by("-pulled_at", "-id").first(),
        "form": PullForm(),
        "page": pages.paged(request, found),
    }
    return render(request, "campaigns/provider.html", context)


@pages.page("provider.ask", methods=["POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Ask the provider now; what it answers, or that it does not, stands on the page."""
    made = proofs.prove(by=pages.person_of(request), at=clock.now())
    said = {
        ProviderProof.Outcome.PROVEN: _("The provider's balance equals our books."),
        ProviderProof.Outcome.DIFFERENT: _("The provider's balance differs from our books."),
        ProviderProof.Outcome.NOT_PROVEN: _("Not proven: the provider does not answer."),
    }
    return pages.done(request, said[ProviderProof.Outcome(made.outcome)], "provider")


@pages.page("provider.ask", methods=["POST"])
def pull(request: HttpRequest) -> HttpResponse:
    """Fetch every event and movement since a day."""
    form = PullForm(request.POST)
    if not form.is_valid():
        raise NoDay(_("Say since which day."))
    since = clock.start_of(form.cleaned_data["since"])
    made = pulls.pull(since=since, by=pages.person_of(request), at=clock.now())
    said = _("%(events)d events and %(movements)d movements were new.") % {
        "events": made.new_events,
        "movements": made.new_movements,
    }
    return pages.done(request, said, "provider")


MOVED = {
    "charge": _("card payment"),
    "payment": _("payment"),
    "refund": _("refund"),
    "payment_refund": _("refund"),
    "refund_failure": _("refund that came back"),
    "payment_refund_failure": _("refund that came back"),
    "dispute": _("disputed by the payer"),
    "dispute_reversal": _("dispute that was won"),
    "payment_failure_refund": _("payment that failed"),
    "charge_failure": _("payment that failed"),
    "fee": _("provider's fee"),
    "tax": _("tax on the fee"),
    "network_cost": _("cost of the card network"),
}
"""The provider's kinds of movement in words; one that is new to us is told as the provider names it."""


@pages.page("provider.view")
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """One payout: every part of it, and whose it is."""
    rows = Payout.objects.visible_to(pages.person_of(request))
    found = get_object_or_404(rows, pk=pk)
    sums = payouts.composition(found)
    names = Campaign.objects.in_bulk(list(sums))
    parts = found.items.select_related("movement", "campaign").order_by("id")
    context = {
        "payout": found,
        "items": [(one, MOVED.get(one.movement.kind, one.movement.kind)) for one in parts],
        "sums": [(names[campaign], amount) for campaign, amount in sums.items()],
        "unexplained": found.amount - sum(sums.values(), ZERO),
        "onward": landings.onward(found),
    }
    return render(request, "campaigns/payout.html", context)


@pages.page("provider.ask", methods=["POST"])
def return_cash(request: HttpRequest, pk: int) -> HttpResponse:
    """Have waiting cash returned to where it came from."""
    customer = get_object_or_404(cash.customers_of(pages.person_of(request)), pk=pk)
    cash.send_back(customer=customer, by=pages.person_of(request), at=clock.now())
    return pages.done(request, _("The money is on its way back."), "provider")


def _worded(proof: ProviderProof | None) -> dict[str, Any] | None:
    """A proof with its amounts as money."""
    if proof is None:
        return None
    expected = proof.books - proof.in_transit
    return {
        "row": proof,
        "provider": _euro(proof.provider),
        "books": _euro(proof.books),
        "in_transit": _euro(proof.in_transit),
        "difference": _euro(None if proof.provider is None else proof.provider - expected),
        "items": [
            {
                **item,
                "net": Money(item["net"], "EUR"),
                "since": parse_datetime(item["since"]) if item["since"] else None,
            }
            for item in proof.items
        ],
    }


def _events() -> list[dict[str, Any]]:
    """How many events came, by what became of them."""
    rows = StripeEvent.objects.values_list("outcome").annotate(n=Count("id")).order_by("outcome")
    return [{"label": StripeEvent.Outcome(code).label, "count": n} for code, n in rows]


def _euro(amount: Decimal | None) -> Money | None:
    return None if amount is None else Money(amount, "EUR")
