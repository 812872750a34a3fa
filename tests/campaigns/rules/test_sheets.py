"""What an information sheet must hold, by regime."""

import datetime as dt

import pytest

from campaigns import rules
from campaigns.rules import sheets
from campaigns.rules.sheet_forms import CONSOB_SHEET, KIIS, Form
from campaigns.rules.sheets import Responsible


@pytest.mark.rule("R12")
class TestPartsOfKiis:
    @pytest.mark.parametrize(
        ("is_spv", "is_loan", "codes"),
        [(False, False, "ABCDFH"), (True, False, "ABCDEFH"), (False, True, "ABCGH")],
    )
    def test_follow_from_what_is_offered(self, is_spv: bool, is_loan: bool, codes: str) -> None:
        found = sheets.parts_of_kiis(is_spv=is_spv, is_loan=is_loan)

        assert "".join(part.code for part in found) == codes

    def test_each_regime_has_its_own_form(self) -> None:
        assert rules.regime("ecspr").sheet is KIIS
        assert rules.regime("consob_2020").sheet is CONSOB_SHEET
        assert sheets.parts(CONSOB_SHEET, is_spv=False) == CONSOB_SHEET.parts


@pytest.mark.rule("R12.complete")
class TestMissingPoints:
    def test_are_those_that_nothing_answers(self) -> None:
        needed = sheets.parts(KIIS, is_spv=False)
        said = {point.code: "As said above." for part in needed for point in part.fields}

        missing = sheets.missing_points(needed, said | {"C.default": "  ", "H.fees": "x"})

        assert [point.code for point in missing] == ["C.default", "H.fees"]

    @pytest.mark.parametrize(
        ("text", "answers"),
        [
            ("x", False),
            ("- ...\n", False),
            ("n/a", False),
            ("None at all", True),
            ("10 euro", True),
        ],
    )
    def test_a_mark_is_no_answer(self, text: str, answers: bool) -> None:
        assert sheets.is_answer(text) is answers

    def test_a_part_published_as_one_text_stays_whole(self) -> None:
        needed = sheets.parts(KIIS, is_spv=False)
        said = dict.fromkeys("ABCDFH", "Told in short.")

        assert sheets.missing_points(needed, said) == []

    def test_each_part_of_equity_has_points_of_its_own(self) -> None:
        codes = [p.code for part in sheets.parts(KIIS, is_spv=True) for p in part.points]

        assert len(codes) == len(set(codes)) == 36
        assert {code[0] for code in codes} == set("ABCDEFH")


@pytest.mark.rule("R13")
class TestFixedWords:
    @pytest.mark.parametrize("language", ["it", "en"])
    def test_are_kept_in_both_languages(self, language: str) -> None:
        disclaimer, warning = sheets.fixed_words(KIIS, language)

        assert "ESMA" in disclaimer
        assert "2014/49/" in warning
        assert "97/9/" in warning
        assert "10 %" in warning

    def test_of_another_language_are_not_made_up(self) -> None:
        with pytest.raises(KeyError):
            sheets.fixed_words(KIIS, "fr")


@pytest.mark.rule("R13.pages")
class TestFits:
    @pytest.mark.parametrize(
        ("form", "pages", "fits"),
        [(KIIS, 0, False), (KIIS, 6, True), (KIIS, 7, False), (CONSOB_SHEET, 6, False)],
    )
    def test_up_to_the_sides_of_the_form(self, form: Form, pages: int, fits: bool) -> None:
        assert sheets.fits(form, pages) is fits


@pytest.mark.rule("R13.annex")
class TestAnnex:
    def test_is_for_quotas_under_european_law(self) -> None:
        found = sheets.annex(KIIS, is_quota=True)

        assert found is not None
        assert found.code == "F.1"
        assert sheets.annex(KIIS, is_quota=False) is None
        assert sheets.annex(CONSOB_SHEET, is_quota=True) is None


@pytest.mark.rule("R13.footnotes")
class TestFootnotes:
    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("Costs 3 %[1].\n[1] Estimated by the issuer.", ["[1]"]),
            ("Costs 3 %¹.\n¹ Estimated by the issuer.", ["¹"]),
            ("Costs*.\n* As of June.", ["*"]),
            ("The issuer may[1].\n[1] Art. 2468 c.c.", []),
            ("See note².\n² Reg. (EU) 2020/1503.", []),
            ("* One risk.\n* Another risk.", []),
            ("Two points:\n[1] first\n[2] second", []),
        ],
    )
    def test_but_those_of_law_are_found(self, text: str, marks: list[str]) -> None:
        assert sheets.footnotes(text) == marks


@pytest.mark.rule("R14")
class TestMissingLanguages:
    @pytest.mark.parametrize(
        ("published", "missing"), [({"it"}, 1), ({"en"}, 1), ({"it", "de"}, 0), (set(), 2)]
    )
    def test_one_accepted_by_each_state(self, published: set[str], missing: int) -> None:
        accepted = [("it",), ("de", "en")]
        if published == {"en"}:
            accepted = [("it",), ("en",)]

        assert len(sheets.missing_languages(accepted=accepted, published=published)) == missing


@pytest.mark.rule("R15")
class TestMustAdviseToRefrain:
    @pytest.mark.parametrize(
        ("asked", "delivered", "advised", "must"),
        [
            (False, False, False, False),
            (True, False, False, True),
            (True, True, False, False),
            (True, False, True, False),
        ],
    )
    def test_who_asked_and_got_nothing(
        self, asked: bool, delivered: bool, advised: bool, must: bool
    ) -> None:
        found = sheets.must_advise_to_refrain(
            was_asked=asked, was_delivered=delivered, was_advised=advised
        )

        assert found is must


@pytest.mark.rule("R18")
class TestLatestDayToSend:
    def test_seven_working_days_before_over_christmas(self) -> None:
        found = sheets.latest_day_to_send(dt.date(2027, 1, 7))

        assert found == dt.date(2026, 12, 24)


@pytest.mark.rule("R19")
class TestUndeclared:
    SIGNED = Responsible("Ada Test", "director", has_declared=True)
    UNSIGNED = Responsible("Bo Test", "director", has_declared=False)
    NAMELESS = Responsible(" ", "director", has_declared=True)

    def test_are_those_without_name_or_declaration(self) -> None:
        persons = (self.SIGNED, self.UNSIGNED, self.NAMELESS)

        assert sheets.undeclared(persons) == [self.UNSIGNED, self.NAMELESS]
