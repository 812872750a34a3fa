"""Where the story happens: the site, the world outside, and who speaks.

A day passes here: the clock moves, the bank and the cards act, finance hands in what the bank wrote,
and the worker does what follows.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from backend.core import clock, jobs, notices
from backend.core.cast import FINANCE, Person
from backend.core.models import Job
from backend.demo import people
from backend.demo.client import Client, Item, Result, side_by_side, wait_until
from backend.demo.outside import Outside
from backend.demo.people import ORDINARY_IBAN, RESTRICTED_IBAN
from backend.treasury.models import BankStatement


def money(cents: int) -> dict[str, str]:
    """An amount as the API takes it."""
    return {"amount": f"{cents // 100}.{cents % 100:02d}", "currency": "EUR"}


@dataclass
class Stage:
    """One demo under way."""

    site: str
    outside: Outside
    tokens: dict[str, str] = field(default_factory=dict)

    # -- who speaks

    def visitor(self) -> Client:
        """Somebody without an account."""
        return Client(self.site)

    def client(self, email: str) -> Client:
        """Somebody with one."""
        if email not in self.tokens:
            self.tokens = people.tokens()
        return Client(self.site, self.tokens[email])

    def cast(self, person: Person) -> Client:
        return self.client(person.email)

    def approve_all(self, person: Person) -> None:
        """Approve whatever waits for this second person."""
        client = self.cast(person)
        side_by_side(
            lambda waiting: client.post(f"/api/v1/approvals/{waiting['id']}/approve/", {}),
            client.all("/api/v1/approvals/"),
        )

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """Do the same for all items, some at a time."""
        return side_by_side(work, items)

    def pay_order(self, person: Person, order: int) -> None:
        """Have another person approve an order, and hand its file in at the bank."""
        self.approve_all(person)
        file = self.cast(FINANCE).fetch(f"/api/v1/payment-orders/{order}/file/")
        self.outside.hand_in(file)
        self.pass_evening()

    # -- time

    def today(self) -> dt.date:
        return clock.today()

    def go_to(self, day: dt.date) -> None:
        """Let it be the morning of a day, unless it is that day or later already."""
        if clock.today() < day:
            self.end_day()
            clock.shift_to(day)
        self.outside.tell_time(clock.now())
        self.outside.run_day()
        self.settle()

    def pass_evening(self) -> None:
        """The bank executes the day's orders and writes statements, finance hands them in."""
        self.outside.run_day()
        self.hand_in_statements()
        self.settle()

    def hand_in_statements(self) -> None:
        """Upload what the bank wrote and the application does not have yet."""
        elena = self.cast(FINANCE)
        for statement in self.outside.statements((RESTRICTED_IBAN, ORDINARY_IBAN), known()):
            elena.upload("/api/v1/bank-statements/", f"{statement.name}.xml", statement.content)

    def settle(self) -> None:
        """Wait until every event arrived and the worker did what others wait for: mails go out while
        the day goes on."""
        self.outside.let_events_arrive()
        wait_until(lambda: is_work_done(but=notices.JOB), "the worker's share of the day")

    def end_day(self) -> None:
        """Wait until all that is due is done, mails as well: they go out on the day they are of."""
        wait_until(is_work_done, "the worker's share of the day")


def known() -> frozenset[str]:
    """The names of the statements that the application has."""
    return frozenset(BankStatement.objects.values_list("statement_id", flat=True))


def is_work_done(but: str = "") -> bool:
    """No job waits, but for those of a kind and those of a later day; one that failed waits for its
    next try."""
    at = clock.now()
    due = Q(run_after__lte=at) | Q(attempts__gt=0)
    waits = Job.objects.filter(due, done_at=None).exclude(kind=but).exists()
    return not (waits or set(jobs.kinds_waiting(at=at)) - {but})


def by_key(rows: Iterable[dict[str, object]], key: str, value: object) -> dict[str, object]:
    """The first row of a list with that value."""
    return next(row for row in rows if row[key] == value)
