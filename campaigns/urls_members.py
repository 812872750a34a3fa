"""The addresses around the pledges: what stood before, members, proofs, statements, checks."""

from django.urls import path

from campaigns.api import checks, issuers, members, openings, statements
from campaigns.pages import desk_checks, desk_issuer, desk_members, desk_openings
from campaigns.pages import statements as statement_pages

api = [
    path("campaigns/<slug:slug>/openings/", openings.Openings.as_view(), name="campaign-openings"),
    path("campaigns/<slug:slug>/members/", members.Members.as_view(), name="campaign-members"),
    path(
        "campaigns/<slug:slug>/holder-changes/",
        members.HolderChanges.as_view(),
        name="campaign-holder-changes",
    ),
    path(
        "campaigns/<slug:slug>/register-filings/",
        members.Filings.as_view(),
        name="campaign-register-filings",
    ),
    path(
        "campaigns/<slug:slug>/issuer-statuses/",
        issuers.IssuerStatuses.as_view(),
        name="campaign-issuer-statuses",
    ),
    path(
        "campaigns/<slug:slug>/issuer-ties/",
        issuers.IssuerTies.as_view(),
        name="campaign-issuer-ties",
    ),
    path(
        "campaigns/<slug:slug>/allot-waiting/",
        members.AllotWaiting.as_view(),
        name="campaign-allot-waiting",
    ),
    path(
        "investors/<int:pk>/statement/",
        statements.InvestorStatement.as_view(),
        name="investor-statement",
    ),
    path(
        "investors/<int:pk>/statement/csv/",
        statements.InvestorStatementCsv.as_view(),
        name="investor-statement-csv",
    ),
    path(
        "investors/<int:pk>/statement/pdf/",
        statements.InvestorStatementPdf.as_view(),
        name="investor-statement-pdf",
    ),
    path(
        "campaigns/<slug:slug>/owner-checks/",
        checks.OwnerChecks.as_view(),
        name="campaign-owner-checks",
    ),
    path(
        "campaigns/<slug:slug>/large-orders/",
        checks.LargeOrders.as_view(),
        name="campaign-large-orders",
    ),
    path("certificates/", members.Certificates.as_view(), name="certificates"),
    path("certificates/<int:pk>/pdf/", members.CertificatePdf.as_view(), name="certificate-pdf"),
    path(
        "certificates/<int:pk>/withdraw/",
        members.CertificateWithdraw.as_view(),
        name="certificate-withdraw",
    ),
    path(
        "pledges/<int:pk>/certificates/",
        members.PledgeCertificates.as_view(),
        name="pledge-certificates",
    ),
]

pages = [
    path(
        "desk/campaigns/<slug:slug>/checks/",
        desk_checks.checks_page,
        name="campaign-desk-checks",
    ),
    path("profile/<int:pk>/statement/", statement_pages.statement, name="investor-statement"),
    path(
        "desk/campaigns/<slug:slug>/openings/",
        desk_openings.openings_page,
        name="campaign-desk-openings",
    ),
    path(
        "desk/campaigns/<slug:slug>/members/",
        desk_members.members_page,
        name="campaign-desk-members",
    ),
    path(
        "desk/campaigns/<slug:slug>/issuer/",
        desk_issuer.issuer_page,
        name="campaign-desk-issuer",
    ),
    path("certificates/<int:pk>/pdf/", desk_members.certificate_pdf, name="certificate-pdf"),
]
