"""Several at once on the real database: each in a thread with a connection that ends with it."""

import threading
from collections.abc import Callable

from django.db import connection

LONGEST_SECONDS = 60


def at_once(*works: Callable[[], object]) -> list[BaseException | None]:
    """Run each in a thread of its own, released together; return what each raised."""
    gate = threading.Barrier(len(works))
    raised: list[BaseException | None] = [None] * len(works)

    def go(number: int, work: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            work()
        except Exception as problem:  # handed to the test
            raised[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST_SECONDS)
    return raised
