"""Interests: left once, changed, withdrawn, told of new terms; nothing converts by itself."""

import datetime as dt
import re

import pytest
from django.utils import translation

from backend.accounts import sign_ups
from backend.accounts.sign_ups import Newcomer
from backend.core import clock, states
from backend.core.models import Notice
from backend.core.money import euro
from campaigns import drafting, interests, sheets
from campaigns.interests import Wish
from campaigns.models import Campaign, Interest
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


class TestClaimAll:
    def test_finds_in_a_new_account_what_was_left_with_its_address(self, scene: Scene) -> None:
        wish = Wish("Anna@example.org", euro("500.00"))
        campaign = scene.publish(scene.draft())
        interests.express(campaign=campaign, wish=wish, at=scene.at)
        scene.wish(campaign)
        sign_ups.ask(newcomer=Newcomer("anna@example.org", "Anna", "Prova"), at=clock.now())
        mail = Notice.objects.get(template="account_welcome").body
        (link,) = re.findall(r"/sign-up/([^/\s]+)/", mail)

        user = sign_ups.finish(token=link, password="otto mucche sul tetto", at=scene.at)

        assert [each.email for each in user.interests.all()] == ["Anna@example.org"]


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


class TestTakeUp:
    def test_puts_a_mistake_right_and_the_place_in_the_queue_stays(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        first, second = scene.wish(campaign), scene.wish(campaign)
        interests.withdraw(interest=first, at=scene.at)

        interests.take_up(interest=first, at=scene.at)

        assert list(campaign.interests.live().in_queue()) == [first, second]

    def test_answers_its_invitation_again_until_that_is_over(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        kept, late = scene.wish(campaign), scene.wish(campaign)
        scene.open(campaign)
        for each in (kept, late):
            each.refresh_from_db()
            interests.withdraw(interest=each, at=scene.at)

        interests.take_up(interest=interests.by_token(kept.token), at=scene.at)

        assert interests.by_token(kept.token).state == Interest.State.INVITED
        again = interests.by_token(late.token)
        assert again.answer_before is not None
        with pytest.raises(interests.NotTakingInterests):
            interests.take_up(interest=again, at=again.answer_before)

    def test_not_beside_another_of_the_same_address(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = Wish("a@example.org", euro("500.00"))
        first = interests.express(campaign=campaign, wish=wish, at=scene.at)
        interests.withdraw(interest=first, at=scene.at)
        interests.express(campaign=campaign, wish=wish, at=scene.at)

        with pytest.raises(interests.ExpressedAlready):
            interests.take_up(interest=first, at=scene.at)

    def test_only_what_was_withdrawn(self, scene: Scene) -> None:
        with pytest.raises(states.WrongState):
            interests.take_up(interest=scene.wish(scene.publish(scene.draft())), at=scene.at)


class TestNewTerms:
    @pytest.mark.rule("R16")
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

        told = Notice.objects.filter(template="terms_changed")
        assert {mail.to for mail in told} == {wish.email for wish in wishes[1:]}
        assert {
            line for mail in told for line in mail.body.splitlines() if "Termini cambiati" in line
        } == {"Che cosa è cambiato: Termini cambiati: uso dei fondi."}
        assert interests.must_confirm_terms(interests.by_token(wishes[1].token))

    @pytest.mark.parametrize(
        ("changes", "asks"),
        [
            ({"risk_it": "Puoi perdere di più."}, True),
            ({"summary_en": "We buy and let homes."}, True),
            ({"is_spv": True}, True),
            ({"pre_campaign_threshold": euro("500.00")}, False),
        ],
    )
    def test_whatever_is_of_the_contract_asks_again(
        self, scene: Scene, changes: dict[str, object], asks: bool
    ) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)

        drafting.amend(campaign=campaign, changes=changes, by=scene.cast.owner, at=scene.at)

        assert interests.must_confirm_terms(interests.by_token(wish.token)) is asks

    def test_a_new_plan_asks_again_and_with_new_words_once(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)
        lines = [drafting.PlannedLine("Arredi", "Furniture", campaign.target)]
        draft = drafting.Draft(campaign.slug, {"risk_it": "Altro."}, lines)

        for _again in range(2):
            drafting.revise(campaign=campaign, draft=draft, by=scene.cast.owner, at=scene.at)

        sheet = sheets.current(campaign)
        assert sheet is not None
        with translation.override("it"):
            assert (
                sheet.change_said == "Termini cambiati: uso previsto dei fondi, rischi (italiano)."
            )
        assert interests.by_token(wish.token).campaign.terms_version == wish.terms_version + 1
        assert Notice.objects.filter(template="terms_changed").count() == 1


class TestByToken:
    def test_a_guess_finds_nothing(self, scene: Scene) -> None:
        scene.wish(scene.publish(scene.draft()))

        with pytest.raises(interests.UnknownToken):
            interests.by_token("guess")
        assert len(Interest.objects.get().token) >= 32


class TestConfirmTerms:
    def test_the_place_stays_and_nothing_is_asked_again(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        first, second = scene.wish(campaign), scene.wish(campaign)
        amend(scene, campaign)
        assert interests.must_confirm_terms(interests.by_token(first.token))

        interests.confirm_terms(interest=interests.by_token(first.token), at=scene.at)

        assert not interests.must_confirm_terms(interests.by_token(first.token))
        assert list(campaign.interests.in_queue()) == [first, second]


class TestInvitation:
    def invited(self, scene: Scene, **changes: object) -> Interest:
        campaign = scene.publish(scene.draft(**changes))
        wish = scene.wish(campaign)
        scene.open(campaign)
        return interests.by_token(wish.token)

    def test_may_still_be_amended(self, scene: Scene) -> None:
        wish = self.invited(scene)

        interests.amend(interest=wish, amount=euro("800.00"), at=scene.at)

        found = interests.by_token(wish.token)
        assert (found.state, found.amount) == (Interest.State.INVITED, euro("800.00"))

    def test_is_reminded_once_and_lapses_in_silence(self, scene: Scene) -> None:
        wish = self.invited(scene, interest_days=10)
        assert wish.answer_before is not None
        soon = wish.answer_before - dt.timedelta(days=2)

        assert [interests.remind_all(at=soon) for _ in range(2)] == [1, 0]
        just_before = wish.answer_before - dt.timedelta(seconds=1)
        assert interests.lapse_unanswered(at=just_before) == 0
        assert interests.lapse_unanswered(at=wish.answer_before) == 1

        assert interests.by_token(wish.token).state == Interest.State.LAPSED
        assert Notice.objects.filter(template="interest_lapsed").count() == 1

    def test_never_lasts_longer_than_the_offer(self, scene: Scene) -> None:
        end = scene.day + dt.timedelta(days=5)

        wish = self.invited(scene, deadline_on=end)

        assert wish.answer_before == clock.end_of(end)


def amend(scene: Scene, campaign: Campaign) -> None:
    changes = {"use_of_funds": "purchase_and_management"}
    drafting.amend(campaign=campaign, changes=changes, by=scene.cast.owner, at=scene.at)
