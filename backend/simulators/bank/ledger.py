"""The bank's own books: accounts, movements, payment orders, statements already told.

A movement stands in exactly one statement of its account; each opens where the one before closed.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.simulators.bank.camt import Line, Statement
from backend.simulators.bank.noise import Remittance, written
from backend.simulators.memory import Memory


class BankRefusal(Exception):
    """What the bank will not do, with the HTTP status it is answered with."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Transfer:
    """A movement as it is told to the bank; a positive amount is money in. `key` books it once."""

    account: str
    amount: str
    name: str
    iban: str = ""
    text: str = ""
    reference: str = ""
    style: str = "plain"
    end_to_end_id: str = "NOTPROVIDED"
    key: str = ""
    return_reason: str = ""


@dataclass(frozen=True)
class Order:
    """A customer's order to pay somebody; with `key` given twice it is one order."""

    key: str
    account: str
    amount: str
    name: str
    iban: str
    text: str = ""
    reference: str = ""


def name_of(iban: str, number: int) -> str:
    """The id that the bank prints on a statement."""
    return f"{iban[-7:]}-{number:05d}"


def cents(amount: str) -> int:
    """Cents of an amount written with a point; anything else is refused."""
    value = Decimal(amount) * 100
    if value != int(value):
        raise BankRefusal(400, f"Not a whole number of cents: {amount}")
    return int(value)


