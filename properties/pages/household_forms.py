"""The forms of the caseworker's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import DayField, EuroField
from backend.core.models import User
from properties.households import NewHousehold
from properties.models import Household, OutcomeCode, SupportAction, Tenancy, Unit
from properties.models.household import AGE_BANDS
from properties.pages.free_words import FreeWords


class KnownForm(forms.Form):
    """Who lives together by age, where they came from, with how much."""

    people_0_5 = forms.IntegerField(label=_("0-5 years"), min_value=0, initial=0)
    people_6_17 = forms.IntegerField(label=_("6-17 years"), min_value=0, initial=0)
    people_18_34 = forms.IntegerField(label=_("18-34 years"), min_value=0, initial=0)
    people_35_54 = forms.IntegerField(label=_("35-54 years"), min_value=0, initial=0)
    people_55_64 = forms.IntegerField(label=_("55-64 years"), min_value=0, initial=0)
    people_65_74 = forms.IntegerField(label=_("65-74 years"), min_value=0, initial=0)
    people_75_plus = forms.IntegerField(label=_("75 years and over"), min_value=0, initial=0)
    ethos = forms.ChoiceField(
        label=_("Housing situation before"),
        choices=Household.Ethos.choices,
        initial=Household.Ethos.NOT_COLLECTED,
    )
    isee = forms.ChoiceField(
        label=_("Income bracket (ISEE)"),
        choices=Household.Isee.choices,
        initial=Household.Isee.NOT_COLLECTED,
    )


class HouseholdForm(KnownForm):
    """Intake: counts and brackets; the name goes into its own table."""

    code = FreeWords(label=_("Code"), max_length=30)
    referred_by = FreeWords(label=_("Referred by"), max_length=80)
    is_referred_by_city = forms.BooleanField(label=_("Referred by the city"), required=False)
    referred_on = DayField(label=_("Referred on"))
    was_living_in = forms.ModelChoiceField(
        label=_("Living in our home since before we bought it"),
        queryset=Unit.objects.none(),
        required=False,
    )
    is_restricted = forms.BooleanField(
        label=_("Protected household"),
        required=False,
        help_text=_("Violence or protection: nobody but you sees it, in no list and no search."),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Kept apart; each time it is opened, who and for what is written down."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    tax_code = forms.CharField(
        label=_("Tax code"),
        max_length=20,
        required=False,
        help_text=_("Encrypted; it finds a household that is here already."),
    )

    field_order = (
        *("code", "referred_by", "is_referred_by_city", "referred_on"),
        *(f"people_{band}" for band in AGE_BANDS),
        *("was_living_in", "ethos", "isee", "is_restricted"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occupied = Unit.objects.visible_to(user).exclude(occupancy=Unit.Occupancy.FREE)
        self.fields["was_living_in"].queryset = occupied.order_by("code")  # type: ignore[attr-defined]  # a model choice

    def value(self, caseworker: User) -> NewHousehold:
        """What the rule takes, of a valid form."""
        typed = dict(self.cleaned_data)
        people = {band: typed.pop(f"people_{band}") for band in AGE_BANDS}
        said = {key: typed.pop(key) for key in ("name", "phone", "tax_code")}
        organisation = caseworker.organisation
        return NewHousehold(
            caseworker=caseworker,
            people=people,
            identity=said if said["name"] else {},
            is_synthetic=bool(organisation and organisation.is_synthetic),
            **typed,
        )


class AssessForm(KnownForm):
    """What is known anew, with its day and from whom; it comes filled with what is known."""

    on = DayField(label=_("As of"))
    source = FreeWords(label=_("Known from"), max_length=80)
    field_order = ("on", "source")

    @classmethod
    def of(cls, household: Household) -> "AssessForm":
        names = ("ethos", "isee", *(f"people_{band}" for band in AGE_BANDS))
        return cls(initial={name: getattr(household, name) for name in names})


class NamesForm(forms.Form):
    """Empty fields leave what is kept as it is; nothing that is kept is shown."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)


class ProtectForm(forms.Form):
    is_restricted = forms.BooleanField(label=_("Protected household"), required=False)


class PlanForm(forms.Form):
    step = FreeWords(label=_("What to do next"), max_length=120)
    by_when = DayField(label=_("By when"))


class ActionForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was done"), choices=SupportAction.Kind.choices)
    on = DayField(label=_("On"))


class OutcomeForm(forms.Form):
    code = forms.ChoiceField(label=_("Where they live"), choices=OutcomeCode.choices)
    on = DayField(label=_("As of"))
    source = FreeWords(label=_("Known from"), max_length=80)
    is_care = forms.BooleanField(
        label=_("In a hospital or care home"), required=False, help_text=_("Not a prison.")
    )


class TenancyForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Home"), queryset=Unit.objects.none())
    contract_no = forms.CharField(label=_("Contract number"), max_length=40)
    kind = forms.ChoiceField(label=_("Contract"), choices=Tenancy.Kind.choices)
    rent = EuroField(label=_("Rent a month"))
    charges_monthly = EuroField(label=_("Charges a month"), required=False)
    agreed_most = EuroField(
        label=_("Most that the local agreement allows"),
        required=False,
        help_text=_("For an agreed rent (canone concordato)."),
    )
    market_rent = EuroField(label=_("Market rent of such a home"), required=False)
    market_source = forms.CharField(
        label=_("Source of the market rent"),
        max_length=80,
        required=False,
        help_text=_("Left empty, the quotation of its OMI zone is taken."),
    )
    starts_on = DayField(
        label=_("Since when"),
        help_text=_("The day of the keys; where people stay, the day of the title."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = (Unit.Ownership.OWNED, Unit.Ownership.MANAGED)
        homes = Unit.objects.visible_to(user).filter(ownership__in=ours)
        self.fields["unit"].queryset = homes.order_by("code")  # type: ignore[attr-defined]  # a model choice


class LocareForm(forms.Form):
    """What the city is shown before a lease runs under its scheme."""

    certificate_on = DayField(label=_("Day of the income certificate (ISEE)"))
    in_turin_since = DayField(label=_("Living or working in Turin since"))
    is_case = forms.BooleanField(
        label=_("Over 70, a minor, a disability of 74 % or more, or known to social services"),
        required=False,
    )
    tenant_grant = EuroField(label=_("Grant to the tenant"), required=False)


class EndForm(forms.Form):
    on = DayField(label=_("First day they no longer live there"))
    code = forms.ChoiceField(
        label=_("Why it ended"), choices=[("", "–"), *Tenancy.EndReason.choices], required=False
    )
    reason = FreeWords(label=_("Why"), max_length=80)


class PurposeForm(forms.Form):
    purpose = FreeWords(
        label=_("For what do you need to know who it is?"), max_length=200, min_length=5
    )


def empty_forms(user: User, household: Household) -> dict[str, forms.Form]:
    """The forms of a household's page, by the names its template knows."""
    return {
        "assess_form": AssessForm.of(household),
        "names_form": NamesForm(),
        "protect_form": ProtectForm(initial={"is_restricted": household.is_restricted}),
        "plan_form": PlanForm(),
        "action_form": ActionForm(),
        "outcome_form": OutcomeForm(),
        "tenancy_form": TenancyForm(user=user),
        "locare_form": LocareForm(),
        "end_form": EndForm(),
    }
