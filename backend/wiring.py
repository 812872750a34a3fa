"""What the roof registers at start: who makes the reports."""

from backend.core import jobs
from backend.reporting import issue

jobs.register(issue.JOB, issue.issue_batch)
