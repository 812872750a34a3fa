"""Payment orders at the desk and over the API: read, take the file, say what did not happen."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core.models import Approval, User
from backend.treasury.models import BankLine, PaymentOrder
from tests.cast import Cast
from tests.treasury import orders
from tests.treasury.house import House, Owner

pytestmark = pytest.mark.money
API = "/api/v1"


def browser(user: User) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(user)
    return one


def api(user: User) -> APIClient:
    one = APIClient(headers={"Idempotency-Key": "k"})
    one.force_authenticate(user)
    return one


@pytest.fixture
def order(house: House, owner: Owner, cast: Cast) -> PaymentOrder:
    """Two transfers approved, of which the bank executed the first."""
    with orders.owner_told():
        order = orders.approve(orders.draft(house, cast, orders.owed(house, 1, 2)), cast)
        orders.execute(house, 1)
    return order


class TestPages:
    def test_show_what_became_of_each_transfer(self, order: PaymentOrder, cast: Cast) -> None:
        page = browser(cast.finance).get(reverse("treasury-order", args=[order.pk]))

        assert "executed" in page.content.decode()
        assert "with the bank" in page.content.decode()

    def test_give_the_same_file_each_time(self, order: PaymentOrder, cast: Cast) -> None:
        address = reverse("treasury-order-file", args=[order.pk])
        first, again = (browser(cast.finance).get(address).content for _ in range(2))

        assert first == again == bytes(order.content or b"")

    def test_ask_a_second_person_about_what_was_not_executed(
        self, order: PaymentOrder, cast: Cast
    ) -> None:
        transfer = order.transfers.get(number=2)
        with orders.owner_told():
            browser(cast.finance).post(
                reverse("treasury-give-up", args=[transfer.pk]), {"reason": "RJCT"}
            )

        assert Approval.objects.get(decision="").subject_id == str(transfer.pk)

    def test_recognise_what_came_back(self, order: PaymentOrder, house: House, cast: Cast) -> None:
        with orders.owner_told() as told:
            orders.send_back(house, 1, return_reason="")
            line = BankLine.objects.latest("id")
            page = browser(cast.finance).get(reverse("treasury-line", args=[line.pk]))
            assert "sends back a payment of ours" in page.content.decode()

            browser(cast.finance).post(reverse("treasury-returned", args=[line.pk]))

        assert len(told) == 1

    def test_are_nobody_elses(self, order: PaymentOrder, cast: Cast) -> None:
        for name in ("treasury-order", "treasury-order-file"):
            answer = browser(cast.stranger).get(reverse(name, args=[order.pk]))
            assert answer.status_code == 404


class TestApi:
    def test_lists_orders_and_transfers(self, order: PaymentOrder, cast: Cast) -> None:
        (listed,) = api(cast.auditor).get(f"{API}/payment-orders/").data["results"]
        told = api(cast.auditor).get(f"{API}/payment-orders/{order.pk}/transfers/").data

        assert (listed["transfers"], listed["total"]["amount"]) == (2, "1000.00")
        assert [row["outcome"] for row in told["results"]] == ["executed", "ordered"]

    def test_hands_out_the_file_to_finance_alone(self, order: PaymentOrder, cast: Cast) -> None:
        address = f"{API}/payment-orders/{order.pk}/file/"

        assert api(cast.finance).get(address).content == bytes(order.content or b"")
        assert api(cast.auditor).get(address).status_code == 403

    def test_drops_only_what_is_not_approved(self, order: PaymentOrder, cast: Cast) -> None:
        answer = api(cast.finance).post(
            f"{API}/payment-orders/{order.pk}/drop/", {"reason": "No."}, format="json"
        )

        assert (answer.status_code, answer.data["code"]) == (409, "state.wrong")
