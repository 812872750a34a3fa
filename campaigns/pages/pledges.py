"""One pledge for its investor: where it stands, how to pay it, until when it may be taken back."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.errors import RuleBroken
from backend.core.fields import EuroField
from backend.core.models import User
from backend.core.money import ZERO
from campaigns import (
    amendments,
    beginnings,
    confirmations,
    debts,
    figures,
    orders,
    pledges,
    reading,
    sheets,
    windows,
)
from campaigns.models import Certificate, Chargeback, Pledge
from campaigns.pages import paying
from campaigns.returns import progress
from investors import warnings
from investors.models import Investor

State = Pledge.State


@pages.page("")
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Its state in words and on a line, the way to pay, and what came and went."""
    assert isinstance(request.user, User)
    seen = Pledge.objects.visible_to(request.user).select_related(*paying.RELATED)
    found = get_object_or_404(seen, pk=pk)
    at = clock.now()
    if found.state == State.STARTED:
        return redirect(beginnings.page_of(found))
    standing = figures.of_pledge(found)
    is_own = Investor.objects.acted_for_by(request.user).filter(pk=found.investor_id).exists()
    context = {
        "pledge": found,
        "campaign": found.campaign,
        "standing": standing,
        "stage": figures.stage(found, standing, at=at),
        "payments": found.payments.prefetch_related("refunds").order_by("received_at", "id"),
        "steps": _steps(found, standing, at),
        "is_own": is_own,
        "account_wanted": standing.to_return > ZERO and progress.wants_account(found),
        "in_reflection": found.placed_at is not None and _is_free(found, at),
        "free_again_on": _last_day_after_a_change(found, at),
        "may_revoke": is_own and _may_revoke(found, standing, at),
        "may_confirm": is_own and confirmations.may_confirm(found, at),
        "allotment": getattr(found, "allotment", None),
        "debts": [
            debt
            for debt in debts.of(Chargeback.objects.filter(payment__pledge=found))
            if debt.is_owed
        ],
        "proofs": Certificate.objects.visible_to(request.user)
        .filter(allotment__pledge=found)
        .select_related("withdrawal")
        .defer("pdf", "data")
        .order_by("-id"),
    }
    if is_own and paying.is_payable(found, standing):
        context |= paying.ways(found, standing)
    return render(request, "campaigns/pledge.html", context)


