"""What properties register at start: approvals, jobs, owners of expectations, checks of the books."""

from backend.core import approvals, jobs
from backend.ledger import checks
from backend.treasury import expectations
from properties import acquisitions, costs, invariants, rents, snapshots

approvals.register(acquisitions.APPROVAL, acquisitions.approve, permission="acquisition.approve")
approvals.register(snapshots.UNREVIEWED, snapshots.publish_now)

jobs.register(rents.JOB, rents.charge_job)
jobs.register(snapshots.JOB, snapshots.take_job)

expectations.register_owner(costs.OWNER, costs.on_met)
expectations.register_owner(costs.DEPOSIT_BACK, costs.on_deposit_back)

for name, finder in invariants.FINDERS.items():
    checks.register(name, finder)
