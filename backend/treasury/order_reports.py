"""What the bank says of an order before the statement does (pain.002): taken in, and what it rejected.

A report moves no money and books nothing. What it says was rejected is expected no longer, once another
person has seen it: a forged file must not make a payment be sent twice.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.treasury import returned_payments
from backend.treasury.formats import pain_status
from backend.treasury.formats.pain_status import REJECTED, ReportTold, TransferTold
from backend.treasury.models import CreditTransfer, OrderReport, PaymentOrder, ReportedTransfer

CONFIRM = "order_report.confirm"


class OfAnotherOrder(Refused):
    code = "order_report.of_another_order"


class NotSent(Conflict):
    code = "order_report.not_sent"


def take_in(*, order: PaymentOrder, raw: bytes, by: User, at: dt.datetime) -> OrderReport:
    """Keep a report of an order; ask another person to confirm what it rejects. Safe to repeat.

    Raises NotAReport for what cannot be read, OfAnotherOrder when message or transfers are not this
    order's, NotSent for an order that has no file yet.
    """
    users.require(by, "payment_order.draft")
    if order.state != PaymentOrder.State.APPROVED:
        raise NotSent(_("The bank has no file of this order yet."), order=order.pk)
    told = pain_status.read(raw)
    rows = _rows(order, told)
    digest = hashlib.sha256(raw).hexdigest()
    with transaction.atomic():
        PaymentOrder.objects.select_for_update(no_key=True).get(pk=order.pk)
        known: OrderReport | None = order.reports.filter(sha256=digest).first()
        if known is not None:
            return known
        report: OrderReport = OrderReport.objects.create(
            order=order, sha256=digest, content=raw, status=told.status[:4],
            received_at=at, by_label=users.label(by),
        )  # fmt: skip
        for row in rows:
            row.report = report
        ReportedTransfer.objects.bulk_create(rows)
        count = sum(row.status == REJECTED for row in rows)
        facts = {"sha256": digest, "status": told.status, "rejected": count}
        audit.record(action="payment_order.reported", subject=report, by=by, at=at, facts=facts)
        if count:
            approvals.request(action=CONFIRM, subject=report, by=by, at=at, note=told.reason)
    return report


def confirm(report: OrderReport, /, *, by: User, at: dt.datetime) -> int:
    """Expect what the bank rejected no longer: its owners owe it again. Follows a second person's
    approval; what was executed or given up meanwhile is left. Returns how many were given up."""
    rejected = report.transfers.filter(status=REJECTED).select_related("transfer__order")
    count = 0
    for row in rejected.order_by("transfer"):
        if returned_payments.may_give_up(row.transfer):
            reason = row.reason or returned_payments.NOT_EXECUTED
            returned_payments.give_up(row.transfer, by=by, at=at, reason=reason)
            count += 1
    return count


def newest(transfers: Iterable[CreditTransfer]) -> dict[int, ReportedTransfer]:
    """What was reported last of each transfer, by its id; one query."""
    rows = ReportedTransfer.objects.filter(transfer__in=[one.pk for one in transfers])
    return {row.transfer_id: row for row in rows.order_by("id")}


def _rows(order: PaymentOrder, told: ReportTold) -> list[ReportedTransfer]:
    """What is said of each transfer; a report on the whole order says it of all."""
    mine = {one.end_to_end_id: one for one in order.transfers.order_by("number")}
    named = {one.end_to_end_id: one for one in told.transfers}
    if told.message_id != order.message_id or not named.keys() <= mine.keys():
        raise OfAnotherOrder(_("This report is of another order."), field="file")
    if told.status == REJECTED:
        whole = TransferTold("", REJECTED, told.reason)
        named = {name: named.get(name, whole) for name in mine}
    return [
        ReportedTransfer(transfer=mine[name], status=one.status, reason=one.reason, words=one.words)
        for name, one in named.items()
    ]
