"""The rate of reconciling bank lines end to end, beside plain SQL doing the same work in the same run.

Ours: store the lines, suspense, match, post with every guard, open what is left, commit. The limit:
copy, ingest once, match by expression, allocate, one ledger row a line, commit with deferred checks,
in tables with the same keys and foreign keys and nothing else. Both take the same parsed lines in
statements of the same size; making those is not measured, nor are owners told (each owner's work is its own).
"""

import gc
import resource
import time
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from backend.benches import reconciling
from backend.core import jobs
from backend.core.users import SYSTEM
from backend.treasury import reconciliation, statements
from backend.treasury.models import BankAccount, BankLine
from backend.treasury.parsed import ParsedFile, ParsedLine

Figures = dict[str, float | int | str]


def run(size: int) -> Figures:
    """Lines per second, the ratio to plain SQL, and how many links are missing or wrong."""
    account = reconciling.house(size)
    _analyze()
    limit = _plain(account, size)
    with jobs.unheard():
        seconds = _ours(account, size)
    return {
        "bench": "reconcile",
        "n": size,
        "seconds": round(seconds, 2),
        "per_second": round(size / seconds, 1),
        "limit_per_second": round(size / limit, 1),
        "ratio": round(limit / seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **reconciling.answers(size),
        "left": BankLine.objects.unexplained().count(),
    }


def _ours(account: BankAccount, size: int) -> float:
    spent = 0.0
    for number, parsed in enumerate(reconciling.statements(account, size)):
        started = time.perf_counter()
        statements.take_in(
            parsed=ParsedFile("bench", (parsed,)),
            name=f"bench-{number}",
            by=SYSTEM,
            at=timezone.now(),
        )
        spent += time.perf_counter() - started
    del parsed
    gc.collect()
    started = time.perf_counter()
    reconciliation.run(by=SYSTEM, at=timezone.now())
    return spent + time.perf_counter() - started


# --- The limit ----------------------------------------------------------------------------------------


def _plain(account: BankAccount, size: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_TABLES)
    _analyze()
    spent = 0.0
    for parsed in reconciling.statements(account, size):
        started = time.perf_counter()
        _plain_batch(parsed.lines)
        spent += time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA plain CASCADE")
    return spent


def _row(line: ParsedLine) -> str:
    text = line.text.replace("\n", "\\n")
    return f"{line.bank_id}\t{line.booked_on}\t{line.amount.amount}\t{line.counterparty_name}\t{text}\n"


def _plain_batch(lines: Sequence[ParsedLine]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE brought (LIKE plain.brought) ON COMMIT DROP")
        with cursor.copy("COPY brought FROM STDIN") as copy:
            for start in range(0, len(lines), 1000):
                copy.write("".join([_row(line) for line in lines[start : start + 1000]]))
        for statement in PLAIN_WORK:
            cursor.execute(statement)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


PLAIN_TABLES = """
    CREATE SCHEMA plain;
    CREATE TABLE plain.account (id bigint PRIMARY KEY);
    INSERT INTO plain.account VALUES (1), (2);
    CREATE TABLE plain.pledge (id bigserial PRIMARY KEY, code text UNIQUE, amount numeric(14, 2),
        account bigint REFERENCES plain.account);
    INSERT INTO plain.pledge (code, amount, account) SELECT key, amount, 1 FROM treasury_expectation;
    CREATE TABLE plain.brought (identity text, booked_on date, amount numeric(14, 2), name text,
        said text);
    CREATE TABLE plain.line (id bigserial PRIMARY KEY, account bigint NOT NULL
            REFERENCES plain.account DEFERRABLE INITIALLY DEFERRED,
        identity text NOT NULL, booked_on date NOT NULL, amount numeric(14, 2) NOT NULL, name text,
        said text, UNIQUE (account, identity));
    CREATE TABLE plain.allocation (id bigserial PRIMARY KEY,
        line bigint NOT NULL REFERENCES plain.line DEFERRABLE INITIALLY DEFERRED,
        pledge bigint NOT NULL REFERENCES plain.pledge DEFERRABLE INITIALLY DEFERRED,
        amount numeric(14, 2) NOT NULL CHECK (amount > 0));
    CREATE INDEX ON plain.allocation (line);
    CREATE INDEX ON plain.allocation (pledge);
    CREATE TABLE plain.transfer (id bigserial PRIMARY KEY,
        line bigint NOT NULL REFERENCES plain.line DEFERRABLE INITIALLY DEFERRED,
        source bigint NOT NULL REFERENCES plain.account DEFERRABLE INITIALLY DEFERRED,
        target bigint NOT NULL REFERENCES plain.account DEFERRABLE INITIALLY DEFERRED,
        amount numeric(14, 2) NOT NULL CHECK (amount > 0));
    CREATE INDEX ON plain.transfer (line);
    CREATE INDEX ON plain.transfer (source);
    CREATE INDEX ON plain.transfer (target);
    CREATE FUNCTION plain.judge() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT sum(amount) FROM plain.allocation WHERE pledge = NEW.pledge)
            > (SELECT amount FROM plain.pledge WHERE id = NEW.pledge) THEN
            RAISE EXCEPTION 'more than was pledged';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER judge AFTER INSERT ON plain.allocation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plain.judge();
"""

PLAIN_WORK = (
    """CREATE TEMP TABLE fresh ON COMMIT DROP AS WITH ingested AS (
        INSERT INTO plain.line (account, identity, booked_on, amount, name, said)
        SELECT 1, identity, booked_on, amount, name, said FROM brought
        ON CONFLICT DO NOTHING RETURNING id, amount, said
    ) SELECT id, amount, regexp_replace(substring(upper(said) from
        'R[^A-Z0-9]*F(?:[^A-Z0-9]*[0-9]){2}(?:[^A-Z0-9]*[B-Z]){4}(?:[^A-Z0-9]*[0-9]){8}'),
        '[^A-Z0-9]', '', 'g') AS code FROM ingested""",
    "ANALYZE fresh",
    """CREATE TEMP TABLE met ON COMMIT DROP AS SELECT * FROM (
        SELECT f.id AS line, p.id AS pledge, f.amount AS came, p.amount - coalesce((
            SELECT sum(a.amount) FROM plain.allocation a WHERE a.pledge = p.id), 0)
            - coalesce(sum(f.amount) OVER (PARTITION BY p.id ORDER BY f.id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS free
        FROM fresh f JOIN plain.pledge p ON p.code = f.code) found WHERE free > 0""",
    """INSERT INTO plain.allocation (line, pledge, amount)
        SELECT line, pledge, least(came, free) FROM met""",
    """INSERT INTO plain.transfer (line, source, target, amount)
        SELECT f.id, 2, 1, f.amount FROM fresh f""",
)
