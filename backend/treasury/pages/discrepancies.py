"""The desk of differences: the queue with its filters, and a difference with all that can be done."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages, undoing
from backend.core.fields import EuroField
from backend.core.models import AuditEvent, User
from backend.treasury import guesses, lines, reasons
from backend.treasury.desk import acts, items, queue
from backend.treasury.desk.queue import MINE, NOBODY, Wanted
from backend.treasury.models import BankAccount, DeskAct, Discrepancy
from backend.treasury.pages.lines import ReasonForm, visible, with_words
from backend.treasury.pages.splits import WriteOffForm

A_PAGE = 30
QUEUE, ITEM = "treasury-differences", "treasury-difference"
AGES = (("", gettext_lazy("any")), ("7", "7"), ("30", "30"), ("90", "90"))
WORDS = {
    "discrepancy.assigned": gettext_lazy("given to"),
    "discrepancy.noted": gettext_lazy("noted"),
    "discrepancy.resolved": gettext_lazy("ended by hand"),
    "line.explained": gettext_lazy("a part of the line was explained"),
    "line.taken_back": gettext_lazy("what explained the line was taken back"),
    "desk.undo_asked": gettext_lazy("asked to undo"),
    "desk.take_back_asked": gettext_lazy("asked to take back a match"),
    **{f"desk.{kind}": label for kind, label in DeskAct.Kind.choices},
}


class QueueForm(forms.Form):
    """What of the queue is looked for; sent in the address."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=queue.State.choices, required=False
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who looks after it"), required=False)
    account = forms.ModelChoiceField(
        BankAccount.objects.none(),
        label=gettext_lazy("Account"),
        empty_label=gettext_lazy("any"),
        required=False,
    )
    least = EuroField(label=gettext_lazy("From €"), required=False)
    most = EuroField(label=gettext_lazy("To €"), required=False)
    older_than_days = forms.ChoiceField(
        label=gettext_lazy("Older than, days"), choices=AGES, required=False
    )

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data or None)
        mine, any_one = BankAccount.objects.visible_to(person), ("", _("any"))
        self.fields["account"].queryset = mine.order_by("name")  # type: ignore[attr-defined]  # a model's
        self.fields["kind"].choices = [any_one, *Discrepancy.Kind.choices]  # type: ignore[attr-defined]
        owned = [any_one, (MINE, _("I")), (NOBODY, _("nobody yet"))]
        self.fields["owner"].choices = owned  # type: ignore[attr-defined]  # a choice field's

    def wanted(self) -> Wanted:
        """What was asked; everything that waits when nothing, or nonsense, was."""
        if not self.is_valid():
            return Wanted()
        told = self.cleaned_data
        return Wanted(
            kind=told["kind"],
            state=told["state"] or queue.State.WAITING,
            owner=told["owner"],
            account=told["account"].pk if told["account"] else None,
            least=told["least"].amount if told["least"] else None,
            most=told["most"].amount if told["most"] else None,
            older_than_days=int(told["older_than_days"]) if told["older_than_days"] else None,
        )


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who looks after it"),
        empty_label=gettext_lazy("nobody yet"),
        required=False,
    )

    def __init__(self, data: Any = None, *, discrepancy: Discrepancy) -> None:
        super().__init__(data, initial={"owner": discrepancy.owner_id})
        people = [one.pk for one in items.colleagues(discrepancy)]
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=people).order_by("first_name", "pk")


class NoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, max_length=2000)


@pages.page("discrepancy.view")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, or what the filters ask for."""
    person, at = pages.person_of(request), clock.now()
    form = QueueForm(request.GET, person=person)
    rows = queue.find(wanted=form.wanted(), to=person, at=at)
    page = pages.paged(request, rows, A_PAGE)
    for row in page:
        row.why = reasons.text(row.reason)
        row.age_days = ((row.resolved_at or at) - row.opened_at).days
    return render(request, "treasury/discrepancies.html", {"form": form, "page": page})


@pages.page("discrepancy.view")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """A difference: as the bank wrote it, what may explain it, what was done, and its trail."""
    person = pages.person_of(request)
    one = _mine(person, pk)
    found = items.acts_about(one).select_related("line__account", "discrepancy")
    context = {
        "one": one,
        "why": reasons.text(one.reason),
        "end": reasons.text(one.resolution),
        "age_days": ((one.resolved_at or clock.now()) - one.opened_at).days,
        "acts": found.prefetch_related("parts__expectation", "parts__fund"),
        "trail": [_told(event) for event in items.trail(one).order_by("-id")],
        "owner_form": OwnerForm(discrepancy=one),
        "note_form": NoteForm(),
        "reason_form": ReasonForm(),
        "may_resolve": person.may(items.RESOLVE),
        "may_classify": person.may("line.classify"),
        **_line_of(one, person),
    }
    return render(request, "treasury/discrepancy.html", context)


@pages.page(items.RESOLVE, methods=("POST",))
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who looks after a difference."""
    person = pages.person_of(request)
    one = _mine(person, pk)
    form = OwnerForm(request.POST, discrepancy=one)
    owner = form.cleaned_data["owner"] if form.is_valid() else one.owner
    undo = undoing.of("difference.given", pk, owner=one.owner_id or "")
    items.assign(discrepancy=one, owner=owner, by=person, at=clock.now())
    sentence = _("It is written down who looks after it.")
    return pages.done(request, sentence, ITEM, pk=pk, undo=undo)


@pages.page(items.RESOLVE, methods=("POST",))
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found out."""
    person, text = pages.person_of(request), request.POST.get("text", "")
    items.note(discrepancy=_mine(person, pk), text=text[:2000], by=person, at=clock.now())
    return pages.done(request, _("The note is written down."), ITEM, pk=pk)


@pages.page(items.RESOLVE, methods=("POST",))
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect no more of what is missing, with a reason."""
    person, reason = pages.person_of(request), request.POST.get("reason", "")
    act = acts.give_up(discrepancy=_mine(person, pk), by=person, at=clock.now(), reason=reason)
    is_done = act.state == DeskAct.State.DONE
    sentence = _("The difference is resolved.") if is_done else _("Another person must agree.")
    here = reverse(ITEM, args=[pk])
    undo = undoing.of("difference.given_up", act.pk, next=here) if is_done else ""
    return pages.done(request, sentence, here, undo=undo)


def _mine(person: User, pk: int) -> Discrepancy:
    mine = Discrepancy.objects.visible_to(person)
    related = mine.select_related("bank_account", "expectation", "line__account", "owner")
    found: Discrepancy = get_object_or_404(related, pk=pk)
    return found


def _line_of(one: Discrepancy, person: User) -> dict[str, Any]:
    """The line of a difference that waits, with what may explain it."""
    if one.line_id is None:
        return {}
    line = visible(person).get(pk=one.line_id)
    is_open = one.resolved_at is None and line.left.amount > 0
    return {
        "line": line,
        "is_open": is_open,
        "guesses": with_words(guesses.of([line])[line.pk]) if is_open else [],
        "opposites": lines.opposites(line) if is_open else [],
        "write_off_form": WriteOffForm(person=person),
    }


def _told(event: AuditEvent) -> AuditEvent:
    """An act of the trail in words."""
    words = WORDS.get(event.action, event.action)
    if event.action == "state.moved":
        words = DeskAct.State(event.state_after).label
    event.words = f"{words} {event.facts.get('owner', '')}"  # type: ignore[attr-defined]  # for the template
    return event
