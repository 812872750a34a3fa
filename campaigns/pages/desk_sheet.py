"""Write the information sheet: part by part in two languages, who answers for it, declare, publish."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, users
from campaigns import sheets
from campaigns.changes import Change
from campaigns.models import Campaign, InformationSheet
from campaigns.pages.desk import campaign_of
from campaigns.rules.sheet_forms import Part
from campaigns.sheets import drafts
from campaigns.sheets.declarations import Declared

EMPTY_PERSONS = 2
LONGEST_PART = 8000
MOST_OTHERS = 5
LANGUAGES = (("it", _("Italian")), ("en", _("English")))


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    function = forms.CharField(label=_("Function"), max_length=200)


class DeclarationForm(forms.Form):
    """Who of those that answer for it declares the sheet, and where the signed paper is."""

    name = forms.ChoiceField(label=_("Who declares"))
    evidence = forms.CharField(label=_("Where the signed declaration is kept"), max_length=300)

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        among = [(each, each) for each in names]
        self.fields["name"] = forms.ChoiceField(label=_("Who declares"), choices=among)


class ChangeForm(forms.Form):
    """What is new in the version, and whether it matters."""

    words = forms.CharField(label=_("What changed, in a sentence that everyone reads"))
    is_material = forms.BooleanField(
        label=_("It could matter to somebody's decision: tell everyone, let them revoke"),
        required=False,
        initial=True,
    )


class SheetForm(forms.Form):
    """A field for each point of a part and language; which they are is the law's."""

    def __init__(self, data: Any, campaign: Campaign, sheet: InformationSheet | None) -> None:
        said = sheet.parts if sheet else {}
        super().__init__(data)
        self.writable = drafts.writable_of(campaign)
        for part in self.writable:
            for point in part.fields:
                for language, label in LANGUAGES:
                    self.fields[f"{point.code}_{language}"] = forms.CharField(
                        label=f"{point.asks} ({label})",
                        widget=forms.Textarea(attrs={"rows": 3 if part.points else 8}),
                        required=False,
                        max_length=LONGEST_PART,
                        initial=said.get(language, {}).get(point.code, ""),
                    )

    def groups(self) -> list[tuple[Part, list[forms.BoundField]]]:
        """The fields of each part."""
        return [
            (
                part,
                [
                    self[f"{point.code}_{name}"]
                    for point in part.fields
                    for name, _label in LANGUAGES
                ],
            )
            for part in self.writable
        ]

    def parts(self) -> dict[str, dict[str, str]]:
        """What was written, by language and part."""
        found: dict[str, dict[str, str]] = {}
        for name, text in self.cleaned_data.items():
            code, _separator, language = name.rpartition("_")
            found.setdefault(language, {})[code] = text
        return found


Persons = forms.formset_factory(PersonForm, extra=EMPTY_PERSONS)


@pages.page("campaign.view", methods=["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft: what is written, what it lacks, and what comes next."""
    if request.method == "POST":
        users.require(pages.person_of(request), "campaign.edit")
    campaign = campaign_of(request, slug)
    data = request.POST or None
    sheet = _own(campaign) or _like(request, campaign)
    form = SheetForm(data, campaign, sheet)
    persons = Persons(data, prefix="persons", initial=list(sheet.responsible) if sheet else [])
    if request.method == "POST" and form.is_valid() and persons.is_valid():
        named = [dict(each) for each in persons.cleaned_data if each]
        writing = drafts.Writing(form.parts(), named)
        by, at = pages.person_of(request), clock.now()
        if pages.attempt(
            form, lambda: drafts.write(campaign=campaign, writing=writing, by=by, at=at)
        ):
            return pages.done(request, _("Saved."), "campaign-desk-sheet", slug=slug)
    return render(request, "campaigns/desk_sheet.html", _context(request, campaign, form, persons))


@pages.page("campaign.edit", methods=["POST"])
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Declare the draft, or publish it as the next version."""
    campaign, by, at = campaign_of(request, slug), pages.person_of(request), clock.now()
    if request.POST.get("step") == "declare":
        said = Declared(request.POST.get("name", ""), request.POST.get("evidence", ""))
        drafts.declare(campaign=campaign, said=said, by=by, at=at)
        return pages.done(request, _("The declaration is noted."), "campaign-desk-sheet", slug=slug)
    is_material = "is_material" in request.POST
    change = Change(request.POST.get("words", ""), is_material)
    sheets.publish(campaign=campaign, change=change, by=by, at=at)
    return pages.done(request, _("The sheet is in force."), "campaign-desk-sheet", slug=slug)


def _context(
    request: HttpRequest, campaign: Campaign, form: SheetForm, persons: Any
) -> dict[str, Any]:
    draft = drafts.draft_of(campaign)
    lacks = drafts.lacks(campaign)
    return {
        "campaign": campaign,
        "form": form,
        "persons": persons,
        "draft": draft,
        "current": sheets.current(campaign),
        "others": [] if _own(campaign) else _others(request, campaign)[:MOST_OTHERS],
        "lacks": lacks,
        "declaration": _declaration(draft, lacks),
        "may_publish": draft is not None and not lacks and campaign.state in Campaign.PUBLIC,
        "change": ChangeForm(),
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
    }


def _declaration(
    draft: InformationSheet | None, lacks: list[drafts.Lack]
) -> DeclarationForm | None:
    """The form for the next declaration, once nothing else is missing."""
    if draft is None or [lack.code for lack in lacks] != ["declaration"]:
        return None
    return DeclarationForm(drafts.undeclared(draft))


def _own(campaign: Campaign) -> InformationSheet | None:
    return drafts.draft_of(campaign) or sheets.current(campaign)


def _like(request: HttpRequest, campaign: Campaign) -> InformationSheet | None:
    """The sheet that somebody wants to begin from; nothing of it is kept before it is saved."""
    other = _others(request, campaign).filter(slug=request.GET.get("like", "")).first()
    return sheets.current(other) if other else None


def _others(request: HttpRequest, campaign: Campaign) -> QuerySet[Campaign]:
    """One's other offers under the same law whose sheet was published, the newest first."""
    own = Campaign.objects.of_staff(pages.user_of(request)).exclude(pk=campaign.pk)
    told = own.filter(regime=campaign.regime, sheets__published_at__isnull=False)
    return told.distinct().order_by("-pk")
