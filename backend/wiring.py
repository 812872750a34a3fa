"""What the roof registers at start: who makes the reports, and where people find them."""

from django.utils.translation import gettext_lazy as _

from backend.core import jobs, pages
from backend.core.roles import Role
from backend.reporting import issue

jobs.register(issue.JOB, issue.issue_batch)

pages.register_nav(_("My home"), "my-home", "home.own", order=20)
pages.register_nav(_("Reports"), "report-issues", "report.issue", order=70)
pages.register_nav(_("Approvals"), "approvals", "approval.decide", order=30)
pages.register_home(Role.INVESTOR, "my-home", order=50)
