"""What the stand-in remembers: objects, first answers, parts of payouts, deliveries under way.

How it is kept in a file stands in `backend.simulators.memory`.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from backend.simulators.memory import Memory
from backend.simulators.stripe.shapes import Obj


@dataclass(frozen=True)
class Delivery:
    """One attempt to tell the webhook about one event."""

    id: int
    event: str
    attempts: int


class Store(Memory):
    """The memory of one account."""

    tables = """
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT, created INTEGER, body TEXT);
CREATE INDEX IF NOT EXISTS objects_of_kind ON objects (kind, number);
CREATE INDEX IF NOT EXISTS objects_of_time ON objects (kind, created, number);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, fingerprint TEXT, status INTEGER, body BLOB);
CREATE TABLE IF NOT EXISTS parts (payout TEXT, movement TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT, due REAL, attempts INTEGER DEFAULT 0,
    state TEXT DEFAULT 'waiting');
"""

    def __init__(self, path: Path | None = None, *, seed: str = "mattone") -> None:
        super().__init__(path)
        self.seed = seed

    # -- objects

    def new_id(self, prefix: str) -> str:
        """A fresh id; as with the real ones, ids of later objects do not sort after earlier ones."""
        secret = f"{self.seed}:{prefix}:{self.count('id')}"
        return f"{prefix}_sim{hashlib.sha256(secret.encode()).hexdigest()[:21]}"

    def put(self, value: Obj) -> Obj:
        """Keep an object, new or changed."""
        self.rows(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            value["id"],
            value["object"],
            value.get("created", 0),
            json.dumps(value),
        )
        return value

    def get(self, identity: str) -> Obj | None:
        rows = self.rows("SELECT body FROM objects WHERE id = ?", identity)
        return json.loads(rows[0][0]) if rows else None

    def of_kind(self, kind: str) -> list[Obj]:
        """All objects of a kind, newest first, as Stripe's lists are."""
        rows = self.rows("SELECT body FROM objects WHERE kind = ? ORDER BY number DESC", kind)
        return [json.loads(body) for (body,) in rows]

    def page_of(self, kind: str, span: tuple[int, int], after: str, size: int) -> list[Obj]:
        """Objects of a kind made in a span of seconds, newest first, those after one id."""
        rows = self.rows(
            "SELECT body FROM objects WHERE kind = ? AND created BETWEEN ? AND ? AND number < "
            "coalesce((SELECT number FROM objects WHERE id = ?), 9e18) ORDER BY number DESC LIMIT ?",
            kind,
            *span,
            after,
            size,
        )
        return [json.loads(body) for (body,) in rows]

    # -- what a payout consists of (Stripe does not write it on the movements either)

    def put_into_payout(self, payout: str, movement: str) -> None:
        self.rows("INSERT INTO parts VALUES (?, ?)", payout, movement)

    def parts_of(self, payout: str) -> set[str]:
        return {m for (m,) in self.rows("SELECT movement FROM parts WHERE payout = ?", payout)}

    def all_parts(self) -> set[str]:
        return {movement for (movement,) in self.rows("SELECT movement FROM parts")}

    # -- first answers

    def answer_of(self, key: str) -> tuple[str, int, bytes] | None:
        rows = self.rows("SELECT fingerprint, status, body FROM answers WHERE key = ?", key)
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def keep_answer(self, key: str, fingerprint: str, status: int, body: bytes) -> None:
        self.rows("INSERT INTO answers VALUES (?, ?, ?, ?)", key, fingerprint, status, body)

    # -- deliveries

    def plan_delivery(self, event: str, due: float, state: str = "waiting") -> None:
        self.rows(
            "INSERT INTO deliveries (event, due, state) VALUES (?, ?, ?)",
            event,
            due,
            state,
        )

    def due_deliveries(self, moment: float, limit: int = 40) -> list[Delivery]:
        rows = self.rows(
            "SELECT id, event, attempts FROM deliveries "
            "WHERE state = 'waiting' AND due <= ? ORDER BY due LIMIT ?",
            moment,
            limit,
        )
        return [Delivery(*row) for row in rows]

    def note_delivery(self, delivery: Delivery, *, state: str, due: float = 0) -> None:
        self.rows(
            "UPDATE deliveries SET state = ?, due = ?, attempts = attempts + 1 WHERE id = ?",
            state,
            due,
            delivery.id,
        )

    def hurry_deliveries(self) -> None:
        self.rows("UPDATE deliveries SET due = 0 WHERE state = 'waiting'")

    def deliveries_by_state(self) -> dict[str, int]:
        return dict(self.rows("SELECT state, count(*) FROM deliveries GROUP BY state"))

    def was_delivered(self, event: str) -> bool:
        question = "SELECT 1 FROM deliveries WHERE event = ? AND state = 'delivered'"
        return bool(self.rows(question, event))