@pages.page("pledge.place", methods=["POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the pledge back."""
    taken = pledges.revoke(pledge=paying.own(request, pk), by=_person(request), at=clock.now())
    return pages.done(request, _("Your pledge is withdrawn."), "pledge", pk=taken.pk)


@pages.page("pledge.place", methods=["POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the pledge firm."""
    firm = confirmations.confirm(
        pledge=paying.own(request, pk), by=_person(request), at=clock.now()
    )
    return pages.done(request, _("Your pledge is confirmed."), "pledge", pk=firm.pk)


class AmountForm(forms.Form):
    """Another amount; the warnings are accepted again where it is larger."""

    amount = EuroField(label=_("How much you put in (euro)"))
    acknowledged = forms.BooleanField(
        label=_("I have read the warnings: I may lose all of it, and cannot take it out at will."),
        required=False,
    )
    sheet_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    warnings_read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


@pages.page("pledge.place", methods=["GET", "HEAD", "POST"], once=True)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the amount while that is possible: what it means stands beside the form."""
    found = paying.own(request, pk)
    wanted = _wanted(request, found)
    warned = _warned(found, wanted)
    initial = {
        "amount": found.campaign.price_per_share * wanted.shares,
        "sheet_version": sheets.version_in_force(found.campaign),
        "warnings_read": warnings.digest(warned),
    }
    form = AmountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["sheet_version"]
        if reading.is_sheet_replaced(campaign=found.campaign, read=read):
            return pages.done(request, reading.REPLACED, "pledge-amend", pk=pk)
        answer = pages.attempt(form, lambda: _amended(request, found, form.cleaned_data))
        if answer is not None:
            return answer
    context = {
        "pledge": found,
        "campaign": found.campaign,
        "form": form,
        "warnings": [str(each) for each in warned if each.kind != warnings.Kind.LOSS_OF_ALL],
    }
    return render(request, "campaigns/pledge_amend.html", context)


def _amended(request: HttpRequest, found: Pledge, told: dict[str, Any]) -> HttpResponse:
    """The changed order's page; or this page with the warning of the amount that was typed."""
    shares = orders.shares_for(campaign=found.campaign, amount=told["amount"])
    wanted = amendments.Wanted(
        shares, told["acknowledged"], told["sheet_version"], told["warnings_read"]
    )
    try:
        made = amendments.amend(pledge=found, wanted=wanted, by=_person(request), at=clock.now())
    except reading.WarningsUnread as problem:
        address = f"{request.path}?{urlencode({'amount': told['amount'].amount})}"
        return pages.missing(request, str(problem), address)
    shown = (made.added or made.pledge).pk
    return pages.done(request, _("The pledge is changed."), "pledge", pk=shown)


def _wanted(request: HttpRequest, found: Pledge) -> amendments.Wanted:
    """The amount in the address, where it buys whole shares; else what is pledged."""
    try:
        amount = EuroField(required=False).clean(request.GET.get("amount", "")) or found.amount
        return amendments.Wanted(orders.shares_for(campaign=found.campaign, amount=amount))
    except (forms.ValidationError, RuleBroken):
        return amendments.Wanted(found.shares)


def _warned(found: Pledge, wanted: amendments.Wanted) -> list[warnings.Told]:
    """What an addition would warn of; nothing where none is asked for."""
    if wanted.shares <= found.shares:
        return []
    return orders.warnings(order=amendments.more(found, wanted), at=clock.now())


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _may_revoke(found: Pledge, standing: figures.PledgeFigures, at: Any) -> bool:
    """Whether the button is worth showing; the rule itself decides when it is pressed."""
    if found.state not in (State.PLACED, State.CONFIRMED, State.WAITLISTED):
        return False
    is_unpaid = found.state != State.CONFIRMED and standing.paid == ZERO
    return is_unpaid or _is_free(found, at)


def _last_day_after_a_change(found: Pledge, at: dt.datetime) -> dt.date | None:
    """The last day of a right to revoke that a change opened, while it lasts."""
    end = windows.until(found)
    return clock.day_of(end - dt.timedelta(microseconds=1)) if end and at < end else None


def _is_free(found: Pledge, at: dt.datetime) -> bool:
    """Whether it may be taken back whatever was paid: in reflection, or after a material change."""
    until = confirmations.free_until(found)
    return until is None or at < until


def _steps(found: Pledge, standing: figures.PledgeFigures, at: Any) -> list[dict[str, Any]]:
    """The pledge's line: placed, reflection, paid, allotted."""
    if found.state in Pledge.ENDED or found.placed_at is None:
        return []
    is_over = found.reflection_ends_at is not None and at >= found.reflection_ends_at
    is_allotted, last_day = found.state == State.ALLOTTED, found.reflection_last_day
    acts = [
        (_("Pledge placed"), found.placed_at, True),
        *([(_("Time to change your mind is over"), last_day, is_over)] if last_day else []),
        (_("Money arrived"), _paid_at(found), standing.is_paid or is_allotted),
        (_("Shares allotted"), _allotted_at(found), is_allotted),
    ]
    # Money may come while reflection runs: what is done stands first.
    acts.sort(key=lambda act: not act[2])
    current = next((number for number, act in enumerate(acts) if not act[2]), len(acts))
    return [
        {"label": label, "when": when, "state": _phase(is_done, number == current)}
        for number, (label, when, is_done) in enumerate(acts)
    ]


def _phase(is_done: bool, is_current: bool) -> str:
    if is_done:
        return "done"
    return "current" if is_current else "next"


def _paid_at(found: Pledge) -> Any:
    last = found.payments.order_by("received_at").last()
    return last.received_at if last else None


def _allotted_at(found: Pledge) -> Any:
    allotment = getattr(found, "allotment", None)
    return allotment.allotted_at if allotment else None
