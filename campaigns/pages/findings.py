"""The desk of what the card provider reported and nothing of ours explains: looked at, closed with words."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from campaigns import findings
from campaigns.models import ProviderFinding


class ResolutionForm(forms.Form):
    resolution = forms.CharField(label=_("What was found out"), max_length=2000)


@pages.page("finding.resolve")
def provider_findings(request: HttpRequest) -> HttpResponse:
    """What the card provider reported and nothing of ours explains."""
    found = findings.visible_to(pages.person_of(request)).select_related("pledge__investor")
    rows = found.order_by("resolved_at", "opened_at", "id")
    context = {"page": pages.paged(request, rows), "form": ResolutionForm()}
    return render(request, "campaigns/findings.html", context)


@pages.page("finding.resolve", methods=["POST"])
def resolve_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a finding with words."""
    finding: ProviderFinding = get_object_or_404(
        findings.visible_to(pages.person_of(request)), pk=pk
    )
    words = request.POST.get("resolution", "")
    findings.resolve(finding=finding, resolution=words, by=pages.person_of(request), at=clock.now())
    return pages.done(request, _("The finding is closed."), "provider-findings")
