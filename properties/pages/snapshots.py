"""Figures of a quarter: the manager takes, submits and publishes them, the city reviews them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, languages, pages, roles
from backend.core.fields import DayField
from backend.core.models import User
from backend.core.periods import previous, quarter_of
from properties import differences, disclosure, freezing, members, reviews, snapshots, wording
from properties.indicators import BY_CODE, REGISTRY
from properties.models import ReviewNote, Snapshot, YearNote

WHY = {
    differences.Why.RESTATED: _("restated"),
    differences.Why.FORMULA: _("the formula changed"),
    differences.Why.NEW: _("told for the first time"),
    differences.Why.NOW_TOLD: _("enough people: it may be told now"),
    differences.Why.NO_LONGER_TOLD: _("too few people: it may not be told any more"),
    differences.Why.EVENTS: _("what happened since"),
}


class TakeForm(forms.Form):
    as_of = DayField(label=_("Figures as of"), help_text=_("Usually the last day of a quarter."))
    reason = forms.CharField(
        label=_("Why figures that stand are restated"),
        help_text=_("Only for a day that has figures already; whoever has them gets the new ones."),
        max_length=300,
        required=False,
    )


class WordForm(forms.Form):
    about = forms.ChoiceField(label=_("About which figure"), required=False)
    text = forms.CharField(
        label=_("What you want to say"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def __init__(self, *args: Any, asks: bool = True) -> None:
        super().__init__(*args)
        every = [(each.code, f"{each.number} {each.name}") for each in REGISTRY]
        whole = [("", _("all of them")), (reviews.WORDS, _("the words of the year"))]
        self.fields["about"].choices = [*whole, *every]  # type: ignore[attr-defined]
        if not asks:
            del self.fields["about"]


@pages.page("snapshot.view", methods=["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The city's desk and the issuer's list: what waits for review first, then the rest."""
    user = pages.person_of(request)
    may_take = roles.may(user, "snapshot.edit")
    last = previous(quarter_of(clock.today())).last_day
    form = TakeForm(request.POST or None, initial={"as_of": last})
    if request.method == "POST" and may_take and form.is_valid():
        asked = pages.attempt(form, lambda: _request(user, form))
        if asked:
            sentence = _("The figures are being computed; look again in a moment.")
            return pages.done(request, sentence, "review-desk")
    rows = (
        Snapshot.objects.visible_to(user)
        .defer("data")
        .select_related("organisation")
        .prefetch_related("notes")
    )
    context = {
        "waiting": [row for row in rows if row.state == Snapshot.State.SUBMITTED],
        "asked": [(row, len(open_)) for row in rows if (open_ := reviews.open_questions(row))],
        "rows": [row for row in rows if row.state != Snapshot.State.SUBMITTED],
        "form": form if may_take else None,
    }
    return render(request, "properties/review_desk.html", context)


def _request(user: User, form: TakeForm) -> str:
    assert user.organisation is not None, "a manager belongs to an issuer"
    return snapshots.request(
        organisation=user.organisation,
        as_of=form.cleaned_data["as_of"],
        reason=form.cleaned_data["reason"],
        by=user,
        at=clock.now(),
    )


@pages.page("snapshot.view")
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """One snapshot as its reader may see it, what changed since the last accepted one on top."""
    user, found = pages.person_of(request), _own(request, pk)
    audience = disclosure.CITY if roles.may(user, "snapshot.review") else disclosure.PUBLIC
    told = freezing.view(found.data, audience)
    before = _before(found)
    earlier = freezing.view(before.data, audience) if before else None
    is_restated = before is not None and before.as_of == found.as_of
    changed = differences.of(told, earlier, is_restated=is_restated)
    figures = [_figure(each, changed) for each in told["indicators"]]
    context = {
        "snapshot": found,
        "title": _("Figures as of %(day)s") % {"day": wording.day(found.as_of)},
        "told": told,
        "before": before,
        "changed": [figure for figure in figures if figure["is_changed"]],
        "same": [figure for figure in figures if not figure["is_changed"]],
        "raises": [_raise(each) for each in told["raises"]],
        "new_groups": [_group(each) for each in differences.new_groups(told, earlier)],
        "setbacks": [
            wording.setback(kind, count)
            for kind, count in differences.new_setbacks(told, earlier).items()
        ],
        "notes": [_note(each) for each in found.notes.all()],
        "open_questions": reviews.open_questions(found),
        "may_file": roles.may(user, "snapshot.review") and found.is_reviewed_by_city,
        "words": [_words(each) for each in reviews.words_for(user, found)],
        "word": WordForm(asks=audience is disclosure.CITY),
        "acts": _acts(user, found),
    }
    return render(request, "properties/snapshot.html", context)


