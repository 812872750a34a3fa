"""What treasury writes into the ledger; no other module of treasury posts.

Lines are booked to suspense as they are imported (outside -> suspense for money in, the other way for
money out), those of a statement and day together. Explaining one is an entry of its own: it undoes as
much of the suspense and moves the same amount from where it came from to where it belongs. So the
books' money at a bank is the bank's at all times.

                      import                       explained
    money in    outside -> suspense     suspense -> outside  +  payer    -> held (fund, bank)
    money out   suspense -> outside     outside -> suspense  +  holding  -> use  (fund, purpose)
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from djmoney.money import Money

from backend.core.users import Actor
from backend.ledger import months, posting
from backend.ledger.models import Account, Entry
from backend.ledger.posting import Leg, NewEntry
from backend.treasury.models import BankLine, BankStatement

EXPLAINED, WRITTEN_OFF = "bank_line_explained", "write_off"


@dataclass(frozen=True)
class Explained:
    """A part of a line, and where its money came from and belongs. `number` counts the line's
    parts.

    Two lines of one account that cancel each other (money sent back) need no accounts: each undoes
    the suspense of the other.
    """

    line: BankLine
    number: int
    amount: Money
    source: Account | None = None
    target: Account | None = None
    memo: str = ""
    kind: str = EXPLAINED


def lines_received(*, statements: Sequence[BankStatement], by: Actor, at: dt.datetime) -> int:
    """Book the lines of statements to suspense: an entry a statement, day and direction, as each line
    leaves it by an entry of its own. A day in a closed month is booked on the first open one."""
    told = {"statements": [statement.pk for statement in statements]}
    return posting.post_set(drafts=INTO_SUSPENSE, told=told, by=by, at=at)


def decided_explained(*, by: Actor, at: dt.datetime) -> int:
    """Move the lines of the table `decided` (see `exact`) out of suspense, one entry each.

    Raises FundRule, and books none, when a fund's rules refuse one of them.
    """
    return posting.post_set(drafts=OUT_OF_SUSPENSE, told={}, by=by, at=at)


def parts_explained(parts: Sequence[Explained], *, by: Actor, at: dt.datetime) -> list[Entry]:
    """Move parts of lines out of suspense to where they belong, one entry each. Safe to repeat.

    Raises FundRule, and books none, when a fund's rules refuse one of them.
    """
    closed = months.closed_until(part.line.account.holder_id for part in parts)
    entries = [
        NewEntry(
            key=f"bank-line:{part.line.pk}:part:{part.number}",
            kind=part.kind,
            on=_day(part.line, closed),
            legs=_legs(part),
            memo=part.memo,
            subject=_subject(part.line),
        )
        for part in parts
    ]
    return posting.post_many(entries=entries, by=by, at=at)


def part_taken_back(entry: Entry, *, reason: str, on: dt.date, by: Actor, at: dt.datetime) -> Entry:
    """Put a part of a line back into suspense by the counter-entry. Safe to repeat."""
    return posting.reverse(entry=entry, reason=reason, on=on, by=by, at=at)


def _day(line: BankLine, closed: dict[int, dt.date]) -> dt.date:
    return months.open_day(line.booked_on, organisation=line.account.holder_id, closed=closed)


def _legs(part: Explained) -> tuple[Leg, ...]:
    if part.source is None or part.target is None:
        return (_out_of_suspense(part),)
    return (_out_of_suspense(part), Leg(part.source, part.target, part.amount))


def _out_of_suspense(part: Explained) -> Leg:
    account = part.line.account
    if part.line.is_in:
        return Leg(account.suspense, account.outside, part.amount)
    return Leg(account.outside, account.suspense, part.amount)


def _subject(line: BankLine) -> str:
    return f"bank_line:{line.pk}"


# The same for many at once. The day is the line's, or the first open one of its holder's books.
_DAY = """CASE WHEN l.booked_on <= k.closed_until THEN k.closed_until + 1 ELSE l.booked_on END"""
_OF_LINE = """
    JOIN treasury_bankaccount b ON b.id = l.account_id
    LEFT JOIN ledger_books k ON k.organisation_id = b.holder_id
"""

INTO_SUSPENSE = f"""
    SELECT {posting.NEXT_ENTRY} AS id, 'statement:' || statement_id || ':' || "on" || ':'
            || CASE WHEN is_in THEN 'in' ELSE 'out' END AS key,
        'bank_lines' AS kind, "on", name AS memo, 'bank_statement:' || statement_id AS subject,
        amount, currency, CASE WHEN is_in THEN outside_id ELSE suspense_id END AS source,
        CASE WHEN is_in THEN suspense_id ELSE outside_id END AS target,
        NULL::bigint AS source_2, NULL::bigint AS target_2
    FROM (
        SELECT l.statement_id, s.statement_id AS name, {_DAY} AS "on", l.amount > 0 AS is_in,
            b.outside_id, b.suspense_id, l.amount_currency AS currency, sum(abs(l.amount)) AS amount
        FROM treasury_bankline l JOIN treasury_bankstatement s ON s.id = l.statement_id {_OF_LINE}
        WHERE l.statement_id = ANY(%(statements)s)
        GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 3, 4
    ) days
"""  # noqa: S608 -- of constants

OUT_OF_SUSPENSE = f"""
    SELECT l.entry_id AS id, 'bank-line:' || l.line_id || ':part:1' AS key,
        'bank_line_explained' AS kind, {_DAY} AS "on", l.reference AS memo,
        'bank_line:' || l.line_id AS subject, l.booked AS amount, l.currency,
        CASE WHEN l.is_in THEN b.suspense_id ELSE b.outside_id END AS source,
        CASE WHEN l.is_in THEN b.outside_id ELSE b.suspense_id END AS target,
        l.source_id AS source_2, l.target_id AS target_2
    FROM decided l {_OF_LINE}
"""  # noqa: S608 -- of constants
