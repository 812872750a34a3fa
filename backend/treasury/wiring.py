"""What treasury registers at start: who reconciles when a job asks, and its checks of the books."""

from backend.core import jobs
from backend.ledger import checks as ledger_checks
from backend.treasury import checks, reconciliation

jobs.register(reconciliation.JOB, reconciliation.run_job)

ledger_checks.register("the books have at each bank what the bank has", checks.banks)
ledger_checks.register("suspense is what is unexplained", checks.suspense)
ledger_checks.register("nothing is explained or met twice", checks.allocated)
ledger_checks.register("what is explained left suspense", checks.entries)
ledger_checks.register("the guards of treasury stand", checks.guards)
