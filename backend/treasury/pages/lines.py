"""Lines of statements: those that nobody explained, and the desk of one of them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages, undoing, users
from backend.core.fields import EuroField
from backend.core.models import User
from backend.ledger.models import Fund, Purpose
from backend.treasury import guesses, lines, reasons, returned_payments
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import BankLine, DeskAct, Expectation
from backend.treasury.models.bank_statement import BankLineQuerySet

LINES = "treasury-lines"
LINE = "treasury-line"


class ClassifyForm(forms.Form):
    """What a line is: money of a fund, spent for a purpose or come from somebody."""

    fund = forms.ModelChoiceField(Fund.objects.none(), label=gettext_lazy("Fund"))
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it was spent for"),
        choices=[("", "–"), *Purpose.choices],
        required=False,
    )
    payer = forms.CharField(
        label=gettext_lazy("Or whose money it is"), max_length=200, required=False
    )
    amount = EuroField(
        label=gettext_lazy("Amount"),
        required=False,
        help_text=gettext_lazy("Empty: all that is left of the line."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funds = Fund.objects.filter(organisation=person.organisation_id).order_by("code")
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]  # of a ModelChoiceField


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


def visible(person: User) -> BankLineQuerySet:
    rows = BankLine.objects.visible_to(person).with_allocated()
    return rows.select_related("account", "account__outside", "account__suspense", "statement")


@pages.page("line.view")
def unexplained(request: HttpRequest) -> HttpResponse:
    rows = visible(pages.person_of(request)).unexplained().order_by("value_on", "id")
    context = {"page": pages.paged(request, rows), "today": clock.today()}
    return render(request, "treasury/lines.html", context)


@pages.page("line.view", methods=("GET", "HEAD", "POST"))
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """The line as the bank wrote it, beside what explains it or might."""
    person = pages.person_of(request)
    if request.method == "POST":
        users.require(person, "line.classify")
    one = get_object_or_404(visible(person), pk=pk)
    form = ClassifyForm(request.POST or None, person=person)
    if form.is_valid() and (act := _classified(one, form, person)):
        return pages.done(request, said_of(act), LINES, undo=undo_of(act))
    parts = one.allocations.select_related("expectation", "reversed_by").order_by("id")
    context = {
        "line": one,
        "form": form,
        "accept_form": ReasonForm(),
        "parts": parts,
        "guesses": with_words(guesses.of([one])[one.pk]) if not one.allocated else [],
        "opposites": lines.opposites(one) if one.left.amount else [],
        "returns": returned_payments.payment_of(one),
        "asked": DeskAct.objects.filter(line=one, state=DeskAct.State.ASKED).first(),
        "may_classify": person.may("line.classify"),
    }
    return render(request, "treasury/line.html", context)


@pages.page("line.classify", methods=("POST",))
def accept(request: HttpRequest, pk: int, expectation: int) -> HttpResponse:
    """Book a line to an expectation that the person recognised."""
    person = pages.person_of(request)
    one = get_object_or_404(visible(person), pk=pk)
    expected = get_object_or_404(Expectation.objects.visible_to(person), pk=expectation)
    reason = request.POST.get("reason", "").strip() or _("Recognised by hand.")
    share = Share(expectation=expected)
    act = acts.explain(line=one, shares=[share], by=person, at=clock.now(), reason=reason)
    return pages.done(request, said_of(act), pages.next_address(request, LINES), undo=undo_of(act))


@pages.page("line.classify", methods=("POST",))
def offset(request: HttpRequest, pk: int, against: int) -> HttpResponse:
    """Explain a line by the one that sends it back, or that it sends back."""
    person = pages.person_of(request)
    one, other = (get_object_or_404(visible(person), pk=each) for each in (pk, against))
    came, went = (one, other) if one.is_in else (other, one)
    reason = _("One sends back the other.")
    lines.offset(came=came, went=went, by=person, at=clock.now(), reason=reason)
    return pages.done(request, _("Both lines are explained."), LINES)


@pages.page("line.classify", methods=("POST",))
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what a person explained; the line waits again."""
    person = pages.person_of(request)
    one = get_object_or_404(visible(person), pk=pk)
    parts = one.allocations.select_related("entry", "line__account", "expectation")
    asked = request.POST.get("allocation", "")
    acts.take_back(
        allocation=get_object_or_404(parts, pk=int(asked) if asked.isdigit() else 0),
        by=person,
        at=clock.now(),
        reason=request.POST.get("reason", ""),
    )
    is_back = lines.is_open(one)
    sentence = _("It was taken back; the line waits again.")
    return pages.done(
        request, sentence if is_back else _("Another person must agree."), LINE, pk=pk
    )


def with_words(found: Any) -> list[dict[str, Any]]:
    """Guesses as a template shows them: the expectation and its reasons in words."""
    return [
        {"expectation": one, "reasons": [reasons.of_guess(code) for code in guess.reasons]}
        for one, guess in found
    ]


def said_of(act: DeskAct) -> str:
    """What a person is told of an act: done, or asked."""
    if act.state == DeskAct.State.ASKED:
        return _("The amount is large: it is booked when another person agrees.")
    return _("The line is explained.")


def undo_of(act: DeskAct) -> str:
    """How what a person did to a line is undone; nothing while another must agree, or too late."""
    if not acts.is_undoable(act):
        return ""
    return undoing.of("line.explained", act.pk, next=reverse(LINE, args=[act.line_id]))


def _classified(one: BankLine, form: ClassifyForm, person: User) -> DeskAct | None:
    said = dict(form.cleaned_data)
    reason = said.pop("reason")
    return pages.attempt(
        form,
        lambda: acts.explain(
            line=one, shares=[Share(**said)], by=person, at=clock.now(), reason=reason
        ),
    )
