"""What came of a run, without the numbers that a second run may give otherwise: for comparing."""

import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.faults.machines import House, Server

ADDRESS = "/api/v1/bank-statements/"

ACCOUNTS = """
    SELECT a.code, b.amount::text FROM ledger_account a JOIN ledger_balance b ON b.account_id = a.id
    ORDER BY a.code
"""
ENTRIES = """
    SELECT e.kind, s.code, t.code, count(*), sum(m.amount)::text
    FROM ledger_transfer m JOIN ledger_entry e ON e.id = m.entry_id
        JOIN ledger_account s ON s.id = m.source_id JOIN ledger_account t ON t.id = m.target_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
MATCHES = """
    SELECT l.bank_id, x.key, a.amount::text
    FROM treasury_allocation a JOIN treasury_bankline l ON l.id = a.line_id
        LEFT JOIN treasury_expectation x ON x.id = a.expectation_id
    ORDER BY 1, 2, 3
"""
DIFFERENCES = """
    SELECT d.kind, coalesce(l.bank_id, ''), coalesce(x.key, ''), d.amount::text, d.reason
    FROM treasury_discrepancy d LEFT JOIN treasury_bankline l ON l.id = d.line_id
        LEFT JOIN treasury_expectation x ON x.id = d.expectation_id
    WHERE d.resolved_at IS NULL ORDER BY 1, 2, 3, 4
"""


def of(server: Server, database: str) -> dict[str, list[tuple[Any, ...]]]:
    """Balances, entries by kind and accounts, matches and open differences."""
    asked = {
        "accounts": ACCOUNTS,
        "entries": ENTRIES,
        "matches": MATCHES,
        "differences": DIFFERENCES,
    }
    return {name: server.rows(sql, database) for name, sql in asked.items()}


def waiting(server: Server, database: str) -> int:
    """How many jobs are not done."""
    (row,) = server.rows("SELECT count(*) FROM core_job WHERE done_at IS NULL", database)
    return int(row[0])


def hand_in(house: House, content: bytes) -> tuple[int, bytes]:
    """Upload a file to the real web process, as finance would; the status and the answer."""
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="s.xml"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    headers = {
        "Authorization": "Token faults",
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "Accept-Language": "en",
    }
    address = f"http://127.0.0.1:{house.port}{ADDRESS}"
    asked = urllib.request.Request(address, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310 - our own http
            return int(answer.status), answer.read()
    except urllib.error.HTTPError as problem:
        return int(problem.code), problem.read()
