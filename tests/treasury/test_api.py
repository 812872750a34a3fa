"""The API of treasury: a file in, lines explained, runs, differences; problems with a stable code."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from backend.core.models import User
from backend.treasury.models import BankLine, Discrepancy
from tests.cast import Cast
from tests.treasury.files import Move, paper
from tests.treasury.house import House, Owner

pytestmark = pytest.mark.money
API = "/api/v1"


def client(user: User) -> APIClient:
    one = APIClient()
    one.force_authenticate(user)
    return one


@pytest.fixture
def finance(cast: Cast) -> APIClient:
    return client(cast.finance)


def upload(by: APIClient, raw: bytes) -> Any:
    file = SimpleUploadedFile("march.xml", raw, "text/xml")
    return by.post(f"{API}/bank-statements/", {"file": file}, format="multipart")


def explain(by: APIClient, pk: int, verb: str, body: dict[str, Any], key: str = "k1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return by.post(f"{API}/bank-lines/{pk}/{verb}/", body, format="json", headers=headers)


@pytest.fixture
def line(house: House) -> BankLine:
    """A hundred euro at the ordinary account that nobody explained."""
    house.bank(Move("100.00", "apporto"), at=house.ordinary)
    house.run()
    return BankLine.objects.get()


class TestBankStatements:
    def test_takes_a_file_and_says_what_was_new(self, house: House, finance: APIClient) -> None:
        answer = upload(finance, paper(Move("500.00")))

        assert answer.status_code == 201
        assert answer.data["statements"][0]["closing"] == {"amount": "500.00", "currency": "EUR"}
        assert answer.data["repeated"] is False

    def test_says_that_a_file_is_not_new(self, house: House, finance: APIClient) -> None:
        raw = paper(Move("500.00"))
        upload(finance, raw)

        answer = upload(finance, raw)

        assert (answer.status_code, answer.data["repeated"]) == (200, True)
        assert BankLine.objects.count() == 1

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"", "statement.not_camt"),
            (b"a;b;c", "statement.not_camt"),
            (paper(Move("1.00"), closing="9.00"), "statement.wrong_sum"),
            (paper(Move("1.00"))[:500], "statement.cut_off"),
            (paper(iban="DE89370400440532013000"), "statement.unknown_account"),
        ],
    )
    def test_refuses_a_bad_file_with_a_code_and_a_sentence(
        self, house: House, finance: APIClient, raw: bytes, code: str
    ) -> None:
        answer = upload(finance, raw)

        assert (answer.status_code, answer.data["code"]) == (422, code)
        assert answer.data["detail"]
        assert answer.headers["Content-Type"].startswith("application/problem+json")

    def test_lists_what_the_person_may_see(
        self, house: House, finance: APIClient, cast: Cast
    ) -> None:
        upload(finance, paper(Move("500.00")))

        assert finance.get(f"{API}/bank-statements/").data["count"] == 1
        assert client(cast.stranger).get(f"{API}/bank-statements/").data["count"] == 0

    def test_shows_books_beside_bank(self, house: House, finance: APIClient) -> None:
        upload(finance, paper(Move("500.00")))

        listed = {row["iban"]: row for row in finance.get(f"{API}/bank-accounts/").data["results"]}

        ours = listed[house.restricted.iban]
        assert ours["books"] == ours["bank"] == {"amount": "500.00", "currency": "EUR"}


class TestBankLines:
    def test_finds_nothing_under_a_number_that_no_statement_can_have(
        self, line: BankLine, finance: APIClient
    ) -> None:
        answer = finance.get(f"{API}/bank-lines/", {"statement": "9" * 5000})

        assert (answer.status_code, answer.data["count"]) == (200, 0)

    def test_lists_the_unexplained(self, house: House, finance: APIClient, owner: Owner) -> None:
        house.expect(1)
        house.pay(1)
        house.bank(Move("7.00"))

        everything = finance.get(f"{API}/bank-lines/").data
        left = finance.get(f"{API}/bank-lines/?unexplained").data

        assert (everything["count"], left["count"]) == (2, 1)
        assert left["results"][0]["left"] == {"amount": "7.00", "currency": "EUR"}

    def test_is_404_for_another_organisation(self, line: BankLine, cast: Cast) -> None:
        assert client(cast.stranger).get(f"{API}/bank-lines/{line.pk}/").status_code == 404

    def test_is_classified_once_for_one_key(self, line: BankLine, finance: APIClient) -> None:
        body = {"fund": "own", "payer": "Soci", "reason": "Contribution."}

        first, again = (explain(finance, line.pk, "classify", body) for _ in range(2))

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.data["amount"] == {"amount": "100.00", "currency": "EUR"}
        shown = finance.get(f"{API}/bank-lines/{line.pk}/").data
        assert (shown["left"]["amount"], len(shown["explained_by"])) == ("0.00", 1)

    def test_is_not_classified_without_a_key(self, line: BankLine, finance: APIClient) -> None:
        answer = explain(finance, line.pk, "classify", {"fund": "own"}, key="")

        assert (answer.status_code, answer.data["code"]) == (400, "idempotency.key_missing")

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"fund": "nobody", "payer": "x", "reason": "y"}, 422, "fund.unknown"),
            ({"fund": "own", "reason": "y"}, 422, "line.bad_classification"),
            ({"fund": "own", "payer": "x"}, 422, "input.invalid"),
            ({"fund": "own", "purpose": "fun", "reason": "y"}, 422, "input.invalid"),
            ({"fund": "raised", "payer": "x", "reason": "y"}, 409, "ledger.fund_rule"),
        ],
    )
    def test_is_not_classified_badly(
        self, line: BankLine, finance: APIClient, body: dict[str, str], status: int, code: str
    ) -> None:
        answer = explain(finance, line.pk, "classify", body)

        assert (answer.status_code, answer.data["code"]) == (status, code)

    def test_is_accepted_for_an_expectation(
        self, house: House, owner: Owner, finance: APIClient
    ) -> None:
        expectation = house.expect(1)
        house.bank(Move("500.00", "senza causale"))
        body = {"expectation": expectation.pk, "reason": "Her name."}

        answer = explain(finance, BankLine.objects.get().pk, "accept", body)

        assert (answer.status_code, answer.data["parts"][0]["expectation"]) == (201, expectation.pk)
        assert owner.told == [("pledge:1", "500.00")]

    def test_is_offset_by_the_line_that_sent_it_back(
        self, house: House, line: BankLine, finance: APIClient
    ) -> None:
        house.bank(Move("-100.00", "storno"), at=house.ordinary)
        went = BankLine.objects.latest("id")

        answer = explain(finance, line.pk, "offset", {"against": went.pk, "reason": "Sent back."})

        assert answer.status_code == 201
        assert not BankLine.objects.unexplained().exists()

    def test_is_taken_back(self, line: BankLine, finance: APIClient) -> None:
        body = {"fund": "own", "payer": "Soci", "reason": "Contribution."}
        made = explain(finance, line.pk, "classify", body).data

        answer = explain(
            finance,
            line.pk,
            "take-back",
            {"allocation": made["parts"][0]["allocation"]["id"], "reason": "Wrong."},
            key="k2",
        )

        amounts = [part["amount"]["amount"] for part in answer.data]
        assert (answer.status_code, amounts) == (201, ["100.00", "-100.00"])
        assert BankLine.objects.unexplained().exists()


class TestRuns:
    def test_books_and_answers_with_totals(
        self, house: House, owner: Owner, finance: APIClient
    ) -> None:
        house.expect(1)
        house.bank(Move("500.00", house.pledge(1).reference))

        dry = finance.post(f"{API}/reconciliation-runs/", {"dry_run": True}, format="json")
        real = finance.post(f"{API}/reconciliation-runs/", {}, format="json")

        assert (dry.data["dry_run"], real.data["dry_run"]) == (True, False)
        assert json.dumps(dry.data["totals"]["booked"]) == json.dumps(real.data["totals"]["booked"])
        assert finance.get(f"{API}/reconciliation-runs/").data["count"] == 2


class TestDiscrepancies:
    def test_are_listed_with_an_explanation_and_resolved(
        self, house: House, owner: Owner, finance: APIClient
    ) -> None:
        house.expect(1)
        house.pay(1, "200.00")
        (waits,) = finance.get(f"{API}/discrepancies/?kind=short").data["results"]

        answer = finance.post(
            f"{API}/discrepancies/{waits['id']}/resolve/", {"reason": "Waived."}, format="json"
        )

        assert waits["amount"]["amount"] == "300.00"
        assert (answer.status_code, answer.data["resolution"]) == (200, "Waived.")
        assert finance.get(f"{API}/discrepancies/?state=resolved").data["count"] == 1

    def test_are_not_resolved_while_unexplained(self, line: BankLine, finance: APIClient) -> None:
        pk = Discrepancy.objects.get().pk

        answer = finance.post(
            f"{API}/discrepancies/{pk}/resolve/", {"reason": "No."}, format="json"
        )

        assert (answer.status_code, answer.data["code"]) == (422, "desk.not_a_shortfall")


class TestChecks:
    def test_say_each_invariant_by_name(self, house: House, finance: APIClient) -> None:
        answer = finance.get(f"{API}/books/checks/")

        assert answer.data["ok"] is True
        assert "suspense is what is unexplained" in [row["name"] for row in answer.data["checks"]]


class TestAccess:
    @pytest.mark.parametrize(
        "path", ["bank-accounts", "bank-statements", "bank-lines", "discrepancies", "books/checks"]
    )
    def test_is_for_finance_managers_and_auditors(self, cast: Cast, path: str) -> None:
        address = f"{API}/{path}/"

        assert client(cast.auditor).get(address).status_code == 200
        assert client(cast.investor).get(address).status_code == 403
        assert APIClient().get(address).status_code == 401

    def test_lets_an_auditor_look_and_not_touch(self, line: BankLine, cast: Cast) -> None:
        auditor = client(cast.auditor)

        assert explain(auditor, line.pk, "classify", {}).status_code == 403
        assert auditor.post(f"{API}/reconciliation-runs/").status_code == 403
        assert upload(auditor, paper()).status_code == 403
