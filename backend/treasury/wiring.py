"""What treasury registers at start: who reconciles when a job asks, and its checks of the books."""

from django.utils.translation import gettext_noop as _

from backend.core import jobs
from backend.ledger import checks as ledger_checks
from backend.treasury import checks, reconciliation

jobs.register(reconciliation.JOB, reconciliation.run_job)

ledger_checks.register(_("the books have at each bank what the bank has"), checks.banks)
ledger_checks.register(_("suspense is what is unexplained"), checks.suspense)
ledger_checks.register(_("nothing is explained or met twice"), checks.allocated)
ledger_checks.register(_("what is explained left suspense"), checks.entries)
ledger_checks.register(_("the guards of treasury stand"), checks.guards)
