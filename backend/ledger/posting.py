"""Post entries. Imported by the books.py of a package alone (an import contract holds it).

An entry that exists under its key is returned and not posted again, so every posting is safe to
repeat. What the database's guards refuse comes back as FundRule with a sentence.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import transactions, users
from backend.core.errors import Conflict
from backend.core.users import Actor
from backend.ledger.models import Account, Entry, Transfer

GUARDS = {
    "ledger_pair_allowed": _("Money of this fund may not go there."),
    "balance_not_below_floor": _("There is not enough money there."),
    "balance_not_above_ceiling": _("Nobody gets back more than they paid in."),
    "ledger_claim_has_bearer": _("A fee or loss must be borne by own money in the same entry."),
    "ledger_entry_moves_something": _("An entry must move money."),
    "ledger_month_is_open": _("That month of the books is closed: book it in the open one."),
}


class FundRule(Conflict):
    """A guard of the ledger refused; `facts["guard"]` names it."""

    code = "ledger.fund_rule"


class DifferentContent(Conflict):
    code = "ledger.different_content"


@dataclass(frozen=True)
class Leg:
    """One transfer of a new entry: a positive amount from source to target."""

    source: Account
    target: Account
    amount: Money


@dataclass(frozen=True)
class NewEntry:
    """An entry to be posted: what kind of fact, on which day, about what (`pledge:7`)."""

    key: str
    kind: str
    on: dt.date
    legs: tuple[Leg, ...]
    memo: str = ""
    subject: str = ""


def post(*, entry: NewEntry, by: Actor, at: dt.datetime) -> Entry:
    """Post one entry (see post_many)."""
    return post_many(entries=[entry], by=by, at=at)[0]


def post_many(*, entries: Sequence[NewEntry], by: Actor, at: dt.datetime) -> list[Entry]:
    """Post entries in one transaction, five statements however many; return them in order.

    A key that exists returns the entry posted first (DifferentContent if its money differs).
    Raises FundRule, and posts none, when a guard refuses.
    """
    if not entries:
        return []
    try:
        with transaction.atomic():
            return _post(entries, by, at)
    except IntegrityError as problem:
        if _constraint(problem) == "ledger_entry_key":
            # Somebody posted a key of ours between our look and our insert: look again.
            with transaction.atomic():
                return _post(entries, by, at)
        raise _refusal(problem) from problem


def post_set(*, drafts: str, told: Mapping[str, Any], by: Actor, at: dt.datetime) -> int:
    """Post as many entries as a query finds, in two statements; return how many.

    A row of `drafts` is an entry: id (by NEXT_ENTRY), key, kind, on, memo, subject, amount, currency
    and one or two moves of that amount: source, target, source_2, target_2 (null for none). `told`
    are the query's parameters. Raises FundRule, and posts none, when a guard refuses.
    """
    told = {**told, "posted_at": at, "posted_by": users.label(by)}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE drafted ON COMMIT DROP AS {drafts}", told)
            cursor.execute("ANALYZE drafted (id)")
            cursor.execute(ENTRIES_OF_SET, told)
            count = int(cursor.rowcount)
            transactions.plan_anew()
            cursor.execute(TRANSFERS_OF_SET, told)
            cursor.execute("DROP TABLE drafted")
    except IntegrityError as problem:
        raise _refusal(problem) from problem
    return count


def reverse(*, entry: Entry, reason: str, by: Actor, at: dt.datetime, on: dt.date) -> Entry:
    """Post the counter-entry of an entry, once, on an open day; the original stays, linked to it.

    Raises FundRule when the day lies in a closed month. In another month than the original's the
    memo names the original's day.
    """
    legs = tuple(
        Leg(moved.target, moved.source, moved.amount)
        for moved in entry.transfers.select_related("source", "target")
    )
    is_later = (on.year, on.month) != (entry.on.year, entry.on.month)
    memo = f"{reason[:280]} [{entry.on.isoformat()}]" if is_later else reason
    new = NewEntry(f"reverse:{entry.key}", "reversal", on, legs, memo, entry.subject)
    try:
        with transaction.atomic():
            return _insert([new], by, at, reverses=entry)[0]
    except IntegrityError as problem:
        posted = Entry.objects.filter(reverses=entry).first()
        if posted is None:
            raise _refusal(problem) from problem
        return posted


def _post(entries: Sequence[NewEntry], by: Actor, at: dt.datetime) -> list[Entry]:
    found = {
        row.key: row
        for row in Entry.objects.filter(key__in=[new.key for new in entries]).prefetch_related(
            "transfers"
        )
    }
    missing = {new.key: new for new in entries if new.key not in found}
    for new in entries:
        _refuse_other(new, found.get(new.key) or missing[new.key])
    found.update({row.key: row for row in _insert(list(missing.values()), by, at)})
    return [found[new.key] for new in entries]


def _insert(
    entries: Sequence[NewEntry], by: Actor, at: dt.datetime, reverses: Entry | None = None
) -> list[Entry]:
    rows = [
        Entry(
            key=new.key,
            kind=new.kind,
            on=new.on,
            at=at,
            by_label=users.label(by),
            memo=new.memo[:300],
            subject=new.subject,
            reverses=reverses,
        )
        for new in entries
    ]
    Entry.objects.bulk_create(rows)
    Transfer.objects.bulk_create(
        Transfer(entry=row, source=leg.source, target=leg.target, amount=leg.amount)
        for row, new in zip(rows, entries, strict=True)
        for leg in new.legs
    )
    return rows


def _refuse_other(new: NewEntry, first: Entry | NewEntry) -> None:
    if isinstance(first, NewEntry):
        same = first.legs == new.legs
    else:
        same = sorted(_moves(new)) == sorted(
            (moved.source_id, moved.target_id, moved.amount.amount)
            for moved in first.transfers.all()
        )
    if not same:
        raise DifferentContent(
            _("This was booked already, with another amount or other accounts."), key=new.key
        )


def _moves(new: NewEntry) -> list[tuple[int, int, object]]:
    return [(leg.source.pk, leg.target.pk, leg.amount.amount) for leg in new.legs]


NEXT_ENTRY = "nextval('ledger_entry_id_seq')"

# In which transaction, and for transfers pair and hash, are told: the guards then only compare. Kinds are
# looked up one by one: a join would read all accounts, and every payer has one.
ENTRIES_OF_SET = """
    INSERT INTO ledger_entry (id, key, kind, "on", at, by_label, memo, subject, posted_in)
    SELECT id, key, kind, "on", %(posted_at)s, %(posted_by)s, memo, subject,
        pg_current_xact_id()::text::bigint
    FROM drafted
