"""The page of the law: which rules govern a campaign, in words, and what each computed here today."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField, EuroField
from campaigns import ceilings, rules, rulings
from campaigns.models import Campaign, OfferElsewhere


class ElsewhereForm(forms.Form):
    """An offer that the issuer made elsewhere."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OfferElsewhere.Kind.choices)
    place = forms.CharField(label=_("Where"), max_length=200)
    opened_on = DayField(label=_("Opened on"))
    amount = EuroField(label=_("Amount (euro)"))


@pages.page()
def of_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in force; those who work on the campaign also see what is internal."""
    visible = Campaign.objects.visible_to(pages.user_of(request)).select_related("issuer")
    found, at = get_object_or_404(visible, slug=slug), clock.now()
    is_staff = Campaign.objects.of_staff(pages.user_of(request)).filter(pk=found.pk).exists()
    listed = rulings.of(campaign=found, at=at, for_staff=is_staff)
    context = {
        "campaign": found,
        "regime": rules.regime(found.regime),
        "today": clock.day_of(at),
        "computed": [each for each in listed if each.finding],
        "others": [each for each in listed if not each.finding],
        "is_staff": is_staff,
        "may_edit": is_staff and pages.person_of(request).may("campaign.edit"),
    }
    return render(request, "campaigns/rules.html", context)


@pages.page("campaign.edit", methods=["GET", "HEAD", "POST"])
def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """What the issuer offered elsewhere, and the sum of twelve months; a POST records another."""
    user, at = pages.person_of(request), clock.now()
    mine = Campaign.objects.of_staff(user).select_related("issuer")
    found = get_object_or_404(mine, slug=slug)
    form = ElsewhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = ceilings.Elsewhere(**form.cleaned_data)
        made = pages.attempt(
            form, lambda: ceilings.record(issuer=found.issuer, told=told, by=user, at=at)
        )
        if made is not None:
            return redirect("campaign-elsewhere", slug=slug)
    context = {
        "campaign": found,
        "standing": ceilings.standing(found, at=at),
        "offers": ceilings.elsewhere(found),
        "form": form,
    }
    return render(request, "campaigns/elsewhere.html", context)