class Bank(Memory):
    """All accounts of the stand-in."""

    tables = """
CREATE TABLE IF NOT EXISTS accounts (iban TEXT PRIMARY KEY, holder TEXT, opening INTEGER);
CREATE TABLE IF NOT EXISTS movements (
    number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT REFERENCES accounts, booked_on TEXT,
    cents INTEGER, name TEXT, iban TEXT, lines TEXT, reference TEXT, end_to_end_id TEXT,
    key TEXT UNIQUE, return_reason TEXT, statement INTEGER);
CREATE INDEX IF NOT EXISTS movements_of_account ON movements (account, number);
CREATE TABLE IF NOT EXISTS orders (
    key TEXT PRIMARY KEY, account TEXT REFERENCES accounts, amount TEXT, name TEXT, iban TEXT,
    text TEXT, reference TEXT, state TEXT DEFAULT 'waiting');
CREATE TABLE IF NOT EXISTS statements (
    account TEXT, number INTEGER, first_day TEXT, last_day TEXT, opening INTEGER, made_at TEXT,
    PRIMARY KEY (account, number));
"""

    def open_account(self, iban: str, holder: str, opening: str = "0") -> None:
        """Open an account; one that is open already stays as it is."""
        self.rows(
            "INSERT OR IGNORE INTO accounts VALUES (?, ?, ?)",
            iban,
            holder,
            cents(opening),
        )

    def accounts(self) -> list[dict[str, str]]:
        """Every account with its present balance."""
        found = self.rows("SELECT iban, holder FROM accounts ORDER BY iban")
        return [
            {
                "iban": iban,
                "holder": holder,
                "balance": f"{self.balance(iban) / 100:.2f}",
            }
            for iban, holder in found
        ]

    def balance(self, iban: str) -> int:
        """The balance in cents, of everything booked."""
        moved = "SELECT coalesce(sum(cents), 0) FROM movements WHERE account = ?"
        return int(self._account(iban)[1] + self.rows(moved, iban)[0][0])

    def today(self) -> dt.date:
        """The bank's day, by the demo's clock."""
        return self.now().date()

    def book(self, transfer: Transfer) -> None:
        """Book a movement on an account, once per key."""
        self._account(transfer.account)
        told = written(transfer.reference, transfer.text, transfer.style)
        self.rows(
            "INSERT OR IGNORE INTO movements (account, booked_on, cents, name, iban, lines, "
            "reference, end_to_end_id, key, return_reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)",
            transfer.account,
            self.today().isoformat(),
            cents(transfer.amount),
            transfer.name,
            transfer.iban,
            "\n".join(told.lines),
            told.reference,
            transfer.end_to_end_id,
            transfer.key,
            transfer.return_reason,
        )

    def take_order(self, order: Order) -> None:
        """Keep an order until the day's run; refuse what the account cannot pay."""
        if cents(order.amount) <= 0:
            raise BankRefusal(400, "An order's amount is positive.")
        if self.balance(order.account) - self._ordered(order) < cents(order.amount):
            raise BankRefusal(409, "There is not enough money on the account.")
        self.rows(
            "INSERT OR IGNORE INTO orders (key, account, amount, name, iban, text, reference) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            *vars(order).values(),
        )

    def run_orders(self) -> int:
        """Execute the waiting orders in the order they came; an account here is credited at once."""
        found = self.rows(
            "SELECT key, account, amount, name, iban, text, reference FROM orders "
            "WHERE state = 'waiting' ORDER BY rowid"
        )
        for row in found:
            self._execute(Order(*row))
        return len(found)

    def send_back(self, key: str, reason: str) -> None:
        """The payee's bank does not take an order that was executed; once. 404 where none was."""
        found = self.rows(
            "SELECT account, amount, name, iban FROM orders WHERE key = ? AND state = 'executed'",
            key,
        )
        if not found:
            raise BankRefusal(404, f"No executed order {key}.")
        account, amount, name, iban = found[0]
        back = Transfer(account, amount, name, iban, "RESO", end_to_end_id=key)
        told = {**vars(back), "key": f"back:{key}", "return_reason": reason}
        self.book(Transfer(**told))

    def orders(self) -> list[dict[str, str]]:
        """Every order with its state."""
        fields = ("key", "account", "amount", "name", "iban", "state")
        found = self.rows(
            "SELECT key, account, amount, name, iban, state FROM orders ORDER BY rowid"
        )
        return [dict(zip(fields, row, strict=True)) for row in found]

    def _execute(self, order: Order) -> None:
        texts = {"text": order.text, "reference": order.reference, "style": "plain"}
        shared = texts | {"end_to_end_id": order.key}
        out = Transfer(order.account, f"-{order.amount}", order.name, order.iban, **shared)
        self.book(_keyed(out, f"out:{order.key}"))
        if self.rows("SELECT 1 FROM accounts WHERE iban = ?", order.iban):
            payer = self._account(order.account)[0]
            into = Transfer(order.iban, order.amount, payer, order.account, **shared)
            self.book(_keyed(into, f"in:{order.key}"))
        self.rows("UPDATE orders SET state = 'executed' WHERE key = ?", order.key)

    def _ordered(self, order: Order) -> int:
        waiting = "SELECT amount FROM orders WHERE state = 'waiting' AND account = ? AND key <> ?"
        return sum(cents(amount) for (amount,) in self.rows(waiting, order.account, order.key))

    # -- statements

    def tell(self, iban: str) -> int | None:
        """Make the next statement of what was not told yet; None where there is nothing to tell."""
        fresh = "SELECT min(booked_on) FROM movements WHERE account = ? AND statement IS NULL"
        first_day = self.rows(fresh, iban)[0][0]
        if first_day is None:
            return None
        told = len(self.statements(iban))
        opening = self._opening_of_next(iban)
        day, made_at = (
            self.today().isoformat(),
            self.now().isoformat(timespec="seconds"),
        )
        values = (iban, told + 1, first_day, day, opening, made_at)
        self.rows("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)", *values)
        mark = "UPDATE movements SET statement = ? WHERE account = ? AND statement IS NULL"
        self.rows(mark, told + 1, iban)
        return told + 1

    def statements(self, iban: str) -> list[int]:
        """The numbers of an account's statements."""
        self._account(iban)
        return [n for (n,) in self.rows("SELECT number FROM statements WHERE account = ?", iban)]

    def statement(self, iban: str, number: int) -> Statement:
        """A statement that was told, the same at every asking."""
        found = self.rows(
            "SELECT first_day, last_day, opening, made_at FROM statements "
            "WHERE account = ? AND number = ?",
            iban,
            number,
        )
        if not found:
            raise BankRefusal(404, f"No statement {number} of {iban}.")
        lines = self._lines(iban, number)
        first, last, opening, made_at = found[0]
        span = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        holder = self._account(iban)[0]
        return Statement(
            name_of(iban, number), number, iban, holder, *span, opening, lines, made_at
        )

    def _opening_of_next(self, iban: str) -> int:
        told = "SELECT coalesce(sum(cents), 0) FROM movements WHERE account = ? AND statement > 0"
        return int(self._account(iban)[1] + self.rows(told, iban)[0][0])

    def _lines(self, iban: str, statement: int) -> tuple[Line, ...]:
        found = self.rows(
            "SELECT number, booked_on, cents, name, iban, lines, reference, end_to_end_id, "
            "coalesce(return_reason, '') FROM movements WHERE account = ? AND statement = ? ORDER BY number",
            iban,
            statement,
        )
        return tuple(_line(row) for row in found)

    def _account(self, iban: str) -> tuple[Any, ...]:
        found = self.rows("SELECT holder, opening FROM accounts WHERE iban = ?", iban)
        if not found:
            raise BankRefusal(404, f"No account {iban}.")
        return found[0]


def _keyed(transfer: Transfer, key: str) -> Transfer:
    return Transfer(**{**vars(transfer), "key": key})


def _line(row: tuple[Any, ...]) -> Line:
    number, day, amount, name, iban, text, reference, end_to_end_id, reason = row
    booked_on = dt.date.fromisoformat(day)
    remittance = Remittance(tuple(text.split("\n")) if text else (), reference)
    servicer = f"SYN{booked_on:%y%m%d}{number:09d}"
    span = (booked_on, booked_on)
    return Line(servicer, *span, amount, name, iban, remittance, end_to_end_id, reason)
