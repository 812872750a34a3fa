"""How a process starts: what it loads first stays until its end."""

import contextlib
import gc
from collections.abc import Iterator

# Objects made before the young ones are looked through, and how often the older ones are then. Python's
# own 700 is for programs that hold little: a statement of thousands of lines is looked through for each.
LOOKS = (20_000, 20, 20)


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """While thousands of modules load, nobody looks among them for garbage: a sixth of the time to
    start. What little is garbage then stays, with all that was loaded, out of every later look."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*LOOKS)
        gc.enable()
