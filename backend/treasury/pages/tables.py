"""How a bank's tables are read: the person names the columns once, beside what each is for."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages
from backend.treasury import layouts
from backend.treasury.formats.delimited import FIELDS, Layout
from backend.treasury.models import BankAccount, TableLayout

LABELS = {
    "booked_on": gettext_lazy("Day of booking"),
    "value_on": gettext_lazy("Value date"),
    "amount": gettext_lazy("Amount, with its sign"),
    "money_in": gettext_lazy("Money in"),
    "money_out": gettext_lazy("Money out"),
    "balance": gettext_lazy("Running balance"),
    "counterparty_name": gettext_lazy("Counterparty"),
    "counterparty_iban": gettext_lazy("IBAN of the counterparty"),
    "text": gettext_lazy("Description"),
    "bank_id": gettext_lazy("The bank's number of the movement"),
}


class LayoutForm(forms.ModelForm[TableLayout]):
    """A field per column, and the form of dates and amounts."""

    class Meta:
        model = TableLayout
        fields = ("date_form", "decimal_mark", "is_newest_first")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saved = self.instance.columns if self.instance.pk else {}
        rest = dict(self.fields)
        self.fields.clear()
        for name in FIELDS:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                max_length=120,
                required=name == "booked_on",
                initial=saved.get(name, ""),
            )
        self.fields.update(rest)

    def layout(self) -> Layout:
        told = self.cleaned_data
        return Layout(
            columns={name: told[name] for name in FIELDS if told[name]},
            date_form=told["date_form"],
            decimal_mark=told["decimal_mark"],
            is_newest_first=told["is_newest_first"],
        )


@pages.page("statement.upload", methods=("GET", "HEAD", "POST"))
def table_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the columns of an account's tables."""
    person = pages.person_of(request)
    account = get_object_or_404(BankAccount.objects.visible_to(person), pk=pk)
    saved = TableLayout.objects.filter(bank_account=account).first()
    form = LayoutForm(request.POST or None, instance=saved)
    if request.method == "POST" and form.is_valid():
        layout, at = form.layout(), clock.now()
        done = pages.attempt(
            form, lambda: layouts.save(bank_account=account, layout=layout, by=person, at=at)
        )
        if done is not None:
            return pages.done(request, _("Tables of this account can be read now."), STATEMENTS)
    return render(request, "treasury/table_layout.html", {"account": account, "form": form})


STATEMENTS = "treasury-statements"
