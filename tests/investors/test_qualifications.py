"""Categories: asked for with three statements and evidence, decided and told, over by time or change."""

import datetime as dt
from typing import Any

import pytest

from backend.core.models import AuditEvent, Notice
from backend.core.money import euro
from backend.core.roles import MayNot
from backend.core.states import WrongState
from investors import qualifications
from investors.categories import EntityClaim, PersonClaim
from investors.models import Investor, Qualification
from investors.qualifications import Decision, Request
from tests.cast import Cast
from tests.investors.people import AT, BODY, register

pytestmark = pytest.mark.django_db
CLAIM = PersonClaim(income=euro("60000.00"), months_in_finance=12)


def request(**told: Any) -> Request:
    said = {
        "kind": "sophisticated",
        "evidence": "Dichiarazione dei redditi 2025",
        "claim": CLAIM,
        "attests": True,
        "gives_up_protection": True,
        "is_liable": True,
        **told,
    }
    return Request(**said)


def ask(cast: Cast, investor: Investor, **told: Any) -> Qualification:
    return qualifications.ask(investor=investor, request=request(**told), by=cast.investor, at=AT)


def grant(cast: Cast, asked: Qualification, at: dt.datetime = AT, **told: Any) -> Qualification:
    decision = Decision(is_granted=True, **told)
    return qualifications.decide(qualification=asked, decision=decision, by=cast.owner, at=at)


@pytest.mark.rule("R24")
@pytest.mark.rule("R24")
class TestAsk:
    @pytest.mark.parametrize("missing", ["attests", "gives_up_protection", "is_liable"])
    def test_each_statement_must_be_made(self, cast: Cast, missing: str) -> None:
        with pytest.raises(qualifications.StatementMissing):
            ask(cast, register(cast), **{missing: False})

    def test_one_criterion_is_not_enough_for_a_person(self, cast: Cast) -> None:
        claim = PersonClaim(income=euro("60000.00"), portfolio=euro("200000.00"))

        with pytest.raises(qualifications.NotEnoughCriteria, match="1 of 2 criteria"):
            ask(cast, register(cast), claim=claim)

    def test_a_body_does_not_claim_as_a_person(self, cast: Cast) -> None:
        with pytest.raises(qualifications.WrongClaim):
            ask(cast, register(cast, **BODY))

    def test_papers_are_named(self, cast: Cast) -> None:
        with pytest.raises(qualifications.NoEvidence):
            ask(cast, register(cast), evidence=" ")

    def test_one_waits_at_a_time(self, cast: Cast) -> None:
        investor = register(cast)
        ask(cast, investor)

        with pytest.raises(qualifications.AskedAlready):
            ask(cast, investor)

    def test_it_keeps_what_was_attested_and_which_words_were_shown(self, cast: Cast) -> None:
        made = ask(cast, register(cast, **BODY), claim=EntityClaim(own_funds=euro("100000.00")))

        assert made.criteria == ["own_funds"]
        assert made.claim["own_funds"] == "100000.00"
        assert made.statement_version == "2026-1"


@pytest.mark.rule("R24", "R25")
class TestDecide:
    def test_granted_it_is_told_and_counts_for_two_years_to_the_day(self, cast: Cast) -> None:
        investor = register(cast)
        granted = grant(cast, ask(cast, investor))

        assert granted.valid_until == dt.date(2028, 11, 12)
        assert Notice.objects.get(template="qualification_granted").to == investor.email
        counts = [
            bool(qualifications.sophisticated([investor.pk], at=dt.datetime.fromisoformat(at)))
            for at in ("2028-11-12T22:59:59+00:00", "2028-11-12T23:00:00+00:00")
        ]
        assert counts == [True, False]

    def test_a_refusal_needs_its_reason_and_is_told(self, cast: Cast) -> None:
        asked = ask(cast, register(cast))
        with pytest.raises(qualifications.NoReason):
            qualifications.decide(
                qualification=asked, decision=Decision(is_granted=False), by=cast.owner, at=AT
            )

        no = Decision(is_granted=False, reason="The papers show another year.")
        qualifications.decide(qualification=asked, decision=no, by=cast.owner, at=AT)

        assert "another year" in Notice.objects.get(template="qualification_refused").body

    def test_only_staff_decide_and_only_once(self, cast: Cast) -> None:
        asked = ask(cast, register(cast))
        with pytest.raises(MayNot):
            qualifications.decide(
                qualification=asked, decision=Decision(True), by=cast.investor, at=AT
            )
        grant(cast, asked)

        with pytest.raises(WrongState):
            grant(cast, asked)


@pytest.mark.rule("R26")
@pytest.mark.rule("R26")
class TestEnd:
    def test_a_change_brings_protection_back_with_a_notice(self, cast: Cast) -> None:
        investor = register(cast)
        granted = grant(cast, ask(cast, investor))

        qualifications.end(
            qualification=granted, reason="No longer works in finance", by=cast.owner, at=AT
        )

        assert qualifications.sophisticated([investor.pk], at=AT) == set()
        assert Notice.objects.filter(template="qualification_ended").count() == 1
        moved = AuditEvent.objects.filter(subject_kind="investors.qualification")
        assert moved.filter(state_after="ended").count() == 1


@pytest.mark.rule("R27")
class TestInForce:
    def test_a_professional_per_se_needs_its_proof_alone(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        asked = ask(cast, body, kind="mifid_professional", claim=None, attests=False)
        grant(cast, asked)

        assert qualifications.sophisticated([body.pk], at=AT) == {body.pk}
        assert qualifications.professional([body.pk], at=AT) == {body.pk}

    @pytest.mark.parametrize("kind", ["bank_foundation", "incubator", "sme_supporter"])
    def test_kinds_of_2020_count_as_professional_but_keep_their_protection(
        self, cast: Cast, kind: str
    ) -> None:
        body = register(cast, **BODY)
        grant(cast, ask(cast, body, kind=kind, claim=None), valid_until=dt.date(2026, 12, 31))

        assert qualifications.professional([body.pk], at=AT) == {body.pk}
        assert qualifications.sophisticated([body.pk], at=AT) == set()
        later = AT + dt.timedelta(days=60)
        assert qualifications.professional([body.pk], at=later) == set()

    def test_sophisticated_is_not_professional(self, cast: Cast) -> None:
        investor = register(cast)
        grant(cast, ask(cast, investor))

        assert qualifications.professional([investor.pk], at=AT) == set()


class TestTellOfEnds:
    def test_once_before_and_once_after(self, cast: Cast) -> None:
        grant(cast, ask(cast, register(cast)))
        days = [dt.date(2028, 10, 1), dt.date(2028, 10, 20), dt.date(2028, 11, 13)]

        for day in days * 2:
            qualifications.tell_of_ends(at=dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC))

        told = Notice.objects.exclude(template="qualification_granted")
        assert sorted(told.values_list("template", flat=True)) == [
            "qualification_ends_soon",
            "qualification_expired",
        ]
