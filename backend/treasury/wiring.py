"""What treasury registers at start: who reconciles when a job asks, what stands in the way
of closing a month, what follows an approval, and its checks of the books."""

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from backend.core import approvals, jobs
from backend.core import vitals as core_vitals
from backend.core import works as core_works
from backend.ledger import checks as ledger_checks
from backend.ledger import months
from backend.treasury import (
    bundles,
    checks,
    expectations,
    open_work,
    order_reports,
    outward,
    overrides,
    payment_orders,
    reconciliation,
    returned_payments,
    statements,
    vitals,
    works,
)
from backend.treasury.desk import acts
from backend.webhooks import events

events.register(*outward.SOURCES)

core_works.register(works.KIND, works.find)
jobs.register(reconciliation.JOB, reconciliation.run_job)
jobs.register(statements.END_BRIDGES, overrides.end_job)

approvals.register(months.CLOSE, months.close, label=gettext_lazy("Close a month of the books"))
approvals.register(
    acts.DO,
    acts.on_approved,
    label=gettext_lazy("Explain, write off or give up what differs"),
    on_refused=acts.on_refused,
)
approvals.register(acts.UNDO, acts.on_undo_approved, label=gettext_lazy("Undo an act of the desk"))
approvals.register(
    acts.TAKE_BACK, acts.on_take_back_approved, label=gettext_lazy("Take back a match")
)
approvals.register(
    overrides.FILE,
    overrides.accept_file,
    label=gettext_lazy("Take in a statement that does not add up"),
)
approvals.register(
    overrides.GAP, overrides.accept_gap, label=gettext_lazy("Bridge a gap between statements")
)
months.register(open_work.until)
approvals.register(
    payment_orders.APPROVE, payment_orders.approve, label=gettext_lazy("Pay a batch of transfers")
)
approvals.register(
    returned_payments.GIVE_UP,
    returned_payments.give_up,
    label=gettext_lazy("Say that the bank did not execute a transfer"),
)
bundles.register(payment_orders.bundles)
approvals.register(
    order_reports.CONFIRM,
    order_reports.confirm,
    label=gettext_lazy("Believe the bank that it rejected transfers"),
)
expectations.register_owner(returned_payments.OWNER, returned_payments.on_met)

ledger_checks.register(_("the books have at each bank what the bank has"), checks.banks)
ledger_checks.register(_("what statements say is in the books"), checks.lines)
ledger_checks.register(_("suspense is what is unexplained"), checks.suspense)
ledger_checks.register(_("nothing is explained or met twice"), checks.allocated)
ledger_checks.register(_("what is explained left suspense"), checks.entries)
ledger_checks.register(_("payment orders are as they were approved"), checks.payment_orders)
ledger_checks.register(_("what two people must do was done by two"), checks.second_persons)
ledger_checks.register(_("the guards of treasury stand"), checks.guards)

core_vitals.register(*vitals.VITALS)
