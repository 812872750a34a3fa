"""Addresses of the roof's pages."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from backend.core import converters, pages
from backend.core.roles import Role
from backend.pages import approvals, day, demo, my_home, open_data, own_data, published, reports

register_converter(converters.TableKind, "table")
register_converter(converters.GraphKind, "graph")
register_converter(converters.ImpactKind, "impact")

pages.register_home(Role.INVESTOR, "my-home", order=50)
pages.register_nav(_("My investments"), "my-home", "home.own", order=10)
pages.register_nav(_("Approvals"), "approvals", "approval.view", order=60)
pages.register_nav(_("Reports"), "report-issues", "report.issue", order=70, under="review-desk")

pages.register_home(Role.MANAGER, "day", order=10)
pages.register_nav(_("Today"), "day", "day.view", order=5)

page_urlpatterns = [
    path("day/", day.day, name="day"),
    path("approvals/", approvals.waiting, name="approvals"),
    path("approvals/<int:pk>/approve/", approvals.approve, name="approval-approve"),
    path("approvals/<int:pk>/refuse/", approvals.refuse, name="approval-refuse"),
    path("my-home/", my_home.my_home, name="my-home"),
    path("own-data/", own_data.own_data, name="own-data"),
    path("own-data/file/", own_data.file, name="own-data-file"),
    path("own-data/erase/", own_data.erase, name="own-data-erase"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/pdf/", reports.report_pdf, name="report-pdf"),
    path("reports/<int:pk>/csv/", reports.report_table_of, name="report-csv"),
    path("reports/", reports.issues, name="report-issues"),
    path("reports/issue/<int:pk>/", reports.issue_all, name="report-issue-all"),
    path("open-data/", open_data.overview, name="open-data"),
    path("open-data/catalogue.<graph:kind>", open_data.described, name="open-data-catalogue"),
    path(
        "open-data/<int:issuer>/<day:as_of>/v<int:version>.<table:kind>",
        open_data.file,
        name="open-data-file",
    ),
    path(
        "open-data/<int:issuer>/<day:as_of>/v<int:version>-<impact:kind>",
        open_data.impact_file,
        name="open-data-impact",
    ),
    path(
        "open-data/programmes/<slug:code>.<table:kind>",
        open_data.programme,
        name="open-data-programme",
    ),
    path(
        "published/<int:issuer>/<day:as_of>/v<int:version>/<period:kind>/",
        published.report,
        name="published-report",
    ),
    path(
        "published/<int:issuer>/<day:as_of>/v<int:version>/<period:kind>.pdf",
        published.report_pdf,
        name="published-report-pdf",
    ),
    path("demo/next-day/", demo.next_day, name="demo-next-day"),
    path("demo/next-quarter/", demo.next_quarter, name="demo-next-quarter"),
    path("demo/transfers/<int:pk>/", demo.transfer, name="demo-transfer"),
]
