"""Duties of law that pages, letters and the database keep: what people are told, and what is recorded."""

import pytest
from django.db import IntegrityError, transaction

from backend.core.models import AuditEvent, Notice
from backend.core.roles import Role
from campaigns.models import Interest, Pledge
from campaigns.rules import REGIMES
from tests.campaigns.scene import Scene
from tests.campaigns.test_pages import browser, text
from tests.cast import person

pytestmark = pytest.mark.ahead.with_args(Scene.open_campaign)


class TestBeforeTheOrder:
    @pytest.mark.rule("R10", "R11", "R50")
    def test_the_page_tells_who_holds_the_money_no_guarantee_and_the_days_to_think(
        self, scene: Scene
    ) -> None:
        user = person("reader", Role.INVESTOR)
        campaign = scene.open_campaign(money_bank="Banca di Prova")
        scene.investor(user)

        page = text(browser(user).get(f"/campaigns/{campaign.slug}/pledge/"))

        assert "No deposit guarantee" in page
        assert "It is held by Banca di Prova." in page
        assert "without a reason and without cost" in page
        assert "<strong>24:00 of " in page

    @pytest.mark.rule("R11")
    def test_the_public_page_tells_it_to_all(self, scene: Scene) -> None:
        page = text(browser().get(f"/campaigns/{scene.open_campaign().slug}/"))

        assert "No deposit guarantee and no investor compensation scheme" in page
        assert REGIMES["ecspr"].article in page

    @pytest.mark.rule("R30")
    def test_who_is_asked_is_told_to_answer_exactly(self, scene: Scene) -> None:
        user = person("newcomer", Role.INVESTOR)
        investor = scene.investor(user)

        for name in ("test", "simulation"):
            page = text(browser(user).get(f"/profile/{investor.pk}/{name}/"))
            assert "true, complete and up to date" in page


class TestAfterTheOrder:
    @pytest.mark.rule("R50")
    def test_the_letter_names_the_last_day_to_change_ones_mind(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())

        letter = Notice.objects.get(template="pledge_placed")

        assert pledge.reflection_last_day is not None
        assert f"24:00 del {pledge.reflection_last_day.day}" in letter.body

    @pytest.mark.rule("R10")
    def test_the_page_names_the_account(self, scene: Scene) -> None:
        user = person("payer", Role.INVESTOR)
        pledge = scene.pledge(scene.open_campaign(), investor=scene.investor(user))

        page = text(browser(user).get(f"/pledges/{pledge.pk}/"))

        assert scene.restricted.iban in page
        assert scene.cast.issuer.name in page


@pytest.mark.rule("R48")
class TestRecord:
    def test_an_order_has_its_instant_and_its_audit_row(self, scene: Scene) -> None:
        pledge = scene.pledge(scene.open_campaign())

        event = AuditEvent.objects.get(action="pledge.placed")

        assert (event.at, event.subject_id) == (pledge.placed_at, str(pledge.pk))
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.update(placed_at=None)

    def test_an_interest_too(self, scene: Scene) -> None:
        wish = scene.wish(scene.publish(scene.draft()))

        event = AuditEvent.objects.get(subject_kind="campaigns.interest")

        assert event.at == wish.expressed_at
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.update(expressed_at=None)