"""

TRANSFERS_OF_SET = """
    INSERT INTO ledger_transfer
        (id, entry_id, source_id, target_id, amount, amount_currency, pair, content_hash)
    SELECT m.id, m.entry_id, m.source, m.target, m.amount, m.currency,
        (SELECT kind FROM ledger_account WHERE id = m.source) || '>'
            || (SELECT kind FROM ledger_account WHERE id = m.target),
        ledger_transfer_digest(m.entry_id, m.key, m.kind, m."on", %(posted_at)s, %(posted_by)s,
            m.memo, m.subject, NULL, m.id, m.source, m.target, m.amount, m.currency)
    FROM (
        SELECT nextval('ledger_transfer_id_seq') AS id, d.id AS entry_id, d.key, d.kind, d."on",
            d.memo, d.subject, d.amount, d.currency, moves.source, moves.target
        FROM drafted d CROSS JOIN LATERAL (VALUES (d.source, d.target), (d.source_2, d.target_2))
            AS moves(source, target)
        WHERE moves.source IS NOT NULL
    ) m
"""


def _constraint(problem: IntegrityError) -> str:
    return getattr(getattr(problem.__cause__, "diag", None), "constraint_name", None) or ""


def _refusal(problem: IntegrityError) -> Exception:
    guard = _constraint(problem)
    if guard not in GUARDS:
        return problem
    return FundRule(GUARDS[guard], guard=guard, database=str(problem).splitlines()[0])
