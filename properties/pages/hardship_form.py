"""The form that writes down why a household fell into arrears, and what its claim still lacks."""

import datetime as dt

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.fields import DayField
from properties import blameless, wording
from properties.models import Hardship, Household
from properties.pages.support_forms import FORMS, FactForm


class HardshipForm(FactForm):
    ask = _("Write down why they fell into arrears")
    cause = forms.ChoiceField(label=_("Cause"), choices=Hardship.Cause.choices)
    on = DayField(label=_("Since"))

    def write(self, at: dt.datetime) -> object:
        typed = self.cleaned_data
        return blameless.tell(household=self.household, **typed, by=self.user, at=at)


FORMS["hardship"] = HardshipForm


def lines(found: Household) -> list[str]:
    """That there are causes, and what a claim still lacks; which ones is opened for a purpose (P22)."""
    cause = gettext("a cause that is opened with the name")
    told = [f"{wording.day(one.on)}: {cause}" for one in found.hardships.order_by("on", "pk")]
    if not told:
        return []
    open_points = blameless.lacks(found, on=clock.today())
    heading = gettext("For the fund for blameless arrears this is missing: %(what)s")
    return [*told, *(heading % {"what": point} for point in open_points)]
