"""One account at the stand-in: its memory, its clock, its terms, and the events it emits.

How an event travels to the webhook stands in `delivery`; here is only when it sets out.
"""

import random
import time
from dataclasses import dataclass, field

from backend.simulators.server import Answer, as_json
from backend.simulators.stripe.errors import missing
from backend.simulators.stripe.shapes import API_VERSION, Obj, fresh
from backend.simulators.stripe.store import Store

# What a payment costs, by the way it is made: parts of 10,000 and cents.
TERMS = {"card": (150, 25), "sepa_debit": (0, 35), "customer_balance": (50, 0)}
DISPUTE_FEE_CENTS = 2000
DAYS_UNTIL_AVAILABLE = 2


@dataclass
class Rates:
    """How unruly the deliveries are: shares of 1, and the longest delay in seconds."""

    duplicates: float = 0.15
    loss: float = 0.0
    delay_seconds: float = 0.6


@dataclass
class Trouble:
    """How the API fails for a while: `status` is answered in place of an answer, after `seconds`."""

    status: int = 0
    seconds: float = 0.0

    def answer(self) -> Answer | None:
        """The trouble as an answer; None where there is none, or only slowness."""
        time.sleep(self.seconds)
        if not self.status:
            return None
        kind = "rate_limit" if self.status == 429 else "api_error"
        return as_json({"error": {"type": kind, "message": "In trouble."}}, status=self.status)


@dataclass
class Account:
    """Everything that acts for one account is handed this."""

    store: Store
    rates: Rates = field(default_factory=Rates)
    trouble: Trouble = field(default_factory=Trouble)

    def moment(self) -> int:
        """The demo's present as Stripe writes instants: seconds since 1970."""
        return int(self.store.now().timestamp())

    def make(self, kind: str, prefix: str, values: Obj) -> Obj:
        """Make and keep a new object of a kind."""
        identity = self.store.new_id(prefix)
        return self.store.put(fresh(kind, {"id": identity, "created": self.moment()} | values))

    def find(self, kind: str, identity: str) -> Obj:
        """The object of that kind and id; raises a 404 refusal."""
        found = self.store.get(identity)
        if found is None or found["object"] != kind:
            raise missing(kind, identity)
        return found

    def emit(self, event_type: str, subject: Obj) -> Obj:
        """Keep the event with the object as it is now, and plan how the webhook will hear of it."""
        event = self.make(
            "event",
            "evt",
            {
                "type": event_type,
                "data": {"object": subject},
                "api_version": API_VERSION,
            },
        )
        self._plan(event["id"])
        return event

    def _plan(self, event: str) -> None:
        # A generator of its own per event: which ones double or come late does not hang on timing.
        chance = random.Random(f"{self.store.seed}:{event}")
        if chance.random() < self.rates.loss:
            self.store.plan_delivery(event, 0, "lost")
            return
        due = time.time() + chance.uniform(0, self.rates.delay_seconds)
        self.store.plan_delivery(event, due)
        if chance.random() < self.rates.duplicates:
            again = due + chance.uniform(0, 2 * self.rates.delay_seconds)
            self.store.plan_delivery(event, again)

    def move_money(self, kind: str, source: Obj, amounts: tuple[int, int]) -> Obj:
        """Keep a balance transaction of `amounts` (gross, fee) in cents; `net` is their difference."""
        gross, fee = amounts
        category = CATEGORIES.get(kind, kind)
        if kind == "adjustment" and gross > 0:
            category = "dispute_reversal"
        days = DAYS_UNTIL_AVAILABLE if kind in ("charge", "payment") else 0
        details = [{"amount": fee, "application": None, "currency": source["currency"]}]
        details[0] |= {"description": "Stripe processing fees", "type": "stripe_fee"}
        return self.make(
            "balance_transaction",
            "txn",
            {
                "amount": gross,
                "fee": fee,
                "net": gross - fee,
                "fee_details": details if fee else [],
                "currency": source["currency"],
                "source": source.get("id"),
                "type": kind,
                "reporting_category": category,
                "description": source.get("description"),
                "available_on": self.moment() + days * 86_400,
                "status": "pending",
            },
        )


CATEGORIES = {
    "payment": "charge",
    "payment_refund": "refund",
    "payment_failure_refund": "charge_failure",
    "adjustment": "dispute",
    "refund_failure": "refund_failure",
    "payout_failure": "payout_reversal",
    "stripe_fee": "fee",
}


def processing_fee(amount: int, way: str = "card") -> int:
    """The fee in cents on a payment, rounded half up."""
    parts, fixed = TERMS[way]
    return (amount * parts + 5_000) // 10_000 + fixed
