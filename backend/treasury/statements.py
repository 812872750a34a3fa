"""Hand in a bank statement: keep the file as it came, then book its new lines, or refuse it whole.

bytes -> StatementFile (raw first) -> `bank_statements.parse` (gate) -> lines new to the account
(`identities`) -> suspense (`books`), all or nothing -> a job reconciles.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, jobs, users
from backend.core.errors import RuleBroken
from backend.core.models import AuditEvent
from backend.core.users import Actor
from backend.treasury import bank_statements, books, identities, line_rows, reconciliation
from backend.treasury.formats.delimited import Sheet
from backend.treasury.identities import Identity, Known
from backend.treasury.models import (
    BankAccount,
    BankStatement,
    StatementFile,
    StatementRefusal,
)
from backend.treasury.parsed import ParsedFile, ParsedLine, ParsedStatement, StatementRefused

BRIDGED = "statement.bridged"
END_BRIDGES = "treasury.end_bridges"


class UnknownAccount(StatementRefused):
    code = "statement.unknown_account"


class Contradiction(StatementRefused):
    code = "statement.contradiction"


class BeginsTooEarly(StatementRefused):
    code = "statement.begins_too_early"


class NeedsStatement(StatementRefused):
    code = "statement.needs_statement_first"


@dataclass(frozen=True)
class _Import:
    """Who hands in which file when."""

    file: StatementFile
    by: Actor
    at: dt.datetime
    sheet: Sheet | None = None
    format: str = ""


def upload(
    *, raw: bytes, by: Actor, at: dt.datetime, name: str = "", sheet: Sheet | None = None
) -> list[BankStatement]:
    """Import a statement file and return its statements; a table (CSV, XLSX) needs a `sheet`.

    The same file again books nothing and returns the first import's statements (their `imported_at`
    tells). Files that overlap book each line once. Raises a StatementRefused with the place; then
    nothing is booked, and the file and the refusal are kept.
    """
    # Too large to be kept even as evidence; parse raises.
    if len(raw) > bank_statements.MAX_BYTES:
        bank_statements.parse(raw)
    file = _kept(raw, name, by, at)
    try:
        with transaction.atomic():
            return _imported_before(file) or _import(_Import(file, by, at, sheet), raw)
    except RuleBroken as refused:
        # Outside the transaction that was rolled back: the file and its refusal stay.
        StatementRefusal.objects.create(
            file=file,
            code=refused.code,
            sentence=str(refused),
            refused_at=at,
            by_label=users.label(by),
        )
        raise


def take_in(*, parsed: ParsedFile, name: str, by: Actor, at: dt.datetime) -> list[BankStatement]:
    """Import a file that was parsed already (`bank_statements.parse` proved its sums) under its name.

    For who reads statements otherwise than from bytes; the file kept is its name alone.
    """
    return take_in_file(file=_kept(name.encode(), name, by, at), parsed=parsed, by=by, at=at)


def take_in_file(
    *, file: StatementFile, parsed: ParsedFile, by: Actor, at: dt.datetime
) -> list[BankStatement]:
    """Import what was parsed of a file that is kept; again it returns the first import's statements."""
    with transaction.atomic():
        return _imported_before(file) or _store(_Import(file, by, at), parsed)


@dataclass(frozen=True)
class Gap:
    """Two statements of an account of which the second does not begin where the first ended."""

    account: BankAccount
    before: BankStatement
    after: BankStatement

    @property
    def difference(self) -> Money:
        return self.after.balances[0] - self.before.balances[1]


def gaps(of: QuerySet[BankAccount]) -> list[Gap]:
    """Where a statement is missing between two others; it closes by itself when it is handed in.

    Statements that overlap are no gap: their lines are told apart one by one.
    """
    rows = BankStatement.objects.filter(account__in=of).with_balances()
    ordered = rows.select_related("account").order_by("account", "from_on", "to_on", "id")
    return [
        Gap(after.account, before, after)
        for before, after in pairwise(ordered)
        if before.account_id == after.account_id
        and before.to_on <= after.from_on
        and before.balances[1] != after.balances[0]
    ]


def _kept(raw: bytes, name: str, by: Actor, at: dt.datetime) -> StatementFile:
    person = users.person(by)
    file, _created = StatementFile.objects.get_or_create(
        sha256=hashlib.sha256(raw).hexdigest(),
        defaults={
            "raw": raw,
            "name": name[:200],
            "organisation": person.organisation if person else None,
            "received_at": at,
            "by_label": users.label(by),
        },
    )
    return file


def _imported_before(file: StatementFile) -> list[BankStatement]:
    return list(file.statements.select_related("account").order_by("id"))


def _import(asked: _Import, raw: bytes) -> list[BankStatement]:
    return _store(asked, bank_statements.parse(raw, asked.sheet))


def _store(asked: _Import, parsed: ParsedFile) -> list[BankStatement]:
    asked = replace(asked, format=parsed.format)
    accounts = _locked_accounts(parsed, asked.by)
    # Of two who hand in the same file at once, the second got the locks after the first's commit.
    if earlier := _imported_before(asked.file):
        return earlier
    by_account: dict[str, list[ParsedStatement]] = defaultdict(list)
    for statement in parsed.statements:
        by_account[statement.iban].append(statement)
    result = []
    for iban, statements in by_account.items():
        result += _import_account(asked, accounts[iban], statements)
    holders = {account.holder_id for account in accounts.values()}
    for holder in sorted(holders):
        key = reconciliation.key_of(asked.file.pk, holder)
        jobs.enqueue(kind=reconciliation.JOB, key=key, payload={"holder": holder}, at=asked.at)
    _ask_to_end_bridges(asked, accounts.values())
    return result


