"""The tables of campaigns, by noun. The rules over them stand in the modules beside this package."""

from campaigns.models.campaign import Campaign
from campaigns.models.change import Extension, RevocationWindow, Suspension
from campaigns.models.holding import TransferOrder
from campaigns.models.inbox import RefusedDelivery, StripeEvent, StripeEventVariant
from campaigns.models.interest import Interest
from campaigns.models.payment import (
    CardPaymentIntent,
    Payment,
    Payout,
    PayoutItem,
    ProviderFinding,
    Refund,
)
from campaigns.models.pledge import Allotment, Pledge
from campaigns.models.presentation import (
    CampaignDocument,
    Question,
    TeamMember,
    Update,
    UseOfFundsLine,
)
from campaigns.models.programme import OutputFigure, Programme, Project
from campaigns.models.sheet import InformationSheet, SheetPaper, TranslationRequest
from campaigns.models.source import SourceDocument, SourceFact

__all__ = [
    "Allotment",
    "Campaign",
    "CampaignDocument",
    "CardPaymentIntent",
    "Extension",
    "InformationSheet",
    "Interest",
    "OutputFigure",
    "Payment",
    "Payout",
    "PayoutItem",
    "Pledge",
    "Programme",
    "Project",
    "ProviderFinding",
    "Question",
    "Refund",
    "RefusedDelivery",
    "RevocationWindow",
    "SheetPaper",
    "SourceDocument",
    "SourceFact",
    "StripeEvent",
    "StripeEventVariant",
    "Suspension",
    "TeamMember",
    "TransferOrder",
    "TranslationRequest",
    "Update",
    "UseOfFundsLine",
]
