"""The tables of homes and people; rules over them stand in the noun modules of `properties`."""

from properties.models.acquisition import (
    Acquisition,
    AcquisitionStep,
    CostLine,
    PastPurchases,
)
from properties.models.cadastre import CadastralKey
from properties.models.document import HomeDocument
from properties.models.energy import EnergyCertificate
from properties.models.household import (
    Household,
    HouseholdIdentity,
    HousingOutcome,
    SupportAction,
)
from properties.models.sale import Sale, SalePart
from properties.models.snapshot import ReviewNote, Snapshot
from properties.models.tenancy import RentCharge, Tenancy
from properties.models.unit import Building, Unit
from properties.models.works import Works, WorksStep, WorksVariation

__all__ = [
    "Acquisition",
    "AcquisitionStep",
    "Building",
    "CadastralKey",
    "CostLine",
    "EnergyCertificate",
    "HomeDocument",
    "Household",
    "HouseholdIdentity",
    "HousingOutcome",
    "PastPurchases",
    "RentCharge",
    "ReviewNote",
    "Sale",
    "SalePart",
    "Snapshot",
    "SupportAction",
    "Tenancy",
    "Unit",
    "Works",
    "WorksStep",
    "WorksVariation",
]
