"""The rate of reading camt.053 entries, beside a bare walk of the same file by the same XML library.

The limit takes every element, its name and its text, and makes nothing of them.
"""

import datetime as dt
import resource
import time
from collections.abc import Callable
from xml.etree import ElementTree

from backend.simulators.bank import camt, ibans
from backend.simulators.bank.noise import Remittance
from backend.treasury import bank_statements

DAY = dt.date(2026, 4, 1)
REFERENCE = "RF18539007547034"


def run(size: int) -> dict[str, float | int | str]:
    """Entries per second of a statement of `size` entries, and the ratio to the bare walk."""
    raw = _file(size)
    seconds = _seconds(lambda: bank_statements.parse(raw))
    limit = _seconds(lambda: _walk(raw))
    return {
        "bench": "camt",
        "n": size,
        "seconds": round(seconds, 3),
        "per_second": round(size / seconds, 1),
        "limit_per_second": round(size / limit, 1),
        "ratio": round(limit / seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _file(size: int) -> bytes:
    lines = tuple(
        camt.Line(
            servicer_reference=f"B{number}",
            booked_on=DAY,
            value_on=DAY,
            cents=500_00,
            name=f"Investitore {number}",
            iban=ibans.synthetic_iban(number),
            remittance=Remittance((f"quota Mattone {REFERENCE} {number}",), REFERENCE),
        )
        for number in range(size)
    )
    statement = camt.Statement(
        "BENCH", 1, ibans.synthetic_iban(0), "Bench", DAY, DAY, 0, lines, "2026-04-02T00:00:00"
    )
    return camt.as_xml(statement)


def _walk(raw: bytes) -> None:
    for element in ElementTree.fromstring(raw).iter():  # noqa: S314 -- our own file
        _ = element.tag, element.text


def _seconds(work: Callable[[], object]) -> float:
    """The faster of two runs, in seconds of this process: what other work takes does not count."""
    found = []
    for _ in range(2):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)
