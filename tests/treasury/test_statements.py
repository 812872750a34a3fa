"""Handing in statements: raw first, each line once, all or nothing, the same file twice is no news."""

import pytest

from backend.core.models import Job, User
from backend.core.users import SYSTEM
from backend.treasury import bank_accounts, statements
from backend.treasury.models import BankLine, BankStatement, StatementFile, StatementRefusal
from backend.treasury.parsed import WrongSum
from backend.treasury.statements import BeginsTooEarly, Contradiction, UnknownAccount
from tests.treasury.files import DAY, OTHER_IBAN, Move, Paper, as_file, paper
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money


def upload(raw: bytes, by: User | None = None) -> list[BankStatement]:
    return statements.upload(raw=raw, by=by or SYSTEM, at=AT)


def balance(house: House) -> str:
    return f"{bank_accounts.balance(house.restricted).amount:.2f}"


class TestUpload:
    def test_books_every_line_to_suspense(self, house: House) -> None:
        (statement,) = upload(paper(Move("500.00"), Move("-20.00")))

        assert (statement.lines_new, statement.lines_known) == (2, 0)
        assert balance(house) == "480.00"

    def test_keeps_the_file_as_it_came(self, house: House) -> None:
        raw = paper(Move("500.00"))

        upload(raw)

        assert bytes(StatementFile.objects.get().raw) == raw

    def test_asks_for_a_reconciliation(self, house: House) -> None:
        upload(paper(Move("500.00")))

        assert Job.objects.get().payload == {"holder": house.issuer.pk}

    def test_of_the_same_file_books_nothing_and_returns_the_first_import(
        self, house: House
    ) -> None:
        raw = paper(Move("500.00"))

        assert upload(raw) == upload(raw)
        assert balance(house) == "500.00"

    def test_of_overlapping_files_books_each_line_once(self, house: House) -> None:
        first, second, third = Move("1.00", "a"), Move("2.00", "b"), Move("3.00", "c")
        upload(paper(first, second))

        (statement,) = upload(paper(second, third, opening="1.00"))

        assert (statement.lines_new, statement.lines_known) == (1, 1)
        assert balance(house) == "6.00"

    def test_keeps_two_genuine_identical_transfers(self, house: House) -> None:
        upload(paper(Move("50.00", "quota"), Move("50.00", "quota")))

        assert balance(house) == "100.00"

    def test_keeps_pending_entries_out(self, house: House) -> None:
        (statement,) = upload(paper(Move("50.00"), Move("9.00", status="PDNG")))

        assert statement.lines_pending == 1
        assert balance(house) == "50.00"

    def test_takes_several_accounts_of_one_file(self, house: House) -> None:
        upload(as_file(Paper((Move("1.00"),)), Paper((Move("2.00"),), iban=OTHER_IBAN)))

        assert balance(house) == "1.00"
        assert bank_accounts.balance(house.ordinary).amount == 2

    def test_books_what_was_there_before_the_first_statement(self, house: House) -> None:
        upload(paper(Move("1.00"), opening="70.00"))

        assert BankLine.objects.get(identity="opening").amount.amount == 70
        assert balance(house) == "71.00"


class TestRefusal:
    def test_books_nothing_and_keeps_file_and_reason(self, house: House) -> None:
        with pytest.raises(WrongSum):
            upload(paper(Move("500.00"), closing="1.00"))

        assert not BankLine.objects.exists()
        assert StatementRefusal.objects.get().code == "statement.wrong_sum"
        assert StatementFile.objects.count() == 1

    def test_of_an_account_that_is_nobodys(self, house: House) -> None:
        with pytest.raises(UnknownAccount):
            upload(paper(iban="DE89370400440532013000"))

    def test_of_an_account_of_another_organisation(self, house: House, cast: object) -> None:
        stranger = User.objects.get(username="stranger@example.org")

        with pytest.raises(UnknownAccount):
            upload(paper(Move("1.00")), by=stranger)

    def test_of_one_account_refuses_the_others_too(self, house: House) -> None:
        other = Paper((Move("2.00"),), iban="DE89370400440532013000")

        with pytest.raises(UnknownAccount):
            upload(as_file(Paper((Move("1.00"),)), other))

        assert not BankStatement.objects.exists()

    def test_of_a_statement_before_the_first(self, house: House) -> None:
        upload(paper(Move("1.00")))

        with pytest.raises(BeginsTooEarly):
            upload(paper(from_on=DAY.replace(month=3)))

    def test_of_an_id_that_comes_back_with_another_amount(self, house: House) -> None:
        upload(paper(Move("10.00", bank_id="X1")))

        with pytest.raises(Contradiction):
            upload(paper(Move("12.00", bank_id="X1"), id="S-2"))

    def test_is_forgotten_once_the_account_is_known(self, house: House) -> None:
        raw = paper(iban="DE89370400440532013000")
        with pytest.raises(UnknownAccount):
            upload(raw)
        bank_accounts.open_bank_account(
            iban="DE89370400440532013000", holder=house.issuer, name="New", kind="ordinary"
        )

        assert len(upload(raw)) == 1
