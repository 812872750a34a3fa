"""The way to a pledge on one page: who invests, what is missing, the order; never a dead end.

Each missing thing is a form of the page; the amount travels in the address, or is kept as an order that
was begun (`beginnings`), so nothing is lost.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, pages
from backend.core.errors import RuleBroken
from backend.core.fields import EuroField
from backend.core.models import User
from campaigns import (
    beginnings,
    interests,
    orders,
    pledges,
    reading,
    sheets,
)
from campaigns.models import Campaign, Interest, Pledge
from campaigns.orders import Order
from campaigns.sheets import translation_requests
from investors import assessments, onboarding, warnings
from investors.forms import IbanForm, ProfileForm, SimulationForm, TestForm
from investors.models import Investor


class BeginForm(forms.Form):
    """How much one has in mind, kept while the questions are answered."""

    amount = EuroField(label=_("How much you put in (euro)"))


class OrderForm(forms.Form):
    """The order itself."""

    amount = EuroField(label=_("How much you put in (euro)"))
    acknowledged = forms.BooleanField(label=format_lazy("{}", warnings.text("loss_of_all")))
    confirms_terms = forms.BooleanField(
        label=_("I have read the new terms and confirm them."), required=False
    )
    sheet_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    warnings_read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


@dataclass
class Flow:
    """One visit of the page: who, which campaign, for whom, and the forms as they stand."""

    request: HttpRequest
    user: User
    campaign: Campaign
    investor: Investor | None
    interest: Interest | None
    filled: dict[str, forms.Form] = field(default_factory=dict)

    @cached_property
    def begun(self) -> Pledge | None:
        """What the investor began here before."""
        if self.investor is None:
            return None
        return beginnings.of(campaign=self.campaign, investor=self.investor)

    @property
    def amount(self) -> Money:
        """The amount in the address, else that of what was begun, else the smallest order."""
        text = self.request.GET.get("amount", "")
        smallest = self.campaign.price_per_share * self.campaign.min_shares
        kept = self.begun.amount if self.begun else smallest
        try:
            return EuroField(required=False).clean(text) or kept
        except forms.ValidationError:
            return kept

    def order(self, shares: int, **told: Any) -> Order:
        assert self.investor is not None, "an order is somebody's"
        return Order(self.campaign, self.investor, shares, interest=self.interest, **told)

    def address(self, amount: Money) -> str:
        """This page for another amount."""
        query = self.request.GET.copy()
        query["amount"] = str(amount.amount)
        return f"{self.request.path}?{query.urlencode()}"

    def again(self, sentence: Any) -> HttpResponse:
        """The same page after a step was done."""
        return pages.done(self.request, sentence, self.request.get_full_path())


@pages.page("pledge.place", methods=["GET", "HEAD", "POST"], once=True)
def new_pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is missing and take it; when nothing is, take the order."""
    flow = _flow(request, slug)
    step = _STEPS.get(request.POST.get("step", "")) if request.method == "POST" else None
    answer = step(flow) if step else None
    return answer or render(request, "campaigns/pledge_new.html", _context(flow))


def _flow(request: HttpRequest, slug: str) -> Flow:
    user = request.user
    assert isinstance(user, User)
    campaign = get_object_or_404(Campaign.objects.public().select_related("issuer"), slug=slug)
    acted_for = Investor.objects.acted_for_by(user).order_by("id")
    wanted = request.GET.get("investor", "")
    investor: Investor | None
    if wanted.isdigit():
        investor = get_object_or_404(acted_for, pk=wanted)
    else:
        investor = acted_for.filter(is_synthetic=campaign.is_synthetic).first()
    token = request.GET.get("interest", "")
    return Flow(request, user, campaign, investor, interests.by_token(token) if token else None)


# --- The steps: each reads its form and calls one rule; None shows the page again with the errors ----


def _introduce(flow: Flow) -> HttpResponse | None:
    form = flow.filled["profile"] = ProfileForm(flow.request.POST)
    if not form.is_valid():
        return None
    profile = form.profile(flow.user, is_synthetic=flow.campaign.is_synthetic)
    made = pages.attempt(
        form,
        lambda: onboarding.register(profile=profile, user=flow.user, by=flow.user, at=clock.now()),
    )
    return flow.again(_("Thank you: we know who invests.")) if made else None


def _give_iban(flow: Flow) -> HttpResponse | None:
    form = flow.filled["iban"] = IbanForm(flow.request.POST)
    investor = flow.investor
    if investor is None or not form.is_valid():
        return None
    iban = form.cleaned_data["iban"]
    made = pages.attempt(
        form,
        lambda: onboarding.change_iban(investor=investor, iban=iban, by=flow.user, at=clock.now()),
    )
    return flow.again(_("The IBAN is noted.")) if made else None


def _take_test(flow: Flow) -> HttpResponse | None:
    form = flow.filled["knowledge_test"] = TestForm(flow.request.POST)
    if flow.investor is None or not form.is_valid():
        return None
    test = assessments.take_test(
        investor=flow.investor, sheet=form.sheet(), by=flow.user, at=clock.now()
    )
    if test.has_passed:
        return flow.again(_("The questions are answered."))
    return flow.again(
        _("Some answers were not right: this kind of investment may not suit you. You decide.")
    )


def _simulate(flow: Flow) -> HttpResponse | None:
    form = flow.filled["loss_simulation"] = SimulationForm(flow.request.POST)
    if flow.investor is None or not form.is_valid():
        return None
    assessments.simulate_loss(
        investor=flow.investor,
        figures=form.figures(),
        keeps_components=form.cleaned_data["keeps_components"],
        by=flow.user,
        at=clock.now(),
    )
    return flow.again(_("The simulation is done."))


