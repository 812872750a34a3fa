"""The embedded PostgreSQL: made, started and stopped from the binaries of a wheel.

`url()` only computes; `ensure()` starts. Nothing happens on import. No TCP port is opened: the server
listens on a socket in a folder that only its owner can enter. With a DATABASE_URL of one's own, nothing
here does anything. backend/decisions/embedded-postgresql.md says why the wheel's server manager is not used.
"""

from backend.embedded.place import (
    BASE_DIR,
    Place,
    data_folder,
    environment,
    is_ours,
    make_data_folder,
    place,
    url,
)
from backend.embedded.server import ensure, erase, is_running, prepare, stop
from backend.embedded.user import EmbeddedFailed

__all__ = [
    "BASE_DIR",
    "EmbeddedFailed",
    "Place",
    "data_folder",
    "ensure",
    "environment",
    "erase",
    "is_ours",
    "is_running",
    "make_data_folder",
    "place",
    "prepare",
    "stop",
    "url",
]
