"""The tables of treasury: accounts at banks, what banks report, what we expect, what met what.

Statements, lines and allocations are append-only, and the sums of allocations are judged by
triggers (migration 0002). Rules stand in the module of each noun.
"""

from backend.treasury.models.bank_account import BankAccount, SubAccount, TableLayout
from backend.treasury.models.bank_statement import (
    BankLine,
    BankStatement,
    StatementFile,
    StatementRefusal,
)
from backend.treasury.models.desk import DeskAct, DeskPart
from backend.treasury.models.expectation import Expectation
from backend.treasury.models.order_report import OrderReport, ReportedTransfer
from backend.treasury.models.payment_order import CreditTransfer, PaymentOrder
from backend.treasury.models.reconciliation import (
    Allocation,
    Discrepancy,
    ReconciliationRun,
)

__all__ = [
    "Allocation",
    "BankAccount",
    "BankLine",
    "BankStatement",
    "CreditTransfer",
    "DeskAct",
    "DeskPart",
    "Discrepancy",
    "Expectation",
    "OrderReport",
    "PaymentOrder",
    "ReconciliationRun",
    "ReportedTransfer",
    "StatementFile",
    "StatementRefusal",
    "SubAccount",
    "TableLayout",
]
