"""Published reports for everybody: a quarter's or a year's, in the public view, with nobody's own money.

The report of a year is owed to the public too (L. 208/2015, art. 1 c. 383): it is out as soon as its words
were told to the investors. Each version keeps its address; what was restated says so, and why.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from backend.core.models import Organisation
from backend.core.periods import quarter_of
from backend.reporting import contents, kept, kinds, open_data
from backend.reporting.charts import figures as chart_figures
from investors.models import InvestorReport
from properties import disclosure, freezing, wording, years
from properties.models import Snapshot, YearNote

Kind = InvestorReport.Kind


@dataclass(frozen=True)
class Report:
    """Published figures as a report of a kind: where they stand, without what they say."""

    snapshot: Snapshot
    kind: str

    @property
    def title(self) -> str:
        as_of = self.snapshot.as_of
        if self.kind == Kind.YEARLY:
            return gettext("Report for the year %(year)s") % {"year": as_of.year}
        quarter = quarter_of(as_of)
        return gettext("Report for quarter %(number)s of %(year)s") % {
            "number": quarter.number,
            "year": quarter.year,
        }


def reports() -> QuerySet[Snapshot]:
    """The figures of all reports that anyone may read, the newest first, without what they say."""
    return open_data.published().filter(kinds.QUARTERS_END).defer("data", "restates__data")


def of(snapshot: Snapshot) -> list[Report]:
    """The reports that published figures make: of their quarter, and of their year once it was told."""
    return _of(snapshot, year_is_told=_year_is_told(snapshot))


def listed() -> list[tuple[Snapshot, list[Report]]]:
    """All published figures with the reports that they make, the newest first; two queries."""
    notes = YearNote.objects.filter(told_at__isnull=False)
    told = set(notes.values_list("organisation", "year").distinct())
    return [
        (each, _of(each, year_is_told=(each.organisation_id, each.as_of.year) in told))
        for each in reports()
    ]


def _of(snapshot: Snapshot, *, year_is_told: bool) -> list[Report]:
    made = kinds.of(snapshot.as_of)
    return [Report(snapshot, kind) for kind in made if kind != Kind.YEARLY or year_is_told]


def find(*, issuer: int, as_of: dt.date, version: int, kind: str) -> Report | None:
    """The report at an address, if it is out."""
    rows = open_data.named(issuer=issuer, as_of=as_of, version=version)
    # Who has it already asks for no more than its hash.
    found = rows.defer("data", "restates__data").first()
    return next((each for each in of(found) if each.kind == kind), None) if found else None


def newest(issuer: Organisation) -> list[Report]:
    """The last report of a quarter and the last of a year, in the versions that hold."""
    held = reports().filter(organisation=issuer)
    ends_year = held.filter(as_of__month=12, as_of__day=31)
    quarter = held.first()
    year = next((each for each in ends_year if _year_is_told(each)), None)
    return [
        *([Report(quarter, Kind.QUARTERLY)] if quarter else []),
        *([Report(year, Kind.YEARLY)] if year else []),
    ]


def newer(snapshot: Snapshot) -> Snapshot | None:
    """The version that holds, where this one was restated."""
    same = reports().filter(organisation=snapshot.organisation_id, as_of=snapshot.as_of)
    return same.filter(version__gt=snapshot.version).first()


def words(report: Report) -> str:
    """The versions of the words that a report of a year tells now; none of a quarter's."""
    if report.kind != Kind.YEARLY:
        return ""
    snapshot = report.snapshot
    return versions(years.told_notes(snapshot.organisation, year=snapshot.as_of.year))


def versions(notes: Iterable[YearNote]) -> str:
    """Words as a cache knows them: corrected, they are a further version."""
    return ",".join(f"{each.pk}v{each.version}" for each in notes)


def known(report: Report) -> str:
    """What a report is known by: its figures' hash, its words, and the version that holds."""
    newer_one = newer(report.snapshot)
    held = newer_one.content_hash if newer_one else ""
    return f"{report.snapshot.content_hash}:{report.kind}:{words(report)}:{held}"


def key(report: Report, *, language: str) -> str:
    """The name under which what a report says in a language is kept."""
    snapshot = report.snapshot
    return (
        f"published:{snapshot.pk}:{snapshot.content_hash}:{report.kind}:{words(report)}:{language}"
    )


def contents_of(report: Report, *, language: str) -> dict[str, Any]:
    """What `told` says, put together once a language and kept."""
    name = f"{key(report, language=language)}:told"
    return kept.once(name, lambda: told(report, language=language))


def told(report: Report, *, language: str) -> dict[str, Any]:
    """What a report says to everybody, JSON-ready: what investors share, and all raises' money."""
    with translation.override(language):
        shared = contents.shared(
            report.snapshot, kind=report.kind, language=language, audience=disclosure.PUBLIC
        )
        raises = freezing.view(report.snapshot.data, disclosure.PUBLIC)["raises"]
        figures = {each["code"]: each for each in shared["figures"]}
        money = _money(raises)
        return {
            **shared,
            "title": report.title,
            "investor": "",
            "paragraph": _paragraph(money, figures),
            "money": money,
            "holdings": [_raise(each, language) for each in raises],
            "charts": [_funnel(money, figures), *shared["charts"]],
        }


def _year_is_told(snapshot: Snapshot) -> bool:
    if not kinds.is_last_of_year(snapshot.as_of):
        return False
    notes = YearNote.objects.filter(organisation=snapshot.organisation_id, told_at__isnull=False)
    return notes.filter(year=snapshot.as_of.year).exists()


def _money(raises: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "raised_cents": sum(each["raised_cents"] for each in raises),
        "in_homes_cents": sum(
            group["cents"] for each in raises for group in each["groups"] if not group.get("sold")
        ),
    }


def _raise(told: dict[str, Any], language: str) -> dict[str, Any]:
    """An offer with its homes, as the reports of its investors have it, but for their own part."""
    groups = [
        {"label": wording.group(row), "count": row["count"], "cents": row["cents"]}
        for row in told["groups"]
    ]
    return {"campaign": told["campaign"], "title": told["titles"][language], "groups": groups}


def _paragraph(money: dict[str, int], figures: contents.Figures) -> str:
    said = gettext("%(raised)s was raised; %(in_homes)s of it is in homes that may be told of.") % {
        "raised": wording.cents(money["raised_cents"]),
        "in_homes": wording.cents(money["in_homes_cents"]),
    }
    return " ".join(part for part in (said, contents.who_lives_there(figures)) if part)


def _funnel(money: dict[str, int], figures: contents.Figures) -> dict[str, Any]:
    return chart_figures.funnel(
        [
            (gettext("raised"), wording.cents(money["raised_cents"])),
            (gettext("of it in homes"), wording.cents(money["in_homes_cents"])),
            (gettext("homes, bought by all together"), figures["units_acquired"]["text"]),
            (gettext("households in them"), figures["households_housed"]["text"]),
        ]
    )
