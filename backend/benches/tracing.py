"""How long it takes to follow every cent of so many pledges into a tenth as many homes."""

import datetime as dt
import time
from typing import Any

from properties.tracing import Cost, Pledge, trace


def run(size: int) -> dict[str, Any]:
    """Seconds for the whole trace, and whether both margins are exact."""
    homes = size // 10
    pledges = [Pledge(n, 50_000 + 25_000 * (n % 9)) for n in range(size)]
    whole = sum(pledge.cents for pledge in pledges)
    day = dt.date(2026, 1, 1)
    costs = [Cost(n, whole // homes - n % 7, day, n) for n in range(homes)]
    busy, started = time.process_time(), time.perf_counter()
    traced = trace(pledges=pledges, costs=costs)
    seconds, spent = time.perf_counter() - started, time.process_time() - busy
    rows = all(sum(row) == cost.cents for row, cost in zip(traced.rows, costs, strict=True))
    placed = sum(cost.cents for cost in costs)
    return {
        "pledges": size,
        "homes": homes,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(spent, 2),
        "margins_exact": bool(rows and placed + sum(traced.unspent_cents) == whole),
    }
