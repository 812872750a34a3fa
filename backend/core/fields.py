"""Form fields that people of both languages can type into: an amount of euro, a day.

What is typed stays as typed when it is refused.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core.money import euro

GROUPED = {
    "it": re.compile(r"^\d{1,3}(\.\d{3})+(,\d{1,2})?$"),
    "en": re.compile(r"^\d{1,3}(,\d{3})+(\.\d{1,2})?$"),
}
PLAIN = re.compile(r"^\d+([.,]\d{1,2})?$")


class EuroField(forms.CharField):
    """An amount of euro typed by hand ("1.234,50", "1234.50", "€ 500"); gives Money.

    Points and commas that group thousands are read as the page's language writes them.
    """

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"}
    )

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        return read_euro(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Money):
            return value
        text = f"{value.amount:.2f}"
        return text.replace(".", ",") if _language() == "it" else text


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, soonest: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if soonest:
            self.widget.attrs["min"] = soonest.isoformat()


def read_euro(text: str) -> Money:
    """The amount that was typed. Raises ValidationError with an example of how to write it."""
    bare = re.sub(r"[\s€’']", "", text)
    thousands, decimal = (".", ",") if _language() == "it" else (",", ".")
    if GROUPED[_language()].match(bare):
        return euro(bare.replace(thousands, "").replace(decimal, "."))
    if PLAIN.match(bare):
        return euro(bare.replace(",", "."))
    raise forms.ValidationError(_("Write an amount, such as 500 or 1250.50."))


def _language() -> str:
    return "it" if (get_language() or "it").startswith("it") else "en"
