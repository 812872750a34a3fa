"""The books of a period as a file: journal and accounts as CSV, both as XLSX or as beancount's text.

A file is written to disk from one look at the books, row by row, and handed over only if opening +
movements = closing of every account equals the kept days. It names the head of the chain of seals.
"""

import contextlib
import datetime as dt
import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, tables, transactions
from backend.core.errors import Refused
from backend.core.models import Organisation, User
from backend.ledger import beancount, seals, statements
from backend.ledger.models import Account, Transfer
from backend.ledger.statements import DoesNotAddUp, Period, Row

MOST_SHEET_ROWS = 1_000_000
CHUNK = 2_000
JOURNAL_HEADER = (
    "day", "entry", "kind", "memo", "subject", "source", "target", "amount", "currency", "hash",
)  # fmt: skip
ACCOUNTS_HEADER = (
    "account", "kind", "fund", "purpose", "opening", "came", "gone", "closing", "currency",
)  # fmt: skip


class TooLong(Refused):
    code = "export.too_long"


class Form(models.TextChoices):
    """What the file is, by its ending."""

    JOURNAL = "journal.csv", _("Journal (CSV)")
    ACCOUNTS = "accounts.csv", _("Accounts (CSV)")
    SHEETS = "books.xlsx", _("Journal and accounts (XLSX)")
    BEANCOUNT = "books.beancount", _("Journal and accounts (beancount)")


@dataclass(frozen=True)
class Wanted:
    """Which books, of which days, as what."""

    organisation: Organisation
    period: Period
    form: Form


@dataclass(frozen=True)
class File:
    """A file as it was written, at its start; `seal` is the head of the chain it was made under."""

    name: str
    content: IO[bytes]
    sha256: str
    seal: str


def make(*, wanted: Wanted, by: User, at: dt.datetime) -> File:
    """Write the file and put on record who took it. Raises DoesNotAddUp, TooLong."""
    with contextlib.ExitStack() as on_failure:
        content = on_failure.enter_context(tempfile.TemporaryFile())
        with transactions.one_look():
            seal = seals.head()
            rows = _rows(wanted)
            _refuse_other_days(wanted, rows)
            _write(content, wanted, rows, seal)
            content.seek(0)
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            facts = {"sha256": digest, "seal": seal, "form": wanted.form.value, **_days(wanted)}
            audit.record(
                action="books.exported", subject=wanted.organisation, by=by, at=at, facts=facts
            )
        content.seek(0)
        on_failure.pop_all()
    period = wanted.period
    name = f"{period.from_on}-{period.to_on}-{seal[:12]}-{wanted.form.value}"
    return File(name, content, digest, seal)


def _days(wanted: Wanted) -> dict[str, str]:
    period = wanted.period
    return {"from_on": period.from_on.isoformat(), "to_on": period.to_on.isoformat()}


def _write(out: IO[bytes], wanted: Wanted, rows: Sequence[Row], seal: str) -> None:
    if wanted.form == Form.SHEETS:
        _write_sheets(out, wanted, rows, seal)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    if wanted.form == Form.JOURNAL:
        tables.csv_to(text, JOURNAL_HEADER, _journal_rows(wanted))
    elif wanted.form == Form.ACCOUNTS:
        tables.csv_to(text, ACCOUNTS_HEADER, _account_rows(rows))
    else:
        heading = beancount.Heading(str(wanted.organisation), seal, wanted.period)
        journal = _journal(wanted)
        text.writelines(f"{line}\n" for line in beancount.lines(heading, rows, journal))
    text.flush()
    text.detach()


def _write_sheets(out: IO[bytes], wanted: Wanted, rows: Sequence[Row], seal: str) -> None:
    if _transfers(wanted).count() > MOST_SHEET_ROWS or len(rows) > MOST_SHEET_ROWS:
        raise TooLong(_("A spreadsheet does not hold so many rows: ask for fewer days, or CSV."))
    about = [
        ("organisation", str(wanted.organisation)),
        ("from", wanted.period.from_on),
        ("to", wanted.period.to_on),
        ("seal", seal),
    ]
    tables.sheets_to(
        out,
        [
            tables.Sheet("journal", JOURNAL_HEADER, _journal_rows(wanted)),
            tables.Sheet("accounts", ACCOUNTS_HEADER, _account_rows(rows)),
            tables.Sheet("about", ("what", "value"), about),
        ],
    )


