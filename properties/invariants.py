"""What must hold between homes and books, by name; `manage.py check_books` runs it with the rest."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from backend.core.models import Organisation
from backend.core.money import as_text, from_cents
from backend.ledger import checks
from properties import figures
from properties.models import Snapshot
from properties.snapshots import content_hash
from properties.tracing import Overspent


def lots_equal_costs() -> list[str]:
    """For every raise, the lots of all investors in homes are what raised capital paid for homes."""
    problems = []
    for organisation in Organisation.objects.filter(campaigns__allotments__isnull=False).distinct():
        try:
            problems += _of_organisation(organisation)
        except Overspent as problem:
            problems.append(f"{organisation}: {problem}")
    return problems


def _of_organisation(organisation: Organisation) -> list[str]:
    problems = []
    for book in figures.fund_books(organisation, until=dt.date.max):
        paid = sum(movement.cents for movement in book.movements)
        traced = sum(sum(row) for row in book.trace().rows)
        homeless = sum(movement.cents for movement in book.movements if not movement.home)
        if paid != traced:
            problems.append(f"{book.fund.code}: {_euro(paid)} paid, {_euro(traced)} traced")
        if homeless:
            problems.append(f"{book.fund.code}: {_euro(homeless)} paid for no home that we know")
    return problems


COST_ACCOUNTS = """
    SELECT 'cost', c.id, 'of', c.kind, 'is booked on', a.code
    FROM properties_costline c JOIN ledger_account a ON a.id = c.account_id
        JOIN treasury_expectation e ON e.id = c.expectation_id
    WHERE a.fund_id <> c.fund_id OR a.purpose <> c.kind OR a.kind <> 'use'
        OR e.target_id <> a.id OR e.amount <> c.amount
    UNION ALL
    SELECT 'cost', c.id, 'of', c.kind, 'taken over, is booked as', coalesce(t.amount::text, '-')
    FROM properties_costline c JOIN ledger_account a ON a.id = c.account_id
        LEFT JOIN ledger_transfer t ON t.entry_id = c.taken_over_id AND t.target_id = a.id
    WHERE c.taken_over_id IS NOT NULL AND (a.fund_id <> c.fund_id OR a.purpose <> c.kind
        OR a.kind <> 'use' OR t.id IS NULL OR t.amount <> c.amount)
"""


SALES = """
    SELECT 'sale', s.id, s.state, 'for', s.price, 'in parts', coalesce(sum(p.amount), 0)
    FROM properties_sale s LEFT JOIN properties_salepart p ON p.sale_id = s.id
    GROUP BY s.id HAVING CASE s.state WHEN 'agreed' THEN count(p.id) > 0
        WHEN 'cancelled' THEN sum(p.amount) <> s.price ELSE coalesce(sum(p.amount), 0) <> s.price END
    UNION ALL
    SELECT 'sale', s.id, s.state, 'price', p.amount, 'gained beyond cost', -b.amount
    FROM properties_sale s JOIN properties_salepart p ON p.sale_id = s.id
    JOIN ledger_balance b ON b.account_id = p.account_id
    WHERE s.state = 'closed' AND (b.amount > 0 OR -b.amount > p.amount)
"""


def sales_fit_their_price() -> list[str]:
    """The parts of a sale are its price; what a fund gained by it is within its part."""
    return checks.rows(SALES)


def costs_fit_their_accounts() -> list[str]:
    """A cost's account is of its fund and kind, and its expectation leads there, or
    what was taken over is booked there, with its amount."""
    return checks.rows(COST_ACCOUNTS)


KEPT = """
    SELECT kept.what, kept.id, 'is paid:', kept.is_paid, 'but came:', came.amount, 'of', e.amount
    FROM (SELECT 'rent' AS what, id, expectation_id, is_paid FROM properties_rentcharge
          UNION ALL SELECT 'cost', id, expectation_id, is_paid FROM properties_costline) kept
    JOIN treasury_expectation e ON e.id = kept.expectation_id
    CROSS JOIN LATERAL (SELECT coalesce(sum(part.amount), 0) AS amount FROM treasury_allocation part
                        WHERE part.expectation_id = e.id) came
    WHERE kept.is_paid <> (came.amount >= e.amount)
"""


def paid_is_what_came() -> list[str]:
    """A rent or a cost is kept as paid where all of it came, and nowhere else."""
    return checks.rows(KEPT)


def snapshots_are_as_taken() -> list[str]:
    """What a snapshot says still has the hash it was taken with."""
    rows = Snapshot.objects.only("data", "content_hash").iterator()
    return [f"snapshot {row.pk} was changed" for row in rows if not _fits(row)]


def _fits(snapshot: Snapshot) -> bool:
    return content_hash(snapshot.data) == snapshot.content_hash


def _euro(cents: int) -> str:
    return as_text(from_cents(cents), "en")


FINDERS: dict[str, Callable[[], list[str]]] = {
    _("traced lots = acquisition cost"): lots_equal_costs,
    _("costs fit their accounts"): costs_fit_their_accounts,
    _("sales fit their price"): sales_fit_their_price,
    _("what is kept as paid has come"): paid_is_what_came,
    _("snapshots are as they were taken"): snapshots_are_as_taken,
}
