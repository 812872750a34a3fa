"""What the environment says: a variable itself, or the file that `<NAME>_FILE` names.

So that secrets can be mounted as files (Docker, Kubernetes, systemd credentials) and stand in no
process's environment. The file's last line break does not count.
"""

import os
import sys
from pathlib import Path


def value(name: str, otherwise: str = "") -> str:
    """The value of a variable; an empty one counts as not there. Raises OSError for a missing file."""
    if said := os.environ.get(name, ""):
        return said
    file = os.environ.get(f"{name}_FILE", "")
    return Path(file).read_text(encoding="utf-8").rstrip("\r\n") if file else otherwise


def flag(name: str) -> bool:
    """Whether a variable says yes."""
    return value(name).lower() in ("1", "true", "yes", "on")


def is_demo() -> bool:
    """Whether this process belongs to a demo: where one is asked for, or told by `manage.py demo`."""
    return flag("MATTONE_DEMO") or sys.argv[1:2] == ["demo"]


def listed(name: str, otherwise: str) -> list[str]:
    """The parts of a variable between commas."""
    return [each.strip() for each in value(name, otherwise).split(",") if each.strip()]
