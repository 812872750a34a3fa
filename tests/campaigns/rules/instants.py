"""Instants as people in Rome write them."""

import datetime as dt
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
SECOND = dt.timedelta(seconds=1)


def rome(text: str) -> dt.datetime:
    """An instant from its ISO form without offset, in Rome."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ROME)
