"""What an investor counts as, who acts for it, and to whom it is close: asked, named, declared."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages, undoing
from backend.core.fields import DayField, EuroField
from backend.core.models import Organisation
from backend.core.money import ZERO
from investors import categories, conflicts, qualifications, representations, warnings
from investors.models import Conflict, Investor, Qualification, Representation
from investors.pages.profile import READ_WRITE, done, form_page, own

CLOSE_TO = (Organisation.Kind.ISSUER, Organisation.Kind.PLATFORM)


class StatementsForm(forms.Form):
    """The papers and the three statements of the template (R24)."""

    evidence = forms.CharField(
        label=_("Which papers show it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    attests = forms.BooleanField(label=_("What I state above is true."))
    gives_up_protection = forms.BooleanField(
        label=_("I know which protection I lose: it stands above.")
    )
    is_liable = forms.BooleanField(label=_("I am liable for the truth of what I state."))

    def request(self, claim: categories.Claim) -> qualifications.Request:
        told = self.cleaned_data
        return qualifications.Request(
            kind=Qualification.Kind.SOPHISTICATED,
            evidence=told["evidence"],
            claim=claim,
            attests=told["attests"],
            gives_up_protection=told["gives_up_protection"],
            is_liable=told["is_liable"],
        )


class PersonForm(StatementsForm):
    """The criteria of a person: two of three."""

    income = EuroField(label=_("Gross income in a fiscal year (euro)"), required=False)
    portfolio = EuroField(
        label=_("Portfolio: deposits and financial assets (euro)"), required=False
    )
    months_in_finance = forms.IntegerField(
        label=_("Months in a post in finance that needs such knowledge"),
        required=False, min_value=0, max_value=1200,
    )  # fmt: skip
    months_as_executive = forms.IntegerField(
        label=_("Months as executive of a body that is sophisticated"),
        required=False, min_value=0, max_value=1200,
    )  # fmt: skip
    trades = forms.CharField(
        label=_("Significant trades in each of the last four quarters"),
        required=False,
        help_text=_("Four numbers, such as 12 9 10 11."),
    )
    field_order = ("income", "portfolio", "months_in_finance", "months_as_executive", "trades")

    def clean_trades(self) -> tuple[int, ...]:
        words = self.cleaned_data["trades"].replace(",", " ").split()
        if words and (len(words) != categories.QUARTERS or not all(w.isdecimal() for w in words)):
            raise forms.ValidationError(_("Write four numbers, such as 12 9 10 11."))
        return tuple(int(word[:6]) for word in words)

    def claim(self) -> categories.Claim:
        told = self.cleaned_data
        return categories.PersonClaim(
            income=told["income"] or ZERO,
            portfolio=told["portfolio"] or ZERO,
            months_in_finance=told["months_in_finance"] or 0,
            months_as_executive=told["months_as_executive"] or 0,
            trades=told["trades"],
        )


class EntityForm(StatementsForm):
    """The criteria of a body: one of three."""

    own_funds = EuroField(label=_("Own funds (euro)"), required=False)
    turnover = EuroField(label=_("Net turnover (euro)"), required=False)
    balance_sheet = EuroField(label=_("Balance sheet total (euro)"), required=False)
    field_order = ("own_funds", "turnover", "balance_sheet")

    def claim(self) -> categories.Claim:
        told = self.cleaned_data
        return categories.EntityClaim(
            **{name: told[name] or ZERO for name in ("own_funds", "turnover", "balance_sheet")}
        )


class MandateForm(forms.Form):
    """Who else may act."""

    email = forms.EmailField(label=_("E-mail of the person's account"))
    kind = forms.ChoiceField(
        label=_("As what"), choices=Representation.Kind.choices[1:], widget=forms.RadioSelect
    )
    evidence = forms.CharField(label=_("By which paper"), max_length=300)
    until = DayField(label=_("Until"), required=False)


class TieForm(forms.Form):
    """To whom the investor is close."""

    organisation = forms.ModelChoiceField(
        label=_("Company"), queryset=Organisation.objects.filter(kind__in=CLOSE_TO).order_by("name")
    )
    tie = forms.ChoiceField(
        label=_("What ties you"), choices=Conflict.Tie.choices, widget=forms.RadioSelect
    )


@pages.page("profile.own", methods=READ_WRITE)
def category(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to count as sophisticated, by the template of the law."""
    investor, user = own(request, pk), pages.person_of(request)
    is_person = investor.kind == Investor.Kind.PERSON
    form = (PersonForm if is_person else EntityForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.request(form.claim())
        made = pages.attempt(
            form,
            lambda: qualifications.ask(investor=investor, request=asked, by=user, at=clock.now()),
        )
        if made is not None:
            undo = undoing.of("qualification.asked", made.pk)
            sentence = _("Your request is noted; we write when it is decided.")
            return done(request, sentence, investor, undo=undo)
    return form_page(
        request,
        investor,
        form,
        title=_("Count as a sophisticated investor"),
        lead=_two_or_one(is_person),
        notes=[warnings.text("lost_protection")],
        submit=_("Send my request"),
    )


def _two_or_one(is_person: bool) -> Any:
    if is_person:
        return _("Two of three must be true: means (income or portfolio), profession, trades.")
    return _("One of three must be true: own funds, turnover, balance sheet.")


@pages.page("profile.own", methods=["POST"])
def end_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a category up, or take back a request that waits."""
    mine = Investor.objects.acted_for_by(pages.person_of(request))
    rows = Qualification.objects.select_related("investor")
    found, by = get_object_or_404(rows, pk=pk, investor__in=mine), pages.person_of(request)
    if found.state == Qualification.State.ASKED:
        qualifications.withdraw(qualification=found, by=by, at=clock.now())
    else:
        reason = str(_("The investor gave it up."))
        qualifications.end(qualification=found, reason=reason, by=by, at=clock.now())
    return done(request, _("Done: you have every protection."), found.investor)


@pages.page("profile.own", methods=READ_WRITE)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for the investor; let somebody else act too."""
    investor, user = own(request, pk), pages.person_of(request)
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mandate = representations.Mandate(**form.cleaned_data)
        named = pages.attempt(
            form,
            lambda: representations.name(
                investor=investor, mandate=mandate, by=user, at=clock.now()
            ),
        )
        if named is not None:
            undo = undoing.of("representation.named", named.pk)
            return done(request, _("This person may act now."), investor, undo=undo)
    return form_page(
        request,
        investor,
        form,
        title=_("Who acts for this investor"),
        held=investor.representations.select_related("user").order_by("since", "pk"),
        template="investors/people.html",
        submit=_("Let this person act"),
    )


@pages.page("profile.own", methods=["POST"])
def end_representation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a representation; one keeps reading what stood in one's time."""
    user = pages.person_of(request)
    rows = Representation.objects.select_related("investor", "user")
    held = get_object_or_404(rows, pk=pk, investor__in=Investor.objects.acted_for_by(user))
    representations.end(representation=held, by=user, at=clock.now())
    return pages.done(request, _("This representation has ended."), "profile")


@pages.page("profile.own", methods=READ_WRITE)
def ties(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest, or say that one is over."""
    investor, user = own(request, pk), pages.person_of(request)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        declared = pages.attempt(
            form,
            lambda: conflicts.declare(investor=investor, **told, by=user, at=clock.now()),
        )
        if declared is not None:
            return done(request, _("Thank you: it is declared."), investor)
    return form_page(
        request,
        investor,
        form,
        title=_("Ties to a platform or an owner"),
        lead=_("The public learns that such a person invests in a project, never who."),
        submit=_("Declare"),
    )


@pages.page("profile.own", methods=["POST"])
def end_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a tie is over."""
    user = pages.person_of(request)
    rows = Conflict.objects.select_related("investor")
    found = get_object_or_404(rows, pk=pk, investor__in=Investor.objects.acted_for_by(user))
    conflicts.end(conflict=found, by=user, at=clock.now())
    return done(request, _("Noted: this tie is over."), found.investor)
