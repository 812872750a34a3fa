"""Files beside camt.053 on their whole way: notifications ahead of statements, tables by a layout."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from backend.core.users import SYSTEM
from backend.treasury import bank_accounts, layouts, statements
from backend.treasury.layouts import BadLayout, NoLayout
from backend.treasury.models import BankAccount, BankLine, TableLayout
from backend.treasury.statements import BeginsTooEarly, NeedsStatement
from tests.cast import Cast
from tests.treasury.files import DAY, Move, paper
from tests.treasury.formats.test_camt import notification
from tests.treasury.formats.test_delimited import FIRST, HEAD, SECOND, SHEET
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money
TABLE = (HEAD + FIRST + SECOND).encode()
NEXT_DAY = DAY.replace(day=2)


def upload(raw: bytes) -> tuple[int, int]:
    """How many lines were new, and how many were known."""
    (found,) = statements.upload(raw=raw, by=SYSTEM, at=AT)
    return found.lines_new, found.lines_known


class TestNotification:
    def test_is_booked_ahead_of_its_statement_and_once(self, house: House) -> None:
        upload(paper(Move("1.00", "a"), id="S-1"))
        later = (Move("5.00", "b", on=NEXT_DAY), Move("5.00", "b", on=NEXT_DAY))

        assert upload(notification(*later)) == (2, 0)
        statement = paper(*later, opening="1.00", from_on=NEXT_DAY, to_on=NEXT_DAY, id="S-2")
        assert upload(statement) == (0, 2)
        assert bank_accounts.balance(house.restricted).amount == 11

    def test_that_comes_after_its_statement_is_no_news(self, house: House) -> None:
        upload(paper(Move("5.00", "b", bank_id="B-1")))

        assert upload(notification(Move("5.00", "b", bank_id="B-1"))) == (0, 1)

    def test_needs_a_statement_to_start_from(self, house: House) -> None:
        with pytest.raises(NeedsStatement):
            upload(notification(Move("5.00")))

    def test_of_days_before_the_first_statement_is_refused(self, house: House) -> None:
        upload(paper(Move("1.00"), from_on=NEXT_DAY, to_on=NEXT_DAY))

        with pytest.raises(BeginsTooEarly):
            upload(notification(Move("5.00")))


class TestGaps:
    def test_name_two_statements_that_do_not_follow(self, house: House) -> None:
        upload(paper(Move("1.00", "a"), id="S-1"))
        missing = paper(
            Move("2.00", "b", on=NEXT_DAY), opening="1.00", from_on=NEXT_DAY, to_on=NEXT_DAY
        )
        third = NEXT_DAY.replace(day=3)
        upload(paper(Move("4.00", "c", on=third), opening="3.00", from_on=third, to_on=third))
        mine = BankAccount.objects.filter(pk=house.restricted.pk)

        assert [gap.difference.amount for gap in statements.gaps(mine)] == [2]
        upload(missing)
        assert statements.gaps(mine) == []


class TestTables:
    def save(self, account: BankAccount) -> TableLayout:
        return layouts.save(bank_account=account, layout=SHEET.layout, by=SYSTEM, at=AT)

    def test_are_read_by_the_saved_layout(self, house: House) -> None:
        self.save(house.restricted)
        sheet = layouts.sheet(bank_account=house.restricted)

        (found,) = statements.upload(raw=TABLE, by=SYSTEM, at=AT, sheet=sheet)

        assert (found.lines_new, found.format) == (2, "CSV")
        assert bank_accounts.balance(house.restricted).amount == 2200

    def test_need_a_layout_first(self, house: House) -> None:
        with pytest.raises(NoLayout):
            layouts.sheet(bank_account=house.restricted)

    @pytest.mark.parametrize(
        "columns",
        [
            {"amount": "Importo"},
            {"booked_on": "Data"},
            {"booked_on": "Data", "amount": "Importo", "money_in": "Entrate"},
            {"booked_on": "Data", "amount": "Importo", "colour": "Colore"},
        ],
    )
    def test_refuse_a_layout_that_cannot_work(self, house: House, columns: dict[str, str]) -> None:
        layout = replace(SHEET.layout, columns=columns)

        with pytest.raises(BadLayout):
            layouts.save(bank_account=house.restricted, layout=layout, by=SYSTEM, at=AT)

    def test_go_in_by_the_api(self, house: House, cast: Cast) -> None:
        finance = APIClient()
        finance.force_authenticate(cast.finance)
        account = house.restricted.pk
        saved = finance.put(
            f"/api/v1/bank-accounts/{account}/table-layout/",
            {"columns": SHEET.layout.columns},
            format="json",
        )

        body = {"file": SimpleUploadedFile("aprile.csv", TABLE), "account": account}
        answer = finance.post("/api/v1/bank-statements/", body, format="multipart")

        assert (saved.status_code, answer.status_code) == (200, 201)
        assert answer.json()["statements"][0]["closing"]["amount"] == "2200.00"

    def test_go_in_by_the_page(self, house: House, cast: Cast, client: Client) -> None:
        client.force_login(cast.finance)
        page = f"/treasury/accounts/{house.restricted.pk}/table/"
        form = SHEET.layout.columns | {"date_form": "%d/%m/%Y", "decimal_mark": ","}

        assert client.post(page, form).status_code == 302
        body = {"file": SimpleUploadedFile("aprile.csv", TABLE), "account": house.restricted.pk}
        assert client.post("/treasury/statements/", body).status_code == 302
        assert BankLine.objects.count() == 3

    def test_keep_what_was_typed_when_a_layout_is_refused(
        self, house: House, cast: Cast, client: Client
    ) -> None:
        client.force_login(cast.finance)
        form = {"booked_on": "Giorno", "date_form": "%d/%m/%Y", "decimal_mark": ","}

        answer = client.post(f"/treasury/accounts/{house.restricted.pk}/table/", form)

        assert "Giorno" in answer.content.decode()
        assert not TableLayout.objects.exists()