def _begin(flow: Flow) -> HttpResponse | None:
    form = flow.filled["begin"] = BeginForm(flow.request.POST)
    if flow.investor is None or not form.is_valid():
        return None
    begun = pages.attempt(form, lambda: _begun(flow, form.cleaned_data["amount"]))
    sentence = _("Your order is kept while you answer. Nothing is ordered yet.")
    return pages.done(flow.request, sentence, beginnings.page_of(begun)) if begun else None


def _begun(flow: Flow, amount: Money) -> Pledge:
    order = flow.order(orders.shares_for(campaign=flow.campaign, amount=amount))
    return beginnings.begin(order=order, by=flow.user, at=clock.now())


def _give_up(flow: Flow) -> HttpResponse | None:
    if flow.begun is None:
        return None
    beginnings.give_up(pledge=flow.begun, by=flow.user, at=clock.now())
    return flow.again(_("It is given up. Nothing was ordered."))


def _place(flow: Flow) -> HttpResponse | None:
    form = flow.filled["order"] = OrderForm(flow.request.POST)
    if flow.investor is None or not form.is_valid():
        return None
    read = form.cleaned_data["sheet_version"]
    if reading.is_sheet_replaced(campaign=flow.campaign, read=read):
        # Shown anew, with the sheet that is in force now.
        return flow.again(reading.REPLACED)
    return pages.attempt(form, lambda: _placed(flow, form.cleaned_data))


def _placed(flow: Flow, told: dict[str, Any]) -> HttpResponse:
    """The order's own page; or this page with the warning of the amount that was typed."""
    shares = orders.shares_for(campaign=flow.campaign, amount=told["amount"])
    order = flow.order(
        shares,
        is_acknowledged=told["acknowledged"],
        confirms_terms=told["confirms_terms"],
        sheet_version=told["sheet_version"],
        warnings_read=told["warnings_read"],
    )
    try:
        placed = pledges.place(order=order, by=flow.user, at=clock.now())
    except reading.WarningsUnread as problem:
        return pages.missing(flow.request, str(problem), flow.address(told["amount"]))
    return redirect("pledge", pk=placed.pk)


_STEPS: dict[str, Callable[[Flow], HttpResponse | None]] = {
    "profile": _introduce,
    "iban": _give_iban,
    "knowledge_test": _take_test,
    "loss_simulation": _simulate,
    "begin": _begin,
    "give_up": _give_up,
    "order": _place,
}
_FORMS: dict[str, type[forms.Form]] = {
    "iban": IbanForm,
    "knowledge_test": TestForm,
    "loss_simulation": SimulationForm,
}


def _context(flow: Flow) -> dict[str, Any]:
    at = clock.now()
    found: dict[str, Any] = {
        "campaign": flow.campaign,
        "investor": flow.investor,
        "interest": flow.interest,
        "reflection_last_day": _last_day_of_reflection(flow, at),
    }
    if flow.investor is None:
        initial = {"kind": Investor.Kind.PERSON, "name": flow.user.get_full_name()}
        return found | {"profile": flow.filled.get("profile") or ProfileForm(initial=initial)}
    order = flow.order(_shares(flow), is_acknowledged=True)
    needs = orders.missing(order=order, at=at)
    warned = orders.warnings(order=order, at=at)
    return found | {
        "begun": flow.begun,
        "kept_until": beginnings.kept_until(flow.begun) if flow.begun else None,
        "begin": flow.filled.get("begin") or BeginForm(initial={"amount": flow.amount}),
        "needs": [
            {"need": need, "form": flow.filled.get(need.code) or _FORMS[need.code]()}
            for need in needs
        ],
        "order": flow.filled.get("order") or OrderForm(initial=_initial(flow, warned)),
        "must_confirm": flow.interest is not None and interests.must_confirm_terms(flow.interest),
        "warnings": [str(each) for each in warned if each.kind != warnings.Kind.LOSS_OF_ALL],
        "advice": translation_requests.note_shown(
            campaign=flow.campaign, email=flow.investor.email, by=flow.user, at=at
        ),
        "others": Investor.objects.acted_for_by(flow.user).exclude(pk=flow.investor.pk),
        "choose_url": f"{reverse('pledge-new', args=[flow.campaign.slug])}?"
        + urlencode({"amount": flow.amount.amount, "investor": ""}),
    }


def _initial(flow: Flow, warned: list[warnings.Told]) -> dict[str, Any]:
    """The amount of the address, and what is read with it: the sheet in force, and the warnings."""
    version = sheets.version_in_force(flow.campaign)
    return {
        "amount": flow.amount,
        "sheet_version": version,
        "warnings_read": warnings.digest(warned),
    }


def _last_day_of_reflection(flow: Flow, at: dt.datetime) -> dt.date | None:
    """Until 24:00 of this day an order placed now may be taken back; None of who has no such time."""
    campaign, investor = flow.campaign, flow.investor
    end = orders.end_of_reflection(campaign=campaign, investor=investor, at=at)
    return clock.day_of(end - dt.timedelta(microseconds=1)) if end > at else None


def _shares(flow: Flow) -> int:
    """The shares that the amount in the address buys; the smallest order where it buys none whole."""
    try:
        return orders.shares_for(campaign=flow.campaign, amount=flow.amount)
    except RuleBroken:
        return flow.campaign.min_shares
