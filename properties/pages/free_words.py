"""The field for words that people type about a household: it says each time what does not belong there.

One component for all forms (housing.md P13); what is typed is in no export and goes with the name.
"""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

NO_NAMES = _("No name and no illness here: it is read by all who see the case.")


class FreeWords(forms.CharField):
    """A line of words with the warning below its label, after what else is to be said of it."""

    def __init__(self, *args: Any, help_text: Any = "", **options: Any) -> None:
        told = format_lazy("{} {}", help_text, NO_NAMES) if help_text else NO_NAMES
        super().__init__(*args, help_text=told, **options)
