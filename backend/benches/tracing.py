"""How long it takes to follow every cent of 10,000 pledges into 1,000 homes."""

import datetime as dt
import time

from properties.tracing import Cost, Pledge, trace

PLEDGES, HOMES = 10_000, 1_000


def run() -> dict[str, float]:
    """Seconds for the whole trace, and whether both margins are exact."""
    pledges = [Pledge(n, 50_000 + 25_000 * (n % 9)) for n in range(PLEDGES)]
    whole = sum(pledge.cents for pledge in pledges)
    day = dt.date(2026, 1, 1)
    costs = [Cost(n, whole // HOMES - n % 7, day, n) for n in range(HOMES)]
    started = time.perf_counter()
    traced = trace(pledges=pledges, costs=costs)
    seconds = time.perf_counter() - started
    rows = all(sum(row) == cost.cents for row, cost in zip(traced.rows, costs, strict=True))
    placed = sum(cost.cents for cost in costs)
    return {
        "pledges": PLEDGES,
        "homes": HOMES,
        "seconds": round(seconds, 2),
        "margins_exact": float(rows and placed + sum(traced.unspent_cents) == whole),
    }
