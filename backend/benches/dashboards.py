"""What the pages that people start on cost where many investors and homes stand: time and queries.

Ten investors a home: `--n 1000` is 1,000 homes and 10,000 investors. Everything is made set-based; server
time is that of Django's own client, without network, the middle of some calls after one to warm up.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.benches import indicators, standing
from backend.core.models import Organisation, User
from backend.core.periods import previous, quarter_of
from backend.core.roles import Role
from backend.core.users import SYSTEM
from backend.ledger import accounts
from backend.ledger.models import Account
from backend.treasury import references
from campaigns.models import Allotment, Campaign, Payment, Pledge
from investors.models import Investor, Representation
from properties import snapshots
from properties.models import Snapshot

INVESTORS_A_HOME, QUARTERS, CALLS = 10, 8, 7
PAGES: dict[str, tuple[str | None, str]] = {
    "front": (None, "/"),
    "campaign": (None, "/campaigns/bench/"),
    "open_data": (None, "/open-data/"),
    "my_home": (Role.INVESTOR, "/my-home/"),
    "day": (Role.MANAGER, "/day/"),
    "review_desk": (Role.MANAGER, "/figures/"),
    "city": (Role.CITY_REVIEWER, "/city/"),
    "programme": (Role.PROGRAMME_OFFICER, "/city/programmes/torino-social-impact/"),
    "issues": (Role.MANAGER, "/reports/"),
    "campaign_in_use": (None, "/campaigns/bench-told/"),
}
"""The page, and who opens it: None is anyone. One campaign is open, one of its issuer spent its money."""


def run(size: int) -> dict[str, Any]:
    """Milliseconds and queries of each page at `size` homes and ten times as many investors."""
    people = world(size)
    found: dict[str, Any] = {"bench": "dashboards", "homes": size}
    found["investors"] = size * INVESTORS_A_HOME
    for name, (role, path) in PAGES.items():
        taken = measure(people.get(role or ""), path)
        found |= {f"{name}_{what}": value for what, value in taken.items()}
    return found


def measure(user: User | None, path: str) -> dict[str, float]:
    """Of some calls of a page the middle, by the wall and by our processor; the queries of one."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0].replace("*", "localhost")})
    if user is not None:
        client.force_login(user)
    _open(client, path)
    with CaptureQueriesContext(connection) as seen:
        _open(client, path)
    queries = len(seen)
    taken = [_seconds(lambda: _open(client, path)) for _call in range(CALLS)]
    wall, busy = (round(1000 * statistics.median(each), 1) for each in zip(*taken, strict=True))
    return {"ms": wall, "cpu_ms": busy, "queries": queries}


def world(size: int) -> dict[str, User]:
    """A campaign with its pledges and payments, homes with people, figures of some quarters."""
    campaign, investor = standing.world(size * INVESTORS_A_HOME + 10)
    standing.stand(campaign, investor, size * INVESTORS_A_HOME)
    _pay(campaign)
    indicators.portfolio(campaign.issuer, size)
    _publish(campaign.issuer)
    _tell(campaign)
    city = Organisation.objects.create(
        name="Bench city (synthetic)", kind="city", is_synthetic=True
    )
    people = {
        Role.INVESTOR: _user("investor", Role.INVESTOR, None),
        Role.MANAGER: _user("manager", Role.MANAGER, campaign.issuer),
        Role.CITY_REVIEWER: _user("city", Role.CITY_REVIEWER, city),
        Role.PROGRAMME_OFFICER: _user("officer", Role.PROGRAMME_OFFICER, city),
    }
    for one in Investor.objects.filter(name__startswith="Bench ").order_by("pk")[:3]:
        Representation.objects.create(
            investor=one, user=people[Role.INVESTOR], since=timezone.now()
        )
    with connection.cursor() as cursor:
        # As autovacuum leaves it: reports are counted by index alone. In a test's transaction it may not.
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    return {str(role): user for role, user in people.items()}


def _user(name: str, role: Role, organisation: Organisation | None) -> User:
    return User.objects.create(
        username=f"{name}@bench.example", roles=[role], organisation=organisation, password=""
    )


def _pay(campaign: Campaign) -> None:
    """Nine of ten pledges are paid by transfer."""
    at = timezone.now() - dt.timedelta(minutes=30)
    placed = Pledge.objects.filter(campaign=campaign, state=Pledge.State.PLACED)
    Payment.objects.bulk_create(
        Payment(
            pledge=pledge, method=Payment.Method.TRANSFER, provider_id=f"bench:{pledge.pk}",
            amount=pledge.amount, received_at=at, learnt_at=at,
        )
        for pledge in placed.iterator()
    )  # fmt: skip


