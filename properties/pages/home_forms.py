"""The forms of homes: enter one, look for some, a file of many, a paper, a certificate, a change of key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core import tables
from backend.core.fields import DayField, EuroField
from properties.models import CadastralKey, HomeDocument, Unit
from properties.models.energy import CLASSES
from properties.models.unit import DISTRICTS

PLACES = [(number, f"{number} {name}") for number, name in DISTRICTS.items()]
ENERGY = [(each, each) for each in CLASSES]
ANY: tuple[str, Any] = ("", _("all"))


class UnitForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("How you call this home among you.")
    )
    address = forms.CharField(label=_("Address"), max_length=200)
    district = forms.TypedChoiceField(label=_("Circoscrizione"), coerce=int, choices=PLACES)
    quarter = forms.CharField(label=_("Quarter"), max_length=80, required=False)
    omi_zone = forms.CharField(
        label=_("OMI zone"), max_length=12, required=False, help_text=_("Such as C9.")
    )
    source = forms.ChoiceField(label=_("Where it comes from"), choices=Unit.Source.choices)
    occupancy = forms.ChoiceField(label=_("Who is in it now"), choices=Unit.Occupancy.choices)
    rooms = forms.IntegerField(label=_("Rooms"), min_value=1, max_value=100)
    area_m2 = forms.DecimalField(label=_("Area in m²"), min_value=1, max_digits=7, decimal_places=2)
    year_built = forms.IntegerField(
        label=_("Year built"), required=False, min_value=1500, max_value=2199
    )
    energy_class = forms.ChoiceField(
        label=_("Energy class"), required=False, choices=[("", _("not known")), *ENERGY]
    )
    cadastral_section = forms.CharField(label=_("Cadastral section"), max_length=5, required=False)
    cadastral_sheet = forms.CharField(label=_("Cadastral sheet"), max_length=10, required=False)
    cadastral_parcel = forms.CharField(label=_("Parcel"), max_length=10, required=False)
    cadastral_subunit = forms.CharField(label=_("Subunit"), max_length=10, required=False)
    cadastral_category = forms.CharField(label=_("Category"), max_length=5, required=False)
    cadastral_income = EuroField(label=_("Cadastral income"), required=False)


class WishForm(forms.Form):
    """What somebody looks for among the homes."""

    words = forms.CharField(label=_("Code, address or key"), required=False, max_length=100)
    district = forms.ChoiceField(label=_("Circoscrizione"), required=False, choices=[ANY, *PLACES])
    ownership = forms.ChoiceField(
        label=_("Ownership"), required=False, choices=[ANY, *Unit.Ownership.choices]
    )
    source = forms.ChoiceField(
        label=_("Where it comes from"), required=False, choices=[ANY, *Unit.Source.choices]
    )
    energy_class = forms.ChoiceField(
        label=_("Energy class"), required=False, choices=[ANY, *ENERGY]
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File of homes"), help_text=_("CSV or XLSX; the first line names the columns.")
    )
    is_real = forms.BooleanField(
        label=_("Apply it (without this it is only looked at)"), required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return file


class DocumentForm(forms.Form):
    """A paper of a home."""

    kind = forms.ChoiceField(label=_("Kind"), choices=HomeDocument.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("A PDF, or a picture (PNG or JPEG)."))
    expires_on = DayField(label=_("Expires on"), required=False)


class CertificateForm(forms.Form):
    """An energy certificate."""

    energy_class = forms.ChoiceField(label=_("Energy class"), choices=ENERGY)
    demand = forms.DecimalField(
        label=_("Energy demand in kWh/m² a year"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
    )
    code = forms.CharField(label=_("Number of the certificate"), max_length=60, required=False)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Expires on"))


class KeyForm(forms.Form):
    """A key that comes into force, and those of this home that end with it."""

    on = DayField(label=_("In force from"))
    ended: "forms.ModelMultipleChoiceField[CadastralKey]" = forms.ModelMultipleChoiceField(
        label=_("Ends on that day"),
        queryset=CadastralKey.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A split or a merger: the old keys stay known."),
    )
    section = forms.CharField(label=_("Section"), max_length=5, required=False)
    sheet = forms.CharField(label=_("Sheet"), max_length=10)
    parcel = forms.CharField(label=_("Parcel"), max_length=10, required=False)
    subunit = forms.CharField(label=_("Subunit"), max_length=10, required=False)
    category = forms.CharField(label=_("Category"), max_length=5, required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = unit.keys.filter(ends_on=None).order_by("pk")
        self.fields["ended"].queryset = own  # type: ignore[attr-defined]  # a model choice
