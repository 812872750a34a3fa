"""Who is owed a report of some figures, and who has it: counted in the database, for many at once.

The same people as `issue.recipients` names, whom a test holds this to: who holds shares of the issuer at the
end of the day, and who got a report that these figures correct. One query: whom nobody gave shares to and
who gave none away, nearly all, it takes from what the database keeps (`Entrant`, `ReportTally`), so that a
page may ask it of two years at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from backend.core import clock
from properties.models import Snapshot

Pair = tuple[int, str]
"""Figures by their id, and the kind of report."""

COUNT = """
WITH asked AS (
    SELECT figures.id, figures.organisation_id, figures.as_of, figures.version, told.kind, told.ends_at,
           'snapshot:' || figures.id AS key
    FROM unnest(%(figures)s::bigint[], %(kinds)s::text[], %(ends)s::timestamptz[])
         AS told (id, kind, ends_at)
    JOIN properties_snapshot figures ON figures.id = told.id
),
changes AS MATERIALIZED (
    SELECT campaign.issuer_id, allotment.id, allotment.allotted_at, change.happened_on, side.holder,
           side.shares
    FROM campaigns_changeofholder change
    JOIN campaigns_allotment allotment ON allotment.id = change.allotment_id
    JOIN campaigns_campaign campaign ON campaign.id = allotment.campaign_id
    CROSS JOIN LATERAL (VALUES (change.giver_id, -change.shares::bigint),
                               (change.taker_id, change.shares::bigint)) AS side (holder, shares)
    WHERE campaign.issuer_id IN (SELECT organisation_id FROM asked)
),
touched AS MATERIALIZED (SELECT DISTINCT holder FROM changes),
entries AS MATERIALIZED (
    SELECT campaign.issuer_id, allotment.id, allotment.shares, allotment.allotted_at, touched.holder
    FROM touched
    JOIN campaigns_pledge pledge ON pledge.investor_id = touched.holder
    JOIN campaigns_allotment allotment ON allotment.pledge_id = pledge.id
    JOIN campaigns_campaign campaign ON campaign.id = allotment.campaign_id
    WHERE campaign.issuer_id IN (SELECT organisation_id FROM asked)
),
-- Whose shares never moved: owed from their first entry on, and whoever of them has a report is owed it.
plain AS MATERIALIZED (
    SELECT issuer_id, since, count(*) AS people FROM campaigns_entrant
    WHERE issuer_id IN (SELECT organisation_id FROM asked) GROUP BY issuer_id, since
    UNION ALL
    SELECT entrant.issuer_id, entrant.since, -1
    FROM touched JOIN campaigns_entrant entrant ON entrant.investor_id = touched.holder
    WHERE entrant.issuer_id IN (SELECT organisation_id FROM asked)
),
-- Whose shares did: by name, with who got a report that these figures correct and has no shares any more.
moved AS (
    SELECT asked.id, asked.kind, entries.id AS entry, entries.holder, entries.shares::bigint
    FROM asked
    JOIN entries ON entries.issuer_id = asked.organisation_id AND entries.allotted_at < asked.ends_at
    UNION ALL
    SELECT asked.id, asked.kind, changes.id, changes.holder, changes.shares
    FROM asked
    JOIN changes ON changes.issuer_id = asked.organisation_id
         AND changes.allotted_at < asked.ends_at AND changes.happened_on <= asked.as_of
),
owed AS (
    SELECT id, kind, holder FROM moved GROUP BY id, kind, entry, holder HAVING sum(shares) > 0
    UNION
    SELECT asked.id, asked.kind, touched.holder
    FROM asked
    JOIN properties_snapshot earlier
         ON earlier.organisation_id = asked.organisation_id AND earlier.as_of = asked.as_of
        AND earlier.version < asked.version
    CROSS JOIN touched
    JOIN investors_investorreport report
         ON report.snapshot_key = 'snapshot:' || earlier.id AND report.kind = asked.kind
        AND report.investor_id = touched.holder
)
SELECT asked.id, asked.kind,
       (SELECT coalesce(sum(people), 0) FROM plain
        WHERE plain.issuer_id = asked.organisation_id AND plain.since < asked.ends_at)
       + (SELECT count(*) FROM owed WHERE owed.id = asked.id AND owed.kind = asked.kind),
       (SELECT coalesce(sum(kept.reports), 0) FROM investors_reporttally kept
        WHERE kept.snapshot_key = asked.key AND kept.kind = asked.kind AND kept.version = asked.version)
       - (SELECT count(*) FROM touched
          JOIN investors_investorreport report
               ON report.snapshot_key = asked.key AND report.kind = asked.kind
              AND report.version = asked.version AND report.investor_id = touched.holder
          WHERE touched.holder NOT IN (SELECT holder FROM owed
                                       WHERE owed.id = asked.id AND owed.kind = asked.kind))
FROM asked
"""


@dataclass(frozen=True)
class Progress:
    """How many investors a snapshot's reports are for, and how many have theirs."""

    due: int
    issued: int

    @property
    def is_done(self) -> bool:
        return self.issued >= self.due

    @property
    def percent(self) -> int:
        return 100 * self.issued // self.due if self.due else 100


def progress(asked: Iterable[tuple[Snapshot, str]]) -> dict[Pair, Progress]:
    """How far each issue is, by its figures and kind."""
    rows = list(dict.fromkeys(asked))
    if not rows:
        return {}
    told: dict[str, Any] = {
        "figures": [snapshot.pk for snapshot, _kind in rows],
        "kinds": [str(kind) for _snapshot, kind in rows],
        "ends": [clock.end_of(snapshot.as_of) for snapshot, _kind in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, told)
        return {
            (pk, kind): Progress(int(due), int(issued))
            for pk, kind, due, issued in cursor.fetchall()
        }
