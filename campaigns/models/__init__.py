"""The tables of campaigns, by noun. The rules over them stand in the modules beside this package."""

from campaigns.models.campaign import Campaign
from campaigns.models.change import Extension, RevocationWindow, Suspension
from campaigns.models.check import OrderCheck, OwnerCheck
from campaigns.models.entrant import Entrant
from campaigns.models.evidence import Proceedings, ProjectAccounts
from campaigns.models.grant import (
    Grant,
    GrantExtension,
    GrantInstalment,
    GrantRepayment,
    Invoice,
    RunningCost,
)
from campaigns.models.holding import TransferOrder
from campaigns.models.inbox import RefusedDelivery, StripeEvent, StripeEventVariant
from campaigns.models.interest import Interest
from campaigns.models.member import (
    Certificate,
    CertificateWithdrawal,
    ChangeOfHolder,
    IssuerStatus,
    RegisterFiling,
)
from campaigns.models.mirror import OrderFile, OrderMapping, OrderPerson, PlatformOrder
from campaigns.models.offer_elsewhere import OfferElsewhere
from campaigns.models.opening import Opening
from campaigns.models.output_figure import OutputFigure
from campaigns.models.payment import Chargeback, Payment, PaymentIntent, Refund
from campaigns.models.pledge import Allotment, Pledge
from campaigns.models.presentation import (
    CampaignDocument,
    Question,
    StoryPart,
    TeamMember,
    Update,
    UseOfFundsLine,
)
from campaigns.models.programme import Call, CallStep, Programme
from campaigns.models.project import Project, ProjectGrant, ProjectInstalment, ReportDuty
from campaigns.models.provider import (
    CashMovement,
    Movement,
    Payout,
    PayoutItem,
    ProviderCustomer,
    ProviderFee,
    ProviderFinding,
    ProviderProof,
    ProviderPull,
)
from campaigns.models.regulator_file import RegulatorFile
from campaigns.models.return_account import ReturnAccount
from campaigns.models.sheet import (
    InformationSheet,
    SheetDeclaration,
    SheetPaper,
    TranslationRequest,
)
from campaigns.models.source import SourceDocument, SourceFact
from campaigns.models.tally import Tally
from campaigns.models.tie import IssuerTie

__all__ = [
    "Allotment",
    "Call",
    "CallStep",
    "Campaign",
    "CampaignDocument",
    "CashMovement",
    "Certificate",
    "CertificateWithdrawal",
    "ChangeOfHolder",
    "Chargeback",
    "Entrant",
    "Extension",
    "Grant",
    "GrantExtension",
    "GrantInstalment",
    "GrantRepayment",
    "InformationSheet",
    "Interest",
    "Invoice",
    "IssuerStatus",
    "IssuerTie",
    "Movement",
    "OfferElsewhere",
    "Opening",
    "OrderCheck",
    "OrderFile",
    "OrderMapping",
    "OrderPerson",
    "OutputFigure",
    "OwnerCheck",
    "Payment",
    "PaymentIntent",
    "Payout",
    "PayoutItem",
    "PlatformOrder",
    "Pledge",
    "Proceedings",
    "Programme",
    "Project",
    "ProjectAccounts",
    "ProjectGrant",
    "ProjectInstalment",
    "ProviderCustomer",
    "ProviderFee",
    "ProviderFinding",
    "ProviderProof",
    "ProviderPull",
    "Question",
    "Refund",
    "RefusedDelivery",
    "RegisterFiling",
    "RegulatorFile",
    "ReportDuty",
    "ReturnAccount",
    "RevocationWindow",
    "RunningCost",
    "SheetDeclaration",
    "SheetPaper",
    "SourceDocument",
    "SourceFact",
    "StoryPart",
    "StripeEvent",
    "StripeEventVariant",
    "Suspension",
    "Tally",
    "TeamMember",
    "TransferOrder",
    "TranslationRequest",
    "Update",
    "UseOfFundsLine",
]
