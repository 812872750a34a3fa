"""The bench of the site: every request is answered rightly, and each order it counts stands."""

import io
import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.thorough


def test_every_request_is_answered_rightly_and_each_order_is_placed() -> None:
    said = io.StringIO()

    call_command("bench", "site", "--n", "20", "--campaigns", "2", "--json", stdout=said)

    told = json.loads(said.getvalue())
    kinds = ("bare view", "campaign page", "list", "order page", "order")
    assert {kind: told[kind]["errors"] for kind in kinds} == dict.fromkeys(kinds, 0)
    assert told["placed"] == told["order"]["requests"] > 0
