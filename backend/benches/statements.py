"""Reports to so many investors, each traced, worded, laid out as PDF and stored, by two processes.

Twelve homes with three costs each stand behind a raise of as many pledges; two processes drain the jobs
as two workers do (`draining`).
"""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from backend.benches import sites, standing
from backend.core import jobs
from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts
from backend.ledger.models import Account
from backend.reporting import issue
from campaigns.models import Allotment, Campaign, Pledge
from investors.models import Investor, InvestorReport
from properties import snapshots
from properties.models import Acquisition, Building, CostLine, Snapshot, Unit

HOMES, WORKERS = 12, 2
KINDS = ("acquisition.price", "acquisition.taxes", "acquisition.notary")
KIND = issue.JOB
AS_OF = dt.date(2026, 6, 30)


def run(size: int) -> dict[str, Any]:
    """Reports a second from the job rows to the stored PDF, and how memory grew on the way."""
    campaign, investor = standing.world(size + 1)
    # The first waits in line, and gets neither shares nor a report.
    standing.stand(campaign, investor, size + 1, every_waiting=size + 1)
    allot(campaign)
    _buy(campaign, cents=size * 40_000)
    snapshot = published(campaign)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with jobs.unheard():
        ask(snapshot)
    started = time.perf_counter()
    told = _drained()
    seconds = time.perf_counter() - started
    issued = InvestorReport.objects.count()
    placed = sum(each["money"]["in_homes_cents"] for each in _contents())
    return {
        "bench": "statements",
        "n": size,
        "seconds": round(seconds, 1),
        "per_second": round(issued / seconds, 1),
        "issued": issued,
        "cents_in_homes": placed,
        "cents_of_groups": sum(group["cents"] for group in snapshot.data["raises"][0]["groups"]),
        "processor_seconds": round(sum(each["processor"] for each in told), 1),
        "early_mb": max(each["early_mb"] for each in told),
        "peak_mb": max(each["peak_mb"] for each in told),
    }


def _contents() -> Any:
    return InvestorReport.objects.values_list("data", flat=True).iterator(chunk_size=500)


def allot(campaign: Campaign) -> None:
    """Shares to all who pledged, past the act; each has an address of their own, as in life."""
    at = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
    rows = list(campaign.pledges.filter(state=Pledge.State.PLACED).order_by("pk"))
    Allotment.objects.bulk_create(
        [
            Allotment(pledge=row, campaign=campaign, register_number=number, shares=row.shares,
                      amount=row.amount, allotted_at=at)
            for number, row in enumerate(rows, 1)
        ],
        batch_size=2_000,
    )  # fmt: skip
    campaign.pledges.update(state=Pledge.State.ALLOTTED)
    for investor in Investor.objects.filter(email="b@example.org").only("pk").iterator():
        Investor.objects.filter(pk=investor.pk).update(email=f"b{investor.pk}@example.org")


def _buy(campaign: Campaign, *, cents: int) -> None:
    """Homes of one price, paid in three parts; the entries by SQL past the guards: issuing is measured."""
    issuer, fund = campaign.issuer, campaign.fund
    assert fund is not None, "the bench's campaign has a fund"
    house = Building.objects.create(organisation=issuer, address="Via della Misura 1", district=6)
    each = cents // HOMES // len(KINDS)
    for number in range(HOMES):
        bought = _acquisition(issuer, house, number, campaign)
        uses = accounts.open_many(
            [
                accounts.AccountSpec(f"b:{number}:{kind}", Account.Kind.USE, fund, kind)
                for kind in KINDS
            ]
        )
        for use in uses:
            entry = _spend(use, each, AS_OF - dt.timedelta(days=100 - number))
            CostLine.objects.create(
                acquisition=bought, kind=use.purpose, amount=euro(each) / 100, fund=fund, account=use,
                taken_over_id=entry, due_on=AS_OF, created_at=timezone.now(),
            )  # fmt: skip


def _acquisition(issuer: Organisation, house: Building, number: int, of: Campaign) -> Acquisition:
    unit = Unit.objects.create(
        organisation=issuer, building=house, code=f"B-{number}", rooms=3, area_m2=60,
        source="court_auction", occupancy="FREE" if number % 2 else "DEBTOR_FAMILY",
        ownership="owned", is_synthetic=True,
    )  # fmt: skip
    return Acquisition.objects.create(
        organisation=issuer, unit=unit, route="court_auction", state="PORTFOLIO", fund=of.fund,
        title_on=AS_OF - dt.timedelta(days=100 - number), created_at=timezone.now(),
    )  # fmt: skip


def _spend(use: Account, cents: int, on: dt.date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            'INSERT INTO ledger_entry (key, kind, "on", at, by_label, memo, subject, posted_in) '
            "VALUES (%s, 'bench', %s, now(), 'bench', '', '', 0) RETURNING id",
            [f"bench:{use.pk}", on],
        )
        [entry] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO ledger_transfer (entry_id, source_id, target_id, amount, amount_currency, "
            "pair, content_hash) SELECT %s, min(id), %s, %s, 'EUR', '', '' FROM ledger_account",
            [entry, use.pk, cents / 100],
        )
        cursor.execute("SET session_replication_role = origin")
    return int(entry)


def published(campaign: Campaign) -> Snapshot:
    """The figures of the issuer, out without the city's eyes."""
    at = timezone.now()
    snapshot = snapshots.take(organisation=campaign.issuer, as_of=AS_OF, by=SYSTEM, at=at)
    Snapshot.objects.filter(pk=snapshot.pk).update(state=Snapshot.State.PUBLISHED, published_at=at)
    return snapshot


def ask(snapshot: Snapshot) -> None:
    """Past the look at the books, which are not clean here: entries were written past their guards."""
    missing = sorted(issue.recipients(snapshot, issue.Kind.QUARTERLY))
    jobs.enqueue_many(
        jobs=issue.batches(snapshot, issue.Kind.QUARTERLY, missing), at=timezone.now()
    )


def _drained() -> Sequence[dict[str, float]]:
    command = [sys.executable, "-m", "backend.benches.draining", KIND]
    told = {**os.environ, "DATABASE_URL": sites.scratch_url()}
    children = [
        subprocess.Popen(command, env=told, stdout=subprocess.PIPE, text=True)
        for _worker in range(WORKERS)
    ]
    return [json.loads(child.communicate()[0].splitlines()[-1]) for child in children]
