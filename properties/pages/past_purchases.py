"""The page of homes bought before this system: hand in the list, see what is wrong in it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, tables
from backend.core.errors import RuleBroken
from properties import past_purchases as rules
from properties.models import PastPurchases
from properties.models.scope import own_or_overseen


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List of purchases and costs"),
        help_text=_(
            "CSV or XLSX, a cost a row: unit, route (court_auction, market, donation, mandate), "
            "title_on, document, possession_on, offer, kind (price, taxes, notary, works …), amount, "
            "paid_on. A gift or a mandate may have no cost; of a mandate also term_ends_on and "
            "guaranteed_rent."
        ),
    )
    evidence = forms.CharField(label=_("Evidence"), max_length=300)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file


@pages.page("acquisition.edit", methods=["GET", "HEAD", "POST"])
def past_purchases(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, and take a list."""
    user = pages.person_of(request)
    form = ListForm(request.POST or None, request.FILES or None)
    faults: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        assert user.organisation is not None, "a manager belongs to an issuer"
        try:
            rules.ask(
                organisation=user.organisation,
                raw=form.cleaned_data["file"].read(),
                evidence=form.cleaned_data["evidence"],
                by=user,
                at=clock.now(),
            )
        except RuleBroken as problem:
            form.add_error(None, str(problem))
            faults = problem.facts.get("faults", [])
        else:
            return pages.done(request, _("A second person is asked to approve."), "past-purchases")
    lists = PastPurchases.objects.filter(own_or_overseen(user)).order_by("-id")
    context = {"form": form, "faults": faults, "lists": lists}
    return render(request, "properties/past_purchases.html", context)