@pages.page("snapshot.view", methods=["POST"])
def act(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """One act on a snapshot; what is said with it comes from the form."""
    user, found = pages.person_of(request), _own(request, pk)
    if to not in ACTS and to != "return":
        raise Http404(to)
    form = WordForm(request.POST)
    form.is_valid()
    if to == "return":
        _return(found, form.cleaned_data, user)
    else:
        ACTS[to](found, form.cleaned_data.get("text", ""), user)
    return pages.done(request, _("Done."), "review-snapshot", pk=pk)


def _submit(found: Snapshot, text: str, user: User) -> object:
    if text.strip():
        reviews.answer(snapshot=found, text=text, by=user, at=clock.now())
    return snapshots.submit(snapshot=found, by=user, at=clock.now())


def _return(found: Snapshot, told: dict[str, Any], user: User) -> object:
    text, about = told.get("text", ""), told.get("about", "")
    return reviews.return_with_questions(
        snapshot=found, text=text, about=about, by=user, at=clock.now()
    )


def _accept(found: Snapshot, text: str, user: User) -> object:
    return reviews.accept(snapshot=found, text=text, by=user, at=clock.now())


def _publish(found: Snapshot, text: str, user: User) -> object:
    return snapshots.publish(snapshot=found, by=user, at=clock.now())


def _ask(found: Snapshot, text: str, user: User) -> object:
    return snapshots.ask_to_publish(snapshot=found, note=text, by=user, at=clock.now())


def _ask_words(found: Snapshot, text: str, user: User) -> object:
    return reviews.ask_to_tell(snapshot=found, note=text, by=user, at=clock.now())


def _accept_words(found: Snapshot, text: str, user: User) -> object:
    return reviews.accept_words(snapshot=found, by=user, at=clock.now())


ACTS: dict[str, Callable[[Snapshot, str, User], object]] = {
    "submit": _submit,
    "accept": _accept,
    "publish": _publish,
    "ask": _ask,
    "words": _accept_words,
    "ask-words": _ask_words,
}
OFFERED: dict[tuple[str, str], tuple[tuple[str, Any, bool], ...]] = {
    ("snapshot.edit", "draft"): (("submit", _("Hand to the city"), True),),
    ("snapshot.edit", "returned"): (("submit", _("Answer and hand in again"), True),),
    ("snapshot.edit", "accepted"): (("publish", _("Publish"), True),),
    ("snapshot.edit", "submitted"): (
        ("ask", _("Ask a second person to publish without the city"), False),
    ),
    ("snapshot.review", "submitted"): (
        ("accept", _("Accept the figures"), True),
        ("return", _("Return with questions"), False),
    ),
}
"""What may be done by whom in which state: the act, its button, whether it is the step to take."""


def _acts(user: User, found: Snapshot) -> list[tuple[str, Any, bool]]:
    offered = [
        act
        for (permission, state), acts in OFFERED.items()
        if state == found.state and roles.may(user, permission)
        for act in acts
    ]
    # With the figures in hand, accepting them accepts the words too.
    alone = found.state not in (Snapshot.State.DRAFT, Snapshot.State.SUBMITTED)
    if alone and (waiting := reviews.unreviewed_words(found)):
        offered += _acts_on_words(user, waiting)
    return offered


def _acts_on_words(user: User, waiting: list[YearNote]) -> list[tuple[str, Any, bool]]:
    if roles.may(user, "snapshot.review"):
        return [("words", _("Accept the words of the year"), True)]
    if roles.may(user, "snapshot.edit") and any(each.let_go_at is None for each in waiting):
        return [("ask-words", _("Ask a second person to tell the words without the city"), False)]
    return []


def _figure(told: dict[str, Any], changed: dict[str, differences.Difference]) -> dict[str, Any]:
    language = languages.active()
    difference = changed.get(told["code"])
    then = difference.then if difference else None
    return {
        "name": told["name"][language],
        "formula": told["formula"][language],
        "evidence": told["evidence"].get(language, ""),
        "members": members.counted_over(told),
        "standard": told["standard"],
        "text": wording.shown(told),
        "before": wording.shown({**told, "shown": then}) if then else "",
        "corrected": difference is not None and difference.why is differences.Why.RESTATED,
        "is_changed": difference is not None,
        "why": WHY[difference.why] if difference else "",
    }


def _raise(told: dict[str, Any]) -> dict[str, Any]:
    language = languages.active()
    return {
        "title": told["titles"][language],
        "groups": [_group(row) for row in told["groups"]],
    }


def _group(row: Mapping[str, Any]) -> dict[str, str]:
    return {"text": wording.group(row), "cost": wording.cents(row["cents"])}


def _note(note: ReviewNote) -> dict[str, Any]:
    """A note with the name of the figure that it is about."""
    figure = BY_CODE.get(note.about)
    words = _("the words of the year") if note.about == reviews.WORDS else ""
    return {"is": note, "about": figure.name if figure else words}


def _words(note: YearNote) -> dict[str, Any]:
    """What stands under a heading of the year, in the reader's language."""
    return {
        "heading": YearNote.Heading(note.heading).label,
        "text": note.text,
        "reviewed_at": note.reviewed_at,
    }


def _before(found: Snapshot) -> Snapshot | None:
    """What the figures are set against: what they correct, where it stood, else an earlier day's."""
    corrected = snapshots.corrected_by(found)
    published = Snapshot.State.PUBLISHED
    stood = (each for each in corrected if each.is_reviewed_by_city or each.state == published)
    return next(stood, None) or _accepted_before(found)


def _accepted_before(found: Snapshot) -> Snapshot | None:
    accepted = Snapshot.objects.filter(
        organisation=found.organisation, accepted_at__isnull=False, as_of__lt=found.as_of
    )
    return accepted.order_by("as_of", "version").last()


def _own(request: HttpRequest, pk: int) -> Snapshot:
    rows = Snapshot.objects.visible_to(pages.person_of(request)).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
