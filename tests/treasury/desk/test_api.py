"""The desk over the API: parts, write-offs, going back, owners and notes; large acts wait."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from backend.core.models import User
from backend.treasury.models import BankLine, Discrepancy
from tests.cast import Cast
from tests.treasury.desk.scene import line
from tests.treasury.house import House, Owner

pytestmark = pytest.mark.money
API = "/api/v1"


def post(person: User, path: str, body: dict[str, Any], key: str = "") -> Any:
    client = APIClient()
    client.force_authenticate(person)
    return client.post(
        f"{API}/{path}", body, format="json", headers={"Idempotency-Key": key or path}
    )


def get(person: User, path: str) -> Any:
    client = APIClient()
    client.force_authenticate(person)
    return client.get(f"{API}/{path}")


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


class TestSplit:
    def test_books_all_parts(self, house: House, owner: Owner, cast: Cast) -> None:
        one, expected = line(house, "510.00", at=house.restricted), house.expect(1)
        met = {"amount": euros("500.00"), "expectation": expected.pk}
        kept = {"amount": euros("10.00"), "fund": "raised", "payer": "Anna"}

        answer = post(
            cast.finance,
            f"bank-lines/{one.pk}/split/",
            {"parts": [met, kept], "reason": "One transfer for two things."},
        )

        assert (answer.status_code, answer.data["state"]) == (201, "done")
        assert [part["allocation"]["amount"]["amount"] for part in answer.data["parts"]] == [
            "500.00",
            "10.00",
        ]

    def test_names_what_is_nobodys(self, house: House, cast: Cast) -> None:
        one = line(house, "510.00")
        part = {"amount": euros("500.00"), "expectation": 999_999}

        answer = post(cast.finance, f"bank-lines/{one.pk}/split/", {"parts": [part], "reason": "?"})

        assert (answer.status_code, answer.data["code"]) == (422, "expectation.unknown")


class TestClassify:
    def test_of_much_waits_for_the_approval_it_names(self, house: House, cast: Cast) -> None:
        one = line(house, "40000.00")
        said = {"fund": "own", "payer": "Soci", "reason": "Contribution."}
        asked = post(cast.finance, f"bank-lines/{one.pk}/classify/", said).data
        assert asked["state"] == "asked"

        post(cast.owner, f"approvals/{asked['approval']}/approve/", {})

        assert not BankLine.objects.unexplained().exists()

    def test_twice_with_one_key_books_once(self, house: House, cast: Cast) -> None:
        path = f"bank-lines/{line(house, '40.00').pk}/classify/"
        said = {"fund": "own", "payer": "Soci", "reason": "Contribution."}

        first, again = post(cast.finance, path, said), post(cast.finance, path, said)

        assert first.data["id"] == again.data["id"]


class TestWriteOff:
    def test_is_done_and_undone(self, house: House, cast: Cast) -> None:
        one = line(house, "0.02")
        said = {"fund": "own", "reason": "Rounding."}
        act = post(cast.finance, f"bank-lines/{one.pk}/write-off/", said).data
        assert act["kind"] == "write_off"

        undone = post(cast.finance, f"desk-acts/{act['id']}/undo/", {"reason": "Found it."})

        assert undone.data["state"] == "undone"
        assert BankLine.objects.unexplained().get() == one

    def test_has_a_last_limit(self, house: House, cast: Cast) -> None:
        path = f"bank-lines/{line(house, '100.01').pk}/write-off/"

        answer = post(cast.finance, path, {"fund": "own", "reason": "Too lazy."})

        assert (answer.status_code, answer.data["code"]) == (422, "desk.too_much")


class TestOneDiscrepancy:
    def test_has_owner_note_age_acts_and_trail(self, house: House, cast: Cast) -> None:
        line(house, "10.00")
        path = f"discrepancies/{Discrepancy.objects.get().pk}/"
        post(cast.finance, f"{path}owner/", {"owner": "owner@example.org"})
        post(cast.finance, f"{path}notes/", {"text": "Asked the bank."})

        told = get(cast.auditor, path).data

        assert (told["owner"], told["acts"], told["age_days"] >= 0) == (
            "owner@example.org", [], True,
        )  # fmt: skip
        assert [one["reason"] for one in told["trail"]] == ["", "Asked the bank."]

    def test_is_given_to_nobody_else(self, house: House, cast: Cast) -> None:
        line(house, "10.00")
        path = f"discrepancies/{Discrepancy.objects.get().pk}/owner/"

        answer = post(cast.finance, path, {"owner": "stranger@example.org"})

        assert (answer.status_code, answer.data["code"]) == (422, "discrepancy.not_of_the_desk")

    def test_is_not_there_for_strangers(self, house: House, cast: Cast) -> None:
        line(house, "10.00")

        path = f"discrepancies/{Discrepancy.objects.get().pk}/"

        assert get(cast.stranger, path).status_code == 404
        assert post(cast.stranger, f"{path}notes/", {"text": "?"}).status_code == 404
        assert post(cast.auditor, f"{path}notes/", {"text": "?"}).status_code == 403


class TestDiscrepancies:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", 1),
            ("?kind=unexplained&least=10&most=10&owner=nobody", 1),
            ("?kind=short", 0),
            ("?state=asked", 0),
            ("?older_than_days=36500", 0),
        ],
    )
    def test_are_filtered(self, house: House, cast: Cast, query: str, expected: int) -> None:
        line(house, "10.00")

        assert get(cast.finance, f"discrepancies/{query}").data["count"] == expected

    @pytest.mark.parametrize("query", ["kind=nothing", "owner=me", "least=x", "state=?"])
    def test_find_nothing_for_nonsense(self, house: House, cast: Cast, query: str) -> None:
        line(house, "10.00")

        assert get(cast.finance, f"discrepancies/?{query}").data["count"] == 0
