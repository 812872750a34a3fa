"""The desk page of opening balances: what stood before this system, handed in and applied by two."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, tables, users
from backend.core.errors import RuleBroken
from backend.core.fields import DayField, EuroField
from campaigns import openings
from campaigns.openings.rows import Told
from campaigns.pages.desk import campaign_of


class OpeningForm(forms.Form):
    file = forms.FileField(
        label=_("List of pledges"),
        help_text=_(
            "CSV or XLSX with the columns order_id, tax_code, name, amount, ordered_at, paid, paid_on "
            "and, where known, kind, born_on, email, iban."
        ),
    )
    as_of = DayField(label=_("As of"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300)
    released_on = DayField(
        label=_("Released on"),
        required=False,
        help_text=_("Only of an offer that ended elsewhere: when its money came to the issuer."),
    )
    left = EuroField(
        label=_("Left of it"),
        required=False,
        help_text=_("What the first statement of the issuer's account still opens with."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file


def _told(typed: dict[str, Any]) -> Told:
    return Told(raw=typed["file"].read(), **{k: v for k, v in typed.items() if k != "file"})


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def openings_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was handed in, and take a list."""
    found = campaign_of(request, slug)
    form = OpeningForm(request.POST or None, request.FILES or None)
    faults: list[dict[str, Any]] = []
    if request.method == "POST":
        users.require(pages.person_of(request), "campaign.edit")
        if form.is_valid():
            try:
                openings.ask(
                    campaign=found,
                    told=_told(form.cleaned_data),
                    by=pages.person_of(request),
                    at=clock.now(),
                )
            except RuleBroken as problem:
                form.add_error(None, str(problem))
                faults = problem.facts.get("faults", [])
            else:
                return pages.done(
                    request,
                    _("A second person is asked to approve."),
                    "campaign-desk-openings",
                    slug=slug,
                )
    context = {
        "campaign": found,
        "form": form,
        "faults": faults,
        "openings": found.openings.order_by("-id"),
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
    }
    return render(request, "campaigns/desk_openings.html", context)
