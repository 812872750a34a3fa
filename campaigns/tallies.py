"""The figures of offers as they stand now, from sums that the database keeps (`models.tally`).

They cost the same with a hundred pledges and with a million. As of a past instant `figures` adds up the
facts themselves; `check_books` holds the two together.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from backend.core import clock
from campaigns import figures
from campaigns.figures import FINAL, RECALL_DAYS, CampaignFigures
from campaigns.models import Campaign, Tally

# Rows of one offer beyond which they are worth making one of.
MANY = 200

FOLD = """
    WITH gone AS (
        DELETE FROM campaigns_tally WHERE campaign_id IN (
            SELECT campaign_id FROM campaigns_tally GROUP BY campaign_id HAVING count(*) > %s)
        RETURNING *)
    INSERT INTO campaigns_tally (campaign_id, method, received_on, pledges, investors, waitlisted,
        promised, paid, settled)
    SELECT campaign_id, method, received_on, sum(pledges), sum(investors), sum(waitlisted),
        sum(promised), sum(paid), sum(settled)
    FROM gone GROUP BY campaign_id, method, received_on
"""


def of_campaign(campaign: Campaign, *, at: dt.datetime) -> CampaignFigures:
    """The figures of one campaign now (see of_campaigns)."""
    return of_campaigns([campaign], at=at)[campaign.pk]


def of_campaigns(campaigns: Iterable[Campaign], *, at: dt.datetime) -> dict[int, CampaignFigures]:
    """The figures of campaigns by id, now; two queries, however many pledges they have."""
    ids = [campaign.pk for campaign in campaigns]
    if not ids:
        return {}
    rows = Tally.objects.filter(campaign__in=ids).values("campaign").order_by()
    names = ("pledges", "investors", "waitlisted", "promised", "paid", "settled")
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in names}
    summed = rows.annotate(**sums, sum_final=Sum("settled", filter=_beyond_recall(at)))
    kept: dict[int, dict[str, Any]] = {row["campaign"]: dict(row) for row in summed}
    wished = figures.wished(ids)
    return {pk: _told(kept.get(pk, {}), wished.get(pk, {})) for pk in ids}


def fold(*, many: int = MANY) -> None:
    """Make one row of the many of an offer, by way and day. Safe to repeat and to run beside itself:
    one statement, which each reader sees whole or not at all."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [many])


def _beyond_recall(at: dt.datetime) -> Q:
    final = Q(method__in=FINAL)
    for method, days in RECALL_DAYS.items():
        final |= Q(method=method, received_on__lte=clock.day_of(at) - dt.timedelta(days=days))
    return final


def _told(kept: dict[str, Any], wished: dict[str, Any]) -> CampaignFigures:
    euro = figures.as_euro
    return CampaignFigures(
        promised=euro(kept.get("sum_promised")),
        paid=euro(kept.get("sum_paid")),
        settled=euro(kept.get("sum_settled")),
        beyond_recall=euro(kept.get("sum_final")),
        interest=euro(wished.get("interest")),
        pledges=kept.get("sum_pledges") or 0,
        investors=kept.get("sum_investors") or 0,
        interests=wished.get("interests", 0),
        waitlisted=kept.get("sum_waitlisted") or 0,
    )