def _transfers(wanted: Wanted) -> models.QuerySet[Transfer]:
    days = (wanted.period.from_on, wanted.period.to_on)
    ours = Transfer.objects.filter(source__organisation=wanted.organisation, entry__on__range=days)
    return ours.select_related("entry", "source", "target").order_by("entry__on", "entry", "id")


def _journal(wanted: Wanted) -> Iterator[Transfer]:
    return _transfers(wanted).iterator(chunk_size=CHUNK)


def _journal_rows(wanted: Wanted) -> Iterator[Sequence[object]]:
    for one in _journal(wanted):
        entry = one.entry
        yield (
            entry.on, entry.key, entry.kind, entry.memo, entry.subject,
            one.source.code, one.target.code, one.amount.amount, str(one.amount.currency),
            one.content_hash,
        )  # fmt: skip


def _account_rows(rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    for row in rows:
        account = row.account
        assert account is not None, "an export names accounts one by one"
        yield (
            account.code, account.kind, row.fund.code if row.fund else "", account.purpose,
            row.opening.amount, row.came.amount, row.gone.amount, row.closing.amount,
            account.currency,
        )  # fmt: skip


# --- Every account, from its transfers, held against the kept days ------------------------------------

MOVED = """
    SELECT legs.account_id,
        coalesce(sum(came - gone) FILTER (WHERE e."on" < %(from_on)s), 0),
        coalesce(sum(came) FILTER (WHERE e."on" >= %(from_on)s), 0),
        coalesce(sum(gone) FILTER (WHERE e."on" >= %(from_on)s), 0)
    FROM (
        SELECT entry_id, source_id AS account_id, 0 AS came, amount AS gone FROM ledger_transfer
        UNION ALL SELECT entry_id, target_id, amount, 0 FROM ledger_transfer) legs
        JOIN ledger_entry e ON e.id = legs.entry_id
        JOIN ledger_account a ON a.id = legs.account_id
    WHERE a.organisation_id = %(organisation)s AND e."on" <= %(to_on)s
    GROUP BY legs.account_id ORDER BY legs.account_id
"""


def _rows(wanted: Wanted) -> list[Row]:
    told: dict[str, int | dt.date] = {
        "organisation": wanted.organisation.pk,
        "from_on": wanted.period.from_on,
        "to_on": wanted.period.to_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVED, told)
        found: list[tuple[int, Decimal, Decimal, Decimal]] = cursor.fetchall()
    accounts = Account.objects.filter(organisation=wanted.organisation).select_related("fund")
    by_id = {account.pk: account for account in accounts}
    return [
        Row(by_id[pk], by_id[pk].fund, *(Money(one, by_id[pk].currency) for one in amounts))
        for pk, *amounts in found
    ]


Key = tuple[int | None, int | None, str]


def _refuse_other_days(wanted: Wanted, rows: Sequence[Row]) -> None:
    kept = statements.trial_balance(organisation=wanted.organisation, period=wanted.period)
    if _closings(rows) != _closings(kept):
        raise DoesNotAddUp(
            _("The movements do not lead from the opening to the closing balance."),
            organisation=wanted.organisation.pk,
        )


def _closings(rows: Iterable[Row]) -> dict[Key, tuple[Money, Money]]:
    """Opening and closing by account, of payers by fund."""
    sums: dict[Key, tuple[Money, Money]] = {}
    for row in rows:
        is_pooled = row.account is None or row.account.kind == Account.Kind.PAYER
        fund = row.fund.pk if row.fund and is_pooled else None
        account = row.account.pk if row.account and not is_pooled else None
        key = (account, fund, str(row.opening.currency))
        opening, closing = sums.get(key, (row.opening * 0, row.opening * 0))
        sums[key] = (opening + row.opening, closing + row.closing)
    return sums
