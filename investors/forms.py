"""Forms that pages of several apps show: profile, IBAN, knowledge test, loss simulation.

They read what was typed; what it means is for the rules.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import EuroField
from backend.core.models import User
from investors import knowledge
from investors.models import Investor
from investors.onboarding import Profile
from investors.suitability import Circumstances


class ProfileForm(forms.Form):
    """Who invests."""

    kind = forms.ChoiceField(
        label=_("Who invests"), choices=Investor.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    tax_code = forms.CharField(
        label=_("Tax code"), max_length=20, help_text=_("Of a body: its eleven digits.")
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        help_text=_("Yours: money that goes back to you goes there."),
    )

    def profile(self, user: User, *, is_synthetic: bool) -> Profile:
        """What was typed, as the rule takes it."""
        told = self.cleaned_data
        return Profile(
            kind=told["kind"],
            name=told["name"],
            tax_code=told["tax_code"],
            email=user.email,
            language=user.language,
            iban=told["iban"],
            is_synthetic=is_synthetic,
        )


class IbanForm(forms.Form):
    """Where money would be returned."""

    iban = forms.CharField(label=_("IBAN"), max_length=42)


class TestForm(forms.Form):
    """The knowledge test, a choice per question."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for question in knowledge.QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=str(question.text),
                choices=question.options,
                widget=forms.RadioSelect,
            )


class SimulationForm(forms.Form):
    """A year's figures; they are used once and not kept."""

    net_income = EuroField(label=_("Net income in a year (euro)"))
    liquid_assets = EuroField(
        label=_("Savings that you can use within a month (euro)"),
        help_text=_("Without homes, pensions, and earlier crowdfunding."),
    )
    commitments = EuroField(
        label=_("What you must pay in a year (euro)"),
        help_text=_("Rent or mortgage, loans, insurance, taxes, maintenance."),
    )

    def circumstances(self) -> Circumstances:
        return Circumstances(**self.cleaned_data)
