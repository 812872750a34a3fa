"""The work of `bench reconcile`: N pledges, N lines of a bank, as noisy as real ones, each with its
right answer.

Of a hundred lines 78 are exact, 8 noisy, 3 partial, 2 over, 2 paid again, 4 without a reference and 3
with one wrong letter. Right is: exact, noisy, partial and over are booked, on the pledge whose payer's
name the line carries; the others are not. All of it is synthetic.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from djmoney.money import Money

from backend.core.models import Organisation
from backend.ledger import funds
from backend.ledger.models import Account
from backend.simulators.bank import ibans, noise
from backend.treasury import bank_accounts, references
from backend.treasury.models import BankAccount
from backend.treasury.parsed import ParsedLine, ParsedStatement

FIRST = dt.date(2020, 1, 1)
LINES_A_STATEMENT = 20_000
AMOUNT = Decimal("500.00")
KINDS = (
    ["exact"] * 78 + ["noisy"] * 8 + ["part"] * 3 + ["over"] * 2
    + ["again"] * 2 + ["none"] * 4 + ["typo"] * 3
)  # fmt: skip
BOOKED = frozenset({"exact", "noisy", "part", "over"})
AMOUNTS = {"part": Decimal("200.00"), "over": Decimal("650.00")}
NOISY = ("lower", "grouped", "glued", "broken")


def kind_of(number: int) -> str:
    """What kind of line the bank's number is; every hundred lines are the mix."""
    return KINDS[number * 37 % 100]


def payer_of(number: int) -> int:
    """Whose pledge a line is truly for. Who pays again does so for the line before theirs."""
    return number - 1 if kind_of(number) == "again" else number


def house(size: int) -> BankAccount:
    """A restricted account, and a pledge of 500 euro expected from each of `size` payers."""
    issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer", is_synthetic=True)
    fund = funds.open_fund(
        code="bench", name="Bench", organisation=issuer, is_restricted=True, is_held=True
    )
    account = bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(1), holder=issuer, name="Bench", kind=BankAccount.Kind.RESTRICTED
    )
    held: Account = bank_accounts.sub_account(bank_account=account, fund=fund)
    told: dict[str, Any] = {
        "fund": fund.pk, "issuer": issuer.pk, "bank": account.pk, "held": held.pk,
        "at": timezone.now(), "amount": AMOUNT,
    }  # fmt: skip
    for start in range(0, size, LINES_A_STATEMENT):
        _expect(range(start, min(start + LINES_A_STATEMENT, size)), told)
    return account


def statements(account: BankAccount, size: int) -> Iterator[ParsedStatement]:
    """The bank's statements, a day each, of some thousand lines; only one is in memory."""
    opening = Decimal(0)
    for start in range(0, size, LINES_A_STATEMENT):
        day = FIRST + dt.timedelta(days=start // LINES_A_STATEMENT)
        numbers = range(start, min(start + LINES_A_STATEMENT, size))
        lines = tuple(_line(number, day) for number in numbers)
        closing = opening + sum(line.amount.amount for line in lines)
        yield ParsedStatement(
            f"BENCH-{start}",
            account.iban,
            day,
            day,
            Money(opening, "EUR"),
            Money(closing, "EUR"),
            lines,
        )
        opening = closing


def _line(number: int, day: dt.date) -> ParsedLine:
    kind, payer = kind_of(number), payer_of(number)
    reference = references.creditor_reference(f"bench:{payer}")
    style = {"none": "missing", "typo": "typo", "noisy": NOISY[number % len(NOISY)]}.get(
        kind, "plain"
    )
    told = noise.written(reference, "quota Mattone", style)
    return ParsedLine(
        booked_on=day,
        value_on=day,
        amount=Money(AMOUNTS.get(kind, AMOUNT), "EUR"),
        counterparty_name=f"Investitore {payer}",
        text="\n".join(told.lines),
        end_to_end_id="",
        bank_id=f"B{number}",
    )


def _expect(numbers: range, told: dict[str, Any]) -> None:
    codes = [references.creditor_reference(f"bench:{number}") for number in numbers]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EXPECT, {**told, "numbers": list(numbers), "codes": codes})


def answers(size: int) -> dict[str, int]:
    """How many links are missing, and how many are wrong: allocations of another payer's line, or of
    a line that nobody may book by itself."""
    bookable = sum(kind_of(number) in BOOKED for number in range(100)) * (size // 100)
    bookable += sum(kind_of(number) in BOOKED for number in range(size % 100))
    unbookable = [n for n in range(100) if kind_of(n) not in BOOKED]
    with connection.cursor() as cursor:
        cursor.execute(LINKS, [unbookable])
        right, wrong = cursor.fetchone()
    return {"missed_links": bookable - right, "wrong_links": wrong}


EXPECT = """
    WITH asked AS (
        SELECT number, code FROM unnest(%(numbers)s::bigint[], %(codes)s::text[]) AS a(number, code)
    ), payer AS (
        INSERT INTO ledger_account (code, kind, fund_id, purpose, currency, organisation_id)
        SELECT 'bench:payer:' || number, 'payer', %(fund)s, '', 'EUR', %(issuer)s FROM asked
        RETURNING id, code
    )
    INSERT INTO treasury_expectation (reference, key, is_ours, direction, amount, amount_currency,
        counterparty, bank_account_id, source_id, target_id, owner_kind, owner_key, state, opened_at)
    SELECT asked.code, asked.code, true, 'in', %(amount)s, 'EUR', 'Investitore ' || number, %(bank)s,
        payer.id, %(held)s, 'bench', number::text, 'open', %(at)s
    FROM asked JOIN payer ON payer.code = 'bench:payer:' || number
"""

LINKS = """
    WITH links AS (
        SELECT e.counterparty = l.counterparty_name
            AND NOT substr(l.bank_id, 2)::bigint %% 100 = ANY(%s) AS is_right
        FROM treasury_allocation a JOIN treasury_bankline l ON l.id = a.line_id
            JOIN treasury_expectation e ON e.id = a.expectation_id
    )
    SELECT count(*) FILTER (WHERE is_right), count(*) FILTER (WHERE NOT is_right) FROM links
"""
