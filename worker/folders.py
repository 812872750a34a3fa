"""The broker without a broker: messages as files in MATTONE_DATA, for the demo and for tests.

Kombu's own transport of this kind shows a message's file before it is written, and a worker that
reads it then dies. Here a message appears whole, the folders are made when they are missing, and a
wake-up that waits already is not written twice.
"""

import hashlib
import math
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

LOOK_SECONDS, LOOK_SECONDS_ASLEEP = 0.005, 0.05
AWAKE_SECONDS = 10


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
    """Named in the broker's URL. One wake-up seldom comes alone: while they come, the folder is looked
    at ten times as often as when nothing has come for a while."""

    Channel = Channel
    heard_at = -math.inf

    @property
    def polling_interval(self) -> float:  # type: ignore[override]  # Kombu reads it, and sets none
        """The seconds between two looks, asked for anew with each message and every two seconds."""
        is_awake = time.monotonic() - self.heard_at < AWAKE_SECONDS
        return LOOK_SECONDS if is_awake else LOOK_SECONDS_ASLEEP

    def _deliver(self, message: dict[str, Any], queue: str) -> None:
        self.heard_at = time.monotonic()
        super()._deliver(message, queue)
