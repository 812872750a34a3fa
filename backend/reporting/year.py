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
from properties.years import Aim

Figures = Mapping[str, Mapping[str, Any]]
Aimed = tuple[Mapping[str, Any], Aim]
"""A figure, and what it was meant to be."""
AREAS = (
    YearNote.Heading.GOVERNANCE,
    YearNote.Heading.WORKERS,
    YearNote.Heading.OTHERS,
    YearNote.Heading.ENVIRONMENT,
)


def told(snapshot: Snapshot, figures: Figures, language: str) -> dict[str, Any]:
    """Headings with their words, targets with what became of them, the goals of next year."""
    year = snapshot.as_of.year
    mine, next_ones = aimed(snapshot, figures), aimed(snapshot, figures, year=year + 1)
    return {
        "headings": _headings(snapshot, year, language),
        "targets": chart_figures.targets(
            [(figure, aim.value) for figure, aim in mine if aim.value is not None]
        ),
        "ahead": [
            [figure["name"], wording.aim(figure, aim.value)]
            for figure, aim in next_ones
            if aim.value is not None
        ],
        "set_late": [_set_late(figure, aim) for figure, aim in (*mine, *next_ones) if aim.is_late],
        "measured": gettext(
            "Impact is measured with external standards: IRIS+ 5.3, HUD system performance measures, "
            "Eurostat and ETHOS Light; the number beside each figure names its own."
        ),
    }


def aimed(snapshot: Snapshot, figures: Figures, *, year: int | None = None) -> list[Aimed]:
    """The figures that had a target in a year, that which a snapshot closes if none is named."""
    rows = years.targets(snapshot.organisation, year=year or snapshot.as_of.year)
    return [(figures[each.indicator], each) for each in rows]


def _set_late(figure: Mapping[str, Any], aim: Aim) -> str:
    """A target that was set, changed or given up once its year had begun, with the day."""
    said = {"name": figure["name"], "day": wording.day(aim.set_on)}
    if aim.value is None:
        return gettext("%(name)s: given up on %(day)s, when the year had begun.") % said
    if aim.first is None:
        return gettext("%(name)s: set on %(day)s, when the year had begun.") % said
    return gettext(
        "%(name)s: changed on %(day)s, when the year had begun; first it was %(first)s."
    ) % {**said, "first": wording.aim(figure, aim.first)}


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
