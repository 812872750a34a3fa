"""Visitors who ask one thing after another over open connections, and how long each answer took."""

import http.client
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

VISITORS = 8


@dataclass(frozen=True)
class Visit:
    """One request: of which kind, and the statuses that are right."""

    kind: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    right: tuple[int, ...] = (200,)


@dataclass
class Heard:
    """The seconds of each answer, and how many were wrong, by kind."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def told(self, kind: str) -> dict[str, float | int]:
        """Milliseconds at which a half, 95 and 99 of a hundred were answered."""
        cuts = statistics.quantiles(self.seconds[kind], n=100, method="inclusive")
        p50, p95, p99 = (round(cuts[part - 1] * 1000, 1) for part in (50, 95, 99))
        number, wrong = len(self.seconds[kind]), len(self.wrong[kind])
        return {"requests": number, "p50": p50, "p95": p95, "p99": p99, "errors": wrong}


def send(port: int, visits: Sequence[Visit]) -> Heard:
    """Send them all, a few at a time, each visitor waiting for an answer before the next."""
    heard = Heard()
    threads = [
        threading.Thread(target=_visit, args=(port, visits[number::VISITORS], heard))
        for number in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def _visit(port: int, visits: Sequence[Visit], heard: Heard) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for one in visits:
        started = time.perf_counter()
        try:
            line.request("POST" if one.body else "GET", one.path, one.body or None, one.headers)
            answer = line.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            line.close()
            status = 0
        heard.seconds[one.kind].append(time.perf_counter() - started)
        if status not in one.right:
            heard.wrong[one.kind].append(status)
    line.close()
