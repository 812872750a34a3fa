"""Addresses of the roof's pages."""

from django.urls import path

from backend.pages import approvals, my_home, reports

page_urlpatterns = [
    path("approvals/", approvals.waiting, name="approvals"),
    path("approvals/<int:pk>/approve/", approvals.approve, name="approval-approve"),
    path("approvals/<int:pk>/refuse/", approvals.refuse, name="approval-refuse"),
    path("my-home/", my_home.my_home, name="my-home"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/pdf/", reports.report_pdf, name="report-pdf"),
    path("reports/", reports.issues, name="report-issues"),
    path("reports/issue/<int:pk>/", reports.issue_all, name="report-issue-all"),
]
