"""What the worker runs: a task reads the clock and calls one rule.

Every task may be run twice, late, or beside itself.
"""

from backend.core import clock, jobs
from worker.celery import app


@app.task(name="worker.drain")
def drain(kind: str) -> None:
    """Do one batch of a kind, and come again while batches are full."""
    if jobs.drain(kind=kind, at=clock.now()) == jobs.BATCH:
        drain.delay(kind)


@app.task(name="worker.sweep")
def sweep() -> None:
    """Wake a drain for every kind that has work due."""
    for kind in jobs.kinds_waiting(at=clock.now()):
        drain.delay(kind)
