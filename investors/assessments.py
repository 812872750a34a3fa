"""What is recorded of an investor's test, simulation and acknowledgements, and how they stand now.

What follows from it is decided in `suitability`, `knowledge` and `loss`, which are pure.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Refused
from backend.core.money import euro
from backend.core.users import Actor
from investors import categories, knowledge, loss, qualifications, suitability, warnings
from investors.models import (
    Acknowledgement,
    Investor,
    KnowledgeTest,
    LossComponents,
    LossSimulation,
)
from investors.warnings import Told

MOST = euro("999999999999.99")


class Implausible(Refused):
    """More than the column holds, and than anyone has."""

    code = "loss_simulation.implausible"


@dataclass(frozen=True)
class Sheet:
    """The answers to the questions of a version; `form_token` makes the same form count once."""

    answers: Mapping[str, str]
    version: str = knowledge.VERSION
    form_token: str = ""


def take_test(*, investor: Investor, sheet: Sheet, by: Actor, at: dt.datetime) -> KnowledgeTest:
    """Record the answers to the knowledge test; failing it only adds a warning (art. 21(4), (6)).

    The same form sent twice is the first test again; another form is a new test, and the newest
    counts. Raises UnknownAnswer, UnknownVersion.
    """
    judged = knowledge.judge(sheet.answers, version=sheet.version)
    with transaction.atomic():
        Investor.objects.select_for_update().get(pk=investor.pk)
        known = _sent_already(investor, sheet)
        if known is not None:
            return known
        test = KnowledgeTest.objects.create(
            investor=investor,
            version=sheet.version,
            answers={code: answer for code, answer in sheet.answers.items() if answer},
            right_answers=judged.right,
            has_passed=judged.outcome == knowledge.Outcome.SUFFICIENT,
            outcome=judged.outcome,
            form_token=sheet.form_token,
            taken_by=users.person(by),
            taken_at=at,
        )
        audit.record(
            action="knowledge_test.taken",
            subject=investor,
            by=by,
            at=at,
            facts={"outcome": judged.outcome},
        )
    return test


def simulate_loss(
    *,
    investor: Investor,
    figures: loss.Figures,
    keeps_components: bool = False,
    by: Actor,
    at: dt.datetime,
) -> LossSimulation:
    """Record net worth and bearable loss for a year; what they were computed from is kept only where
    the person agrees (R44)."""
    result, today = loss.simulate(figures), clock.day_of(at)
    if abs(result.net_worth) >= MOST:
        raise Implausible(_("These figures sum to more than anyone has: look for a slip."))
    with transaction.atomic():
        simulation = LossSimulation.objects.create(
            investor=investor,
            net_worth=result.net_worth,
            bearable_loss=result.loss,
            valued_on=loss.valuation_day(today),
            valid_until=suitability.anniversary(today, suitability.SIMULATION_VALID_YEARS),
            tax_reading=loss.READING,
            taken_by=users.person(by),
            taken_at=at,
        )
        # Only the newest are of use; and who does not agree again, agrees no more.
        LossComponents.objects.filter(simulation__investor=investor).delete()
        if keeps_components:
            LossComponents.objects.create(simulation=simulation, figures=_components(figures))
        audit.record(action="loss_simulation.made", subject=investor, by=by, at=at)
    return simulation


def forget_components(*, investor: Investor, by: Actor, at: dt.datetime) -> int:
    """Delete what simulations were made of: the person agrees no more to its being kept (R44, GDPR
    art. 7(3)). Results stay. Safe to repeat; returns how many were deleted."""
    with transaction.atomic():
        gone, _of_what = LossComponents.objects.filter(simulation__investor=investor).delete()
        if gone:
            audit.record(action="loss_components.forgotten", subject=investor, by=by, at=at)
    return gone


def acknowledge(
    *, investor: Investor, told: Sequence[Told], subject: str, by: Actor, at: dt.datetime
) -> list[Acknowledgement]:
    """Record that warnings were read and accepted, each in the version that was shown, with the hash of
    the very words in the language of the page and the amounts that they named (R45)."""
    rows = [
        Acknowledgement(
            investor=investor,
            kind=each.kind,
            version=warnings.newest(each.kind),
            language=warnings.language(),
            words_hash=each.words_hash,
            amounts=dict(each.amounts),
            subject=subject,
            given_by=users.person(by),
            given_at=at,
        )
        for each in told
    ]
    return Acknowledgement.objects.bulk_create(rows)


def standing(investor: Investor, *, at: dt.datetime) -> suitability.Standing:
    """How the investor stands at an instant, as the pure rules want to know it. Three queries."""
    test = newest_test(investor)
    simulation = newest_simulation(investor)
    kinds = qualifications.in_force([investor.pk], at=at).get(investor.pk, set())
    return suitability.Standing(
        is_sophisticated=categories.lifts_protection(kinds),
        is_professional=categories.is_professional(kinds),
        lacks_iban=not investor.iban,
        tested_at=test.taken_at if test else None,
        has_passed=test.has_passed if test else False,
        simulated_at=simulation.taken_at if simulation else None,
        net_worth=simulation.net_worth if simulation else None,
    )


def newest_test(investor: Investor) -> KnowledgeTest | None:
    """The test that counts, whether or not its time is over."""
    return KnowledgeTest.objects.filter(investor=investor).order_by("taken_at", "id").last()


def newest_simulation(investor: Investor) -> LossSimulation | None:
    """The simulation that counts, whether or not its time is over."""
    return LossSimulation.objects.filter(investor=investor).order_by("taken_at", "id").last()


def keeps_components(investor: Investor) -> bool:
    """Whether figures of a simulation are kept because the person agreed."""
    return LossComponents.objects.filter(simulation__investor=investor).exists()


def unacknowledged(investor: Investor) -> dict[str, Told]:
    """What stays on the page until it is acknowledged: the warning, by what it is about.

    The warning of the newest test where it was not sufficient (R31), and the receipt of the newest
    simulation's result (R43).
    """
    test, simulation = newest_test(investor), newest_simulation(investor)
    due = {}
    if test is not None and not test.has_passed:
        due[f"knowledge_test:{test.pk}"] = Told(Acknowledgement.Kind.INAPPROPRIATE)
    if simulation is not None:
        due[f"loss_simulation:{simulation.pk}"] = _result(simulation)
    given = Acknowledgement.objects.filter(investor=investor, subject__in=due)
    for subject in given.values_list("subject", flat=True):
        due.pop(subject, None)
    return due


def acknowledge_due(*, investor: Investor, subject: str, by: Actor, at: dt.datetime) -> None:
    """Acknowledge what waits under a subject of `unacknowledged`; safe to repeat."""
    with transaction.atomic():
        Investor.objects.select_for_update().get(pk=investor.pk)
        told = unacknowledged(investor).get(subject)
        if told is not None:
            acknowledge(investor=investor, told=[told], subject=subject, by=by, at=at)
            audit.record(
                action="warning.acknowledged",
                subject=investor,
                by=by,
                at=at,
                facts={
                    "kind": told.kind,
                    "about": subject,
                    "version": warnings.newest(told.kind),
                },
            )


def _result(simulation: LossSimulation) -> Told:
    """The receipt of a result names the result (R43)."""
    amounts = {
        "net_worth": str(simulation.net_worth.amount),
        "loss": str(simulation.bearable_loss.amount),
    }
    return Told(Acknowledgement.Kind.SIMULATION, amounts)


def _sent_already(investor: Investor, sheet: Sheet) -> KnowledgeTest | None:
    if not sheet.form_token:
        return None
    return KnowledgeTest.objects.filter(investor=investor, form_token=sheet.form_token).first()


def _components(figures: loss.Figures) -> dict[str, str]:
    return {name: str(getattr(figures, name).amount) for name in loss.NAMES}
