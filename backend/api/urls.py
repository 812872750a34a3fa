"""Addresses of the roof's endpoints, below /api/v1/."""

from django.urls import path, register_converter

from backend.api.approvals import ApprovalDecision, ApprovalList, ApprovalRefusal
from backend.api.own_data import EraseOwnData, OwnData
from backend.api.published import PublishedReport, PublishedReports
from backend.api.reports import (
    CampaignReportsDue,
    ReportCsv,
    ReportDeliveries,
    ReportDetail,
    ReportIssue,
    ReportIssues,
    ReportList,
    ReportPdf,
    ReportsDue,
)
from backend.core import converters

# The endpoints come before the pages in backend.urls: what both use is registered here.
register_converter(converters.Day, "day")
register_converter(converters.ReportKind, "period")

api_urlpatterns = [
    path("approvals/", ApprovalList.as_view(), name="approvals"),
    path("approvals/<int:pk>/approve/", ApprovalDecision.as_view(), name="approve"),
    path("approvals/<int:pk>/refuse/", ApprovalRefusal.as_view(), name="refuse"),
    path("own-data/", OwnData.as_view(), name="own-data"),
    path("own-data/erasure/", EraseOwnData.as_view(), name="erasure"),
    path("published-reports/", PublishedReports.as_view(), name="published-reports"),
    path(
        "published-reports/<int:issuer>/<day:as_of>/v<int:version>/<period:kind>/",
        PublishedReport.as_view(),
        name="published-report",
    ),
    path("reports-due/", ReportsDue.as_view(), name="reports-due"),
    path(
        "campaigns/<slug:slug>/reports-due/",
        CampaignReportsDue.as_view(),
        name="campaign-reports-due",
    ),
    path("report-issues/", ReportIssues.as_view(), name="report-issues"),
    path("report-issues/<int:pk>/", ReportIssue.as_view(), name="report-issue"),
    path(
        "report-issues/<int:pk>/deliveries/",
        ReportDeliveries.as_view(),
        name="report-deliveries",
    ),
    path("investor-reports/", ReportList.as_view(), name="investor-reports"),
    path("investor-reports/<int:pk>/", ReportDetail.as_view(), name="investor-report"),
    path("investor-reports/<int:pk>/csv/", ReportCsv.as_view(), name="investor-report-csv"),
    path("investor-reports/<int:pk>/pdf/", ReportPdf.as_view(), name="investor-report-pdf"),
]
