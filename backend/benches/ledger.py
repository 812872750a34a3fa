"""The cost of the books as they grow: posting and reading a balance at two sizes, in one run."""

import datetime as dt
import time
from collections.abc import Callable

from django.utils import timezone

from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, balances, checks, funds, posting, seals
from backend.ledger.models import Account
from backend.ledger.posting import Leg, NewEntry

BATCH = 1_000
SMALL, LARGE = 2_000, 50_000


def run() -> dict[str, float]:
    """Entries per second and microseconds per balance at both sizes, with their ratios."""
    books = _Books()
    books.grow_to(SMALL)
    small = books.rate(), books.reading()
    books.grow_to(LARGE)
    large = books.rate(), books.reading()
    started = time.perf_counter()
    seals.seal(at=timezone.now())
    is_good = all(check.ok for check in checks.run())
    return {
        "entries_per_second_small": round(small[0]),
        "entries_per_second_large": round(large[0]),
        "posting_large_to_small": round(small[0] / large[0], 2),
        "balance_read_large_to_small": round(large[1] / small[1], 2),
        "seal_and_check_seconds": round(time.perf_counter() - started, 2),
        "books_ok": float(is_good),
    }


class _Books:
    """One held fund with a payer for every hundredth entry."""

    def __init__(self) -> None:
        issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer")
        fund = funds.open_fund(
            code="bench", name="Bench", organisation=issuer, is_restricted=True, is_held=True
        )
        kind = Account.Kind
        self.held = accounts.open_account(code="bench:held", kind=kind.HELD, fund=fund)
        specs = [accounts.AccountSpec(f"bench:payer:{n}", kind.PAYER, fund) for n in range(100)]
        self.payers = accounts.open_many(specs)
        self.posted = 0

    def grow_to(self, size: int) -> None:
        while self.posted < size:
            self.post()

    def post(self) -> None:
        entries = [self._entry(self.posted + n) for n in range(BATCH)]
        posting.post_many(entries=entries, by=SYSTEM, at=timezone.now())
        self.posted += BATCH

    def rate(self) -> float:
        return BATCH / best_of(3, self.post)

    def reading(self) -> float:
        return best_of(50, lambda: balances.balance(self.held))

    def _entry(self, number: int) -> NewEntry:
        leg = Leg(self.payers[number % 100], self.held, euro("500.00"))
        return NewEntry(f"bench:{number}", "bench", dt.date(2026, 1, 1), (leg,))


def best_of(times: int, work: Callable[[], object]) -> float:
    """The fastest of several runs in seconds: what the machine can do when it is left alone."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)
