"""A statement that does not add up, and a gap: two people and a reason, or refused whole."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core import approvals, jobs
from backend.core.approvals import SamePerson
from backend.core.models import Approval, AuditEvent
from backend.treasury import bank_accounts, checks, overrides, statements
from backend.treasury.discrepancies import ReasonMissing
from backend.treasury.models import BankAccount, BankLine, BankStatement, StatementRefusal
from backend.treasury.overrides import NoGap, NotToBeAccepted
from backend.treasury.parsed import WrongSum
from tests.cast import Cast
from tests.treasury.files import DAY, Move, paper
from tests.treasury.house import AT, House

pytestmark = pytest.mark.money
LATER = DAY + dt.timedelta(days=5)
CUT = paper(Move("100.00", bank_id="A"), closing="130.00")
WHOLE = paper(Move("100.00", bank_id="A"), Move("30.00", bank_id="B"))


def balance(house: House) -> str:
    return f"{bank_accounts.balance(house.restricted).amount:.2f}"


def agree(cast: Cast) -> None:
    approvals.approve(approval=Approval.objects.get(decision=""), by=cast.owner, at=AT)


@pytest.fixture
def refused(house: House, cast: Cast) -> StatementRefusal:
    """A file whose last line was cut off."""
    with pytest.raises(WrongSum):
        statements.upload(raw=CUT, by=cast.finance, at=AT)
    return StatementRefusal.objects.get()


def ask(refusal: StatementRefusal, cast: Cast) -> Approval:
    return overrides.ask_for_file(
        refusal=refusal, by=cast.finance, at=AT, reason="The bank cuts its files."
    )


class TestFile:
    def test_waits_for_a_second_person(
        self, house: House, refused: StatementRefusal, cast: Cast
    ) -> None:
        asked = overrides.ask_for_file(refusal=refused, by=cast.owner, at=AT, reason="It is cut.")

        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=cast.owner, at=AT)
        assert not BankStatement.objects.exists()

    def test_is_taken_in_with_a_line_for_what_is_missing(
        self, house: House, refused: StatementRefusal, cast: Cast
    ) -> None:
        ask(refused, cast)

        agree(cast)

        assert balance(house) == "130.00"
        assert checks.banks() == []
        bridge = BankLine.objects.latest("id")
        assert (f"{bridge.amount.amount:.2f}", bridge.bank_id) == ("30.00", "bridge:S-1")
        assert AuditEvent.objects.get(action=statements.BRIDGED).by == cast.owner

    def test_is_left_out_when_refused(
        self, house: House, refused: StatementRefusal, cast: Cast
    ) -> None:
        asked = ask(refused, cast)

        approvals.refuse(approval=asked, by=cast.owner, at=AT, reason="Ask for a whole one.")

        assert not BankStatement.objects.exists()

    def test_is_refused_for_another_fault(self, house: House, cast: Cast) -> None:
        with pytest.raises(statements.UnknownAccount):
            statements.upload(raw=paper(Move("1.00"), iban="IT00X"), by=cast.finance, at=AT)

        with pytest.raises(NotToBeAccepted):
            ask(StatementRefusal.objects.get(), cast)

    def test_needs_a_reason(self, refused: StatementRefusal, cast: Cast) -> None:
        with pytest.raises(ReasonMissing):
            overrides.ask_for_file(refusal=refused, by=cast.finance, at=AT, reason=" ")

    def test_is_bridged_no_more_when_the_whole_file_comes(
        self, house: House, refused: StatementRefusal, cast: Cast
    ) -> None:
        ask(refused, cast)
        agree(cast)

        statements.upload(raw=WHOLE, by=cast.finance, at=AT)
        jobs.drain_all(at=AT)

        assert balance(house) == "130.00"
        assert checks.banks() == []
        left = BankLine.objects.unexplained().order_by("id")
        assert [line.bank_id for line in left] == ["A", "B"]


@pytest.fixture
def gap(house: House, cast: Cast) -> BankStatement:
    """The statement after one that is missing: it begins with 40 euro more."""
    statements.upload(raw=paper(Move("100.00")), by=cast.finance, at=AT)
    after = paper(Move("7.00", on=LATER), opening="140.00", id="S-3", from_on=LATER, to_on=LATER)
    (found,) = statements.upload(raw=after, by=cast.finance, at=AT)
    return found


def bridge(after: BankStatement, cast: Cast) -> None:
    overrides.ask_for_gap(after=after, by=cast.finance, at=AT, reason="The bank lost it.")
    agree(cast)


class TestGap:
    def test_is_bridged_by_a_line_to_be_explained(
        self, house: House, gap: BankStatement, cast: Cast
    ) -> None:
        bridge(gap, cast)

        own = BankAccount.objects.filter(pk=house.restricted.pk)
        assert (statements.gaps(own), balance(house), checks.banks()) == ([], "147.00", [])
        assert sorted(f"{one.left.amount:.2f}" for one in BankLine.objects.unexplained()) == [
            "100.00", "40.00", "7.00",
        ]  # fmt: skip

    def test_is_not_bridged_where_there_is_none(self, house: House, cast: Cast) -> None:
        (only,) = statements.upload(raw=WHOLE, by=cast.finance, at=AT)

        with pytest.raises(NoGap):
            overrides.ask_for_gap(after=only, by=cast.finance, at=AT, reason="?")

    def test_closes_by_itself_when_the_statement_comes(
        self, house: House, gap: BankStatement, cast: Cast
    ) -> None:
        bridge(gap, cast)
        day = DAY + dt.timedelta(days=2)
        missing = paper(Move("40.00", on=day), opening="100.00", id="S-2", from_on=day, to_on=day)

        statements.upload(raw=missing, by=cast.finance, at=AT)
        jobs.drain_all(at=AT)

        assert balance(house) == "147.00"
        assert checks.banks() == []
        assert sorted(f"{one.left.amount:.2f}" for one in BankLine.objects.unexplained()) == [
            "100.00", "40.00", "7.00",
        ]  # fmt: skip


class TestPagesAndApi:
    def test_ask_for_a_file(self, refused: StatementRefusal, cast: Cast) -> None:
        browser = Client(headers={"Accept-Language": "en"})
        browser.force_login(cast.finance)
        page = browser.get(reverse("treasury-statements")).content.decode()
        assert "The bank has no better file" in page

        browser.post(reverse("treasury-accept-refused", args=[refused.pk]), {"reason": "Cut."})
        agree(cast)

        assert BankStatement.objects.count() == 1

    def test_ask_for_a_gap(self, gap: BankStatement, cast: Cast) -> None:
        api = APIClient()
        api.force_authenticate(cast.finance)
        (found,) = api.get("/api/v1/statement-gaps/").data["results"]
        assert (found["after"], found["difference"]["amount"]) == (gap.pk, "40.00")

        path = f"/api/v1/bank-statements/{gap.pk}/bridge/"
        asked = api.post(path, {"reason": "The bank lost it."}, format="json")
        agree(cast)

        assert asked.status_code == 201
        assert api.get("/api/v1/statement-gaps/").data["count"] == 0

    def test_list_what_was_refused(self, refused: StatementRefusal, cast: Cast) -> None:
        api = APIClient()
        api.force_authenticate(cast.auditor)

        (told,) = api.get("/api/v1/statement-refusals/").data["results"]

        assert told["code"] == WrongSum.code
        path = f"/api/v1/statement-refusals/{refused.pk}/accept/"
        assert api.post(path, {"reason": "?"}, format="json").status_code == 403
