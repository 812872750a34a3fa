"""What anyone may see: the campaigns, one campaign, the interest one may leave there."""

import hashlib
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition
from djmoney.money import Money

from backend.accounts import pace
from backend.core import charts, clock, languages, pages
from backend.core.fields import EuroField
from backend.core.models import User
from backend.core.money import said
from backend.core.users import SYSTEM
from campaigns import (
    disclosures,
    instruments,
    interests,
    news,
    questions,
    rules,
    sections,
    sheets,
    shown,
    suspensions,
    windows,
)
from campaigns.models import Campaign, Interest
from campaigns.sheets import papers

State = Campaign.State
# Where a sheet speaks of risks: part C of the European form, part 2 of the Italian one.
RISK_PARTS = ("C", "2")
SHOWN_FIRST = (State.OPEN, State.PRE_CAMPAIGN, State.COLLECTING, State.SUSPENDED)
# Campaigns on a page of the list: rows of two and of three come out even.
CARDS = 24


class InterestForm(forms.Form):
    """An address and an amount: thirty seconds, no account."""

    email = forms.EmailField(label=_("E-mail"))
    amount = EuroField(label=_("How much you might put in (euro)"))


class QuestionForm(forms.Form):
    """A question, and an address if one wants to be told of the answer."""

    prefix = "ask"
    text = forms.CharField(
        label=_("Your question"), widget=forms.Textarea, max_length=questions.LONGEST
    )
    email = forms.EmailField(label=_("E-mail, to be told of the answer"), required=False)


@pages.page()
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Every public campaign, those that need somebody now first."""
    page = pages.paged(request, _in_order(Campaign.objects.public()), CARDS)
    return render(request, "campaigns/list.html", {"page": page, "rows": rows_of(list(page))})


@pages.page(methods=["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign; a POST leaves an interest."""
    visible = Campaign.objects.visible_to(pages.user_of(request)).select_related(
        "issuer", "platform"
    )
    found = get_object_or_404(visible, slug=slug)
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = interests.Wish(
            email=form.cleaned_data["email"],
            amount=form.cleaned_data["amount"],
            language=languages.active(),
        )
        left = pages.attempt(form, lambda: _left(request, found, wish))
        if left is not None:
            return redirect("interest", token=left.token)
    user = pages.user_of(request)
    row = rows_of([found])[0]
    context = {
        "campaign": found,
        "form": form,
        "row": row,
        "ties": disclosures.ties(found, on=clock.today()),
        # A visitor is asked to log in first; a manager or caseworker has nothing to place.
        "may_pledge": not isinstance(user, User) or user.may("pledge.place"),
        # The deadline ends the offer by itself; the state follows when a manager says so.
        "is_over": row["days_left"] is not None and row["days_left"] < 0,
        "updates": news.visible_to(found, user),
        **_context(found),
        **_standing(found),
    }
    return render(request, "campaigns/campaign.html", context)


def _left(request: HttpRequest, campaign: Campaign, wish: interests.Wish) -> Interest:
    pace.keep(request, "interest")
    return interests.express(campaign=campaign, wish=wish, at=clock.now())


def _figures_tag(request: HttpRequest, slug: str) -> str | None:
    """The figures change when money moves or the day ends; the reader's language is part of it."""
    found = Campaign.objects.visible_to(pages.user_of(request)).filter(slug=slug).first()
    if found is None:
        return None
    known = repr((rows_of([found])[0]["figures"], clock.today(), found.state, get_language()))
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:24]}"'


@pages.page()
@condition(etag_func=_figures_tag)
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The live figures alone, which the page asks for again while it is open; 304 until they move."""
    visible = Campaign.objects.visible_to(pages.user_of(request)).select_related("issuer")
    found = get_object_or_404(visible, slug=slug)
    answer = render(request, "campaigns/figures.html", {"row": rows_of([found])[0]})
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@pages.page(methods=["POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a question; it is read before it is published."""
    found = get_object_or_404(Campaign.objects.public(), slug=slug)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("Please write a question."), "campaign", slug=slug)
    asked = questions.Asked(**form.cleaned_data, language=languages.active())
    by = pages.user_of(request)
    pace.keep(request, "question")
    questions.ask(
        campaign=found, asked=asked, by=by if isinstance(by, User) else SYSTEM, at=clock.now()
    )
    sentence = _("Thank you: the answer will stand here once somebody has written it.")
    return pages.done(request, sentence, "campaign", slug=slug)


def rows_of(campaigns: list[Campaign]) -> list[dict[str, Any]]:
    """Campaigns with figures and days left."""
    at = clock.now()
    today = clock.day_of(at)
    found = shown.of_campaigns(campaigns, at=at)
    return [
        {"campaign": each, "figures": found[each.pk], "days_left": days_left(each, today)}
        for each in campaigns
    ]


def days_left(found: Campaign, today: Any) -> int | None:
    """Days until the deadline while it runs, 0 on the last, less afterwards; else None."""
    if found.deadline_on is None or found.state not in (State.OPEN, State.SUSPENDED):
        return None
    return int((found.deadline_on - today).days)


def front(_request: HttpRequest) -> dict[str, Any]:
    """The part of the front page that shows what one may take part in now."""
    live = _in_order(Campaign.objects.filter(state__in=SHOWN_FIRST))
    return {"rows": rows_of(list(live[:6]))}


def _in_order(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Those that need somebody now first, then the newest."""
    rank = Case(
        *(When(state=state, then=place) for place, state in enumerate(SHOWN_FIRST)),
        default=len(SHOWN_FIRST),
    )
    return campaigns.select_related("issuer").order_by(rank, "-id")


def _context(found: Campaign) -> dict[str, Any]:
    return {
        "plan": _plan(found),
        "documents": found.documents.defer("content"),
        "sections": sections.of(found),
        "smallest": found.price_per_share * found.min_shares,
        "regime": rules.regime(found.regime),
        "reflection_days": rules.days_of_reflection(
            code=found.regime, promised_days=found.reflection_days
        ),
    }


def _plan(found: Campaign) -> charts.BarChart:
    """What the money is for, line by line, as a share of the target."""
    rows = [
        charts.Row(line.label, line.amount.amount, _with_share(line.amount, found.target))
        for line in found.planned_lines.all()
    ]
    return charts.bars(
        _("Planned use of funds, in euro"),
        rows,
        source=_("Together %(amount)s, the target.") % {"amount": said(found.target)},
        heads=(_("Line"), _("Planned")),
        whole=found.target.amount,
    )


def _with_share(amount: Money, target: Money) -> str:
    percent = charts.share(amount.amount, target.amount, 100)
    return f"{number_format(amount.amount, 2, use_l10n=True, force_grouping=True)} · {percent}%"


def _standing(found: Campaign) -> dict[str, Any]:
    """What changed of late, the sheet in force, and what people asked."""
    sheet = sheets.current(found)
    risks = dict(papers.texts(sheet)) if sheet else {}
    return {
        "sheet": sheet,
        "risks": next((text for part, text in risks.items() if part.code in RISK_PARTS), ""),
        "stakes": instruments.of(found),
        "story": found.story.all(),
        "team": found.team.all(),
        "suspension": suspensions.standing(found),
        "window": windows.standing(found, at=clock.now()),
        "answered": questions.published(found),
        "ask_form": QuestionForm(),
    }
