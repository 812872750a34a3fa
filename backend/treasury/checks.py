"""The invariants of treasury, by name, for `check_books` and every money test."""

from pathlib import Path

from django.db.models import Exists, OuterRef

from backend.ledger.checks import rewritten, rows
from backend.treasury import bank_accounts
from backend.treasury.models import BankAccount, BankStatement


def banks() -> list[str]:
    """Bank accounts at which the books and the newest statement differ."""
    told = Exists(BankStatement.objects.filter(account=OuterRef("pk")))
    standings = bank_accounts.standings(BankAccount.objects.filter(told).order_by("iban"))
    return [
        f"{one.account.iban}: books {one.books.amount:.2f}, bank {one.bank.amount:.2f}"
        for one in standings
        if one.bank is not None and one.difference.amount
    ]


def suspense() -> list[str]:
    """Bank accounts whose suspense is not what is unexplained of their lines."""
    return rows(SUSPENSE)


def lines() -> list[str]:
    """Statements whose lines are not what was booked for them."""
    return rows(LINES)


def allocated() -> list[str]:
    """Lines and expectations of which more is explained than they have, or less than nothing."""
    return rows(OVER_ALLOCATED)


def entries() -> list[str]:
    """Allocations whose entry does not move their amount out of their line's suspense."""
    return rows(ENTRIES)


def payment_orders() -> list[str]:
    """Orders whose file is not the one of its hash, or whose transfers are not what is expected."""
    return rows(ORDERS)


def second_persons() -> list[str]:
    """Acts above the desk's limits that were done or undone without another person's approval."""
    return rows(SECOND_PERSONS)


def guards() -> list[str]:
    """Guards of treasury that are missing, switched off or rewritten."""
    migrations = Path(__file__).with_name("migrations")
    return rows(GUARDS) + rewritten(migrations=migrations, named="treasury\\_%")


SUSPENSE = """
    SELECT b.iban, 'suspense', s.amount, 'outside', o.amount, 'unexplained', coalesce(l.sum, 0)
    FROM treasury_bankaccount b
        JOIN ledger_balance s ON s.account_id = b.suspense_id
        JOIN ledger_balance o ON o.account_id = b.outside_id
        LEFT JOIN (
            SELECT l.account_id, sum(l.amount - sign(l.amount) * coalesce(a.sum, 0)) AS sum
            FROM treasury_bankline l LEFT JOIN (
                SELECT line_id, sum(amount) AS sum FROM treasury_allocation GROUP BY line_id
            ) a ON a.line_id = l.id GROUP BY l.account_id
        ) l ON l.account_id = b.id
    WHERE s.amount <> coalesce(l.sum, 0) OR s.amount + o.amount <> 0
"""

LINES = """
    SELECT s.statement_id, 'has lines of', l.sum, 'and entries of', t.sum
    FROM treasury_bankstatement s LEFT JOIN (
        SELECT statement_id, sum(amount) AS sum, sum(abs(amount)) AS size
        FROM treasury_bankline GROUP BY 1
    ) l ON l.statement_id = s.id LEFT JOIN (
        SELECT e.subject, sum(t.amount) AS size,
            sum(CASE t.pair WHEN 'outside>suspense' THEN t.amount ELSE -t.amount END) AS sum
        FROM ledger_entry e JOIN ledger_transfer t ON t.entry_id = e.id
        WHERE e.kind = 'bank_lines' GROUP BY 1
    ) t ON t.subject = 'bank_statement:' || s.id
    WHERE (l.sum, l.size) IS DISTINCT FROM (t.sum, t.size)
"""

OVER_ALLOCATED = """
    SELECT 'line', l.id, l.amount, 'explained', sum(a.amount)
    FROM treasury_bankline l JOIN treasury_allocation a ON a.line_id = l.id
    GROUP BY l.id HAVING sum(a.amount) > abs(l.amount) OR sum(a.amount) < 0
    UNION ALL
    SELECT 'expectation', e.id, e.amount, 'met', sum(a.amount)
    FROM treasury_expectation e JOIN treasury_allocation a ON a.expectation_id = e.id
    GROUP BY e.id HAVING sum(a.amount) > e.amount OR sum(a.amount) < 0
"""

ENTRIES = """
    SELECT 'allocation', a.id, 'of', a.amount, 'has an entry that moves', t.amount
    FROM treasury_allocation a
        JOIN treasury_bankline l ON l.id = a.line_id
        JOIN treasury_bankaccount b ON b.id = l.account_id
        LEFT JOIN ledger_transfer t ON t.entry_id = a.entry_id
            AND b.suspense_id IN (t.source_id, t.target_id)
    WHERE t.id IS NULL OR t.amount <> abs(a.amount)
        OR (t.source_id = b.suspense_id) <> ((l.amount > 0) = (a.amount > 0))
"""

