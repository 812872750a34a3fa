"""The chart of accounts as a fixture."""

import pytest

from tests.ledger import chart


@pytest.fixture
def books(db: None) -> chart.Chart:
    """The small chart of accounts, empty."""
    return chart.draw()
