"""What the law of an offer asks of who orders: by its regime, and less of who gave protection up."""

import pytest

from backend.core.users import SYSTEM
from campaigns import obstacles, orders, pledges
from campaigns.models import Campaign, Pledge
from campaigns.sheets import translation_requests
from campaigns.sheets.translation_requests import Wanted
from investors import qualifications
from investors.models import Acknowledgement, Investor, Qualification
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]
MIFID = Qualification.Kind.MIFID


def of_2020(scene: Scene) -> Campaign:
    campaign = scene.open_campaign()
    Campaign.objects.filter(pk=campaign.pk).update(regime="consob_2020")
    return scene.fresh(campaign)


def revokes_when_paid(scene: Scene, pledge: Pledge) -> bool:
    """Whether an order that is paid may still be taken back a day later."""
    scene.wait(1)
    scene.transfer(pledge)
    try:
        pledges.revoke(pledge=pledge, by=SYSTEM, at=scene.at)
    except pledges.ReflectionOver:
        return False
    return True


class TestOrders:
    def test_one_of_2020_needs_no_simulation_and_is_not_large(self, scene: Scene) -> None:
        investor = scene.investor()
        scene.wait(370)  # the simulation is too old, the test is not
        european, italian = scene.open_campaign(), of_2020(scene)
        told = [
            orders.missing(order=scene.order(each, investor, 30), at=scene.at)
            for each in (european, italian)
        ]

        scene.pledge(italian, 30, investor)

        assert [[need.code for need in needs] for needs in told] == [["loss_simulation"], []]
        given = Acknowledgement.objects.filter(investor=investor)
        assert sorted(given.values_list("kind", flat=True)) == ["bears_loss", "loss_of_all"]

    def test_one_of_2020_waits_for_no_translation(self, scene: Scene) -> None:
        investor, campaign = scene.investor(), of_2020(scene)
        wanted = Wanted(language="de", email=investor.email)
        asked = translation_requests.ask(campaign=campaign, wanted=wanted, at=scene.at)
        token = translation_requests.token_of(asked)
        translation_requests.prove(token=token, at=scene.at)

        assert scene.pledge(campaign, investor=investor).state == "placed"

    def test_2020_holds_the_owner_to_its_own_terms(self, scene: Scene) -> None:
        campaign = of_2020(scene)

        found = obstacles.found(campaign=campaign, to="collecting", at=scene.at)

        assert [each.code for each in found] == ["deadline"]


class TestReflection:
    """R47 protects who is not sophisticated, I3 who is no professional: as the text they sign says."""

    @pytest.mark.parametrize("is_of_2020", [False, True])
    def test_who_gave_it_up_has_none(self, scene: Scene, is_of_2020: bool) -> None:
        campaign = of_2020(scene) if is_of_2020 else scene.open_campaign()
        investor = scene.investor()
        scene.professional(investor, MIFID)

        pledge = scene.pledge(campaign, investor=investor)

        assert (pledge.reflection_ends_at, pledge.reflection_last_day) == (pledge.placed_at, None)
        assert not revokes_when_paid(scene, pledge)

    def test_a_foundation_keeps_it_under_european_law(self, scene: Scene) -> None:
        """It is professional for the 5 % of 2020 alone, and signed nothing away."""
        investor = scene.investor()
        scene.professional(investor)

        assert revokes_when_paid(scene, scene.pledge(scene.open_campaign(), investor=investor))

    def test_what_counts_is_the_instant_of_the_order(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        before = scene.pledge(campaign, investor=investor)

        scene.professional(investor, MIFID)

        assert revokes_when_paid(scene, before)

    def test_the_page_says_so(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        end = orders.end_of_reflection(campaign=campaign, investor=investor, at=scene.at)
        scene.professional(investor, MIFID)

        assert end > scene.at
        assert (
            orders.end_of_reflection(campaign=campaign, investor=investor, at=scene.at) == scene.at
        )


class TestInForce:
    def test_what_was_ended_since_counted_until_then(self, scene: Scene) -> None:
        investor: Investor = scene.investor()
        granted = scene.professional(investor, MIFID)
        then = scene.at
        scene.wait(1)
        qualifications.end(qualification=granted, reason="sold up", by=SYSTEM, at=scene.at)

        assert qualifications.in_force([investor.pk], at=then) == {investor.pk: {MIFID}}
        assert qualifications.in_force([investor.pk], at=scene.at) == {}
