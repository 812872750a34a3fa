"""The books as files: read back, they say the same; no spreadsheet runs them; beancount takes them."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from beancount import loader
from openpyxl import load_workbook

from backend.core.models import AuditEvent, User
from backend.core.users import SYSTEM
from backend.ledger import exports, posting, seals
from backend.ledger.exports import Form, Wanted
from backend.ledger.posting import Leg, NewEntry
from backend.ledger.statements import DoesNotAddUp, Period
from tests.ledger import raw
from tests.ledger.chart import AT, DAY, Chart

APRIL = Period(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
RISKY = '=HYPERLINK("http://x")\n"quoted" \\ back'
Export = Callable[..., exports.File]


@pytest.fixture
def moved(books: Chart) -> Chart:
    """500 in March, 200 back in April with a memo that a spreadsheet would run."""
    books.move("payer", "held", "500.00", on=DAY)
    books.move("outside", "suspense", "50.00", on=dt.date(2026, 4, 9))
    back = books["held"], books["payer"]
    leg = Leg(*back, books.move("second payer", "held", "200.00").transfers.get().amount)
    entry = NewEntry("back", "test", dt.date(2026, 4, 2), (leg,), RISKY)
    posting.post(entry=entry, by=SYSTEM, at=AT)
    seals.seal(at=AT)
    return books


@pytest.fixture
def export(moved: Chart) -> Iterator[Export]:
    of = moved.own.organisation
    by = User.objects.create(username="finance", roles=["finance"], organisation=of)

    files: list[exports.File] = []

    def made(form: Form, period: Period = APRIL) -> exports.File:
        files.append(exports.make(wanted=Wanted(of, period, form), by=by, at=AT))
        return files[-1]

    yield made
    for file in files:
        file.content.close()


def table(file: exports.File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.read().decode())))


@pytest.mark.money
class TestCsv:
    def test_of_accounts_leads_from_opening_to_closing(self, export: Export) -> None:
        rows = table(export(Form.ACCOUNTS))

        assert {row["account"]: row["closing"] for row in rows} == {
            "payer": "-300.00",
            "second:payer": "-200.00",
            "held": "500.00",
            "outside": "-50.00",
            "suspense": "50.00",
        }
        for row in rows:
            opening, came, gone = (Decimal(row[name]) for name in ("opening", "came", "gone"))
            assert opening + came - gone == Decimal(row["closing"])

    def test_of_the_journal_names_what_moved_in_the_days(self, export: Export) -> None:
        rows = table(export(Form.JOURNAL))

        assert [(row["entry"], row["source"], row["amount"]) for row in rows] == [
            ("back", "held", "200.00"),
            ("test:1", "outside", "50.00"),
        ]
        assert rows[0]["memo"].startswith("'=")

    def test_names_the_seal_and_leaves_a_record(self, export: Export) -> None:
        file = export(Form.JOURNAL)

        event = AuditEvent.objects.get(action="books.exported")
        assert seals.head()[:12] in file.name
        assert (event.facts["sha256"], event.facts["seal"]) == (file.sha256, seals.head())


@pytest.mark.money
class TestXlsx:
    def test_holds_both_and_the_seal_and_no_formula(self, export: Export) -> None:
        book = load_workbook(export(Form.SHEETS).content)

        assert book.sheetnames == ["journal", "accounts", "about"]
        assert book["about"]["B5"].value == seals.head()
        kinds = {cell.data_type for page in book for row in page for cell in row}
        assert "f" not in kinds


@pytest.mark.money
class TestBeancount:
    def test_accepts_it_unchanged_and_finds_the_same_closing(
        self, moved: Chart, export: Export
    ) -> None:
        text = export(Form.BEANCOUNT).content.read().decode()

        entries, errors, _options = loader.load_string(text)

        assert errors == []
        postings = [one for entry in entries for one in getattr(entry, "postings", ())]
        held = [one.units.number for one in postings if one.account.startswith("Assets:Held")]
        assert sum(held) == Decimal("500.00")

    def test_would_say_if_an_amount_were_changed(self, export: Export) -> None:
        text = export(Form.BEANCOUNT).content.read().decode()

        _entries, errors, _options = loader.load_string(text.replace("200.00 EUR", "200.01 EUR"))

        assert errors

    def test_accepts_all_days_and_none(self, export: Export) -> None:
        for period in (Period(DAY, APRIL.to_on), Period(dt.date(2020, 1, 1), dt.date(2020, 1, 2))):
            text = export(Form.BEANCOUNT, period).content.read().decode()

            assert loader.load_string(text)[1] == []


@pytest.mark.django_db
class TestBooksThatDoNotAddUp:
    def test_are_not_handed_over(self, export: Export) -> None:
        raw.force("UPDATE ledger_daytotal SET came = came + 1 WHERE account_id IS NOT NULL")

        with pytest.raises(DoesNotAddUp):
            export(Form.ACCOUNTS)
