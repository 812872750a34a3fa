"""One worker of a bench: drains the jobs of a kind until none is left, then tells what it took, as JSON.

A process of its own, as a worker is: `python -m backend.benches.draining report.issue`.
"""

import json
import os
import resource
import sys
import time

import django

EARLY = 10
"""After so many batches everything is loaded: what memory grows from here on is the work's."""


def main(kind: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()
    from django.utils import timezone  # noqa: PLC0415  # Django must be ready first

    from backend.core import jobs  # noqa: PLC0415  # as above

    batches, early = 0, 0.0
    with jobs.unheard():
        while jobs.drain(kind=kind, at=timezone.now(), limit=1):
            batches += 1
            early = _megabytes() if batches == EARLY else early
    told = {
        "batches": batches,
        "processor": time.process_time(),
        "early_mb": early or _megabytes(),
        "peak_mb": _megabytes(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _megabytes() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main(sys.argv[1])
