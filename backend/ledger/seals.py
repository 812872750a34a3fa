"""Seals: a chain of hashes over all transfers, made on a schedule, out of the way of writers.

What was changed around the software (triggers switched off, rows rewritten with new hashes) no
longer fits the chain, whose head is printed in every report.
"""

import datetime as dt

from django.db import connection, transaction

from backend.ledger.models import Seal, Transfer

GENESIS = "0" * 64
BEFORE_ALL = -(2**63)  # not zero: a number given by hand may be below it
MOST_PER_SEAL = 100_000

LINK = """
    SELECT count(*), max(id), encode(sha256(convert_to(
        %s || coalesce(string_agg(content_hash, '' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM (SELECT t.id, ledger_transfer_hash(e, t) AS content_hash
          FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
          WHERE t.id > %s AND t.id <= %s ORDER BY t.id LIMIT %s) sealed
"""


def head() -> str:
    """The newest link of the chain; zeros before the first."""
    newest = Seal.objects.order_by("-last_transfer_id").first()
    return newest.head if newest else GENESIS


def seal(*, at: dt.datetime) -> int:
    """Seal all transfers that no link covers yet; return how many links were added."""
    added = 0
    while _seal_once(at):
        added += 1
    return added


def broken() -> list[str]:
    """The links that no longer fit the transfers, by their head; empty when the chain holds."""
    problems = []
    last, previous = BEFORE_ALL, GENESIS
    for link in Seal.objects.order_by("last_transfer_id"):
        _count, _max, found = _link(previous, last, link.last_transfer_id, None)
        if found != link.head:
            problems.append(f"seal {link.pk} up to transfer {link.last_transfer_id}")
        last, previous = link.last_transfer_id, link.head
    return problems


def _seal_once(at: dt.datetime) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for writers in flight, so that no lower id commits after the seal.
        cursor.execute("LOCK TABLE ledger_transfer IN SHARE ROW EXCLUSIVE MODE")
        newest = Seal.objects.order_by("-last_transfer_id").first()
        last, previous = (newest.last_transfer_id, newest.head) if newest else (BEFORE_ALL, GENESIS)
        highest = (
            Transfer.objects.order_by("-pk").values_list("pk", flat=True).first() or BEFORE_ALL
        )
        count, upto, found = _link(previous, last, highest, MOST_PER_SEAL)
        if not count:
            return False
        Seal.objects.create(last_transfer_id=upto, head=found, sealed_at=at)
        return True


def _link(previous: str, last: int, upto: int, limit: int | None) -> tuple[int, int, str]:
    with connection.cursor() as cursor:
        cursor.execute(LINK, [previous, last, upto, limit])
        count, highest, found = cursor.fetchone()
    return count, highest, found
