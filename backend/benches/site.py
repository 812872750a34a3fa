"""What people feel: pages and orders over real HTTP where very many pledges stand, beside a bare view.

Mixed traffic to gunicorn: campaign pages of visitors, the list, the page of an order and orders placed
by people who are logged in. `manage.py bench site --n 100000 --campaigns 10`: pledges in each.
"""

import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from backend.accounts.sessions import SessionStore
from backend.benches import multiplied, sites, standing, visitors
from backend.benches.visitors import Visit
from backend.core import encryption
from backend.core.models import User
from backend.core.roles import Role
from backend.demo.processes import free_ports
from campaigns.models import Campaign, Pledge
from investors.models import Investor, Representation

REQUESTS, BARE = 200, 100
ROOM = 2_000
# Of a hundred requests.
MIX = {"campaign page": 60, "list": 10, "order page": 15, "order": 15}
CSRF = "c" * 32


def run(size: int, campaigns: int = 1) -> dict[str, Any]:
    """The percentiles of each kind of request, in milliseconds, where `size` pledges stand in each."""
    first, investor = standing.world(size + ROOM)
    found = [first, *(standing.another(first, 10 + n, size + ROOM) for n in range(1, campaigns))]
    started = time.perf_counter()
    for campaign in found:
        multiplied.stand(campaign, investor, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    filled = time.perf_counter() - started
    folder, (real, plain) = Path(tempfile.mkdtemp()), free_ports(2)
    told = {
        "DATABASE_URL": sites.scratch_url(),
        "MATTONE_DATA": str(folder),
        # The site reads in another folder what this process sealed and signed.
        "SECRET_KEY": settings.SECRET_KEY,
        "IDENTITY_KEYS": ",".join(encryption.keys()),
        "PORT": str(settings.PORT),
        "FIGURES_SECONDS": "5",
    }
    try:
        with (
            sites.running(
                sites.gunicorn("backend.wsgi", real), f"http://127.0.0.1:{real}/health/", told
            ),
            sites.running(
                sites.gunicorn("backend.benches.bare", plain),
                f"http://127.0.0.1:{plain}/hello/",
                told | {"MATTONE_BARE_SITE": "1"},
            ),
        ):
            return {
                "bench": "site", "n": size, "campaigns": campaigns, "filled_in": round(filled, 1),
                **_measured(real, plain, found, _cookie(investor)),
            }  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(real: int, plain: int, found: list[Campaign], cookie: str) -> dict[str, Any]:
    mix = _mix(found, cookie)
    visitors.send(real, mix[: REQUESTS // 10])  # what is read once a process
    bare = visitors.send(plain, [Visit("bare view", "/hello/")] * BARE)
    stood = _orders(found)
    started = time.perf_counter()
    heard = visitors.send(real, mix)
    seconds = time.perf_counter() - started
    return {
        "placed": _orders(found) - stood,
        "per_second": round(len(mix) / seconds, 1),
        "bare view": bare.told("bare view"),
        **{kind: heard.told(kind) for kind in MIX},
    }


def _orders(found: list[Campaign]) -> int:
    """How many stand: an answer that leads on may also ask to read a warning first."""
    return Pledge.objects.filter(campaign__in=found).count()


def _mix(found: list[Campaign], cookie: str) -> list[Visit]:
    chance = random.Random(20261122)  # noqa: S311 -- the same for every run
    kinds = chance.choices(list(MIX), list(MIX.values()), k=REQUESTS)
    return [_visit(kind, chance.choice(found), cookie) for kind in kinds]


def _visit(kind: str, campaign: Campaign, cookie: str) -> Visit:
    page = f"/campaigns/{campaign.slug}/"
    known = {"Cookie": cookie}
    if kind == "list":
        return Visit(kind, "/campaigns/")
    if kind == "order page":
        return Visit(kind, f"{page}pledge/", headers=known)
    if kind == "order":
        form = {"step": "order", "amount": "500", "acknowledged": "on", "csrfmiddlewaretoken": CSRF}
        head = known | {"Content-Type": "application/x-www-form-urlencoded"}
        return Visit(kind, f"{page}pledge/", urlencode(form).encode(), head, right=(302,))
    return Visit(kind, page)


def _cookie(investor: Investor) -> str:
    """Somebody who acts for the investor, logged in."""
    user = User.objects.create(
        username="bench@example.org", email="bench@example.org", roles=[Role.INVESTOR]
    )
    Representation.objects.create(
        investor=investor, user=user, kind=Representation.Kind.SELF, since=timezone.now()
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return (
        f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    )
