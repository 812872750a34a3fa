"""What the roof registers at start: who makes the reports, how that is followed, and what a late one
stands in the way of."""

from backend.core import jobs
from backend.core import works as core_works
from backend.reporting import due, issue, public, works
from campaigns import obstacles, sections
from campaigns.models import Campaign
from properties import snapshots

# A batch of reports is a second of work: one a drain, so that a kill costs one and two drains share.
jobs.register(issue.JOB, issue.issue_batch, batch=1, drains=2)
core_works.register(works.KIND, works.find)
jobs.register(issue.CORRECT, issue.correct_job)
snapshots.when_published(issue.correct)
for state in (Campaign.State.PRE_CAMPAIGN, Campaign.State.OPEN):
    obstacles.register(state, due.of_next_offer)
sections.register(sections.Section("reports/due_section.html", public.reports_due, order=110))
