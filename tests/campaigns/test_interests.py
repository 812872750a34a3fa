"""Interests: left once, changed, withdrawn, told of new terms; nothing converts by itself."""

import pytest

from backend.core import states
from backend.core.models import Notice
from backend.core.money import euro
from campaigns import drafting, interests
from campaigns.interests import Wish
from campaigns.models import Interest
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


class TestExpress:
    def test_it_is_noted_and_a_mail_brings_its_link(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())

        wish = scene.wish(campaign, "700.00")

        mail = Notice.objects.get(template="interest_expressed")
        assert wish.token in mail.body
        assert interests.standing(campaign) == interests.Standing(euro("700.00"), 1)

    def test_one_per_address_whatever_its_case(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        interests.express(
            campaign=campaign, wish=Wish("a@example.org", euro("500.00")), at=scene.at
        )

        with pytest.raises(interests.ExpressedAlready):
            interests.express(
                campaign=campaign, wish=Wish("A@Example.org", euro("500.00")), at=scene.at
            )

    def test_withdrawn_one_may_come_again(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = Wish("a@example.org", euro("500.00"))
        first = interests.express(campaign=campaign, wish=wish, at=scene.at)
        interests.withdraw(interest=first, at=scene.at)

        assert interests.express(campaign=campaign, wish=wish, at=scene.at) != first

    def test_only_in_the_pre_campaign(self, scene: Scene) -> None:
        for campaign in (scene.draft(), scene.open_campaign()):
            with pytest.raises(interests.NotTakingInterests):
                scene.wish(campaign)

    def test_the_smallest_order_is_the_smallest_interest(self, scene: Scene) -> None:
        with pytest.raises(interests.TooLittle):
            scene.wish(scene.publish(scene.draft()), "499.99")


class TestAmend:
    def test_the_place_in_the_queue_stays(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        first, second = scene.wish(campaign), scene.wish(campaign)

        for amount in ("600.00", "800.00"):
            interests.amend(interest=first, amount=euro(amount), at=scene.at)

        assert list(campaign.interests.in_queue()) == [first, second]
        assert interests.by_token(first.token).amount == euro("800.00")

    def test_not_once_it_is_withdrawn(self, scene: Scene) -> None:
        wish = scene.wish(scene.publish(scene.draft()))
        interests.withdraw(interest=wish, at=scene.at)

        with pytest.raises(states.WrongState):
            interests.amend(interest=wish, amount=euro("600.00"), at=scene.at)


class TestNewTerms:
    def test_everyone_is_told_and_must_confirm_again(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wishes = [scene.wish(campaign) for _ in range(3)]
        interests.withdraw(interest=wishes[0], at=scene.at)

        drafting.amend(
            campaign=campaign,
            changes={"use_of_funds": "purchase_and_management"},
            by=scene.cast.owner,
            at=scene.at,
        )

        told = Notice.objects.filter(template="terms_changed").values_list("to", flat=True)
        assert set(told) == {wish.email for wish in wishes[1:]}
        assert interests.must_confirm_terms(interests.by_token(wishes[1].token))


class TestByToken:
    def test_a_guess_finds_nothing(self, scene: Scene) -> None:
        scene.wish(scene.publish(scene.draft()))

        with pytest.raises(interests.UnknownToken):
            interests.by_token("guess")
        assert len(Interest.objects.get().token) >= 32
