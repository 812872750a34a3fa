"""Webhooks over real HTTP to the real server, beside a bare view; then what it takes to book them.

Each event is a card payment of its own. `ratio` is the rate of answers (verified, stored, queued) over
that of a view that checks a signature and inserts a row, sent in turns so that a busy machine slows
both. `handled_per_second` is what one worker process books of them, asking the stand-in of the provider.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import override_settings
from django.utils import timezone

from backend.benches import bare, senders, sites, standing
from backend.demo.processes import free_ports
from backend.simulators.stripe.delivery import signature
from campaigns.models import Campaign, PaymentIntent, Pledge
from campaigns.models import Payment as Booked
from campaigns.provider import inbox

SECRET, KEY = "whsec_bench", "sk_test_bench"
TURN = 200
PATH = "/webhooks/stripe/"


def run(size: int) -> dict[str, float | int | str]:
    """Answers per second beside the bare view's, and events booked per second by one process."""
    campaign, investor = standing.world(size + TURN)
    # One more, of whom the first waits in line and pays nothing.
    standing.stand(campaign, investor, size + 1, every_waiting=size + 1)
    ours, folder = free_ports(3), Path(tempfile.mkdtemp())
    stand_in = f"http://127.0.0.1:{ours[0]}"
    told = override_settings(
        STRIPE_API_BASE=stand_in, STRIPE_SECRET_KEY=KEY, STRIPE_WEBHOOK_SECRET=SECRET
    )
    try:
        with told, sites.running(_stand_in(ours[0], folder), f"{stand_in}/_control/health", {}):
            bodies = _pay_all(stand_in, campaign)
            requests = [signed(body) for body in bodies]
            with _sites(ours[1:3], stand_in, folder) as (real, plain):
                limit, site = _answered(real, plain, requests)
            handled = _handled(len(bodies))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "bench": "webhooks",
        "n": len(bodies),
        "seconds": round(site, 3),
        "per_second": round(len(bodies) / site, 1),
        "limit_per_second": round(len(bodies) / limit, 1),
        "ratio": round(limit / site, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "handled_per_second": round(len(bodies) / handled, 1),
    }


def _answered(real: int, plain: int, requests: Sequence[bytes]) -> tuple[float, float]:
    """The seconds of the bare view and of ours for the same requests, sent in turns."""
    limit = site = 0.0
    with senders.Senders(plain) as to_plain, senders.Senders(real) as to_real:
        to_plain.send([signed(_warm(n)) for n in range(TURN)])
        to_real.send([signed(_warm(n)) for n in range(TURN)])
        for start in range(0, len(requests), TURN):
            turn = requests[start : start + TURN]
            limit += to_plain.send(turn)
            site += to_real.send(turn)
    return limit, site


def _handled(size: int) -> float:
    """The seconds until one process has booked every event; each must have become a payment."""
    queue, started = inbox.Waiting(), time.perf_counter()
    while queue.drain(at=timezone.now(), limit=queue.batch):
        pass
    seconds = time.perf_counter() - started
    booked = Booked.objects.count()
    assert booked == size, f"{booked} of {size} payments were booked"
    return seconds


def _pay_all(stand_in: str, campaign: Campaign) -> list[bytes]:
    """A paid card intent for every pledge that stands, there and here; the events that tell of them."""
    pledges = list(Pledge.objects.filter(campaign=campaign, state=Pledge.State.PLACED))
    wanted = [{"key": f"bench-{one.pk}", "amount": 50_000} for one in pledges]
    _post(f"{stand_in}/_control/rates", {"loss": 1.0, "duplicates": 0.0})
    bodies: list[bytes] = []
    for start in range(0, len(wanted), TURN):
        made = _post(f"{stand_in}/_control/paid", {"payments": wanted[start : start + TURN]})
        PaymentIntent.objects.bulk_create(
            PaymentIntent(
                pledge=pledge,
                key=f"bench-{pledge.pk}",
                amount=pledge.amount,
                state=PaymentIntent.State.CREATED,
                provider_id=event["data"]["object"]["id"],
                created_at=timezone.now(),
            )
            for pledge, event in zip(pledges[start : start + TURN], made, strict=True)
        )
        bodies += [json.dumps(event).encode() for event in made]
    return bodies


def signed(body: bytes) -> bytes:
    """A whole delivery as it goes over the wire."""
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Stripe-Signature: {signature(body, SECRET, int(time.time()))}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _warm(number: int) -> bytes:
    told = {"id": f"evt_warm_{number}", "object": "event", "type": "plan.created", "data": {}}
    return json.dumps(told).encode()


def _post(url: str, told: object) -> Any:
    asked = urllib.request.Request(url, json.dumps(told).encode(), method="POST")  # noqa: S310  # as below
    with urllib.request.urlopen(asked) as answer:  # noqa: S310  # our own stand-in
        return json.loads(answer.read())


# --- The processes ---------------------------------------------------------------------------------


def _stand_in(port: int, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "backend.simulators.stripe", "--port", str(port)]
    return [*command, "--state", str(folder / "stripe.sqlite"), "--webhook", "http://127.0.0.1:9/"]


@contextmanager
def _sites(ports: Sequence[int], stand_in: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The real site and the bare one, each behind the server that the demo runs."""
    with connection.cursor() as cursor:
        cursor.execute(bare.TABLE)
    told = {
        "DATABASE_URL": sites.scratch_url(),
        "STRIPE_API_BASE": stand_in,
        "STRIPE_SECRET_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "MATTONE_DATA": str(folder),
    }
    real, plain = ports
    try:
        with (
            sites.running(
                sites.gunicorn("backend.wsgi", real), f"http://127.0.0.1:{real}/login/", told
            ),
            sites.running(
                sites.gunicorn("backend.benches.bare", plain),
                f"http://127.0.0.1:{plain}{PATH}",
                told | {"MATTONE_BARE_SITE": "1"},
            ),
        ):
            yield real, plain
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_event")