def _ask_to_end_bridges(asked: _Import, accounts: Iterable[BankAccount]) -> None:
    """What was missing once may be in this file."""
    for account in accounts:
        if AuditEvent.objects.filter(action=BRIDGED, facts__account=account.pk).exists():
            key = f"{END_BRIDGES}:{asked.file.pk}:{account.pk}"
            jobs.enqueue(kind=END_BRIDGES, key=key, payload={"account": account.pk}, at=asked.at)


def _locked_accounts(parsed: ParsedFile, by: Actor) -> dict[str, BankAccount]:
    """The bank accounts of a file, locked in one order: imports of one account go one by one."""
    wanted = {statement.iban for statement in parsed.statements}
    accounts = BankAccount.objects.filter(iban__in=wanted)
    if person := users.person(by):
        accounts = accounts.visible_to(person)
    found = {a.iban: a for a in accounts.select_for_update(no_key=True).order_by("id")}
    for statement in parsed.statements:
        account = found.get(statement.iban)
        if account is None or account.currency != statement.currency:
            raise UnknownAccount(
                _("The account %(iban)s (%(currency)s) of this statement is not one of yours.")
                % {"iban": statement.iban, "currency": statement.currency},
                iban=statement.iban,
            )
    return found


def _import_account(
    asked: _Import, account: BankAccount, statements: list[ParsedStatement]
) -> list[BankStatement]:
    statements.sort(key=lambda statement: (statement.from_on, statement.to_on))
    _refuse_too_early(account, statements[0])
    is_first = not account.statements.with_balances().exists()
    lines = [line for one in statements for line in one.lines]
    of_lines = identities.of_lines(lines)
    known = identities.known(_days_lines(account, lines))
    if known.amounts:
        _refuse_contradiction(account, known, zip(of_lines, lines, strict=True))
    result, rows, start = [], list[Iterable[line_rows.Row]](), 0
    # Identities were made for the whole file, so that two equal lines of two statements stay two.
    for parsed in statements:
        named = list(zip(of_lines[start:], parsed.lines, strict=False))
        start += len(parsed.lines)
        if known.said:
            named = [pair for pair in named if not identities.is_known(pair[0], known)]
        statement = _stored(asked, account, parsed, len(named))
        rows.append(line_rows.lines(statement, named))
        result.append(statement)
    if is_first and result[0].balances[0].amount:
        rows.insert(0, [line_rows.opening_line(result[0])])
    line_rows.store(chain.from_iterable(rows))
    books.lines_received(statements=result, by=asked.by, at=asked.at)
    return result


def _refuse_too_early(account: BankAccount, parsed: ParsedStatement) -> None:
    """The first statement's opening balance was booked; what came before it is in there already."""
    proper = account.statements.with_balances().order_by("from_on")
    first = proper.values_list("from_on", flat=True).first()
    if first is None and parsed.opening is None:
        raise NeedsStatement(
            _("This file tells movements without balances: hand in a statement of %(iban)s first.")
            % {"iban": account.iban},
            iban=account.iban,
        )
    if first is not None and parsed.from_on < first:
        raise BeginsTooEarly(
            _("This statement begins on %(day)s, before the first one imported (%(first)s).")
            % {"day": parsed.from_on, "first": first},
            iban=account.iban,
        )


def _refuse_contradiction(
    account: BankAccount, known: Known, named: Iterable[tuple[Identity, ParsedLine]]
) -> None:
    """A bank's id of a day under which another amount came before: somebody changed a file."""
    for one, line in named:
        before = known.amounts.get((one.on, one.bank_id))
        if before is not None and before != line.amount.amount:
            raise Contradiction(
                _(
                    "The movement %(id)s was %(before)s in an earlier file and is %(now)s in this one."
                )
                % {"id": one.bank_id, "before": before, "now": line.amount.amount},
                iban=account.iban,
                bank_id=one.bank_id,
            )


def _days_lines(
    account: BankAccount, lines: Sequence[ParsedLine]
) -> Iterable[tuple[str, str, dt.date, Any]]:
    """The account's lines of the days in question; a bank may book a line a little outside them."""
    days = {line.booked_on for line in lines}
    if not days:
        return []
    before = account.lines.filter(booked_on__range=(min(days), max(days)))
    return before.values_list("fingerprint", "bank_id", "booked_on", "amount")


def _stored(
    asked: _Import, account: BankAccount, parsed: ParsedStatement, new: int
) -> BankStatement:
    statement = BankStatement.objects.create(
        file=asked.file,
        account=account,
        statement_id=parsed.statement_id[:80],
        from_on=parsed.from_on,
        to_on=parsed.to_on,
        opening=parsed.opening,
        closing=parsed.closing,
        lines_new=new,
        lines_known=len(parsed.lines) - new,
        lines_pending=parsed.pending,
        format=asked.format,
        imported_at=asked.at,
        by_label=users.label(asked.by),
    )
    audit.record(action="statement.imported", subject=statement, by=asked.by, at=asked.at)
    return statement
