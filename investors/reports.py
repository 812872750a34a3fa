"""Reports to investors: issued once per investor, kind, period and version, and never changed.

What a report says is gathered by backend.reporting; here it is frozen, and the investor is told: of a
correction, that and why the report before was wrong.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from backend.core import notices
from backend.core.errors import Conflict
from backend.core.models import Notice
from investors.models import Investor, InvestorReport

Key = tuple[int, str, str, int]


class DifferentReport(Conflict):
    code = "report.different"


@dataclass(frozen=True)
class ReportSpec:
    """A report ready to be issued: its contents as JSON, and the document made of them."""

    investor: Investor
    snapshot_key: str
    period_label: str
    data: dict[str, Any]
    pdf: bytes
    language: str
    version: int = 1
    kind: str = InvestorReport.Kind.QUARTERLY
    replaces: InvestorReport | None = None

    @property
    def key(self) -> Key:
        return (self.investor.pk, self.snapshot_key, self.kind, self.version)


def issue(*, specs: Sequence[ReportSpec], at: dt.datetime) -> list[InvestorReport]:
    """Freeze reports and tell their investors, in the order of the specs.

    A report that was issued already is returned as it stands, and nobody is told twice. Raises
    DifferentReport, and issues none, when it stands with other contents: a correction takes a new
    version.
    """
    with transaction.atomic():
        InvestorReport.objects.bulk_create(
            [_row(spec, at) for spec in specs], ignore_conflicts=True
        )
        issued = _standing(specs)
        for spec in specs:
            if issued[spec.key].content_hash != content_hash(spec.data):
                raise DifferentReport(
                    _("This report was issued with other contents; a correction is a new version."),
                    report=issued[spec.key].pk,
                )
        told = [issued[spec.key] for spec in specs if spec.investor.email]
        notices.send_many(notices=[_notice(report) for report in told], at=at)
    return [issued[spec.key] for spec in specs]


def issued_to(snapshot_key: str, *, kind: str) -> set[int]:
    """The ids of the investors who have their report of a snapshot: who need not be made another."""
    rows = InvestorReport.objects.filter(snapshot_key=snapshot_key, kind=kind)
    return set(rows.values_list("investor_id", flat=True))


def newest_of(
    snapshot_keys: Sequence[str], *, kind: str, investors: Iterable[int]
) -> dict[int, InvestorReport]:
    """By investor the report that a correction replaces: of these snapshots, the one not replaced yet."""
    rows = InvestorReport.objects.filter(
        snapshot_key__in=snapshot_keys, kind=kind, investor__in=list(investors), replaced_by=None
    )
    return {row.investor_id: row for row in rows.defer("pdf", "data").order_by("pk")}


def deliveries(snapshot_key: str, *, kind: str) -> Any:
    """The reports of a snapshot with what became of the mail (see `with_mails`)."""
    return with_mails(InvestorReport.objects.filter(snapshot_key=snapshot_key, kind=kind))


def with_mails(rows: QuerySet[InvestorReport]) -> Any:
    """Reports with what became of the mail of each: `sent_at`, `bounced_at`, `bounce_reason`.

    A queryset; untyped, for it has columns that the model has not.
    """
    mail = Notice.objects.filter(key=Concat(Value("report:"), Cast(OuterRef("pk"), CharField())))
    told = rows.select_related("investor").defer("pdf", "data")
    return told.annotate(
        sent_at=Subquery(mail.values("sent_at")),
        bounced_at=Subquery(mail.values("bounced_at")),
        bounce_reason=Subquery(mail.values("bounce_reason")),
    ).order_by("pk")


@dataclass(frozen=True)
class Mails:
    """How many mails of some reports wait to be sent, how many came back, and the first of these reports
    by id: all that is to be done about them. Who has no address was written none."""

    waiting: int = 0
    returned: int = 0
    first_returned: Sequence[int] = ()


OPEN_MAILS = """
SELECT report.snapshot_key, report.kind,
       count(*) FILTER (WHERE notice.bounced_at IS NULL),
       count(*) FILTER (WHERE notice.bounced_at IS NOT NULL),
       (array_agg(report.id ORDER BY report.id) FILTER (WHERE notice.bounced_at IS NOT NULL))[:%(most)s]
FROM core_notice notice
JOIN investors_investorreport report ON report.id = substr(notice.key, 8)::bigint
WHERE notice.key LIKE 'report:%%' AND (notice.sent_at IS NULL OR notice.bounced_at IS NOT NULL)
  AND report.snapshot_key = ANY (%(keys)s)
GROUP BY report.snapshot_key, report.kind
"""


def mails(snapshot_keys: Sequence[str], *, listed: int) -> dict[tuple[str, str], Mails]:
    """The mails that wait or came back, by snapshot and kind; the first `listed` that came back by id.

    One query over what is open alone, however many were sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN_MAILS, {"keys": list(snapshot_keys), "most": listed})
        return {
            (key, kind): Mails(waiting, returned, first or ())
            for key, kind, waiting, returned, first in cursor.fetchall()
        }


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 over the contents in one canonical writing."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(spec: ReportSpec, at: dt.datetime) -> InvestorReport:
    return InvestorReport(
        investor=spec.investor,
        snapshot_key=spec.snapshot_key,
        period_label=spec.period_label,
        kind=spec.kind,
        version=spec.version,
        replaces=spec.replaces,
        language=spec.language,
        data=spec.data,
        content_hash=content_hash(spec.data),
        pdf=spec.pdf,
        issued_at=at,
    )


def _standing(specs: Iterable[ReportSpec]) -> dict[Key, InvestorReport]:
    rows = InvestorReport.objects.filter(
        investor__in={spec.investor.pk for spec in specs},
        snapshot_key__in={spec.snapshot_key for spec in specs},
    )
    found = rows.select_related("investor").defer("pdf")
    return {(row.investor_id, row.snapshot_key, row.kind, row.version): row for row in found}


def _notice(report: InvestorReport) -> notices.NewNotice:
    return notices.NewNotice(
        key=f"report:{report.pk}",
        to=report.investor.email,
        language=report.language,
        template="report_corrected" if report.replaces_id else "report_issued",
        context={"report": report, "site": settings.SITE_URL},
    )
