"""What webhooks register at start: who reads the audit trail as it is written, whose rows wait."""

from backend.core import audit, jobs
from backend.webhooks import deliveries, events

audit.register_reader(events.follow)
jobs.register_queue(events.JOB, deliveries.Waiting())
