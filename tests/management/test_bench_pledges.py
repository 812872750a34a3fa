"""The bench of pledges: it places real ones, leaves the books whole, and the queue costs no queries."""

import pytest

from backend.benches import pledges as bench
from backend.benches import standing
from campaigns.models import Pledge


@pytest.mark.money
class TestRun:
    @pytest.mark.parametrize("size", [5, 60])
    def test_the_queries_of_one_do_not_grow_with_those_that_stand(self, size: int) -> None:
        found = bench.run(size, measured=2)

        assert (found["bench"], found["n"]) == ("pledges", size)
        assert found["queries"] == QUERIES
        assert found["per_second"] > 0
        assert Pledge.objects.filter(state="waitlisted").count() == -(
            -size // standing.PART_WAITING
        )


QUERIES = 23
