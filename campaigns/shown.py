"""The figures of campaigns as everybody sees them: exact, or in production a few seconds old.

They are read from kept sums (`tallies`). Where many people look, FIGURES_SECONDS lets a web process
compute them once in so long, one thread for all, while the others show what stood before; a page then
costs the same with a hundred pledges and with a hundred thousand.
"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache

from campaigns import tallies
from campaigns.figures import CampaignFigures
from campaigns.models import Campaign

# How long old figures are kept at hand while new ones are computed.
KEPT_SECONDS = 600

Known = tuple[dt.datetime, CampaignFigures]


def of_campaigns(campaigns: Sequence[Campaign], *, at: dt.datetime) -> dict[int, CampaignFigures]:
    """The figures of campaigns by id, at most FIGURES_SECONDS old (0: never)."""
    if not settings.FIGURES_SECONDS:
        return tallies.of_campaigns(campaigns, at=at)
    known: dict[str, Known] = cache.get_many([_key(each) for each in campaigns])
    fresh = tallies.of_campaigns([each for each in campaigns if _is_due(each, known, at)], at=at)
    cache.set_many({f"figures:{pk}": (at, found) for pk, found in fresh.items()}, KEPT_SECONDS)
    return {each.pk: fresh.get(each.pk) or known[_key(each)][1] for each in campaigns}


def _is_due(campaign: Campaign, known: dict[str, Known], at: dt.datetime) -> bool:
    """Whether to compute them now: nobody has, or they are old and nobody is about to."""
    found = known.get(_key(campaign))
    if found is None:
        return True
    is_old = at - found[0] >= dt.timedelta(seconds=settings.FIGURES_SECONDS)
    return is_old and cache.add(f"{_key(campaign)}:soon", at, settings.FIGURES_SECONDS)


def _key(campaign: Campaign) -> str:
    return f"figures:{campaign.pk}"
