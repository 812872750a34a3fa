"""By whose hand a home becomes ours: who bids at court for us, who witnesses a deed of gift."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.errors import RuleBroken
from properties import acquisitions, gaps, signatures
from properties.models import Acquisition
from tests.properties.scene import Scene

DEED = {"document": "deed 12", "witness": "Anna Prima", "other_witness": "Bruno Secondo"}
ENGLISH = {"Accept-Language": "en"}


class TestRefuseBidder:
    @pytest.mark.parametrize(
        ("bids_as", "is_not_debtor", "document", "code"),
        [
            ("REPRESENTATIVE", True, "", None),
            ("ATTORNEY", True, "power 3", None),
            ("LAWYER", True, "power 4", None),
            ("LAWYER", True, " ", "acquisition.no_power"),
            ("REPRESENTATIVE", False, "", "acquisition.no_declaration"),
            ("", True, "", "acquisition.no_declaration"),
            ("SOMEBODY", True, "power 5", "acquisition.no_declaration"),
        ],
    )
    def test_who_bids_declares_and_shows_a_power(
        self, bids_as: str, is_not_debtor: bool, document: str, code: str | None
    ) -> None:
        found = None
        try:
            signatures.refuse_bidder(
                bids_as=bids_as, is_not_debtor=is_not_debtor, document=document
            )
        except RuleBroken as refusal:
            found = refusal.code

        assert found == code


class TestRefuseGift:
    def test_two_witnesses_are_enough(self) -> None:
        signatures.refuse_gift(**DEED)

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"document": " "}, "document"),
            ({"witness": ""}, "witness"),
            ({"other_witness": ""}, "other_witness"),
            ({"other_witness": " anna  PRIMA"}, "other_witness"),
        ],
    )
    def test_one_is_none(self, told: dict[str, str], field: str) -> None:
        with pytest.raises(signatures.NoWitnesses) as refusal:
            signatures.refuse_gift(**DEED | told)

        assert refusal.value.facts["field"] == field


def at_the_offer(scene: Scene) -> Acquisition:
    auction = scene.auction(scene.unit("A1"))
    scene.move(auction, "REPORT_REVIEWED")
    scene.approve(auction)
    scene.commit(auction, "acquisition.deposit", "4000.00")
    return auction


@pytest.mark.money
class TestMove:
    def test_no_offer_leaves_without_the_declaration(self, scene: Scene) -> None:
        auction = at_the_offer(scene)

        with pytest.raises(signatures.NoDeclaration):
            scene.move(auction, "OFFER_FILED", "40000.00", is_not_debtor=False)
        scene.move(auction, "OFFER_FILED", "40000.00")

        assert auction.steps.get(state="OFFER_FILED").bids_as == "REPRESENTATIVE"

    def test_of_a_gift_taken_over_witnesses_are_missed_or_two(self, scene: Scene) -> None:
        new = acquisitions.NewAcquisition(unit=scene.unit("G1"), route="donation")
        told = {"new": new, "possession_on": scene.day, "by": scene.cast.owner, "at": scene.at}
        one = acquisitions.Step(to="NOTARY_DEED", on=scene.day, witness="Anna Prima")
        with pytest.raises(signatures.NoWitnesses):
            acquisitions.record_completed(title=one, **told)

        title = acquisitions.Step(to="NOTARY_DEED", on=scene.day, document="deed 12")
        gift = acquisitions.record_completed(title=title, **told)

        assert any("782" in sentence for sentence in gaps.missing(gift))
        with pytest.raises(IntegrityError), transaction.atomic():
            gift.steps.filter(state="NOTARY_DEED").update(witness="Anna Prima")


@pytest.mark.money
class TestPageAndEndpoint:
    def test_the_form_asks_who_bids_where_an_offer_lies_ahead(self, scene: Scene) -> None:
        auction, client = at_the_offer(scene), Client()
        client.force_login(scene.cast.owner)
        path = reverse("purchase-move", args=[auction.pk])
        told = {"to": "OFFER_FILED", "on": scene.day.isoformat(), "amount": "40000"}

        refused = client.post(path, told)
        client.post(path, told | {"bids_as": "REPRESENTATIVE", "is_not_debtor": "on"})

        assert refused.context["move_form"].errors["bids_as"]
        page = client.get(reverse("home-page", args=[auction.unit_id]), headers=ENGLISH)
        assert "bids_as" not in page.context["move_form"].fields
        assert "our legal representative" in [step.note for step in page.context["steps"]]

    def test_the_endpoint_tells_each_step_with_its_hand(self, scene: Scene) -> None:
        auction, client = at_the_offer(scene), Client()
        client.force_login(scene.cast.owner)
        path = f"/api/v1/acquisitions/{auction.pk}/moves/"
        body = {"to": "OFFER_FILED", "on": scene.day.isoformat(),
                "amount": {"amount": "40000.00", "currency": "EUR"}}  # fmt: skip
        hand = {"bids_as": "ATTORNEY", "is_not_debtor": True, "document": "power 3"}

        answers = [
            client.post(path, body | more, content_type="application/json",
                        headers={"Idempotency-Key": str(len(more))})
            for more in ({}, hand)
        ]  # fmt: skip

        assert [answer.status_code for answer in answers] == [422, 200]
        last = client.get(path).json()["results"][-1]
        assert (last["state"], last["bids_as"], last["document"]) == (
            "OFFER_FILED",
            "ATTORNEY",
            "power 3",
        )
