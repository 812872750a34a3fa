"""The desk page of the members: the register as of a day, who still waits, changes, filings, proofs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, tables, users
from backend.core.fields import DayField
from campaigns import allotments, certificates, members, refusals
from campaigns.members import Change, Filing
from campaigns.models import Campaign, Certificate, ChangeOfHolder
from campaigns.pages.desk import campaign_of
from campaigns.rules import tax_relief
from investors import reads
from investors.models import Investor


class OnForm(forms.Form):
    on = DayField(label=_("As of"), required=False)


class ChangeForm(forms.Form):
    """Shares that pass to another holder; both are found by their tax code."""

    entry = forms.IntegerField(label=_("Number in the register"), min_value=1)
    giver = forms.CharField(label=_("Tax code of who gives"), max_length=32)
    taker = forms.CharField(label=_("Tax code of who takes"), max_length=32)
    shares = forms.IntegerField(label=_("Shares"), min_value=1)
    kind = forms.ChoiceField(label=_("Title"), choices=ChangeOfHolder.Kind.choices)
    happened_on = DayField(label=_("On"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300)


class FilingForm(forms.Form):
    filed_on = DayField(label=_("Filed on"))
    protocol = forms.CharField(label=_("Protocol number"), max_length=60)


FORMS: dict[str, type[forms.Form]] = {
    "change": ChangeForm,
    "filing": FilingForm,
}


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def members_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the register; take a change, a filing, or the allotment of those who waited."""
    found = campaign_of(request, slug)
    filled: dict[str, forms.Form] = {}
    if request.method == "POST":
        users.require(pages.person_of(request), "campaign.edit")
        answer = _step(request, found, filled)
        if answer is not None:
            return answer
    on = _day(request)
    if request.GET.get("format") == "csv":
        return _csv(request, found, on)
    return render(request, "campaigns/desk_members.html", _context(request, found, on) | filled)


@pages.page("")
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of a proof, for its holder and for the issuer's staff."""
    seen = Certificate.objects.visible_to(pages.person_of(request))
    found = get_object_or_404(seen, pk=pk)
    reads.note(investors=[found.owner], place="proof", by=pages.person_of(request), at=clock.now())
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


def _step(
    request: HttpRequest, found: Campaign, filled: dict[str, forms.Form]
) -> HttpResponse | None:
    step = request.POST.get("step", "")
    if step == "allot":
        allotments.allot_waiting(campaign=found, by=pages.person_of(request), at=clock.now())
        return _done(request, found, _("The shares are allotted."))
    if step == "refuse":
        return _refuse(request, found)
    if step == "relief":
        return _issue_relief(request, found)
    if step == "withdraw":
        return _withdraw(request, found)
    if step not in FORMS:
        return None
    form = filled[step] = FORMS[step](request.POST)
    if (
        form.is_valid()
        and pages.attempt(form, lambda: _ACTS[step](request, found, form)) is not None
    ):
        return _done(request, found, _("It is noted."))
    return None


