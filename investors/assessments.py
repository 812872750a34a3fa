"""What is recorded of an investor's test, simulation and acknowledgements, and how they stand now.

What follows from it is decided in `suitability`, which is pure.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from backend.core import audit, users
from backend.core.users import Actor
from investors import knowledge, suitability
from investors.models import Acknowledgement, Investor, KnowledgeTest, LossSimulation

WARNINGS_VERSION = "2026-1"


def take_test(
    *, investor: Investor, answers: Mapping[str, str], by: Actor, at: dt.datetime
) -> KnowledgeTest:
    """Record the answers to the knowledge test; failing it only adds a warning (art. 21(4), (6)).

    Raises IncompleteTest. Sent twice it is taken twice: the newest counts, both are kept.
    """
    right = knowledge.right_answers(answers)
    with transaction.atomic():
        test = KnowledgeTest.objects.create(
            investor=investor,
            version=knowledge.VERSION,
            answers=dict(answers),
            right_answers=right,
            has_passed=knowledge.has_passed(right),
            taken_at=at,
        )
        audit.record(action="knowledge_test.taken", subject=investor, by=by, at=at)
    return test


def simulate_loss(
    *, investor: Investor, circumstances: suitability.Circumstances, by: Actor, at: dt.datetime
) -> LossSimulation:
    """Record net worth and bearable loss; what they were computed from is not kept (R44)."""
    worth = suitability.net_worth(circumstances)
    with transaction.atomic():
        simulation = LossSimulation.objects.create(
            investor=investor,
            net_worth=worth,
            bearable_loss=suitability.bearable_loss(worth),
            taken_at=at,
        )
        audit.record(action="loss_simulation.made", subject=investor, by=by, at=at)
    return simulation


def acknowledge(
    *, investor: Investor, kinds: Sequence[str], subject: str, by: Actor, at: dt.datetime
) -> list[Acknowledgement]:
    """Record that warnings were read and accepted, each in the version that was shown."""
    rows = [
        Acknowledgement(
            investor=investor,
            kind=kind,
            version=WARNINGS_VERSION,
            subject=subject,
            given_by=users.person(by),
            given_at=at,
        )
        for kind in kinds
    ]
    return Acknowledgement.objects.bulk_create(rows)


def standing(investor: Investor) -> suitability.Standing:
    """How the investor stands now, as the pure rules want to know it. Two queries."""
    test = investor.knowledge_tests.order_by("taken_at", "id").last()
    simulation = investor.loss_simulations.order_by("taken_at", "id").last()
    return suitability.Standing(
        is_sophisticated=investor.category == Investor.Category.SOPHISTICATED,
        lacks_iban=not investor.iban,
        tested_at=test.taken_at if test else None,
        has_passed=test.has_passed if test else False,
        simulated_at=simulation.taken_at if simulation else None,
        net_worth=simulation.net_worth if simulation else None,
    )
