"""Very many pledges, quickly: one that the rules made, multiplied by SQL with the triggers at rest.

For what is read under load. The books do not hold after it (no entries stand behind the payments).
"""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger.models import Balance
from backend.treasury.models import Expectation
from campaigns import pledges
from campaigns.models import Campaign, Payment, Pledge
from campaigns.orders import Order
from investors.models import Investor

AMOUNT = "500.00"


def stand(campaign: Campaign, investor: Investor, size: int) -> None:
    """So many pledges of as many investors, each paid by bank transfer."""
    order = Order(campaign, investor, 5, is_acknowledged=True)
    one = pledges.place(order=order, by=SYSTEM, at=timezone.now())
    paid = Payment.objects.create(
        pledge=one, method=Payment.Method.TRANSFER, provider_id=f"bench:{campaign.pk}",
        amount=euro(AMOUNT), received_at=timezone.now(), learnt_at=timezone.now(),
    )  # fmt: skip
    expected = Expectation.objects.get(reference=one.reference)
    mark = f"M{campaign.pk}-"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        people = _multiply(
            investor, size, {"tax_code_print": f"'{mark}' || n", "email": "'b@example.org'"}
        )
        payers = _multiply(one.payer, size, {"code": f"'{mark}' || n"})
        _multiply(Balance.objects.get(account=one.payer), size, {"account_id": f"{payers} + n"})
        told = {"reference": f"'{mark}' || n", "payer_id": f"{payers} + n", "interest_id": "NULL"}
        made = _multiply(one, size, told | {"investor_id": f"{people} + n"})
        told = {
            "reference": f"'{mark}' || n",
            "key": f"'{mark}' || n",
            "source_id": f"{payers} + n",
        }
        _multiply(expected, size, told | {"owner_key": f"({made} + n)::text"})
        _multiply(paid, size, {"pledge_id": f"{made} + n", "provider_id": f"'{mark}' || n"})
        cursor.execute(
            "UPDATE campaigns_campaign SET taken_shares = taken_shares + %s WHERE id = %s",
            [5 * size, campaign.pk],
        )
    assert Pledge.objects.filter(campaign=campaign).count() == size + 1


def _multiply(row: Model, times: int, changes: Mapping[str, str]) -> int:
    """Copy a row so many times, with expressions over `n` (from 1); return what n is added to for ids."""
    meta = row._meta
    key = str(meta.pk.column) if meta.pk else "id"
    names = [str(field.column) for field in meta.concrete_fields if field.column != key]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("{key}") FROM "{meta.db_table}"')  # noqa: S608 -- our own names
        base = int(cursor.fetchone()[0])
        told = {key: f"{base} + n", **changes}
        columns = ", ".join(f'"{name}"' for name in (key, *names))
        values = ", ".join(told.get(name, f'"{name}"') for name in (key, *names))
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({columns}) SELECT {values} '  # noqa: S608
            f'FROM "{meta.db_table}", generate_series(1, %s) n WHERE "{key}" = %s',
            [times, row.pk],
        )
        if key not in changes:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [meta.db_table, key, base + times],
            )
    return base
