"""The refunds' page, an investor's account, and the same over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core.models import Approval, User
from backend.simulators.bank import ibans
from backend.treasury.models import CreditTransfer, PaymentOrder
from campaigns.models import Refund, ReturnAccount
from campaigns.returns import accounts
from investors import reads
from tests.campaigns.returns import bank
from tests.campaigns.returns.bank import Returning
from tests.campaigns.scene import Scene

pytestmark = [
    pytest.mark.money,
    pytest.mark.ahead.with_args(bank.failed_offer).with_args(pledgers=2),
]
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
def offer(scene: Scene) -> Returning:
    return bank.failed_offer(scene, pledgers=2)


@pytest.fixture
def sent_back(offer: Returning) -> Refund:
    """The first transfer came back: the account is closed."""
    first, second = offer.order().transfers.order_by("number")
    offer.execute(first, second)
    offer.send_back(first)
    return Refund.objects.get(reference=first.end_to_end_id)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", bank.PAPER, "application/pdf")


class TestPage:
    def test_orders_what_waits(self, offer: Returning, scene: Scene) -> None:
        finance, slug = browser(scene.cast.finance), offer.campaign.slug
        finance.post(
            reverse("campaign-desk-refund-order", args=[slug]),
            {"execute_on": scene.day.isoformat(), "schema": "pain.001.001.03"},
        )

        assert PaymentOrder.objects.get().schema == "pain.001.001.03"
        page = finance.get(reverse("campaign-desk-returns", args=[slug])).content.decode()
        assert "waits for another person" in page

    def test_shows_whose_account_is_wanted(
        self, offer: Returning, sent_back: Refund, scene: Scene
    ) -> None:
        address = reverse("campaign-desk-returns", args=[offer.campaign.slug])

        page = browser(scene.cast.finance).get(address).content.decode()

        assert "AC04" in page
        assert sent_back.payment.pledge.investor.name in page

    def test_walks_from_the_investor_to_the_second_person(
        self, offer: Returning, sent_back: Refund, scene: Scene
    ) -> None:
        pledge = sent_back.payment.pledge
        investor = User.objects.get(email=pledge.investor.email)
        own = reverse("pledge-return-account", args=[pledge.pk])
        assert own in browser(investor).get(reverse("pledge", args=[pledge.pk])).content.decode()

        told = {"iban": ibans.synthetic_iban(77), "holder": "Anna", "paper": paper()}
        browser(investor).post(own, told)
        account = ReturnAccount.objects.get()
        check = reverse("return-account-check", args=[account.pk])
        browser(scene.cast.finance).post(check, {"evidence": "Called her."})
        offer.approve(account)
        offer.order()

        assert CreditTransfer.objects.latest("id").iban == ibans.synthetic_iban(77)

    def test_is_nobody_elses(self, offer: Returning, scene: Scene) -> None:
        (pledge, _other) = bank.pledges_of(offer.campaign)
        account = offer.tell_account(pledge)

        stranger = browser(scene.cast.stranger)
        for name, key in (
            ("campaign-desk-returns", offer.campaign.slug),
            ("return-account-paper", account.pk),
            ("pledge-return-account", pledge.pk),
        ):
            assert stranger.get(reverse(name, args=[key])).status_code == 404
        assert (
            browser(scene.cast.other_investor)
            .get(reverse("pledge-return-account", args=[pledge.pk]))
            .status_code
            == 404
        )


class TestApi:
    def test_tells_how_far_it_is(self, offer: Returning, sent_back: Refund, scene: Scene) -> None:
        told = api(scene.cast.auditor).get(f"{API}/campaigns/{offer.campaign.slug}/refunds/").data

        assert (told["owed"]["amount"], told["returned"]["amount"]) == ("1000.00", "500.00")
        counts = {row["code"]: row["count"] for row in told["stages"] if row["count"]}
        assert counts == {"returned": 1, "failed": 1}

    def test_orders_and_repeats_its_answer(self, offer: Returning, scene: Scene) -> None:
        address = f"{API}/campaigns/{offer.campaign.slug}/refund-orders/"
        body = {"execute_on": scene.day.isoformat()}
        first, again = (
            api(scene.cast.finance).post(address, body, format="json") for _ in range(2)
        )

        assert (first.status_code, first.data["transfers"]) == (201, 2)
        assert again.data == first.data
        assert PaymentOrder.objects.count() == 1

    def test_takes_an_account_and_its_check(
        self, offer: Returning, sent_back: Refund, scene: Scene
    ) -> None:
        pledge, finance = sent_back.payment.pledge, api(scene.cast.finance)
        told = {"iban": ibans.synthetic_iban(77), "holder": "Anna", "paper": paper()}
        made = finance.post(f"{API}/pledges/{pledge.pk}/return-accounts/", told, format="multipart")
        assert made.status_code == 201

        path = f"{API}/return-accounts/{made.data['id']}"
        asked = finance.post(f"{path}/check/", {"evidence": "A call."}, format="json")

        assert (asked.status_code, Approval.objects.get(decision="").pk) == (
            202, asked.data["approval"],
        )  # fmt: skip
        assert finance.get(f"{path}/paper/").content == bank.PAPER

    def test_whoever_is_shown_an_account_is_written_down(
        self, offer: Returning, sent_back: Refund, scene: Scene
    ) -> None:
        pledge = sent_back.payment.pledge
        account = offer.tell_account(pledge)
        owner = User.objects.get(email=pledge.investor.email)
        page, client = browser(scene.cast.finance), api(scene.cast.finance)

        page.get(reverse("campaign-desk-returns", args=[offer.campaign.slug]))
        page.get(reverse("return-account-paper", args=[account.pk]))
        client.get(f"{API}/return-accounts/{account.pk}/paper/")
        client.get(f"{API}/pledges/{pledge.pk}/return-accounts/")
        api(owner).get(f"{API}/pledges/{pledge.pk}/return-accounts/")

        rows = reads.of(pledge.investor)
        assert [(row.by, row.facts["place"]) for row in rows] == [
            (scene.cast.finance, accounts.PLACE)
        ] * 4

    def test_says_why_it_cannot_be_sent_again(
        self, offer: Returning, sent_back: Refund, scene: Scene
    ) -> None:
        answer = api(scene.cast.finance).post(f"{API}/refunds/{sent_back.pk}/again/")

        assert (answer.status_code, answer.data["code"]) == (409, "refund.no_account")
