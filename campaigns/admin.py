"""Back office of campaigns: everything can be read; it is changed by its rules, never here."""

from django.contrib import admin
from django.db.models import Model

from backend.core.admin import Personal, ReadOnly
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
class PledgeAdmin(Personal):
    list_display = ("reference", "campaign", "investor", "amount", "state", "queued_at")
    list_filter = ("state", "campaign")
    search_fields = ("reference", "investor__name")


@admin.register(StripeEvent)
class StripeEventAdmin(Personal):
    list_display = ("event_id", "kind", "received_at", "deliveries", "outcome")
    list_filter = ("outcome", "kind")
    search_fields = ("event_id",)
    exclude = ("raw",)


admin.site.register(
    [
        Call,
        CallStep,
        CampaignDocument,
        Chargeback,
        Extension,
        InformationSheet,
        IssuerStatus,
        OrderCheck,
        OrderFile,
        OrderMapping,
        OutputFigure,
        OwnerCheck,
        Movement,
        Payment,
        Payout,
        PayoutItem,
        Programme,
        Project,
        ProjectGrant,
        ProjectInstalment,
        ProviderFee,
        ProviderFinding,
        ProviderProof,
        ProviderPull,
        Refund,
        RefusedDelivery,
        RegisterFiling,
        RegulatorFile,
        ReportDuty,
        RevocationWindow,
        SheetDeclaration,
        SourceDocument,
        SourceFact,
        Suspension,
        TransferOrder,
        Update,
    ],
    ReadOnly,
)

# Whoever holds it may pay, or look at, this payment at the provider.
admin.site.register(PaymentIntent, ReadOnly, exclude=("client_secret",))

# Of people: what each page of theirs shows is not shown again, the rest leaves a trace.
PERSONAL: dict[type[Model], tuple[str, ...]] = {
    Allotment: (),
    Certificate: ("data", "pdf"),
    CertificateWithdrawal: (),
    ChangeOfHolder: (),
    Interest: ("token",),
    Opening: ("rows",),
    PlatformOrder: (),
    ProviderCustomer: (),
    CashMovement: (),
    Question: (),
    StripeEventVariant: ("raw",),
    TranslationRequest: (),
}
for model, hidden in PERSONAL.items():
    admin.site.register(model, Personal, exclude=hidden)
