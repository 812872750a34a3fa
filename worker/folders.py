"""The broker without a broker: messages as files in MATTONE_DATA, for the demo and for tests.

Kombu's own transport of this kind shows a message's file before it is written, and a worker that
reads it then dies. Here a message appears whole, and the folders are made when they are missing.
"""

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
        # The reader takes the files of its queue by name, the oldest first.
        name = f"{time.monotonic_ns() // 1_000_000:015d}_{uuid.uuid4()}"
        draft = Path(self.data_folder_out) / f"{name}.draft"
        draft.write_bytes(str_to_bytes(dumps(payload)))
        draft.replace(draft.with_name(f"{name}.{queue}.msg"))


class Transport(filesystem.Transport):
    """Named in the broker's URL; looked at a few times a second."""

    Channel = Channel
    polling_interval = 0.2
