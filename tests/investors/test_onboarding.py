"""Who may be registered: codes with their check digits, countries, age; and how the public sees them."""

import datetime as dt
from typing import Any

import pytest

from backend.core.models import AuditEvent
from investors import codes, naming, onboarding
from investors.models import Investor
from tests.cast import Cast
from tests.investors.people import AT, register

pytestmark = pytest.mark.django_db
REAL = "RSSMRA85T10A562S"  # the textbook's code, of no person


class TestRegister:
    @pytest.mark.parametrize(
        ("kind", "code", "kept"),
        [
            ("person", REAL, REAL),
            ("person", " rssmra 85t10 a562s", REAL),
            ("entity", "00743110157", "00743110157"),
            ("entity", "IT 00743110157", "00743110157"),
        ],
    )
    def test_a_right_tax_code_is_kept_plainly(
        self, cast: Cast, kind: str, code: str, kept: str
    ) -> None:
        found = register(cast, kind=kind, tax_code=code, is_synthetic=False)

        assert found.tax_code == kept

    @pytest.mark.parametrize(
        ("kind", "code", "sentence"),
        [
            ("person", "RSSMRA85T10A562T", "The check letter of this tax code is wrong."),
            ("person", "SYNTHETIC0000001", "The tax code is not right: please check it."),
            ("entity", "00743110158", "The check digit of this tax code is wrong."),
            ("person", "", "A tax code has 16 characters, that of a body 11 digits."),
        ],
    )
    def test_a_wrong_code_is_refused_in_words(
        self, cast: Cast, kind: str, code: str, sentence: str
    ) -> None:
        with pytest.raises(codes.WrongTaxCode, match=sentence) as refused:
            register(cast, kind=kind, tax_code=code, is_synthetic=False)
        assert refused.value.facts == {"field": "tax_code"}

    def test_the_same_tax_code_is_one_investor(self, cast: Cast) -> None:
        register(cast)

        with pytest.raises(onboarding.KnownAlready):
            register(cast)
        assert Investor.objects.count() == 1

    def test_a_wrong_iban_is_refused(self, cast: Cast) -> None:
        with pytest.raises(codes.WrongIban, match="check digits"):
            register(cast, tax_code=REAL, iban="IT60X0542811101000000123457", is_synthetic=False)

    def test_an_invented_person_never_has_a_real_code(self, cast: Cast) -> None:
        with pytest.raises(codes.WrongTaxCode):
            register(cast, tax_code=REAL)

    def test_it_is_written_down(self, cast: Cast) -> None:
        register(cast)

        assert AuditEvent.objects.get(action="investor.registered").by == cast.investor


class TestForeigners:
    ABROAD: dict[str, Any] = {
        "tax_code": "",
        "tax_country": "DE",
        "foreign_tax_number": "65 929 970 489",
        "born_on": dt.date(1980, 2, 29),
        "is_synthetic": False,
    }

    def test_a_country_and_its_number_do_instead_of_a_tax_code(self, cast: Cast) -> None:
        found = register(cast, **self.ABROAD)

        assert (found.tax_code, found.tax_country) == ("", "DE")
        assert found.foreign_tax_number == "65929970489"

    def test_two_without_a_tax_code_are_two(self, cast: Cast) -> None:
        register(cast, **self.ABROAD)
        register(cast, **self.ABROAD | {"foreign_tax_number": "11111111111"})

        with pytest.raises(onboarding.KnownAlready):
            register(cast, **self.ABROAD)

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"foreign_tax_number": "", "tax_code": ""}, codes.WrongTaxCode),
            ({"tax_country": "IT"}, onboarding.TaxNumberMissing),
            ({"tax_country": "QQ"}, codes.WrongCountry),
            ({"foreign_tax_number": "?"}, codes.WrongTaxCode),
            ({"born_on": None}, onboarding.BirthDateMissing),
        ],
    )
    def test_what_is_missing_is_said(
        self, cast: Cast, change: dict[str, Any], problem: type[Exception]
    ) -> None:
        with pytest.raises(problem):
            register(cast, **self.ABROAD | change)

    def test_no_birth_date_is_kept_where_the_code_tells_it(self, cast: Cast) -> None:
        found = register(cast, tax_code=REAL, born_on=dt.date(1985, 12, 10), is_synthetic=False)

        assert found.born_on is None
        assert codes.birth_date(found.tax_code) == dt.date(1985, 12, 10)

    @pytest.mark.parametrize(
        ("born", "may"), [("2008-11-12", True), ("2008-11-13", False), ("2012-02-29", False)]
    )
    def test_of_age_on_the_birthday(self, cast: Cast, born: str, may: bool) -> None:
        told = self.ABROAD | {"born_on": dt.date.fromisoformat(born)}

        if may:
            assert register(cast, **told)
            return
        with pytest.raises(onboarding.Minor):
            register(cast, **told)
        assert register(cast, **told, acting="legal_representative", evidence="Decreto")


class TestPublicName:
    @pytest.mark.parametrize(
        ("choice", "shown"),
        [("anonymous", "an investor"), ("initials", "A. M. N."), ("name", "Anna Maria Neri")],
    )
    def test_it_is_what_was_chosen(self, cast: Cast, choice: str, shown: str) -> None:
        investor = register(cast)
        assert naming.public_name(investor) == "an investor"  # until somebody chooses

        onboarding.show_as(investor=investor, choice=choice, by=cast.investor, at=AT)

        assert naming.public_name(Investor.objects.get()) == shown
