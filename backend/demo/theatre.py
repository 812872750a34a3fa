"""Which processes the demo runs and how they find each other: stand-ins, web, worker.

Everything is in MATTONE_DATA and on this machine alone; the ports of the stand-ins are kept, so that a
payment page opened before a restart still answers after it.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from backend import embedded
from backend.demo.processes import Child, Company, free_ports, is_free

WEB_PROCESSES = 1
WEB_THREADS = 4
SECRET = "whsec_mattone_demo"  # noqa: S105 -- the stand-in's, worth nothing anywhere else


@dataclass(frozen=True)
class Ports:
    """Where web and stand-ins listen."""

    web: int
    stripe: int
    bank: int

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.web}"

    @property
    def stripe_url(self) -> str:
        return f"http://127.0.0.1:{self.stripe}"

    @property
    def bank_url(self) -> str:
        return f"http://127.0.0.1:{self.bank}"


def folder() -> Path:
    """The demo's own folder: state of the stand-ins, logs."""
    found = Path(settings.DATA_DIR) / "demo"
    (found / "logs").mkdir(parents=True, exist_ok=True)
    return found


def choose_ports(web: int | None) -> Ports:
    """The ports of last time where they are free, else new ones; `web` None takes any free one."""
    kept = folder() / "ports.json"
    last = json.loads(kept.read_text()) if kept.exists() else {}
    fresh = free_ports(3)
    ports = Ports(
        web=web or fresh[0],
        stripe=_usable(last.get("stripe"), fresh[1]),
        bank=_usable(last.get("bank"), fresh[2]),
    )
    kept.write_text(json.dumps(asdict(ports)))
    return ports


def environment(ports: Ports) -> dict[str, str]:
    """What every child is told."""
    return {
        **embedded.environment(),
        "MATTONE_DEMO": "1",
        "MATTONE_DATA": str(settings.DATA_DIR),
        "PORT": str(ports.web),
        "SITE_URL": ports.site,
        "STRIPE_API_BASE": ports.stripe_url,
        "STRIPE_SECRET_KEY": "sk_test_mattone_demo",
        # The real form cannot be opened with what the stand-in tells: one pays on its own page.
        "STRIPE_PUBLISHABLE_KEY": "",
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "DEMO_BANK_URL": ports.bank_url,
        "DJANGO_SETTINGS_MODULE": "backend.settings",
        "PYTHONUNBUFFERED": "1",
        # Threads that share two heaps take less memory than each with its own (glibc; others ignore it).
        "MALLOC_ARENA_MAX": "2",
    }


def company(ports: Ports) -> Company:
    """The demo's processes, none of them started yet; a database that dies is brought back."""
    return Company(folder() / "logs", environment(ports), embedded.ensure)


def stand_ins(ports: Ports, payout_iban: str) -> list[Child]:
    """The bank, and Stripe, which pays out to the bank."""
    state = folder()
    python = [sys.executable, "-m"]
    bank = [*python, "backend.simulators.bank", "--port", str(ports.bank)]
    bank += ["--state", str(state / "bank.sqlite")]
    stripe = [*python, "backend.simulators.stripe", "--port", str(ports.stripe)]
    stripe += ["--state", str(state / "stripe.sqlite"), "--secret", SECRET]
    stripe += ["--webhook", f"{ports.site}/webhooks/stripe/"]
    stripe += ["--bank", ports.bank_url, "--bank-iban", payout_iban]
    return [
        Child("bank", bank, f"{ports.bank_url}/_control/health"),
        Child("stripe", stripe, f"{ports.stripe_url}/_control/health"),
    ]


def application(ports: Ports) -> Child:
    """Web and worker, as in production but for their size, and that they are loaded once for both."""
    command = [sys.executable, "-m", "backend.demo.siblings", json.dumps([_web(ports), _worker()])]
    return Child("application", command, f"{ports.site}/login/")


def _web(ports: Ports) -> list[str]:
    return [
        *("gunicorn", "backend.wsgi:application", "--preload"),
        *("--bind", f"127.0.0.1:{ports.web}", "--worker-class", "gthread"),
        *("--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS)),
        *("--keep-alive", "30", "--graceful-timeout", "5", "--log-level", "warning"),
    ]


def _worker() -> list[str]:
    """One worker with the schedule inside: one process less where one worker is enough."""
    return [
        *("celery", "--app", "worker.celery", "worker", "--beat"),
        *("--concurrency", "1", "--loglevel", "WARNING"),
        *("--pidfile", "", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def _usable(last: int | None, fresh: int) -> int:
    return last if last and is_free(last) else fresh
