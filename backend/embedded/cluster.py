"""A cluster on disk: made once by initdb, its settings written at every start.

Tuned small: two copies and a browser are to fit on a laptop.
"""

import os
import shutil
from pathlib import Path

from backend import variables
from backend.embedded.place import Place
from backend.embedded.user import SYSTEM_USER, Command, run


def make_cluster(here: Place, tools: Path) -> None:
    """A cluster is made beside its place and moved there whole, so a half-made one is never used."""
    draft = here.home / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    command: Command = [
        tools / "initdb",
        "-D",
        draft,
        "-U",
        SYSTEM_USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    # The builtin provider does not depend on which locales this machine has.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    run([*command, "--no-sync"] if is_fast() else command)
    draft.rename(here.cluster)


def write_settings(here: Place) -> None:
    """Written at every start: the folders may have moved."""
    lines = {
        "listen_addresses": "",
        "unix_socket_directories": _list_item(here.socket),
        "unix_socket_permissions": "0700",
        # Fifty people who order at once hold one each, beside the workers'.
        "max_connections": "100",
        "shared_buffers": "256MB",
        # A large statement file writes hundreds of megabytes: no checkpoint on the way, and no wait for the
        # disk before the commit.
        "wal_buffers": "64MB",
        "max_wal_size": "2GB",
        "max_wal_senders": "0",
        "wal_level": "minimal",
        "max_parallel_workers_per_gather": "0",
        "io_method": "sync",
        # What is looked up is in memory: with the default a large table is read whole for a few rows.
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
    }
    if is_fast():
        # A commit still reaches the kernel, so a killed server loses nothing even here.
        lines |= {"fsync": "off", "full_page_writes": "off"}
        # And it is small: what it does not take is left to everything else on the machine.
        lines |= {"shared_buffers": "64MB", "wal_buffers": "4MB", "max_wal_size": "256MB"}
        # Who runs into another on purpose is told at once.
        lines |= {"deadlock_timeout": "100ms"}
    text = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in lines.items())
    (here.cluster / "postgresql.conf").write_text(text)


def is_fast() -> bool:
    """For tests and the demo, whose money is invented: a power cut may destroy the cluster."""
    return os.environ.get("MATTONE_PG_FAST") == "1" or variables.is_demo()


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _list_item(folder: Path) -> str:
    return '"' + str(folder).replace('"', '""') + '"'
