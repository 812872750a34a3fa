"""What the public page shows beside the terms, for those who write it: story, news, questions, papers, team,
translations asked for, filings. One page, one form each."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.errors import Refused
from backend.core.fields import DayField
from campaigns import (
    documents,
    news,
    questions,
    story,
    team,
    works,
)
from campaigns.models import Campaign, CampaignDocument, Question, TranslationRequest, Update
from campaigns.pages.desk import campaign_of
from campaigns.regulator import filings
from campaigns.sheets import translation_requests

HERE = "campaign-desk-page"
EMPTY_MEMBERS, EMPTY_PARTS = 2, 2
SHORT, LONG = (forms.Textarea(attrs={"rows": rows}) for rows in (3, 10))


class NotFilledIn(Refused):
    code = "form.not_filled_in"


class NewsForm(forms.Form):
    audience = forms.ChoiceField(label=_("For whom"), choices=Update.Audience.choices)
    title_it = forms.CharField(label=_("Title in Italian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    body_it = forms.CharField(label=_("Text in Italian"), widget=forms.Textarea)
    body_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea)


class FileForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=CampaignDocument.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("it", _("Italian")), ("en", _("English"))]
    )
    file = forms.FileField(label=_("File"), help_text=_("A PDF, or a picture: 10 MB at most."))


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name, if the person agrees"), max_length=200, required=False)
    role_it = forms.CharField(label=_("Role in Italian"), max_length=200)
    role_en = forms.CharField(label=_("Role in English"), max_length=200)
    about_it = forms.CharField(
        label=_("About, in Italian"), required=False, max_length=2000, widget=SHORT
    )
    about_en = forms.CharField(
        label=_("About, in English"), required=False, max_length=2000, widget=SHORT
    )


class FilingForm(forms.Form):
    offer_identifier = forms.CharField(
        label=_("Identifier of the offer"), required=False, max_length=28
    )
    sheet_sent_on = DayField(label=_("Sheet sent to the authority on"), required=False)
    authority_told_on = DayField(label=_("Authority told on"), required=False)
    register_filed_on = DayField(label=_("Filed at the business register on"), required=False)


class DeliveryForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(label=_("File"))


class PartForm(forms.Form):
    """A part of the story, whole in both languages; emptied whole, it is taken out."""

    heading_it = forms.CharField(label=_("Heading in Italian"), max_length=story.LONGEST_HEADING)
    heading_en = forms.CharField(label=_("Heading in English"), max_length=story.LONGEST_HEADING)
    text_it = forms.CharField(
        label=_("Text in Italian"), max_length=story.LONGEST_TEXT, widget=LONG
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=story.LONGEST_TEXT, widget=LONG
    )

    def full_clean(self) -> None:
        """Not even looked at when it is empty, though it held words when the page was opened."""
        told = (self.data.get(self.add_prefix(name), "").strip() for name in self.fields)
        if self.is_bound and not any(told):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()


Parts = forms.formset_factory(PartForm, extra=EMPTY_PARTS)
Members = forms.formset_factory(MemberForm, extra=EMPTY_MEMBERS)


@pages.page("campaign.view")
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that waits here, then a form for each thing that can be added."""
    return _show(request, campaign_of(request, slug))


def _show(request: HttpRequest, found: Campaign, **refused: Any) -> HttpResponse:
    """The page; with a form that was refused as it was filled in, so that nothing typed is lost."""
    context = {
        "campaign": found,
        "asked": found.questions.filter(state=Question.State.ASKED),
        "answered": questions.published(found),
        "updates": found.updates.all(),
        "news_work": _mails_of_newest(found),
        "documents": found.documents.defer("content"),
        "translations": found.translation_requests.proven(),
        "news_form": NewsForm(),
        "file_form": FileForm(),
        "delivery_form": DeliveryForm(),
        "parts": Parts(prefix="story", initial=list(found.story.values(*PartForm.base_fields))),
        "members": Members(prefix="team", initial=list(found.team.values(*MemberForm.base_fields))),
        "filing_form": FilingForm(initial={name: getattr(found, name) for name in filings.FIELDS}),
        "may_edit": pages.is_open_to(pages.user_of(request), "campaign.edit"),
        **refused,
    }
    return render(request, "campaigns/desk_page.html", context)


