"""The knowledge test: what is judged, what is missing data, and that a form sent twice is one test."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from investors import assessments, knowledge, warnings
from investors.assessments import Sheet
from investors.knowledge import Outcome
from investors.models import Acknowledgement, KnowledgeTest
from investors.warnings import Told
from tests.campaigns.scene import RIGHT_ANSWERS
from tests.cast import Cast
from tests.investors.people import AT, register

LARGE = Told("large_order", {"total": "2500.00", "bound": "1000.00", "net_worth": "18000.00"})


def outcome(**changes: str) -> str:
    return knowledge.judge(RIGHT_ANSWERS | changes).outcome


@pytest.mark.rule("R29", "R31")
class TestJudge:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, Outcome.SUFFICIENT),
            ({"loss": "some"}, Outcome.SUFFICIENT),
            ({"loss": "some", "sale": "yes"}, Outcome.INSUFFICIENT),
            ({"goal": "income"}, Outcome.INSUFFICIENT),
            ({"horizon": "short"}, Outcome.INSUFFICIENT),
            ({"reserve": "no"}, Outcome.INSUFFICIENT),
            ({"crowdfunding": "work"}, Outcome.SUFFICIENT),
            ({"income": ""}, Outcome.INCOMPLETE),
        ],
    )
    def test_three_of_four_right_and_a_fitting_wish(
        self, changes: dict[str, str], expected: str
    ) -> None:
        assert outcome(**changes) == expected

    def test_an_answer_that_is_not_offered_is_refused(self) -> None:
        with pytest.raises(knowledge.UnknownAnswer):
            outcome(loss="maybe")

    @pytest.mark.rule("R29")
    def test_everything_the_law_names_is_asked(self) -> None:
        assert {each.part for each in knowledge.QUESTIONS} == set(knowledge.Part)
        assert {"young", "securities", "crowdfunding"} <= {
            each.code for each in knowledge.QUESTIONS
        }

    def test_a_version_of_before_is_judged_by_its_own_questions(self) -> None:
        old = {
            "experience": "never",
            "loss": "all",
            "sale": "no",
            "guarantee": "no",
            "return": "no",
        }

        assert knowledge.judge(old, version="2026-1").outcome == Outcome.SUFFICIENT
        with pytest.raises(knowledge.UnknownVersion):
            knowledge.judge(old, version="1999-1")


@pytest.mark.rule("R32")
@pytest.mark.django_db
class TestTakeTest:
    def test_the_same_form_twice_is_one_test(self, cast: Cast) -> None:
        investor, sheet = register(cast), Sheet(RIGHT_ANSWERS, form_token="form-1")

        first, again = (
            assessments.take_test(investor=investor, sheet=sheet, by=cast.investor, at=AT)
            for _ in range(2)
        )

        assert first == again
        assert KnowledgeTest.objects.count() == 1

    def test_the_newest_of_two_tests_counts(self, cast: Cast) -> None:
        investor, later = register(cast), AT + dt.timedelta(minutes=1)
        assessments.take_test(
            investor=investor, sheet=Sheet(RIGHT_ANSWERS), by=cast.investor, at=AT
        )

        wrong = Sheet(RIGHT_ANSWERS | {"loss": "none", "sale": "yes"})
        assessments.take_test(investor=investor, sheet=wrong, by=cast.investor, at=later)

        found = assessments.standing(investor, at=later)
        assert (found.tested_at, found.has_passed) == (later, False)
        assert investor.knowledge_tests.count() == 2

    @pytest.mark.rule("R32")
    def test_nothing_answered_is_taken_and_warns(self, cast: Cast) -> None:
        investor = register(cast)

        test = assessments.take_test(investor=investor, sheet=Sheet({}), by=cast.investor, at=AT)

        assert (test.outcome, test.has_passed) == ("incomplete", False)
        assert assessments.unacknowledged(investor) == {
            f"knowledge_test:{test.pk}": Told("inappropriate")
        }


@pytest.mark.rule("R31")
@pytest.mark.django_db
class TestAcknowledgeDue:
    def test_the_warning_stays_until_it_is_acknowledged_once(self, cast: Cast) -> None:
        investor = register(cast)
        test = assessments.take_test(investor=investor, sheet=Sheet({}), by=cast.investor, at=AT)

        for _ in range(2):
            assessments.acknowledge_due(
                investor=investor, subject=f"knowledge_test:{test.pk}", by=cast.investor, at=AT
            )

        given = Acknowledgement.objects.get()
        assert assessments.unacknowledged(investor) == {}
        assert "inappropriate" in str(warnings.text(given.kind, given.version))

    def test_a_record_is_never_changed(self, cast: Cast) -> None:
        investor = register(cast)
        assessments.acknowledge(
            investor=investor,
            told=[Told("loss_of_all")],
            subject="pledge:1",
            by=cast.investor,
            at=AT,
        )

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            investor.acknowledgements.update(version="forged")


@pytest.mark.rule("R45")
class TestWordsHash:
    @pytest.mark.parametrize("language", ["it", "en"])
    def test_proves_the_words_in_the_language_of_the_page(self, cast: Cast, language: str) -> None:
        investor = register(cast)

        with translation.override(language):
            [given] = assessments.acknowledge(
                investor=investor, told=[LARGE], subject="x", by=cast.investor, at=AT
            )
            shown = str(warnings.text(given.kind, given.version, given.amounts))

        assert given.language == language
        assert given.words_hash == hashlib.sha256(shown.encode()).hexdigest()

    def test_differs_by_language_and_by_every_amount(self) -> None:
        others = [{"total": "2500.01"}, {"bound": "1000.01"}, {"net_worth": ""}]
        told = [LARGE, *(Told("large_order", {**LARGE.amounts, **each}) for each in others)]
        found = set()
        for language in ("it", "en"):
            with translation.override(language):
                found |= {each.words_hash for each in told}

        assert len(found) == 8

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "€2,500.00"), ("it", "2.500,00\N{NO-BREAK SPACE}€")]
    )
    def test_the_amounts_stand_in_the_words(self, language: str, said: str) -> None:
        with translation.override(language):
            assert said in str(LARGE)


class TestTexts:
    def test_every_kind_has_its_words_in_the_version_of_now(self) -> None:
        for kind in Acknowledgement.Kind.values:
            assert warnings.text(kind)

    def test_words_that_were_shown_are_never_edited(self) -> None:
        """Another wording is another version: these are the words of each."""
        said = {
            kind if version == "2026-1" else f"{kind} {version}": str(text)[:28]
            for (kind, version), text in warnings.TEXTS.items()
        }

        assert said == {
            "loss_of_all": "I have read the warnings: I ",
            "inappropriate": "Your answers show that you m",
            "large_order": "This is a large amount for y",
            "simulation": "I have received the result o",
            "large_order 2026-2": "With this order you put %(to",
            "simulation 2026-2": "I have received the result o",
            "bears_loss": "I know what I would hold and",
            "lost_protection": "I ask to count as a sophisti",
        }

    def test_an_unknown_text_is_not_there(self) -> None:
        with pytest.raises(warnings.NoSuchText):
            warnings.text("loss_of_all", "1999-1")
