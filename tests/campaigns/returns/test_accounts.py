"""Another account: a paper, somebody who says how it was checked, and a second person."""

import pytest
from django.db import DatabaseError, connection, transaction

from backend.core import approvals, documents
from backend.core.approvals import SamePerson
from backend.core.models import Approval
from backend.simulators.bank import ibans
from campaigns import destinations
from campaigns.models import ReturnAccount
from campaigns.returns import accounts
from campaigns.returns.accounts import Confirmed, EvidenceMissing, NotAnIban, Told
from tests.campaigns.returns import bank
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


class TestTell:
    def test_keeps_the_paper_with_its_hash(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (pledge,) = bank.pledges_of(offer.campaign)

        first, again = offer.tell_account(pledge), offer.tell_account(pledge)

        assert first == again
        assert (first.media_type, len(first.sha256)) == ("application/pdf", 64)

    @pytest.mark.parametrize(
        ("iban", "raw", "refusal"),
        [
            ("IT00X", bank.PAPER, NotAnIban),
            (ibans.synthetic_iban(1), b"hello", documents.NotAPaper),
            (ibans.synthetic_iban(1), b"%PDF-" + b"x" * documents.MAX_BYTES, documents.TooLarge),
        ],
    )
    def test_refuses_what_proves_nothing(
        self, scene: Scene, iban: str, raw: bytes, refusal: type[Exception]
    ) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (pledge,) = bank.pledges_of(offer.campaign)

        with pytest.raises(refusal):
            accounts.tell(
                pledge=pledge, told=Told(iban, "Anna", raw), by=scene.cast.finance, at=scene.at
            )


class TestConfirm:
    def test_takes_a_person_who_checked_and_another(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (pledge,) = bank.pledges_of(offer.campaign)
        account = offer.tell_account(pledge)
        by, at = scene.cast.owner, scene.at
        with pytest.raises(EvidenceMissing):
            accounts.check(account=account, evidence=" ", by=by, at=at)

        asked = accounts.check(account=account, evidence="A letter.", by=by, at=at)
        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=by, at=at)
        approvals.approve(approval=asked, by=scene.cast.colleague, at=at)

        (chosen,) = destinations.of([bank.refund_of(pledge)]).values()
        assert chosen.iban == account.iban

    def test_is_not_of_who_checked_it_last(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        (pledge,) = bank.pledges_of(offer.campaign)
        account, at = offer.tell_account(pledge), scene.at
        accounts.check(account=account, evidence="A letter.", by=scene.cast.finance, at=at)
        accounts.check(account=account, evidence="Called her.", by=scene.cast.owner, at=at)

        with pytest.raises(Confirmed):
            approvals.approve(
                approval=Approval.objects.get(decision=""), by=scene.cast.owner, at=at
            )

    def test_the_database_keeps_what_was_confirmed(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        offer.confirm_account(bank.pledges_of(offer.campaign)[0])

        for sql in (
            "UPDATE campaigns_returnaccount SET iban = 'IT00'",
            "DELETE FROM campaigns_returnaccount",
        ):
            with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
                connection.cursor().execute(sql)

    def test_the_database_wants_two_people(self, scene: Scene) -> None:
        offer = bank.failed_offer(scene, pledgers=1)
        account = offer.tell_account(bank.pledges_of(offer.campaign)[0])
        owner, at = scene.cast.owner, scene.at

        with pytest.raises(DatabaseError, match="by_another"), transaction.atomic():
            ReturnAccount.objects.filter(pk=account.pk).update(
                evidence="x", checked_by=owner, checked_at=at, confirmed_by=owner, confirmed_at=at
            )
