"""Back office of investors: what has no page elsewhere can be read; it is changed by its rules, never here.

What people agreed to have kept of their means (`LossComponents`) is for them alone, and not here.
"""

from django.contrib import admin

from backend.core.admin import Personal
from investors.models import (
    Acknowledgement,
    Complaint,
    Conflict,
    Erasure,
    IdentityCheck,
    Investor,
    InvestorReport,
    KnowledgeTest,
    LossSimulation,
    Qualification,
    Representation,
)


@admin.register(Investor)
class InvestorAdmin(Personal):
    list_display = ("name", "kind", "tax_country", "is_synthetic", "registered_at")
    list_filter = ("kind", "tax_country", "is_synthetic")
    search_fields = ("name",)


@admin.register(InvestorReport)
class InvestorReportAdmin(Personal):
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
        KnowledgeTest,
        LossSimulation,
        Qualification,
        Representation,
    ],
    Personal,
)
