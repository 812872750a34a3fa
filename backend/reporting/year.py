"""What the report of a year says beside its figures: the headings of a benefit company, and targets.

L. 208/2015, art. 1 c. 382: what was done, what prevented or slowed it, the impact by an external
standard, new goals. Words and targets are the issuer's (properties.years).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from backend.core.models import Organisation
from backend.reporting.charts import figures as chart_figures
from properties import wording, years
from properties.models import Snapshot, YearNote

Figures = Mapping[str, Mapping[str, Any]]
AREAS = (
    YearNote.Heading.GOVERNANCE,
    YearNote.Heading.WORKERS,
    YearNote.Heading.OTHERS,
    YearNote.Heading.ENVIRONMENT,
)


def told(snapshot: Snapshot, figures: Figures, language: str) -> dict[str, Any]:
    """Headings with their words, targets with what became of them, the goals of next year."""
    year = snapshot.as_of.year
    aimed = [
        (figures[each.indicator], each.value)
        for each in years.targets(snapshot.organisation, year=year)
    ]
    return {
        "headings": _headings(snapshot, year, language),
        "targets": chart_figures.targets(aimed),
        "ahead": [
            [figures[each.indicator]["name"], _aim(figures[each.indicator], each.value)]
            for each in years.targets(snapshot.organisation, year=year + 1)
        ],
        "measured": gettext(
            "Impact is measured with external standards: IRIS+ 5.3, HUD system performance measures, "
            "Eurostat and ETHOS Light; the number beside each figure names its own."
        ),
    }


def review(snapshot: Snapshot) -> str:
    """Whether the city looked at the words beside the figures."""
    day = years.reviewed_on(_notes(snapshot.organisation, snapshot.as_of.year))
    if day is None:
        return gettext("The words of the year were not reviewed by the city.")
    return gettext("The city accepted the words of the year on %(day)s.") % {
        "day": wording.day(day)
    }


def _notes(issuer: Organisation, year: int) -> list[YearNote]:
    """What was told of the year, a correction only once it was told too; before that, what is written."""
    return years.told_notes(issuer, year=year) or years.notes(issuer, year=year)


def _headings(snapshot: Snapshot, year: int, language: str) -> list[list[str]]:
    written = {
        note.heading: getattr(note, f"text_{language}")
        for note in _notes(snapshot.organisation, year)
    }
    nothing = gettext("Nothing was written of this area.")
    return [
        [str(heading.label), written.get(heading, nothing)]
        for heading in YearNote.Heading
        if heading in written or heading in AREAS
    ]


def _aim(figure: Mapping[str, Any], value: int) -> str:
    unit = figure["unit"]
    shown = {"telling": "exact", "value": value, "high": None, "parts": []}
    return wording.shown({"shown": shown, "unit": unit})
