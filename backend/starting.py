"""How a process starts: what it loads first stays until its end."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """While thousands of modules load, nobody looks among them for garbage, which is not there yet.

    Afterwards they are left out of every later look; a forked child shares their memory the longer.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
