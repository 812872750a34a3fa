"""How a process starts: what it loads first stays until its end."""

import contextlib
import gc
from collections.abc import Iterator

GARBAGE = (10_000, 20, 50)
"""New objects until they are looked through (Python's own: 700), and after how many looks the older are."""


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """While thousands of modules load, nobody looks among them for garbage: a sixth of the time to
    start. What little is garbage then stays, with all that was loaded, out of every later look. One
    request makes thousands of objects, so that the looks come after as many, not after hundreds."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()
