"""Who acts for whom: named with a paper, ended in time, and what one did stays one's to read (R53)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from backend.core.models import AuditEvent, User
from backend.core.users import SYSTEM
from investors import assessments, representations
from investors.models import Investor, KnowledgeTest, Representation, in_time_of
from investors.representations import Mandate
from tests.cast import Cast
from tests.investors.people import AT, BODY, register

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=10)


def mandate(user: User, kind: str = "delegate", until: dt.date | None = None) -> Mandate:
    return Mandate(user.email, kind, "Procura del 3 novembre 2026", until)


def readable_by(user: User) -> set[KnowledgeTest]:
    own = in_time_of(user, investor="investor", instant="taken_at")
    return set(KnowledgeTest.objects.filter(own))


class TestName:
    def test_one_user_acts_for_several(self, cast: Cast) -> None:
        own = register(cast)
        body = register(cast, user=cast.other_investor, **BODY)

        representations.name(
            investor=body, mandate=mandate(cast.investor), by=cast.other_investor, at=AT
        )

        assert set(Investor.objects.acted_for_by(cast.investor)) == {own, body}
        assert AuditEvent.objects.filter(action="representation.named").count() == 1

    def test_a_body_is_registered_by_its_legal_representative(self, cast: Cast) -> None:
        body = register(cast, **BODY)

        assert body.representations.get().kind == "legal_representative"

    def test_a_delegate_names_nobody(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        representations.name(
            investor=body, mandate=mandate(cast.other_investor), by=cast.investor, at=AT
        )

        with pytest.raises(representations.NotYoursToName):
            representations.name(
                investor=body, mandate=mandate(cast.owner), by=cast.other_investor, at=AT
            )

    @pytest.mark.parametrize(
        ("told", "problem"),
        [
            (Mandate("nobody@example.org", "delegate", "Procura"), representations.NoSuchUser),
            (Mandate("owner@example.org", "delegate", " "), representations.NoEvidence),
            (
                Mandate("owner@example.org", "delegate", "Procura", dt.date(2026, 11, 11)),
                representations.OverAlready,
            ),
            (Mandate("INVESTOR@example.org", "delegate", "x"), representations.ActsAlready),
        ],
    )
    def test_what_is_wrong_is_said(
        self, cast: Cast, told: Mandate, problem: type[Exception]
    ) -> None:
        with pytest.raises(problem):
            representations.name(investor=register(cast), mandate=told, by=cast.investor, at=AT)


@pytest.mark.rule("R53")
class TestEnd:
    def test_the_last_one_stays(self, cast: Cast) -> None:
        only = register(cast).representations.get()

        with pytest.raises(representations.LastOne):
            representations.end(representation=only, by=cast.investor, at=AT)

    @pytest.mark.rule("R53")
    def test_what_stood_in_ones_time_stays_readable_and_nothing_later(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        held = representations.name(
            investor=body, mandate=mandate(cast.other_investor), by=cast.investor, at=AT
        )
        sheet = assessments.Sheet(answers={})
        mine = assessments.take_test(investor=body, sheet=sheet, by=cast.other_investor, at=AT)
        representations.end(representation=held, by=cast.investor, at=LATER)
        after = LATER + dt.timedelta(days=1)
        theirs = assessments.take_test(investor=body, sheet=sheet, by=cast.investor, at=after)

        assert not Investor.objects.acted_for_by(cast.other_investor).exists()
        assert readable_by(cast.other_investor) == {mine}
        assert readable_by(cast.investor) == {mine, theirs}
        assert readable_by(cast.stranger) == set()

    def test_the_agreed_last_day_ends_it_once(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        told = mandate(cast.other_investor, until=dt.date(2026, 11, 20))
        representations.name(investor=body, mandate=told, by=cast.investor, at=AT)

        ended = [representations.end_due(at=AT + dt.timedelta(days=days)) for days in (0, 8, 9, 10)]

        assert ended == [0, 0, 1, 0]

    def test_it_cannot_end_before_it_began(self, cast: Cast) -> None:
        held = register(cast).representations.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            Representation.objects.filter(pk=held.pk).update(ended_at=AT - dt.timedelta(days=1))

    def test_staff_who_check_may_end_it(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        held = representations.name(
            investor=body, mandate=mandate(cast.other_investor), by=SYSTEM, at=AT
        )

        representations.end(representation=held, by=cast.owner, at=LATER, reason="revoked")

        assert held.ended_at == LATER
