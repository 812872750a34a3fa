"""Objects in the shape that Stripe publishes, emptied of the examples' own values.

Only the shape comes from `fixtures.json`; what an object says comes from the module that makes it.
"""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

Obj = dict[str, Any]

API_VERSION = "2026-10-28.endive"
FIXTURES = Path(__file__).with_name("fixtures.json")

# What the published examples fill in only to show its shape, and a fresh object leaves empty.
EMPTY: dict[str, tuple[str, ...]] = {
    "payment_intent": (
        "canceled_at",
        "last_payment_error",
        "next_action",
        "payment_method_configuration_details",
        "processing",
        "shipping",
        "transfer_data",
        "managed_payments",
    ),
    "charge": (
        "balance_transaction",
        "payment_method",
        "shipping",
        "source",
        "transfer_data",
    ),
    "refund": ("destination_details",),
    "customer": ("currency", "discount", "shipping"),
    "payout": ("trace_id",),
}


@cache
def _fixtures() -> dict[str, Obj]:
    loaded: dict[str, Obj] = json.loads(FIXTURES.read_text())
    return loaded


def fresh(kind: str, values: Obj) -> Obj:
    """This will make an object of a kind with the published keys; unknown keys are a mistake of ours."""
    made = copy.deepcopy(_fixtures()[kind])
    made |= dict.fromkeys(EMPTY.get(kind, ()))
    unknown = values.keys() - made.keys()
    if unknown:
        raise KeyError(f"{kind} has no {sorted(unknown)}")
    return made | {"livemode": False} | values if "livemode" in made else made | values
