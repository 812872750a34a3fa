"""A mass return costs the same number of queries for ten payers as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.returns import progress
from tests.campaigns.returns import bank
from tests.campaigns.returns.bank import Returning
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


def queries_of(offer: Returning) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as drafted:
        offer.draft()
    with CaptureQueriesContext(connection) as looked:
        progress.of(offer.campaign)
    return len(drafted), len(looked)


class TestQueries:
    def test_do_not_grow_with_the_payers(self, scene: Scene) -> None:
        few, many = (bank.failed_offer(scene, pledgers=n) for n in (3, 10))

        assert queries_of(few) == queries_of(many)
