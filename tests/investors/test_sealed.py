"""Codes, birth and account of investors: unreadable in the database, found by hash, rotated, erased."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from backend.core import encryption, sealed
from backend.core.encryption import Unreadable
from backend.core.users import SYSTEM
from investors import erasure, onboarding
from investors.models import Investor
from investors.onboarding import KnownAlready
from tests.cast import Cast
from tests.investors.people import AT, register

pytestmark = pytest.mark.django_db

CODE, IBAN, NUMBER = "SYNTHETIC0000001", "IT60X0542811101000000123456", "FR771234X"
BORN = dt.date(1980, 1, 31)
ABROAD = {"tax_code": "", "tax_country": "FR", "foreign_tax_number": NUMBER}


def stored(investor: Investor) -> str:
    """The row as a dump of the database would show it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM investors_investor i WHERE id = %s", [investor.pk])
        return str(cursor.fetchone()[0])


class TestRow:
    def test_shows_nothing_to_who_holds_a_copy(self, cast: Cast) -> None:
        here = stored(register(cast, iban=IBAN, born_on=BORN))
        abroad = stored(register(cast, **ABROAD))

        for secret in (CODE, IBAN, IBAN[-7:], BORN.isoformat()):
            assert secret not in here
        assert NUMBER not in abroad

    def test_opens_as_it_was_told(self, cast: Cast) -> None:
        made = register(cast, iban=IBAN, born_on=BORN)

        found = Investor.objects.get(pk=made.pk)

        assert (found.tax_code, found.iban, found.born_on) == (CODE, IBAN, BORN)
        assert found.foreign_tax_number == ""

    def test_is_not_opened_by_saving_something_else(self, cast: Cast) -> None:
        made = register(cast, iban=IBAN)
        before = stored(made)

        Investor.objects.get(pk=made.pk).save()

        assert stored(made) == before

    def test_cannot_be_searched_by_what_is_sealed(self, cast: Cast) -> None:
        with pytest.raises(FieldError):
            Investor.objects.filter(tax_code=CODE).exists()
        with pytest.raises(FieldError):
            Investor.objects.filter(iban__startswith="IT").exists()

    def test_which_was_plain_is_sealed_once(self, cast: Cast) -> None:
        made = register(cast, iban=IBAN, born_on=BORN)
        with connection.cursor() as cursor:
            # As the rows stood before there were hashes: the check of them is made after the move.
            cursor.execute(
                "UPDATE investors_investor SET tax_code = %s, iban = %s, born_on = %s, "
                "tax_code_print = NULL, erased_at = now()",
                [CODE, IBAN, BORN.isoformat()],
            )
        assert CODE in stored(made)

        counts = [sealed.seal_plain(Investor), sealed.seal_plain(Investor)]

        found = Investor.objects.with_tax_code(CODE).get()
        assert counts == [1, 0]
        assert (found.tax_code, found.iban, found.born_on) == (CODE, IBAN, BORN)
        assert CODE not in stored(made)


class TestWithTaxCode:
    def test_finds_who_has_it_however_it_is_spaced(self, cast: Cast) -> None:
        made = register(cast)

        assert Investor.objects.with_tax_code(" synthetic 0000001 ").get() == made
        assert not Investor.objects.with_tax_code("SYNTHETIC0000002").exists()

    def test_finds_nobody_for_no_code(self, cast: Cast) -> None:
        register(cast, **ABROAD)

        assert not Investor.objects.with_tax_code(" ").exists()

    def test_a_number_is_one_of_its_country(self, cast: Cast) -> None:
        made = register(cast, **ABROAD)

        assert Investor.objects.with_foreign_number("FR", NUMBER).get() == made
        assert not Investor.objects.with_foreign_number("DE", NUMBER).exists()
        with pytest.raises(KnownAlready):
            register(cast, **ABROAD)
        register(cast, **{**ABROAD, "tax_country": "DE"})


class TestOnce:
    def test_the_database_refuses_a_code_twice(self, cast: Cast) -> None:
        register(cast)
        again = Investor(kind="person", name="Anna", tax_code=CODE, registered_at=AT)

        with pytest.raises(IntegrityError, match="investor_tax_code_once"), transaction.atomic():
            again.save()

    def test_no_code_at_all_is_refused(self) -> None:
        bare = Investor(kind="person", name="Anna", registered_at=AT)

        with pytest.raises(IntegrityError, match="tax_office"), transaction.atomic():
            bare.save()

    def test_a_code_is_known_between_a_new_key_and_the_rotation(
        self, cast: Cast, own_keys: None
    ) -> None:
        register(cast)
        encryption.add_key()

        with pytest.raises(KnownAlready):
            register(cast)


class TestRotation:
    def test_renews_rows_and_hashes_for_the_new_key_alone(self, cast: Cast, own_keys: None) -> None:
        made, said = register(cast, iban=IBAN, born_on=BORN), StringIO()
        before = stored(made)

        call_command("rotate_keys", "--new", "--retire", stdout=said)

        found = Investor.objects.with_tax_code(CODE).get()
        assert said.getvalue().startswith("1 identities, factors and secrets, 1 keys")
        assert (found.tax_code, found.iban, found.born_on) == (CODE, IBAN, BORN)
        assert stored(made) != before

    def test_a_dry_run_says_that_a_key_is_gone(self, cast: Cast, own_keys: None) -> None:
        register(cast)
        encryption.add_key()
        encryption.retire_keys()

        with pytest.raises(Unreadable):
            call_command("rotate_keys", "--dry-run")


class TestChange:
    def test_of_the_account_leaves_the_rest_shut(self, cast: Cast) -> None:
        found = Investor.objects.get(pk=register(cast).pk)

        onboarding.change_iban(investor=found, iban=IBAN, by=SYSTEM, at=AT)

        assert Investor.objects.get(pk=found.pk).iban == IBAN
        assert isinstance(found.__dict__["tax_code"], sealed.Token)

    def test_erasure_leaves_neither_token_nor_hash(self, cast: Cast) -> None:
        made = register(cast, iban=IBAN, born_on=BORN)
        asked = erasure.ask(investor=made, user=cast.investor, by=SYSTEM, at=AT)

        erasure.carry_out(erasure=asked, by=SYSTEM, at=AT)

        found = Investor.objects.get(pk=made.pk)
        assert (found.tax_code, found.iban, found.born_on, found.tax_code_print) == (
            "",
            "",
            None,
            None,
        )
        assert "gAAAAA" not in stored(made)
        register(cast)
