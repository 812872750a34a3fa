"""The desk page of an offer's issuer: what it is registered as, and investors tied to it.

What it says of its years is on their own pages (`properties.pages.years`).
"""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, pages, users
from backend.core.fields import DayField, EuroField
from backend.core.money import ZERO
from campaigns import issuer_statuses, ties
from campaigns.issuer_statuses import Status
from campaigns.models import Campaign, IssuerStatus
from campaigns.pages.desk import campaign_of
from investors.models import Investor


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Registered as"), choices=IssuerStatus.Status.choices)
    since = DayField(label=_("Since"))
    until = DayField(label=_("Until"), required=False)
    evidence = forms.CharField(label=_("Evidence"), max_length=300)


class TieForm(forms.Form):
    """What ties an investor, found by the tax code, to the issuer beside our offers."""

    tax_code = forms.CharField(label=_("Tax code of the investor"), max_length=32)
    other_capital = EuroField(label=_("Capital held beside our offers (euro)"), required=False)
    votes_percent = forms.DecimalField(
        label=_("Part of the votes (%)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )
    invoiced = EuroField(label=_("Invoiced to the issuer (euro)"), required=False)
    evidence = forms.CharField(label=_("Evidence"), max_length=300)


FORMS: dict[str, type[forms.Form]] = {"status": StatusForm, "tie": TieForm}


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def issuer_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is known of the issuer; take a status, or a tie of an investor."""
    found = campaign_of(request, slug)
    filled: dict[str, forms.Form] = {}
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in FORMS:
        users.require(pages.person_of(request), "campaign.edit")
        form = filled[step] = FORMS[step](request.POST)
        act = _ACTS[step]
        if form.is_valid() and pages.attempt(form, lambda: act(request, found, form)) is not None:
            return pages.done(request, _("It is noted."), "campaign-desk-issuer", slug=slug)
    issuer = found.issuer
    context = {
        "campaign": found,
        "statuses": issuer.statuses.order_by("-id"),
        "ties": issuer.ties.select_related("investor").order_by("-id"),
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
        **{name: form() for name, form in FORMS.items()},
    }
    return render(request, "campaigns/desk_issuer.html", context | filled)


def _status(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    told, by = Status(**form.cleaned_data), pages.person_of(request)
    return issuer_statuses.record(issuer=found.issuer, told=told, by=by, at=clock.now())


def _tie(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    typed, by = form.cleaned_data, pages.person_of(request)
    known = Investor.objects.visible_to(by)
    investor = get_object_or_404(known.with_tax_code(typed["tax_code"]))
    told = ties.Tie(
        evidence=typed["evidence"],
        other_capital=_euro(typed["other_capital"]),
        votes_percent=typed["votes_percent"],
        invoiced=_euro(typed["invoiced"]),
    )
    return ties.record(issuer=found.issuer, investor=investor, told=told, by=by, at=clock.now())


def _euro(typed: Money | None) -> Money:
    return typed if typed is not None else ZERO


_ACTS: dict[str, Callable[[HttpRequest, Campaign, forms.Form], object]] = {
    "status": _status,
    "tie": _tie,
}
