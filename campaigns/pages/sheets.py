"""The information sheet for its readers: the version in force, every earlier one, each as PDF; papers."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.accounts import pace
from backend.core import clock, downloads, languages, pages
from backend.core.models import User
from backend.core.users import SYSTEM
from campaigns import (
    documents,
    sheets,
)
from campaigns.models import Campaign, CampaignDocument, InformationSheet, SheetPaper
from campaigns.sheets import papers, translation_requests


class TranslationForm(forms.Form):
    """A language, and where to answer."""

    language = forms.RegexField(
        r"^[a-z]{2,3}$",
        label=_("Language (two letters, such as fr or ro)"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"))


@pages.page()
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force."""
    return _shown(request, slug, sheets.published(_campaign(request, slug))[:1])


@pages.page()
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was published; it never changes."""
    found = sheets.published(_campaign(request, slug)).filter(version=number)
    return _shown(request, slug, found)


@pages.page()
def paper(request: HttpRequest, slug: str, number: int, language: str) -> HttpResponse:
    """The PDF of a version in a language."""
    campaign = _campaign(request, slug)
    rows = SheetPaper.objects.filter(sheet__campaign=campaign, sheet__version=number)
    found = get_object_or_404(rows.exclude(sheet__published_at=None), language=language)
    name = f"{slug}-v{number}-{language}.pdf"
    return downloads.paper(name=name, content=bytes(found.pdf), media_type="application/pdf")


@pages.page()
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A paper that is kept here."""
    rows = _campaign(request, slug).documents.exclude(content=None)
    found: CampaignDocument = get_object_or_404(rows, pk=pk)
    name = documents.file_name(found)
    content = bytes(found.content or b"")
    return downloads.paper(name=name, content=content, media_type=found.media_type)


@pages.page(methods=["POST"])
def ask_translation(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the sheet in another language."""
    form = TranslationForm(request.POST)
    if not form.is_valid():
        return pages.missing(
            request, _("Please give a language and an e-mail address."), "campaign-sheet", slug=slug
        )
    wanted = translation_requests.Wanted(**form.cleaned_data, letters_in=languages.active())
    campaign = _campaign(request, slug)
    pace.keep(request, "translation")
    user = pages.user_of(request)
    by = user if isinstance(user, User) else SYSTEM
    asked = translation_requests.ask(campaign=campaign, wanted=wanted, by=by, at=clock.now())
    sentence = _("We asked for the translation and write to you when there is an answer.")
    if asked.proven_at is None:
        sentence = _(
            "We wrote to that address: your request counts once you confirm it from there."
        )
    return pages.done(request, sentence, "campaign-sheet", slug=slug)


@pages.page(methods=["GET", "HEAD", "POST"])
def prove_translation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more; on the yes, the request counts. Programs that look at links press no button."""
    if request.method == "POST":
        found = translation_requests.prove(token=token, at=clock.now())
    else:
        found = translation_requests.by_token(token)
    context = {"request_made": found, "campaign": found.campaign}
    return render(request, "campaigns/translation.html", context)


def _shown(request: HttpRequest, slug: str, found: QuerySet[InformationSheet]) -> HttpResponse:
    one = get_object_or_404(found)
    newest = sheets.current(one.campaign)
    context = {
        "campaign": one.campaign,
        "sheet": one,
        "is_in_force": newest is not None and newest.pk == one.pk,
        "fixed": papers.fixed_words(one),
        "terms": papers.rows(one.facts),
        "parts": papers.texts(one),
        "papers": one.papers.defer("pdf"),
        "versions": sheets.published(one.campaign),
        "words": papers.words(),
        "form": TranslationForm(initial={"email": getattr(request.user, "email", "")}),
    }
    return render(request, "campaigns/sheet.html", context)


def _campaign(request: HttpRequest, slug: str) -> Campaign:
    visible = Campaign.objects.visible_to(pages.user_of(request)).select_related("issuer")
    found: Campaign = get_object_or_404(visible, slug=slug)
    return found