def _change(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    told = form.cleaned_data
    known = Investor.objects.visible_to(pages.person_of(request))
    change = Change(
        allotment=get_object_or_404(found.allotments, register_number=told["entry"]),
        giver=get_object_or_404(known.with_tax_code(told["giver"])),
        taker=get_object_or_404(known.with_tax_code(told["taker"])),
        shares=told["shares"],
        kind=told["kind"],
        happened_on=told["happened_on"],
        evidence=told["evidence"],
    )
    return members.change_holder(change=change, by=pages.person_of(request), at=clock.now())


def _file(request: HttpRequest, found: Campaign, form: forms.Form) -> object:
    filing = Filing(**form.cleaned_data)
    by = pages.person_of(request)
    return members.file(campaign=found, filing=filing, by=by, at=clock.now())


_ACTS: dict[str, Callable[[HttpRequest, Campaign, forms.Form], object]] = {
    "change": _change,
    "filing": _file,
}


def _issue_relief(request: HttpRequest, found: Campaign) -> HttpResponse:
    """The certificate for the tax relief of one register entry."""
    entry = request.POST.get("entry", "")
    number = int(entry) if entry.isdecimal() and len(entry) < 10 else 0
    allotment = get_object_or_404(found.allotments, register_number=number)
    by, kind = pages.person_of(request), Certificate.Kind.TAX_RELIEF
    told = request.POST.get("scheme", "")
    scheme = told if told in tax_relief.SCHEMES else tax_relief.ORDINARY
    certificates.issue(allotment=allotment, kind=kind, scheme=scheme, by=by, at=clock.now())
    return _done(request, found, _("The certificate is issued."))


def _withdraw(request: HttpRequest, found: Campaign) -> HttpResponse:
    """A proof that states what is not so is withdrawn, with the reason that its holder reads."""
    told = request.POST.get("certificate", "")
    number = int(told) if told.isdecimal() and len(told) < 18 else 0
    proofs = Certificate.objects.filter(allotment__campaign=found)
    proof = get_object_or_404(proofs.select_related("allotment"), pk=number)
    reason, by = request.POST.get("reason", ""), pages.person_of(request)
    certificates.withdraw(certificate=proof, reason=reason, by=by, at=clock.now())
    return _done(request, found, _("The certificate is withdrawn."))


def _refuse(request: HttpRequest, found: Campaign) -> HttpResponse:
    """Somebody who was never identified gets their money back."""
    told = request.POST.get("pledge", "")
    number = int(told) if told.isdecimal() and len(told) < 18 else 0
    pledge = get_object_or_404(found.pledges, pk=number)
    reason, by = request.POST.get("reason", ""), pages.person_of(request)
    refusals.refuse(pledge=pledge, reason=reason, by=by, at=clock.now())
    return _done(request, found, _("The pledge is refused; its money goes back."))


def _done(request: HttpRequest, found: Campaign, sentence: Any) -> HttpResponse:
    return pages.done(request, sentence, "campaign-desk-members", slug=found.slug)


def _day(request: HttpRequest) -> dt.date:
    form = OnForm(request.GET)
    told = form.cleaned_data.get("on") if form.is_valid() else None
    return told or clock.today()


def _csv(request: HttpRequest, found: Campaign, on: dt.date) -> HttpResponse:
    """The register of that day as a table, harmless in a spreadsheet; who took it is written down."""
    rows = [
        (each.allotment.register_number, each.holder.name, each.holder.tax_code, each.shares)
        for each in members.holdings(found, on=on)
    ]
    by, at = pages.person_of(request), clock.now()
    reads.note_list(subject=found, people=len(rows), place="members", by=by, at=at)
    text = tables.write_csv(["register_number", "name", "tax_code", "shares"], rows)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="members-{found.slug}-{on}.csv"'
    return answer


def _context(request: HttpRequest, found: Campaign, on: dt.date) -> dict[str, Any]:
    at = clock.now()
    proofs = Certificate.objects.filter(allotment__campaign=found).defer("pdf", "data")
    return {
        "campaign": found,
        "on": on,
        "on_form": OnForm(initial={"on": on}),
        "holdings": members.holdings(found, on=on),
        "still_waiting": allotments.waiting(found, at=at),
        "changes": ChangeOfHolder.objects.filter(allotment__campaign=found)
        .select_related("allotment", "giver", "taker")
        .order_by("-id"),
        "filings": found.filings.select_related("change").order_by("-id"),
        "page": pages.paged(
            request,
            proofs.select_related("allotment__pledge__investor", "withdrawal").order_by("-id"),
        ),
        "schemes": [
            (tax_relief.ORDINARY, _("Ordinary relief")),
            (tax_relief.DE_MINIMIS, _("Higher relief (de minimis)")),
        ],
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
        **{name: form() for name, form in FORMS.items()},
    }
