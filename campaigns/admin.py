"""Back office of campaigns: everything can be read; it is changed by its rules, never here."""

from django.contrib import admin

from backend.core.admin import ReadOnly
from campaigns.models import (
    Allotment,
    Call,
    CallStep,
    Campaign,
    CampaignDocument,
    CashMovement,
    Certificate,
    CertificateWithdrawal,
    ChangeOfHolder,
    Chargeback,
    Extension,
    InformationSheet,
    Interest,
    IssuerStatus,
    Movement,
    Opening,
    OrderCheck,
    OrderFile,
    OrderMapping,
    OutputFigure,
    OwnerCheck,
    Payment,
    PaymentIntent,
    Payout,
    PayoutItem,
    PlatformOrder,
    Pledge,
    Programme,
    Project,
    ProjectGrant,
    ProjectInstalment,
    ProviderCustomer,
    ProviderFee,
    ProviderFinding,
    ProviderProof,
    ProviderPull,
    Question,
    Refund,
    RefusedDelivery,
    RegisterFiling,
    RegulatorFile,
    ReportDuty,
    RevocationWindow,
    SheetDeclaration,
    SourceDocument,
    SourceFact,
    StripeEvent,
    StripeEventVariant,
    Suspension,
    TransferOrder,
    TranslationRequest,
    Update,
)


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    """Campaigns are changed through their rules, on the desk or by the API."""

    list_display = ("slug", "issuer", "state", "target", "deadline_on")
    list_filter = ("state", "issuer")


@admin.register(Pledge)
class PledgeAdmin(ReadOnly):
    list_display = ("reference", "campaign", "investor", "amount", "state", "queued_at")
    list_filter = ("state", "campaign")
    search_fields = ("reference", "investor__name")


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnly):
    list_display = ("event_id", "kind", "received_at", "deliveries", "outcome")
    list_filter = ("outcome", "kind")
    search_fields = ("event_id",)


admin.site.register(
    [
        Allotment,
        Call,
        CallStep,
        CampaignDocument,
        CashMovement,
        Certificate,
        CertificateWithdrawal,
        ChangeOfHolder,
        Chargeback,
        Extension,
        InformationSheet,
        Interest,
        IssuerStatus,
        Opening,
        OrderCheck,
        OrderFile,
        OrderMapping,
        OutputFigure,
        OwnerCheck,
        Movement,
        Payment,
        PaymentIntent,
        Payout,
        PayoutItem,
        PlatformOrder,
        Programme,
        Project,
        ProjectGrant,
        ProjectInstalment,
        ProviderCustomer,
        ProviderFee,
        ProviderFinding,
        ProviderProof,
        ProviderPull,
        Question,
        Refund,
        RefusedDelivery,
        RegisterFiling,
        RegulatorFile,
        ReportDuty,
        RevocationWindow,
        SheetDeclaration,
        SourceDocument,
        SourceFact,
        StripeEventVariant,
        Suspension,
        TransferOrder,
        TranslationRequest,
        Update,
    ],
    ReadOnly,
)
