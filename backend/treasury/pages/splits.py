"""A line in parts, what is left of it written off, and going back on either."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages
from backend.core.fields import EuroField
from backend.core.models import User
from backend.ledger.models import Fund, Purpose
from backend.treasury import references
from backend.treasury.desk import acts
from backend.treasury.desk.acts import Share
from backend.treasury.models import BankLine, DeskAct, Expectation
from backend.treasury.pages.lines import LINE, LINES, ReasonForm, said_of, undo_of, visible

PARTS = 5


class PartForm(forms.Form):
    """A part: the reference of what it meets, or a fund with a purpose or a payer."""

    amount = EuroField(label=gettext_lazy("Amount"))
    reference = forms.CharField(
        label=gettext_lazy("Reference of what it meets"), max_length=60, required=False
    )
    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=gettext_lazy("Or fund"), required=False
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it was spent for"),
        choices=[("", "–"), *Purpose.choices],
        required=False,
    )
    payer = forms.CharField(
        label=gettext_lazy("Or whose money it is"), max_length=200, required=False
    )

    def __init__(self, *args: Any, line: BankLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.fields["fund"].queryset = _funds(line.account.holder_id)  # type: ignore[attr-defined]  # a model's

    def clean_reference(self) -> Expectation | None:
        """What is expected under the reference at the line's account, in its direction."""
        key = references.normal(self.cleaned_data["reference"])
        if not key:
            return None
        way = Expectation.Direction.IN if self.line.is_in else Expectation.Direction.OUT
        expected = Expectation.objects.filter(bank_account=self.line.account_id, direction=way)
        found: Expectation | None = expected.filter(key=key).first()
        if found is None:
            raise forms.ValidationError(_("Nothing is expected here under this reference."))
        return found

    def share(self) -> Share:
        told = self.cleaned_data
        return Share(
            told["amount"], told["reference"], told["fund"], told["purpose"], told["payer"]
        )


Parts = forms.formset_factory(PartForm, extra=PARTS)


class WriteOffForm(forms.Form):
    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=gettext_lazy("The fund that bears or keeps it")
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, *args: Any, person: User) -> None:
        super().__init__(*args)
        self.fields["fund"].queryset = _funds(person.organisation_id)  # type: ignore[attr-defined]  # a model's


@pages.page("line.classify", methods=("GET", "HEAD", "POST"))
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain a line in parts, all or none."""
    person = pages.person_of(request)
    line = get_object_or_404(visible(person), pk=pk)
    parts = Parts(request.POST or None, form_kwargs={"line": line})
    form = ReasonForm(request.POST or None)
    if parts.is_valid() and form.is_valid():
        shares = [one.share() for one in parts if one.has_changed()]
        reason = form.cleaned_data["reason"]
        act = pages.attempt(
            form,
            lambda: acts.explain(
                line=line, shares=shares, by=person, at=clock.now(), reason=reason
            ),
        )
        if act is not None:
            return pages.done(request, said_of(act), LINE, pk=pk, undo=undo_of(act))
    return render(request, "treasury/split.html", {"line": line, "parts": parts, "form": form})


@pages.page("line.classify", methods=("POST",))
def write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a fund bear or keep what is left of a line."""
    person = pages.person_of(request)
    line = get_object_or_404(visible(person), pk=pk)
    form = WriteOffForm(request.POST, person=person)
    fund = form.cleaned_data["fund"] if form.is_valid() else None
    if fund is None:
        raise acts.NothingSaid(_("Choose a fund, and say why."))
    reason = form.cleaned_data["reason"]
    act = acts.write_off(line=line, fund=fund, by=person, at=clock.now(), reason=reason)
    return pages.done(request, said_of(act), pages.next_address(request, LINES), undo=undo_of(act))


@pages.page("line.classify", methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an act; what two people did waits for another person."""
    person, reason = pages.person_of(request), request.POST.get("reason", "")
    act = get_object_or_404(DeskAct.objects.visible_to(person), pk=pk)
    undone = acts.undo(act=act, by=person, at=clock.now(), reason=reason)
    is_undone = undone.state == DeskAct.State.UNDONE
    sentence = _("It is undone; it waits again.") if is_undone else _("Another person must agree.")
    return pages.done(request, sentence, pages.next_address(request, LINES))


def _funds(organisation: int | None) -> Any:
    return Fund.objects.filter(organisation=organisation).order_by("code")
