"""Reports of a bank on an order: kept, shown, and what it rejects owed again once two people saw it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core import approvals
from backend.treasury import executions, order_reports
from backend.treasury.formats.pain_status import MAX_BYTES, NotAReport
from backend.treasury.models import OrderReport, PaymentOrder, ReportedTransfer
from backend.treasury.order_reports import NotSent, OfAnotherOrder
from tests import kept
from tests.cast import Cast
from tests.treasury import house as houses
from tests.treasury import orders
from tests.treasury.house import AT, House, Owner, waiting
from tests.treasury.reports import rejection, report

pytestmark = pytest.mark.money


@pytest.fixture(scope="module")
def kept_order(kept_house: House, kept_cast: Cast) -> PaymentOrder:
    """Two payers get 500 euro each; the bank has the file."""
    with houses.owner_told():
        drafted = orders.draft(kept_house, kept_cast, orders.owed(kept_house, 1, 2))
    return kept.checked(orders.approve(drafted, kept_cast))


@pytest.fixture
def house(kept_order: PaymentOrder, kept_house: House, copied: kept.Copied, db: None) -> House:
    """Each test stands on the order."""
    return copied(kept_house)


@pytest.fixture
def order(kept_order: PaymentOrder, copied: kept.Copied, owner: Owner, db: None) -> PaymentOrder:
    return copied(kept_order)


def take_in(order: PaymentOrder, raw: bytes, cast: Cast) -> OrderReport:
    return order_reports.take_in(order=order, raw=raw, by=cast.finance, at=AT)


def outcomes(order: PaymentOrder) -> list[str]:
    rows = list(order.transfers.order_by("number"))
    found = executions.outcomes(rows)
    return [found[row.pk] for row in rows]


class TestTakeIn:
    @pytest.mark.parametrize("schema", ["pain.002.001.03", "pain.002.001.10"])
    def test_keeps_what_is_said_of_each_transfer(
        self, order: PaymentOrder, cast: Cast, schema: str
    ) -> None:
        told = {orders.reference(1): ("ACSC", ""), orders.reference(2): ("RJCT", "AC04")}

        take_in(order, report(order, group="PART", transfers=told, schema=schema), cast)

        rows = ReportedTransfer.objects.order_by("transfer__number")
        assert [(row.status, row.reason) for row in rows] == [("ACSC", ""), ("RJCT", "AC04")]
        assert outcomes(order) == ["ordered", "ordered"]

    def test_is_what_it_was_the_second_time(self, order: PaymentOrder, cast: Cast) -> None:
        first = take_in(order, rejection(order), cast)

        assert take_in(order, rejection(order), cast) == first
        assert ReportedTransfer.objects.count() == 2

    def test_asks_nobody_when_all_is_well(self, order: PaymentOrder, cast: Cast) -> None:
        made = take_in(order, report(order, group="ACSP"), cast)

        assert approvals.waiting(action=order_reports.CONFIRM, subject=made) is None
        assert not made.transfers.exists()

    def test_refuses_what_is_of_another_order(self, order: PaymentOrder, cast: Cast) -> None:
        for raw in (
            report(order, group="RJCT", message="MATTONE-1"),
            report(order, transfers={"RF00": ("RJCT", "")}),
        ):
            with pytest.raises(OfAnotherOrder):
                take_in(order, raw, cast)

    def test_refuses_an_order_that_the_bank_has_not(
        self, house: House, cast: Cast, owner: Owner
    ) -> None:
        drafted = orders.draft(house, cast, orders.owed(house, 3))

        with pytest.raises(NotSent):
            take_in(drafted, rejection(drafted), cast)

    def test_is_never_changed(self, order: PaymentOrder, cast: Cast) -> None:
        take_in(order, rejection(order), cast)

        for rows in (OrderReport.objects.all(), ReportedTransfer.objects.all()):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(status="ACSC")


HOSTILE = (
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document><OrgnlGrpInfAndSts>'
    b"<OrgnlMsgId>&e;</OrgnlMsgId></OrgnlGrpInfAndSts></Document>"
)


class TestBadFiles:
    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"\x00\xff\xfe",
            b"not xml",
            HOSTILE,
            b"<Document/>",
            b"<Document><OrgnlGrpInfAndSts/></Document>",
            b" " * (MAX_BYTES + 1),
        ],
        ids=["empty", "bytes", "text", "entity", "nothing", "nameless", "huge"],
    )
    def test_are_refused_whole(self, order: PaymentOrder, cast: Cast, raw: bytes) -> None:
        with pytest.raises(NotAReport):
            take_in(order, raw, cast)

        assert not OrderReport.objects.exists()

    def test_cut_off_anywhere_is_refused(self, order: PaymentOrder, cast: Cast) -> None:
        whole = rejection(order)

        for end in range(0, len(whole), 7):
            with pytest.raises(NotAReport):
                take_in(order, whole[:end], cast)


class TestConfirm:
    def test_makes_what_was_rejected_owed_again(
        self, house: House, order: PaymentOrder, cast: Cast
    ) -> None:
        told = {orders.reference(2): ("RJCT", "AC04")}
        with orders.owner_told() as undone:
            confirm(take_in(order, report(order, transfers=told), cast), cast)

        assert [(one.expectation.reference, one.reason) for one in undone] == [
            (orders.reference(2), "AC04")
        ]
        assert outcomes(order) == ["ordered", "ended"]

    def test_by_who_handed_it_in_is_refused(self, order: PaymentOrder, cast: Cast) -> None:
        raw, manager = rejection(order), cast.owner
        made = order_reports.take_in(order=order, raw=raw, by=manager, at=AT)
        asked = approvals.waiting(action=order_reports.CONFIRM, subject=made)
        assert asked is not None

        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=manager, at=AT)

    def test_leaves_what_the_statement_shows_all_the_same(
        self, house: House, order: PaymentOrder, cast: Cast
    ) -> None:
        made = take_in(order, rejection(order), cast)
        orders.execute(house, 1)

        with orders.owner_told() as undone:
            confirm(made, cast)

        assert [one.expectation.reference for one in undone] == [orders.reference(2)]
        assert outcomes(order) == ["executed", "ended"]
        assert waiting() == {}


def confirm(made: OrderReport, cast: Cast) -> None:
    asked = approvals.waiting(action=order_reports.CONFIRM, subject=made)
    assert asked is not None
    approvals.approve(approval=asked, by=cast.owner, at=AT)


class TestDesk:
    def test_takes_it_in_on_the_orders_page(self, order: PaymentOrder, cast: Cast) -> None:
        finance = Client(headers={"Accept-Language": "en"})
        finance.force_login(cast.finance)
        file = SimpleUploadedFile("pain002.xml", rejection(order))

        finance.post(reverse("treasury-order-report", args=[order.pk]), {"file": file})

        page = finance.get(reverse("treasury-order", args=[order.pk])).content.decode()
        assert "RJCT" in page
        assert "AM04" in page

    def test_takes_it_in_over_the_api(self, order: PaymentOrder, cast: Cast) -> None:
        finance = APIClient()
        finance.force_authenticate(cast.finance)
        address = f"/api/v1/payment-orders/{order.pk}/reports/"
        file = SimpleUploadedFile("pain002.xml", rejection(order))

        made = finance.post(address, {"file": file}, format="multipart")

        assert made.status_code == 201
        (row,) = finance.get(address).json()["results"]
        assert {each["status"] for each in row["transfers"]} == {"RJCT"}
