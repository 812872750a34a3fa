"""Threats of eviction to watch in tests: each begins with arrears that allow it."""

import datetime as dt

from properties import evictions
from properties.models import EvictionCase, Household
from tests.properties.scene import Scene


def threaten(scene: Scene, household: Household, landlord: str = "Altro") -> EvictionCase:
    """A rent is a month late today."""
    late = scene.day - dt.timedelta(days=30)
    new = evictions.Threat(landlord=landlord, on=scene.day, rent_due_on=late)
    by, at = scene.cast.caseworker, scene.at
    return evictions.open_case(household=household, new=new, by=by, at=at)
