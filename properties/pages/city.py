"""The city's pages: the dashboard by circoscrizione, and the dossiers it files."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.fields import DayField
from properties import referrals, wording
from properties.city import context, dashboard, dossier_words, dossiers
from properties.models import Dossier, Snapshot


class DossierForm(forms.Form):
    """The number and day that the city's protocol gave."""

    protocol = forms.CharField(label=_("Protocol number"), max_length=60)
    protocol_on = DayField(label=_("Protocol date"))


@pages.page("city.view")
def city(request: HttpRequest) -> HttpResponse:
    """Homes and people by circoscrizione, the trend, what was spared, referrals, the context."""
    person = pages.person_of(request)
    parts = dashboard.of_city(person)
    residents = context.residents()
    shown = {
        "parts": parts,
        "referrals": referred(request),
        "evictions": context.evictions(),
        "residents": residents.get(1),
        "dossiers": Dossier.objects.visible_to(person).defer("data").select_related("snapshot"),
    }
    return render(request, "properties/city.html", shown)


def referred(request: HttpRequest) -> list[dict[str, object]]:
    """What became of the households that the city referred, in words, by issuer."""
    found = referrals.dossiers(person=pages.person_of(request), at=clock.now())
    return [
        {
            "issuer": each.issuer.name,
            "as_of": each.dossier.as_of,
            "total": wording.told(each.dossier.total, "households"),
            "wait": wording.told(each.dossier.wait, "days"),
            "rows": [
                {
                    "name": dossier_words.fate(row.code),
                    "text": wording.told(row.shown, "households"),
                }
                for row in each.dossier.rows
            ],
        }
        for each in found
    ]


@pages.page("snapshot.review", methods=["GET", "HEAD", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """File accepted figures under a protocol number."""
    person = pages.person_of(request)
    snapshot = get_object_or_404(Snapshot.objects.visible_to(person), pk=pk)
    form = DossierForm(request.POST or None, initial={"protocol_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        filed = pages.attempt(
            form, lambda: dossiers.file(snapshot=snapshot, **told, by=person, at=clock.now())
        )
        if filed is not None:
            return pages.done(request, _("The dossier is filed."), "dossier", pk=filed.pk)
    return render(request, "properties/file_dossier.html", {"form": form, "snapshot": snapshot})


@pages.page("city.view")
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier, made to be printed."""
    found = _own(request, pk)
    context = {"dossier": found, "told": dossier_words.told(found)}
    return render(request, "properties/dossier.html", context)


@pages.page("city.view")
def dossier_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a document (PDF/A, tagged)."""
    found = _own(request, pk)
    answer = HttpResponse(dossier_words.render(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="dossier-{found.pk}.pdf"'
    return answer


def _own(request: HttpRequest, pk: int) -> Dossier:
    found: Dossier = get_object_or_404(
        Dossier.objects.visible_to(pages.person_of(request)).select_related("snapshot"), pk=pk
    )
    return found
