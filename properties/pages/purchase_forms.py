"""The forms of purchases: start one, record one that is over, move it on, commit a cost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import DayField, EuroField
from backend.core.models import User
from backend.ledger.models import ACQUISITION, Fund, Purpose
from properties import words
from properties.models import Acquisition
from properties.models.routes import (
    APPROVED_STATE,
    AT_COURT,
    ROUTES,
    SIGNED_BY_HAND,
    TITLE_STATES,
    BidsAs,
    Route,
)


def funds_of(organisation_id: int | None) -> Any:
    """The funds of an issuer that may pay, raised capital first."""
    return Fund.objects.filter(organisation=organisation_id).order_by("-is_restricted", "name")


def ahead_of(acquisition: Acquisition) -> list[str]:
    """The states a person may write down next; the approved one is a second person's."""
    route = acquisition.route
    approved = set() if route in SIGNED_BY_HAND else {APPROVED_STATE[route]}
    return sorted(ROUTES[route][acquisition.state] - approved)


class StartForm(forms.Form):
    """A purchase at its beginning."""

    route = forms.ChoiceField(label=_("How it may become ours"), choices=Route.choices)
    fund = forms.ModelChoiceField(
        label=_("Paid by"),
        queryset=Fund.objects.none(),
        required=False,
        empty_label=_("nobody: a gift or a mandate"),
    )
    base_price = EuroField(label=_("Base price"), required=False)
    max_price = EuroField(
        label=_("Highest price we may offer"),
        required=False,
        help_text=_("A second person approves the purchase up to this price."),
    )
    deposit_asked = EuroField(
        label=_("Deposit asked"),
        required=False,
        help_text=_("At court: where the notice does not ask for a tenth."),
    )
    least_raise = EuroField(
        label=_("Least raise"),
        required=False,
        help_text=_("Of an auction with increase: what each bid adds to the one before."),
    )
    noticed_on = DayField(label=_("Notice of the sale"), required=False)
    offer_due_at = forms.DateTimeField(
        label=_("Offers are taken until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    sale_on = DayField(label=_("Day of the auction"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds_of(user.organisation_id)  # type: ignore[attr-defined]  # a model choice


class RecordForm(forms.Form):
    """A purchase that is over, with its past dates."""

    route = forms.ChoiceField(label=_("How it became ours"), choices=Route.choices[:3])
    fund = forms.ModelChoiceField(
        label=_("Paid by"),
        queryset=Fund.objects.none(),
        required=False,
        empty_label=_("nobody: a gift"),
    )
    title = forms.ChoiceField(
        label=_("Title"), choices=[(each, words.STATES[each]) for each in sorted(TITLE_STATES)]
    )
    title_on = DayField(label=_("Day of the title"))
    title_amount = EuroField(label=_("Price in it"), required=False)
    document = forms.CharField(
        label=_("Number of the decree or deed"), required=False, max_length=200
    )
    witness = forms.CharField(
        label=_("First witness"),
        required=False,
        max_length=80,
        help_text=_("Of a deed of gift: it needs two (c.c. 782)."),
    )
    other_witness = forms.CharField(label=_("Second witness"), required=False, max_length=80)
    possession_on = DayField(label=_("Keys taken over on"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds_of(user.organisation_id)  # type: ignore[attr-defined]  # a model choice


HANDS = {
    "OFFER_FILED": ("bids_as", "is_not_debtor"),
    "NOTARY_DEED": ("witness", "other_witness"),
}
"""By whose hand a state is reached: asked only where it lies ahead."""


class MoveForm(forms.Form):
    """The next state; the approved one is reached by a second person alone and is not offered."""

    to = forms.ChoiceField(label=_("What happened"))
    on = DayField(label=_("On"))
    amount = EuroField(label=_("Amount"), required=False, help_text=_("Of an offer or an award."))
    document = forms.CharField(label=_("Paper"), required=False, max_length=200)
    balance_due_on = DayField(
        label=_("Balance due on"), required=False, help_text=_("Once the home is awarded to us.")
    )

    term_ends_on = DayField(
        label=_("Mandate until"),
        required=False,
        help_text=_("Of a mandate; the amount is the rent that its owner is guaranteed."),
    )
    bids_as = forms.ChoiceField(
        label=_("Who files the offer"), required=False, choices=[("", ""), *BidsAs.choices]
    )
    is_not_debtor = forms.BooleanField(
        label=_("Who files it declares not to be the debtor (c.p.c. 579)"), required=False
    )
    witness = forms.CharField(
        label=_("First witness"),
        required=False,
        max_length=80,
        help_text=_("Of a deed of gift: it needs two (c.c. 782)."),
    )
    other_witness = forms.CharField(label=_("Second witness"), required=False, max_length=80)

    def __init__(self, *args: Any, acquisition: Acquisition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if acquisition.route != Route.MANDATE:
            del self.fields["term_ends_on"]
        if acquisition.route not in AT_COURT:
            del self.fields["balance_due_on"]
        ahead = ahead_of(acquisition)
        for state, names in HANDS.items():
            if state not in ahead:
                for name in names:
                    del self.fields[name]
        self.fields["to"].choices = [(each, words.STATES[each]) for each in ahead]  # type: ignore[attr-defined]  # a choice field


class CostForm(forms.Form):
    """A cost to be paid."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Purpose.choices)
    fund = forms.ModelChoiceField(
        label=_("Paid by"),
        queryset=Fund.objects.none(),
        help_text=_("Raised capital pays the purchase; what else it may pay, its policy says."),
    )
    amount = EuroField(label=_("Amount"))
    due_on = DayField(label=_("Due on"))
    payee = forms.CharField(label=_("Paid to"), required=False, max_length=200)
    is_planned = forms.BooleanField(label=_("Only planned, not owed yet"), required=False)

    def __init__(self, *args: Any, acquisition: Acquisition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = funds_of(acquisition.organisation_id)
        self.fields["fund"].queryset = own  # type: ignore[attr-defined]  # a model choice
        self.fields["fund"].initial = acquisition.fund_id
        kinds = [(value, label) for value, label in Purpose.choices if value in ACQUISITION]
        rest = [(value, label) for value, label in Purpose.choices if value not in ACQUISITION]
        self.fields["kind"].choices = [*kinds, *rest]  # type: ignore[attr-defined]  # a choice field


class ResaleForm(forms.Form):
    """What a home brought after we did not pay its balance."""

    price = EuroField(label=_("Price of the resale"))
    due_on = DayField(label=_("Due on"))
    payee = forms.CharField(label=_("Paid to"), required=False, max_length=200)
