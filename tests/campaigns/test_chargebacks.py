"""A card holder who disputes: unpaid again before the allotment, a debt after it, never an un-funded home."""

import pytest
from django.test import Client

from backend.core.models import Notice, User
from backend.core.money import ZERO, euro
from backend.core.roles import Role
from backend.core.users import SYSTEM
from backend.ledger import balances
from backend.treasury.models import Expectation
from campaigns import certificates, chargebacks, debts, figures, holding, purses
from campaigns.models import Campaign, Certificate, Chargeback, Payment
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene
from tests.campaigns.test_members import closed
from tests.campaigns.test_payments import arrived_payout, paid_by_card
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def browse(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def member_by_card(scene: Scene, provider: Provider) -> Payment:
    """Somebody who paid five shares by card, beside one who paid twenty by transfer; both allotted."""
    campaign = scene.open_campaign()
    payment = paid_by_card(scene, provider, scene.pledge(campaign))
    payout = arrived_payout(scene, provider)
    scene.bank(scene.restricted, (euro(payout["amount"]) / 100, payout["id"]))
    closed(scene, scene.pledge(campaign, shares=20))
    scene.jobs()
    return Payment.objects.select_related("pledge__campaign").get(pk=payment.pk)


def take_back(scene: Scene, payment: Payment) -> None:
    chargebacks.withdraw(payment=payment, amount=payment.amount, provider_id="dp_1", at=scene.at)


class TestAfterTheAllotment:
    def test_the_investor_owes_it_and_raised_money_stays_whole(
        self, scene: Scene, provider: Provider
    ) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        before = balances.balance(purses.due(campaign))

        take_back(scene, payment)
        take_back(scene, payment)

        assert balances.balance(purses.due(campaign)) - before == euro("500.00")
        assert balances.balance(purses.receivable(campaign)) == euro("500.00")
        assert figures.of_pledge(payment.pledge).paid == euro("500.00")
        assert payment.pledge.allotment.shares == 5
        owed = Expectation.objects.get(owner_kind=chargebacks.OWNER)
        assert (owed.state, owed.amount) == ("open", euro("500.00"))
        proofs = Certificate.objects.standing().filter(allotment=payment.pledge.allotment)
        assert not proofs.exists()

    def test_what_the_investor_pays_closes_it(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        take_back(scene, payment)

        reference = Chargeback.objects.get().reference
        scene.bank(scene.ordinary, (euro("500.00"), reference))

        assert Chargeback.objects.get().repaid_at is not None
        assert balances.balance(purses.receivable(campaign)) == ZERO
        assert balances.balance(purses.own_holding(campaign)) == euro("500.00")
        holding.top_up_fees(campaign=campaign, by=SYSTEM, at=scene.at)

    def test_what_the_provider_gives_back_ends_it(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        campaign = payment.pledge.campaign
        before = balances.balance(purses.due(campaign))
        take_back(scene, payment)

        chargebacks.reinstate(provider_id="dp_1", at=scene.at)
        chargebacks.reinstate(provider_id="dp_1", at=scene.at)

        assert balances.balance(purses.due(campaign)) == before
        assert balances.balance(purses.receivable(campaign)) == ZERO
        assert Expectation.objects.get(owner_kind=chargebacks.OWNER).state == "cancelled"

    def test_more_than_was_paid_is_refused(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)

        with pytest.raises(chargebacks.MoreThanPaid):
            chargebacks.withdraw(
                payment=payment, amount=euro("500.01"), provider_id="dp_2", at=scene.at
            )


class TestBeforeTheAllotment:
    def test_the_pledge_is_unpaid_again(self, scene: Scene, provider: Provider) -> None:
        payment = paid_by_card(scene, provider, scene.pledge(scene.open_campaign()))

        provider.dispute(payment.provider_id)
        provider.deliver()
        scene.jobs()

        assert figures.of_pledge(payment.pledge).paid == ZERO
        assert not Chargeback.objects.exists()
        assert Campaign.objects.get().taken_shares == 5


class TestDebts:
    def test_who_owes_and_finance_see_the_open_item(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        take_back(scene, payment)
        pledge = payment.pledge
        owner = pledge.investor.representations.get().user

        [own] = browse(owner).get("/api/v1/debts/").json()["results"]
        page = browse(owner).get(f"/pledges/{pledge.pk}/").content.decode()
        desk = browse(scene.cast.finance).get("/desk/debts/").content.decode()

        assert (own["open_amount"]["amount"], own["pledge"]) == ("500.00", pledge.pk)
        assert own["reference"] in page
        assert "are owed until" in page
        assert own["reference"] in desk
        assert browse(person("bystander", Role.INVESTOR)).get("/api/v1/debts/").json()["count"] == 0

    def test_what_was_paid_is_no_longer_open(self, scene: Scene, provider: Provider) -> None:
        take_back(scene, member_by_card(scene, provider))
        chargeback = Chargeback.objects.get()
        scene.bank(scene.ordinary, (euro("200.00"), chargeback.reference))
        [part] = debts.of([chargeback])
        scene.bank(scene.ordinary, (euro("300.00"), chargeback.reference))

        [whole] = debts.of(Chargeback.objects.all())

        assert (part.open_amount, whole.open_amount) == (euro("300.00"), ZERO)
        assert whole.chargeback.repaid_at is not None


class TestWithdrawnProofs:
    def test_the_holder_is_told_once_by_mail(self, scene: Scene, provider: Provider) -> None:
        payment = member_by_card(scene, provider)
        investor = payment.pledge.investor

        take_back(scene, payment)
        certificates.follow([payment.pledge], by=SYSTEM, at=scene.at)

        gone = Certificate.objects.exclude(withdrawal=None).count()
        letters = Notice.objects.filter(template="certificate_withdrawn", to=investor.email)
        assert letters.count() == gone > 0
        first = letters[0]
        assert "/profile/" in first.body
        assert ("non vale più" in first.subject) is (investor.language == "it")
