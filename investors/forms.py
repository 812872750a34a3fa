"""Forms that pages of several apps show: profile, IBAN, knowledge test, loss simulation.

They read what was typed; what it means is for the rules.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import DayField, EuroField
from backend.core.models import User
from backend.core.money import ZERO
from investors import codes, knowledge, loss
from investors.assessments import Sheet
from investors.models import Investor
from investors.onboarding import Profile

ONLY_ABROAD = _("Only if you have no Italian tax code.")


def countries() -> list[tuple[str, str]]:
    """Every country with its name in the reader's language, ours first, then by name."""
    named = sorted(((code, codes.country_name(code)) for code in codes.COUNTRIES), key=_by_name)
    return [(codes.HOME, codes.country_name(codes.HOME)), *named]


def _by_name(country: tuple[str, str]) -> str:
    return country[1].casefold()


class ProfileForm(forms.Form):
    """Who invests."""

    kind = forms.ChoiceField(
        label=_("Who invests"), choices=Investor.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    tax_code = forms.CharField(
        label=_("Tax code"),
        max_length=20,
        required=False,
        help_text=_("Of a body: its eleven digits."),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        help_text=_("Yours: money that goes back to you goes there."),
    )
    tax_country = forms.ChoiceField(
        label=_("Country of tax residence"), choices=countries, required=False
    )
    foreign_tax_number = forms.CharField(
        label=_("Tax number there"), max_length=40, required=False, help_text=ONLY_ABROAD
    )
    born_on = DayField(label=_("Date of birth"), required=False, help_text=ONLY_ABROAD)

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
            tax_country=told["tax_country"] or codes.HOME,
            foreign_tax_number=told["foreign_tax_number"],
            born_on=told["born_on"],
        )


class IbanForm(forms.Form):
    """Where money would be returned."""

    iban = forms.CharField(label=_("IBAN"), max_length=42)


class TestForm(forms.Form):
    """The knowledge test, a choice per question; what is left open is missing, not refused."""

    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["form_token"].initial = secrets.token_urlsafe(24)
        for question in knowledge.QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=str(question.text),
                choices=question.options,
                widget=forms.RadioSelect,
                required=False,
            )

    def sheet(self) -> Sheet:
        """What was answered, as the rule takes it."""
        told = dict(self.cleaned_data)
        return Sheet(form_token=told.pop("form_token"), answers=told)


class SimulationForm(forms.Form):
    """A year's figures, each by name; they are used once, and kept only if the person agrees."""

    labour = EuroField(
        label=_("Wages, pension, unemployment benefit in a year (euro)"),
        help_text=_("Before tax, of last year, without what comes once only."),
    )
    interest = EuroField(label=_("Interest on savings and bonds"))
    dividends = EuroField(label=_("Dividends"), help_text=_("Without gains from sales."))
    rents = EuroField(label=_("Rents received"))
    income_costs = EuroField(label=_("Costs of that income"))
    contributions = EuroField(label=_("Social contributions"))
    income_tax = EuroField(label=_("Income tax"))
    accounts = EuroField(
        label=_("Savings and current accounts"),
        help_text=_("On 31 December. Without homes, pensions, and earlier crowdfunding."),
    )
    savings = EuroField(label=_("Savings that can be cashed within 30 days"))
    securities = EuroField(label=_("Listed shares and bonds"))
    funds = EuroField(label=_("Funds that can be sold every week"))
    maintenance = EuroField(label=_("Maintenance of children or a former partner"))
    housing = EuroField(label=_("Rent or mortgage"))
    loans = EuroField(label=_("Repayment of loans"))
    insurance = EuroField(label=_("Insurance"))
    utilities = EuroField(label=_("Electricity, gas, water, telephone"))
    subscriptions = EuroField(label=_("Subscriptions"))
    property_tax = EuroField(label=_("Property tax"))
    keeps_components = forms.BooleanField(
        label=_("Keep these figures with the result, so that next year I need not look them up."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in loss.NAMES:
            self.fields[name].required = name == "labour"

    def figures(self) -> loss.Figures:
        """What was typed; a field left open is nothing."""
        return loss.Figures(**{name: self.cleaned_data[name] or ZERO for name in loss.NAMES})
