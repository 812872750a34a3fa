"""The Celery application: Redis where REDIS_URL names one, else folders in MATTONE_DATA.

Run it with `celery -A worker.celery worker --beat`. Only a real worker process starts the
embedded PostgreSQL; importing this module, as the web process does, starts nothing.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.transport import TRANSPORT_ALIASES

from backend import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

# A lost message costs a minute, until the sweep; so nothing is kept or confirmed that costs a write.
COMMON = {
    "task_ignore_result": True,
    "task_acks_late": False,
    "worker_hijack_root_logger": False,
    "worker_prefetch_multiplier": 1,
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "broker_connection_retry_on_startup": True,
    "timezone": settings.TIME_ZONE,
    "beat_schedule_filename": str(settings.DATA_DIR / "beat-schedule"),
}


def _transport() -> dict[str, Any]:
    if settings.REDIS_URL:
        return {"broker_url": settings.REDIS_URL}
    # Kombu takes no import path from a URL, so its own register names the transport.
    TRANSPORT_ALIASES["folders"] = "worker.folders:Transport"
    folder = str(settings.BROKER_DIR / "queue")
    return {
        "broker_url": "folders://localhost",
        "broker_transport_options": {
            # One folder for both ways: what the web process drops, the worker picks up.
            "data_folder_in": folder,
            "data_folder_out": folder,
            "control_folder": str(settings.BROKER_DIR / "control"),
        },
    }


app = Celery("worker", include=["worker.tasks", "worker.schedule"])
app.conf.update(**COMMON, **_transport())
# Each line of a task's log has its id, and that of the request that woke it.
app.steps["worker"].add(DjangoStructLogInitStep)
# Every thread of the web process sends through this application, not only the first.
app.set_default()


def _make_ready(**_: object) -> None:
    embedded.ensure()


celeryd_init.connect(_make_ready)
beat_init.connect(_make_ready)