def _publish(issuer: Organisation) -> None:
    """Figures taken once, standing for some quarters: reading them is what is measured."""
    now = timezone.now()
    first = snapshots.take(organisation=issuer, as_of=indicators.AS_OF, by=SYSTEM, at=now)
    quarter = quarter_of(indicators.AS_OF)
    days: list[dt.date] = []
    while len(days) < QUARTERS - 1:
        quarter = previous(quarter)
        days.append(quarter.last_day)
    Snapshot.objects.bulk_create(
        Snapshot(
            organisation=issuer, as_of=day, version=1, data=first.data,
            content_hash=first.content_hash, taken_at=now,
        )
        for day in days
    )  # fmt: skip
    Snapshot.objects.update(
        state=Snapshot.State.PUBLISHED, submitted_at=now, accepted_at=now, published_at=now
    )


TELL = """
INSERT INTO investors_investorreport
    (investor_id, snapshot_key, kind, period_label, version, language, data, content_hash, pdf, issued_at)
SELECT pledge.investor_id, 'snapshot:' || figures.id, kinds.kind, figures.as_of::text, 1, 'it',
       jsonb_build_object('as_of', figures.as_of, 'title', '', 'paragraph', repeat('x', 900),
                          'holdings', '[]'::jsonb,
                          'money', jsonb_build_object('in_homes_cents', 40000)),
       repeat('0', 64), decode('00', 'hex'), now()
FROM campaigns_allotment allotment
JOIN campaigns_pledge pledge ON pledge.id = allotment.pledge_id
CROSS JOIN properties_snapshot figures
CROSS JOIN (VALUES ('quarterly'), ('yearly')) AS kinds (kind)
WHERE kinds.kind = 'quarterly' OR to_char(figures.as_of, 'MM-DD') = '12-31';
INSERT INTO core_notice
    (key, "to", language, template, subject, body, created_at, sent_at, bounce_reason)
SELECT 'report:' || report.id, 'b@example.org', 'it', 'report_issued', '', repeat('x', 600), now(), now(), ''
FROM investors_investorreport report
"""
"""Reports and mails of every quarter to all who hold shares, past their making (`bench statements`)."""


KEPT = """
INSERT INTO campaigns_entrant (issuer_id, investor_id, since)
SELECT campaign.issuer_id, pledge.investor_id, min(entry.allotted_at)
FROM campaigns_allotment entry JOIN campaigns_pledge pledge ON pledge.id = entry.pledge_id
    JOIN campaigns_campaign campaign ON campaign.id = entry.campaign_id
GROUP BY 1, 2;
INSERT INTO investors_reporttally (snapshot_key, kind, version, reports)
SELECT snapshot_key, kind, version, count(*) FROM investors_investorreport GROUP BY 1, 2, 3
"""
"""What triggers keep, which are at rest while this is made."""


def _tell(first: Campaign) -> None:
    """The offer before this one: the same investors hold its shares, and have the report of each quarter."""
    at = timezone.now() - dt.timedelta(days=1000)
    told = standing.another(first, 4, 2)
    rows = list(first.pledges.filter(state=Pledge.State.PLACED).order_by("pk"))
    payers = accounts.open_many(
        [accounts.AccountSpec(f"told:{each.pk}", Account.Kind.PAYER, told.fund) for each in rows]
    )
    for row, payer in zip(rows, payers, strict=True):
        row.pk, row.campaign, row.payer = None, told, payer
        row.state, row.reference = (
            Pledge.State.ALLOTTED,
            references.creditor_reference(f"t:{payer.pk}"),
        )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Pledge.objects.bulk_create(rows, batch_size=2_000)
        Allotment.objects.bulk_create(
            (
                Allotment(pledge=row, campaign=told, register_number=number, shares=row.shares,
                          amount=row.amount, allotted_at=at)
                for number, row in enumerate(rows, 1)
            ),
            batch_size=2_000,
        )  # fmt: skip
        cursor.execute(TELL)
        cursor.execute(KEPT)
        cursor.execute("SET session_replication_role = origin")
    Campaign.objects.filter(pk=told.pk).update(slug="bench-told", state=Campaign.State.IN_USE)


def _open(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"


def _seconds(work: Callable[[], None]) -> tuple[float, float]:
    started, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - busy
