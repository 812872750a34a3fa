"""The tables of homes and people; rules over them stand in the noun modules of `properties`."""

from properties.models.acquisition import (
    Acquisition,
    AcquisitionStep,
    CostLine,
    PastPurchases,
)
from properties.models.amendment import Amendment
from properties.models.assessment import Assessment
from properties.models.cadastre import CadastralKey
from properties.models.contest import AuctionOffer, DesertedSale
from properties.models.document import HomeDocument
from properties.models.dossier import Dossier
from properties.models.energy import EnergyCertificate
from properties.models.eviction import EvictionCase, EvictionStep
from properties.models.hardship import Hardship
from properties.models.household import Household, HouseholdIdentity
from properties.models.locare import LocareTerms
from properties.models.omi import OmiQuotation
from properties.models.outcome import HousingOutcome, OutcomeCode, SurveyAnswer
from properties.models.privacy import Consent, GlassBreak, NightlyRun, PrivacyRecord, Tally
from properties.models.release import HomeRelease
from properties.models.repayment import PlanCheck, RepaymentPlan
from properties.models.sale import Sale, SalePart
from properties.models.snapshot import ReviewNote, Snapshot
from properties.models.support import (
    Aid,
    Debt,
    Income,
    Milestone,
    SupportAction,
    SupportOutcome,
    Trait,
)
from properties.models.tenancy import PastRent, RentCharge, Tenancy
from properties.models.unit import Building, Unit
from properties.models.works import Works, WorksStep, WorksVariation
from properties.models.year import Target, YearNote, YearReport

__all__ = [
    "Acquisition",
    "AcquisitionStep",
    "Aid",
    "Amendment",
    "Assessment",
    "AuctionOffer",
    "Building",
    "CadastralKey",
    "Consent",
    "CostLine",
    "Debt",
    "DesertedSale",
    "Dossier",
    "EnergyCertificate",
    "EvictionCase",
    "EvictionStep",
    "GlassBreak",
    "Hardship",
    "HomeDocument",
    "HomeRelease",
    "Household",
    "HouseholdIdentity",
    "HousingOutcome",
    "Income",
    "LocareTerms",
    "Milestone",
    "NightlyRun",
    "OmiQuotation",
    "OutcomeCode",
    "PastPurchases",
    "PastRent",
    "PlanCheck",
    "PrivacyRecord",
    "RentCharge",
    "RepaymentPlan",
    "ReviewNote",
    "Sale",
    "SalePart",
    "Snapshot",
    "SupportAction",
    "SupportOutcome",
    "SurveyAnswer",
    "Tally",
    "Target",
    "Tenancy",
    "Trait",
    "Unit",
    "Works",
    "WorksStep",
    "WorksVariation",
    "YearNote",
    "YearReport",
]
