"""The broker without a broker: messages as files in MATTONE_DATA, for the demo and for tests.

Kombu's own transport of this kind shows a message's file before it is written, and a worker that
reads it then dies. Here a message appears whole, the folders are made when they are missing, and a
wake-up that waits already is not written twice.
"""

import hashlib
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's channel, with messages that appear at once and whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        # (Kombu's two base classes name the second parameter differently.)
        folder, mark = Path(self.data_folder_out), _mark(payload)
        # A message only wakes. One that waits to be read will find what this one is about, too: it is
        # moved away before it is read, and what it is about was committed before this line.
        if any(folder.glob(f"*_{mark}.{queue}.msg")):
            return
        # The reader takes the files of its queue by name, the oldest first.
        name = f"{time.monotonic_ns() // 1_000_000:015d}_{mark}"
        draft = folder / f"{name}.{uuid.uuid4()}.draft"
        draft.write_bytes(str_to_bytes(dumps(payload)))
        draft.replace(folder / f"{name}.{queue}.msg")


def _mark(payload: dict[str, Any]) -> str:
    """The same for messages that ask for the same task with the same arguments."""
    headers = payload.get("headers") or {}
    if "task" not in headers:
        return uuid.uuid4().hex
    asked = f"{headers['task']} {headers.get('argsrepr')} {headers.get('kwargsrepr')}"
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


class Transport(filesystem.Transport):
    """Named in the broker's URL; looked at twenty times a second: a story of many short waits."""

    Channel = Channel
    polling_interval = 0.05
