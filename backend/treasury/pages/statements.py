"""Statements: hand in a file, and see what was handed in."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from djmoney.money import Money

from backend.core import clock, pages, users
from backend.core.models import User
from backend.treasury import bank_statements, layouts, statements, works
from backend.treasury.formats.delimited import Sheet
from backend.treasury.models import BankAccount, BankLine, BankStatement, StatementRefusal
from backend.treasury.pages.lines import ReasonForm
from backend.treasury.parsed import TooLarge, WrongSum


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Bank statement"),
        help_text=gettext_lazy(
            "As your bank offers it: camt.053, camt.054, CBI, MT940, or a table (CSV, XLSX)."
        ),
    )
    account = forms.ModelChoiceField(
        BankAccount.objects.none(),
        required=False,
        label=gettext_lazy("Account"),
        empty_label=gettext_lazy("the file says it"),
        help_text=gettext_lazy("Only for a table, which does not say whose it is."),
    )
    opening = forms.DecimalField(
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
        label=gettext_lazy("Opening balance"),
        help_text=gettext_lazy("Only for a table without a running balance."),
    )
    closing = forms.DecimalField(
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
        label=gettext_lazy("Closing balance"),
    )

    def __init__(self, person: User, *args: Any) -> None:
        super().__init__(*args)
        chosen = self.fields["account"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = BankAccount.objects.visible_to(person).order_by("name")

    def sheet(self) -> Sheet | None:
        """How to read a table; None for a file that says itself what it is. Raises NoLayout."""
        account, told = self.cleaned_data["account"], self.cleaned_data
        if account is None:
            return None
        opening, closing = (
            Money(told[name], account.currency) if told[name] is not None else None
            for name in ("opening", "closing")
        )
        return layouts.sheet(bank_account=account, opening=opening, closing=closing)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > bank_statements.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."), code=TooLarge.code)
        return file


@pages.page("line.view", methods=("GET", "HEAD", "POST"))
def statement_list(request: HttpRequest) -> HttpResponse:
    person = pages.person_of(request)
    if request.method == "POST":
        users.require(person, "statement.upload")
    form = UploadForm(person, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (answer := _upload(request, form)):
        return answer
    rows = BankStatement.objects.visible_to(person).select_related("account")
    refused = StatementRefusal.objects.visible_to(person)
    context = {
        "form": form,
        "page": pages.paged(request, rows.order_by("-to_on", "-id")),
        "accounts": BankAccount.objects.visible_to(person).order_by("name"),
        "gaps": statements.gaps(BankAccount.objects.visible_to(person)),
        "refused": refused.select_related("file").order_by("-refused_at")[:5],
        "at_work": works.newest_at_work(person),
        "wrong_sum": WrongSum.code,
        "reason_form": ReasonForm(),
        "may_upload": person.may("statement.upload"),
    }
    return render(request, "treasury/statements.html", context)


@pages.page("line.view")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement with its lines, and what became of each."""
    mine = BankStatement.objects.visible_to(pages.person_of(request)).select_related("account")
    one = get_object_or_404(mine, pk=pk)
    lines = BankLine.objects.filter(statement=one).with_allocated().order_by("booked_on", "id")
    context = {"statement": one, "page": pages.paged(request, lines)}
    return render(request, "treasury/statement.html", context)


def _upload(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    file, at = form.cleaned_data["file"], clock.now()
    found = pages.attempt(
        form,
        lambda: statements.upload(
            raw=file.read(),
            by=pages.person_of(request),
            at=at,
            name=file.name,
            sheet=form.sheet(),
        ),
    )
    if found is None:
        return None
    if all(one.imported_at != at for one in found):
        return pages.done(request, _("This file was imported before; nothing changed."), STATEMENTS)
    new = sum(one.lines_new for one in found)
    sentence = ngettext("%(n)s new line was booked.", "%(n)s new lines were booked.", new)
    return pages.done(request, sentence % {"n": new}, STATEMENTS)


STATEMENTS = "treasury-statements"
