"""How treasury's rows look in JSON, and what every resource of it shares."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from djmoney.money import Money
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api import Paging, money_json
from backend.treasury import reasons
from backend.treasury.models import (
    Allocation,
    BankAccount,
    BankLine,
    BankStatement,
    Discrepancy,
    Expectation,
    ReconciliationRun,
)
from backend.treasury.proposals import Guess

M = TypeVar("M", bound=Model)


def paged(request: Request, rows: QuerySet[M], as_json: Callable[[M], dict[str, Any]]) -> Response:
    """A page of rows, fifty unless asked otherwise."""
    paging = Paging()
    shown = paging.paginate_queryset(rows, request) or []
    return paging.get_paginated_response([as_json(row) for row in shown])


def account(row: BankAccount, books: Money, bank: Money | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "iban": row.iban,
        "name": row.name,
        "kind": row.kind,
        "books": money_json(books),
        "bank": money_json(bank) if bank is not None else None,
        "synthetic": row.holder.is_synthetic,
    }


def statement(row: BankStatement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "statement_id": row.statement_id,
        "iban": row.account.iban,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "opening": money_json(row.opening),
        "closing": money_json(row.closing),
        "lines_new": row.lines_new,
        "lines_known": row.lines_known,
        "lines_pending": row.lines_pending,
        "imported_at": row.imported_at,
        "file": row.file.sha256,
    }


def line(row: BankLine) -> dict[str, Any]:
    """A line as the bank wrote it, with what is left of it to be explained."""
    return {
        "id": row.pk,
        "iban": row.account.iban,
        "booked_on": row.booked_on,
        "value_on": row.value_on,
        "amount": money_json(row.amount),
        "left": money_json(row.left),
        "counterparty_name": row.counterparty_name,
        "counterparty_iban": row.counterparty_iban,
        "text": row.text,
        "creditor_reference": row.creditor_reference,
        "end_to_end_id": row.end_to_end_id,
        "bank_id": row.bank_id,
        "is_reversal": row.is_reversal,
        "return_reason": row.return_reason,
        "statement": row.statement_id,
    }


def allocation(row: Allocation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "line": row.line_id,
        "expectation": row.expectation_id,
        "amount": money_json(row.amount),
        "entry": row.entry.key,
        "reason": reasons.text(row.reason),
        "allocated_at": row.allocated_at,
        "by": row.by_label,
    }


def guess(expectation: Expectation, found: Guess) -> dict[str, Any]:
    """An expectation that a line may belong to, with the codes of the reasons, strongest first."""
    return {
        "expectation": expectation.pk,
        "reference": expectation.reference,
        "counterparty": expectation.counterparty,
        "amount": money_json(expectation.amount),
        "reasons": list(found.reasons),
    }


def discrepancy(row: Discrepancy) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "iban": row.bank_account.iban,
        "line": row.line_id,
        "expectation": row.expectation_id,
        "reference": row.expectation.reference if row.expectation else "",
        "amount": money_json(row.amount),
        "reason": row.reason,
        "explanation": reasons.text(row.reason),
        "note": row.note,
        "opened_at": row.opened_at,
        "resolved_at": row.resolved_at,
        "resolution": reasons.text(row.resolution),
    }


def run(row: ReconciliationRun) -> dict[str, Any]:
    return {
        "id": row.pk,
        "dry_run": row.is_dry_run,
        "ran_at": row.ran_at,
        "by": row.by_label,
        "totals": row.totals,
    }
