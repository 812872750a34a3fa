"""Back office of investors: everything can be read; it is changed by its rules, never here."""

from django.contrib import admin

from backend.core.admin import ReadOnly
from investors.models import (
    Acknowledgement,
    Complaint,
    Conflict,
    Erasure,
    IdentityCheck,
    Investor,
    InvestorReport,
    KnowledgeTest,
    LossComponents,
    LossSimulation,
    Qualification,
    Representation,
)


@admin.register(Investor)
class InvestorAdmin(ReadOnly):
    list_display = ("name", "kind", "tax_country", "is_synthetic", "registered_at")
    list_filter = ("kind", "tax_country", "is_synthetic")
    search_fields = ("name", "tax_code")


@admin.register(InvestorReport)
class InvestorReportAdmin(ReadOnly):
    list_display = ("investor", "period_label", "version", "issued_at")
    list_filter = ("period_label",)
    exclude = ("pdf",)


admin.site.register(
    [
        Acknowledgement,
        Complaint,
        Conflict,
        Erasure,
        IdentityCheck,
        LossComponents,
        KnowledgeTest,
        LossSimulation,
        Qualification,
        Representation,
    ],
    ReadOnly,
)
