"""The desk page of checks: what was found about the owner, and about orders that need a look."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, users
from backend.core.fields import DayField
from campaigns import checks
from campaigns.models import Campaign
from campaigns.pages.desk import campaign_of

KNOWN = (("", _("not looked at")), ("yes", _("yes")), ("no", _("no")))


def _known(label: Any) -> forms.TypedChoiceField:
    """Yes, no, or nobody looked."""
    return forms.TypedChoiceField(
        label=label,
        choices=KNOWN,
        required=False,
        empty_value=None,
        coerce=lambda told: told == "yes",
    )


class OwnerForm(forms.Form):
    """A check of the owner, as the platform tells it."""

    checked_by = forms.CharField(label=_("Checked by"), max_length=200)
    checked_on = DayField(label=_("Checked on"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300)
    is_consumer = _known(_("It acts as a consumer"))
    has_clean_record = _known(_("A clean criminal record is shown"))
    is_in_listed_country = _known(_("It is established in a listed country"))
    shareholding_percent = forms.DecimalField(
        label=_("Part of the platform that it holds (%)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=0,
    )
    is_manager = forms.BooleanField(label=_("It manages the platform"), required=False)
    is_employee = forms.BooleanField(label=_("It works for the platform"), required=False)
    is_controlled = forms.BooleanField(
        label=_("It is controlled by people of the platform"), required=False
    )
    exit_years = forms.IntegerField(
        label=_("Years of exit or tag-along in the statute"),
        min_value=0,
        max_value=99,
        required=False,
    )
    publishes_agreements = _known(_("Shareholders' agreements are published"))


class OrderForm(forms.Form):
    """A check of the orders that are ticked, which were judged alike."""

    checked_by = forms.CharField(label=_("Checked by"), max_length=200)
    checked_on = DayField(label=_("Checked on"))
    is_appropriate = forms.BooleanField(label=_("Found appropriate"), required=False)
    was_warned = forms.BooleanField(
        label=_("Not appropriate, and the investor was warned"), required=False
    )


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def checks_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was found, and take a check of the owner or of an order."""
    found, user = campaign_of(request, slug), pages.person_of(request)
    is_order = request.POST.get("step") == "order"
    owner = OwnerForm(request.POST if request.method == "POST" and not is_order else None)
    order = OrderForm(request.POST if is_order else None)
    if request.method == "POST":
        users.require(user, "campaign.edit")
        form, act = (order, _order) if is_order else (owner, _owner)
        if form.is_valid() and pages.attempt(form, lambda: act(request, found, form)) is not None:
            return pages.done(request, _("It is noted."), "campaign-desk-checks", slug=slug)
    context = {
        "campaign": found,
        "checks": found.owner_checks.order_by("-id"),
        "large": checks.large_orders(found),
        "owner": owner,
        "order": order,
        "may_edit": pages.is_open_to(user, "campaign.edit"),
    }
    return render(request, "campaigns/desk_checks.html", context)


def _owner(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    told, by = checks.OwnerFinding(**form.cleaned_data), pages.person_of(request)
    return checks.record_owner(campaign=found, found=told, by=by, at=clock.now())


def _order(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    ticked = [pk for pk in request.POST.getlist("pledges") if pk.isdecimal() and len(pk) < 18]
    by, judged = pages.person_of(request), list(found.pledges.filter(pk__in=ticked))
    if not judged:
        raise checks.BadCheck(_("Tick the orders that were checked."))
    finding = checks.OrderFinding(**form.cleaned_data)
    return checks.record_orders(pledges=judged, found=finding, by=by, at=clock.now())