@pages.page("campaign.edit", methods=["POST"])
def publish_news(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell news."""
    campaign, by = campaign_of(request, slug), pages.person_of(request)
    form, at = NewsForm(request.POST), clock.now()
    if form.is_valid():
        told = news.News(**form.cleaned_data)
        rule = news.publish
        if pages.attempt(form, lambda: rule(campaign=campaign, news=told, by=by, at=at)):
            return _done(request, slug, _("The news are out."))
    return _show(request, campaign, news_form=form)


@pages.page("campaign.edit", methods=["POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a paper."""
    campaign, by = campaign_of(request, slug), pages.person_of(request)
    told = _filled(FileForm(request.POST, request.FILES))
    raw = told.pop("file").read(documents.MAX_BYTES + 1)
    file = documents.Upload(**told, raw=raw)
    documents.upload(campaign=campaign, file=file, by=by, at=clock.now())
    return _done(request, slug, _("The document is public."))


@pages.page("campaign.edit", methods=["POST"])
def tell_story(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the story of the offer."""
    campaign, by = campaign_of(request, slug), pages.person_of(request)
    parts = Parts(request.POST, prefix="story")
    if parts.is_valid():
        told = [story.Part(**each) for each in parts.cleaned_data if any(each.values())]
        story.tell(campaign=campaign, parts=told, by=by, at=clock.now())
        return _done(request, slug, _("The story is told anew."))
    return _show(request, campaign, parts=parts)


@pages.page("campaign.edit", methods=["POST"])
def gather_team(request: HttpRequest, slug: str) -> HttpResponse:
    """Set who stands behind the offer."""
    campaign, by = campaign_of(request, slug), pages.person_of(request)
    members = Members(request.POST, prefix="team")
    if members.is_valid():
        told = [team.Member(**each) for each in members.cleaned_data if each]
        team.gather(campaign=campaign, members=told, by=by, at=clock.now())
        return _done(request, slug, _("Saved."))
    return _show(request, campaign, members=members)


@pages.page("campaign.edit", methods=["POST"])
def settle_question(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a question, or do not publish it."""
    question: Question = get_object_or_404(campaign_of(request, slug).questions, pk=pk)
    words, by, at = request.POST.get("words", ""), pages.person_of(request), clock.now()
    if request.POST.get("step") == "decline":
        questions.decline(question=question, by=by, at=at, reason=words)
        return _done(request, slug, _("The question is not published."))
    questions.answer(question=question, text=words, by=by, at=at)
    return _done(request, slug, _("The answer is public."))


@pages.page("campaign.edit", methods=["POST"])
def settle_translation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Deliver a translation, or advise against investing."""
    rows = campaign_of(request, slug).translation_requests.proven()
    asked: TranslationRequest = get_object_or_404(rows, pk=pk)
    by, at = pages.person_of(request), clock.now()
    if request.POST.get("step") == "advise":
        translation_requests.advise(request=asked, by=by, at=at)
        return _done(request, slug, _("The advice is sent."))
    told = _filled(DeliveryForm(request.POST, request.FILES))
    paper = (told["title"], told["file"].read(documents.MAX_BYTES + 1))
    translation_requests.deliver(request=asked, paper=paper, by=by, at=at)
    return _done(request, slug, _("The translation is public."))


@pages.page("campaign.edit", methods=["POST"])
def file_with_authority(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what was filed."""
    campaign, by = campaign_of(request, slug), pages.person_of(request)
    facts = _filled(FilingForm(request.POST))
    filings.note(campaign=campaign, facts=facts, by=by, at=clock.now())
    return _done(request, slug, _("Saved."))


def _mails_of_newest(found: Campaign) -> dict[str, Any] | None:
    """The newest news while its mails are on their way."""
    newest = found.updates.select_related("campaign").order_by("-published_at", "-pk").first()
    work = works.mails_of(newest) if newest else None
    return {"update": newest, "is": work} if work and not work.is_over else None


def _filled(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        said = "; ".join(
            f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()
        )
        raise NotFilledIn(said)
    return dict(form.cleaned_data)


def _done(request: HttpRequest, slug: str, sentence: str | Promise) -> HttpResponse:
    return pages.done(request, sentence, HERE, slug=slug)