ORDERS = """
    SELECT 'order', o.message_id, 'has not the file that was approved'
    FROM treasury_paymentorder o
    WHERE (o.state = 'approved') <> (o.content IS NOT NULL)
        OR o.content IS NOT NULL AND o.sha256 <> encode(sha256(o.content), 'hex')
    UNION ALL
    SELECT 'order', o.message_id, 'was not approved by a second person'
    FROM treasury_paymentorder o WHERE o.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM core_approval a
        WHERE a.action = 'payment_order.approve' AND a.subject_kind = 'treasury.paymentorder'
            AND a.subject_id = o.id::text AND a.decision = 'approved'
            AND a.decided_by_id = o.approved_by_id AND a.decided_by_id <> o.drafted_by_id)
    UNION ALL
    SELECT 'transfer', t.end_to_end_id, 'is not what is expected to leave'
    FROM treasury_credittransfer t
        JOIN treasury_paymentorder o ON o.id = t.order_id
        JOIN treasury_expectation e ON e.id = t.expectation_id
    WHERE t.amount <> e.amount OR e.direction <> 'out' OR t.end_to_end_id <> e.reference
        OR e.bank_account_id <> o.bank_account_id
"""

SECOND_PERSONS = """
    SELECT 'act', d.id, d.kind, 'of', d.amount, 'is', d.state, 'without a second person'
    FROM treasury_deskact d
    WHERE d.needs_second AND d.state IN ('done', 'undone') AND NOT EXISTS (
        SELECT 1 FROM core_approval a
        WHERE a.subject_kind = 'treasury.deskact' AND a.subject_id = d.id::text
            AND a.action = CASE d.state WHEN 'done' THEN 'desk.do' ELSE 'desk.undo' END
            AND a.decision = 'approved' AND a.decided_by_id IS DISTINCT FROM a.requested_by_id)
    UNION ALL
    SELECT 'act', d.id, d.kind, 'of', d.amount, 'is', d.state, 'but booked otherwise'
    FROM treasury_deskact d LEFT JOIN (
        SELECT p.act_id, sum(p.amount) AS meant, sum(l.amount) AS booked,
            bool_and(r.id IS NOT NULL) AS back
        FROM treasury_deskpart p LEFT JOIN treasury_allocation l ON l.id = p.allocation_id
            LEFT JOIN treasury_allocation r ON r.reverses_id = l.id
        GROUP BY p.act_id) parts ON parts.act_id = d.id
    WHERE d.kind <> 'give_up' AND (parts.meant IS DISTINCT FROM d.amount
        OR d.state IN ('done', 'undone') AND parts.booked IS DISTINCT FROM d.amount
        OR d.state IN ('asked', 'refused') AND parts.booked IS NOT NULL
        OR d.state = 'undone' AND NOT parts.back)
"""

GUARDS = """
    SELECT 'trigger', wanted.name, 'on', wanted.relation, 'is missing or switched off'
    FROM (VALUES ('append_only', 'treasury_bankline'), ('append_only', 'treasury_bankstatement'),
        ('append_only', 'treasury_statementfile'), ('append_only', 'treasury_statementrefusal'),
        ('append_only', 'treasury_allocation'), ('no_truncate', 'treasury_bankline'),
        ('no_truncate', 'treasury_bankstatement'), ('no_truncate', 'treasury_statementfile'),
        ('no_truncate', 'treasury_allocation'),
        ('no_truncate', 'treasury_statementrefusal'), ('judge', 'treasury_allocation'),
        ('judge', 'treasury_bankline'), ('no_truncate', 'treasury_expectation'),
        ('guard', 'treasury_expectation'), ('guard', 'treasury_paymentorder'),
        ('no_truncate', 'treasury_paymentorder'), ('append_only', 'treasury_orderreport'),
        ('append_only', 'treasury_reportedtransfer'), ('guard', 'treasury_credittransfer'),
        ('no_truncate', 'treasury_credittransfer'), ('guard', 'treasury_deskact'),
        ('guard', 'treasury_deskpart'), ('no_truncate', 'treasury_deskact'),
        ('no_truncate', 'treasury_deskpart')) AS wanted(name, relation)
    WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name
        AND t.tgrelid = wanted.relation::regclass AND t.tgenabled IN ('O', 'A'))
"""
