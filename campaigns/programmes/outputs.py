"""Enter what a project put out, and add up figures that are alike; what is not alike is refused.

People are not meals: a sum is of one thing, counted one way, in one unit. A capacity is never added to
what happened. Counts of people below the thresholds are kept, and shown to nobody outside (P1, P28).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, thresholds
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor, label
from campaigns.models import OutputFigure, Project
from campaigns.programmes import calls

CountedAs, Quality, Shown = OutputFigure.CountedAs, OutputFigure.Quality, OutputFigure.Shown
RUNNING = (Project.State.FUNDED, Project.State.ACTIVE, Project.State.REPORTED)

ESF_OF_BODIES = ("CO20", "CO21", "CO22", "CO23")
ESF_OF_PEOPLE = (
    *(f"CO{number:02}" for number in (*range(1, 12), *range(15, 20))),
    *(f"CR{number:02}" for number in range(1, 10)),
)
"""Common output and result indicators (Reg. 1304/2013 Annex I; the codes are unverified)."""

OLDER_FROM = {"CO07": 55, "CO08": 55, "CR08": 55}
"""Above 54: "elderly" (65 and more) is another figure, whatever it counts."""


class NotAParticipant(Refused):
    code = "output.not_a_participant"


class OtherAge(Refused):
    code = "output.other_age"


class PeriodReversed(Refused):
    code = "output.period_reversed"


class NoEvidence(Refused):
    code = "output.no_evidence"


class NotRunning(Conflict):
    code = "output.not_running"


class NotAlike(Refused):
    code = "output.not_alike"


class AlreadyWithdrawn(Conflict):
    code = "output.already_withdrawn"


@dataclass(frozen=True, kw_only=True)
class NewOutput:
    """A figure as the body reported it. `meets_esf_rule`: each of them is identified, their
    characteristics were asked, and the spending was earmarked."""

    label: str
    value: Decimal
    quality: str
    counted_as: str
    period_from: dt.date
    period_to: dt.date
    evidence: str
    label_en: str = ""
    unit: str = ""
    is_sensitive: bool = False
    esf_code: str = ""
    age_from: int | None = None
    meets_esf_rule: bool = False


@dataclass(frozen=True)
class Total:
    """A sum of figures that are alike; of people of several figures somebody may be in two."""

    value: Decimal
    quality: str
    may_repeat: bool


def judge(new: NewOutput) -> None:
    """Raise PeriodReversed, NoEvidence, NotAParticipant or OtherAge."""
    if new.period_to < new.period_from:
        raise PeriodReversed(_("The period ends before it begins."), field="period_to")
    if not new.evidence.strip():
        raise NoEvidence(_("Say what this figure rests on."), field="evidence")
    if new.counted_as == CountedAs.PARTICIPANT and not new.meets_esf_rule:
        raise NotAParticipant(
            _("A participant is identified, asked for characteristics, and earmarked spending."),
            field="counted_as",
        )
    fitting = {CountedAs.PARTICIPANT: ESF_OF_PEOPLE, CountedAs.ENTITY: ESF_OF_BODIES}
    if new.esf_code and new.esf_code not in fitting.get(CountedAs(new.counted_as), ()):
        raise NotAParticipant(
            _("Only participants, and bodies for their own codes, feed ESF indicators."),
            field="esf_code",
        )
    if new.esf_code in OLDER_FROM and new.age_from != OLDER_FROM[new.esf_code]:
        raise OtherAge(_("This indicator counts people above 54, no others."), field="age_from")


def shown(new: NewOutput) -> str:
    """Whether a figure may be told outside: few people are told of to nobody (P1, P28)."""
    least = thresholds.SENSITIVE if new.is_sensitive else thresholds.PUBLIC
    is_few = new.counted_as in OutputFigure.PEOPLE and new.value < least
    return Shown.WITHHELD if is_few else Shown.PUBLIC


def enter(*, project: Project, new: NewOutput, by: Actor, at: dt.datetime) -> OutputFigure:
    """Keep a figure of a funded project. Raises what `judge` raises, NotOurs, NotRunning."""
    calls.require_own(project.call.programme, by)
    judge(new)
    if project.state not in RUNNING:
        raise NotRunning(_("Only a funded project reports figures."))
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        number = project.figures.count() + 1
        figure = OutputFigure.objects.create(
            project=project,
            key=f"{project.code}-{number}",
            position=number,
            shown=shown(new),
            period=f"{new.period_from}/{new.period_to}",
            entered_at=at,
            by_label=label(by),
            **_columns(new),
        )
        audit.record(action="output.entered", subject=figure, by=by, at=at)
    return figure


def withdraw(*, figure: OutputFigure, reason: str, by: Actor, at: dt.datetime) -> OutputFigure:
    """Take back a figure that was wrong; the right one is entered anew. Raises AlreadyWithdrawn."""
    calls.require_own(figure.project.call.programme, by)
    if not reason.strip():
        raise NoEvidence(_("Say why it is taken back."), field="reason")
    with transaction.atomic():
        standing = OutputFigure.objects.filter(pk=figure.pk, withdrawn_at=None)
        if not standing.update(withdrawn_at=at, withdrawn_reason=reason.strip()):
            raise AlreadyWithdrawn(_("This figure was taken back already."))
        audit.record(action="output.withdrawn", subject=figure, by=by, at=at, reason=reason)
    figure.refresh_from_db()
    return figure


def total(figures: Sequence[OutputFigure]) -> Total:
    """The sum of figures of one thing. Raises NotAlike: meals are not added to people."""
    if len(figures) < 2:
        raise NotAlike(_("Choose two figures or more."))
    kinds = {(each.counted_as, each.unit_it, each.label_it) for each in figures}
    if len(kinds) > 1:
        raise NotAlike(_("These figures count different things: they are not added up."))
    if any(each.shown == Shown.WITHHELD for each in figures):
        raise NotAlike(_("One of these is of too few people: a sum would tell of them."))
    qualities = {each.quality for each in figures}
    if Quality.CAPACITY in qualities and len(qualities) > 1:
        raise NotAlike(_("What could be done is not added to what was done."))
    return Total(
        sum((each.value for each in figures), Decimal(0)),
        next((each for each in QUALITIES if each in qualities), Quality.EXACT),
        figures[0].is_of_people,
    )


QUALITIES = (Quality.CAPACITY, Quality.AT_LEAST, Quality.COUNTED, Quality.EXACT)
"""The weakest first: a sum is no surer than the least sure of what it adds."""


def _columns(new: NewOutput) -> dict[str, object]:
    return {
        "label_it": new.label,
        "label_en": new.label_en,
        "value": new.value,
        "unit_it": new.unit,
        "quality": new.quality,
        "counted_as": new.counted_as,
        "is_sensitive": new.is_sensitive,
        "esf_code": new.esf_code,
        "age_from": new.age_from,
        "period_from": new.period_from,
        "period_to": new.period_to,
        "evidence": new.evidence.strip(),
    }
