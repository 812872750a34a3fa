"""The pages as a browser sees them: every page opens, and the way to a paid pledge has no dead end."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import User
from backend.core.money import euro
from campaigns.models import Campaign, Interest, Pledge
from campaigns.pages import campaigns as campaign_pages
from tests import undone
from tests.campaigns.provider import Provider
from tests.campaigns.scene import RIGHT_ANSWERS, Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def browser(user: User | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:500]
    return str(answer.content.decode())


class TestPublicPages:
    @pytest.mark.parametrize("language", ["it", "en"])
    def test_every_public_page_opens(self, scene: Scene, language: str) -> None:
        opened, before = scene.open_campaign(), scene.publish(scene.draft())
        visitor = browser(language=language)

        assert "synthetic" in text(visitor.get("/campaigns/"))
        assert "0" in text(visitor.get(f"/campaigns/{opened.slug}/"))
        assert 'name="email"' in text(visitor.get(f"/campaigns/{before.slug}/"))
        assert text(visitor.get("/"))

    def test_a_long_list_has_pages_those_that_need_somebody_now_first(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(campaign_pages, "CARDS", 1)
        opened, later = scene.open_campaign(), scene.publish(scene.draft())
        first, second = (text(browser().get(f"/campaigns/?page={n}")) for n in (1, 2))

        assert f"/campaigns/{opened.slug}/" in first
        assert f"/campaigns/{later.slug}/" not in first
        assert f"/campaigns/{later.slug}/" in second
        assert "Page 2 of 2" in second

    def test_sources_show_facts_and_keep_small_numbers_to_themselves(self, scene: Scene) -> None:
        page = text(browser().get("/sources/"))

        assert "300 thousand euros" in page
        assert "405" in page
        assert "sensitive group" not in page

    def test_taking_part_is_offered_to_those_who_may(self, scene: Scene) -> None:
        opened = scene.open_campaign()
        page, way = f"/campaigns/{opened.slug}/", f"/campaigns/{opened.slug}/pledge/"

        assert way in text(browser().get(page))
        assert way in text(browser(scene.cast.investor).get(page))
        assert way not in text(browser(scene.cast.owner).get(page))

    def test_a_mirrored_offer_leads_to_its_platform(self, scene: Scene) -> None:
        url = "https://platform.example/homes"
        mirrored = scene.open_campaign(
            mode="mirror", platform_url=url, platform=scene.cast.platform
        )

        page = text(browser().get(f"/campaigns/{mirrored.slug}/"))

        assert f'href="{url}"' in page
        assert "Take part at Piattaforma di prova" in page

    def test_a_draft_is_not_there(self, scene: Scene) -> None:
        draft = scene.draft()

        assert browser().get(f"/campaigns/{draft.slug}/").status_code == 404
        assert text(browser(scene.cast.owner).get(f"/campaigns/{draft.slug}/"))


class TestInterest:
    def test_left_changed_and_withdrawn_without_an_account(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        visitor = browser()

        left = visitor.post(
            f"/campaigns/{campaign.slug}/", {"email": "ada@example.org", "amount": "500"}
        )
        interest = Interest.objects.get()
        assert left["Location"] == f"/interests/{interest.token}/"
        visitor.post(left["Location"], {"amount": "750"})
        assert "€750" in text(visitor.get(left["Location"]))
        visitor.post(f"{left['Location']}withdraw/")

        interest.refresh_from_db()
        assert interest.state == "withdrawn"

    def test_withdrawn_by_mistake_is_undone_from_the_message(self, scene: Scene) -> None:
        interest, visitor = scene.wish(scene.publish(scene.draft())), browser()
        address = f"/interests/{interest.token}/"
        withdrawn = visitor.post(f"{address}withdraw/", follow=True)

        page = visitor.post(*undone.form(withdrawn), follow=True)

        interest.refresh_from_db()
        assert interest.state == "expressed"
        assert "Your interest stands again" in text(page)

    def test_another_amount_is_undone_from_the_message(self, scene: Scene) -> None:
        interest, visitor = scene.wish(scene.publish(scene.draft()), "700.00"), browser()
        changed = visitor.post(f"/interests/{interest.token}/", {"amount": "7000"}, follow=True)

        visitor.post(*undone.form(changed))

        interest.refresh_from_db()
        assert interest.amount == euro("700.00")

    def test_a_refused_amount_keeps_what_was_typed(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())

        page = text(
            browser().post(
                f"/campaigns/{campaign.slug}/", {"email": "ada@example.org", "amount": "20"}
            )
        )

        assert "The smallest amount is €500.00." in page
        assert "ada@example.org" in page


class TestPledging:
    @pytest.mark.rule("R9")
    def test_from_nothing_to_the_card(
        self, scene: Scene, provider: Provider, settings: Any
    ) -> None:
        settings.DEMO = True
        campaign, user = scene.open_campaign(), scene.cast.investor
        client, path = browser(user), f"/campaigns/{campaign.slug}/pledge/?amount=600.00"

        assert "Who invests?" in text(client.get(path))
        for step in steps():
            assert client.post(path, step).status_code == 302, step
        assert "Place my pledge" in text(client.get(path))
        order = {"step": "order", "amount": "600", "acknowledged": "on", "sheet_version": "1"}
        placed = client.post(path, order)

        pledge = Pledge.objects.get()
        assert placed["Location"] == f"/pledges/{pledge.pk}/"
        page = text(client.get(placed["Location"]))
        assert "<svg" in page
        assert "Pay by card" in page
        sent = client.post(f"/pledges/{pledge.pk}/pay/")
        assert sent["Location"].startswith(f"{provider.url}/pay/pi_")

    def test_what_is_not_whole_is_said_at_the_field(self, scene: Scene) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        scene.investor(user)
        order = {"step": "order", "amount": "550", "acknowledged": "on", "sheet_version": "1"}

        page = text(browser(user).post(f"/campaigns/{campaign.slug}/pledge/", order))

        assert "choose €500.00 or €600.00" in page

    def test_a_visitor_logs_in_first(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        answer = browser().get(f"/campaigns/{campaign.slug}/pledge/")

        assert answer["Location"].startswith("/login/")

    @pytest.mark.rule("R49")
    def test_taken_back_by_its_owner_alone(self, scene: Scene) -> None:
        campaign, cast = scene.open_campaign(), scene.cast
        pledge = scene.pledge(campaign, investor=scene.investor(cast.investor))
        scene.investor(cast.other_investor)

        assert browser(cast.other_investor).get(f"/pledges/{pledge.pk}/").status_code == 404
        refused = browser(cast.other_investor).post(f"/pledges/{pledge.pk}/revoke/")
        assert refused.status_code == 404
        browser(cast.investor).post(f"/pledges/{pledge.pk}/revoke/")

        pledge.refresh_from_db()
        assert pledge.state == "revoked"


class TestDesk:
    @pytest.mark.parametrize(("who", "is_led"), [("owner", True), ("finance", False)])
    def test_what_is_missing_leads_only_who_may_do_it(
        self, scene: Scene, who: str, is_led: bool
    ) -> None:
        campaign = scene.draft()
        edit = reverse("campaign-desk-edit", args=[campaign.slug])

        page = browser(getattr(scene.cast, who)).get(reverse("campaign-desk", args=[campaign.slug]))

        assert (edit in page.text) is is_led

    def test_every_page_of_the_desk_opens(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.pledge(campaign)
        client = browser(scene.cast.owner)

        assert "The deadline has not come" in text(client.get(f"/desk/campaigns/{campaign.slug}/"))
        assert "Anna 1" in text(client.get(f"/desk/campaigns/{campaign.slug}/pledges/"))
        for path in ("/desk/campaigns/", f"/desk/campaigns/{campaign.slug}/interests/"):
            assert text(client.get(path))
        assert "Nothing to look into" in text(client.get("/desk/findings/"))

    def test_a_campaign_is_written_on_a_page_and_changed(self, scene: Scene) -> None:
        client = browser(scene.cast.owner)
        assert "Price of one share" in text(client.get("/desk/campaigns/new/"))
        refused = text(client.post("/desk/campaigns/new/", written(scene, minimum="900000")))
        assert "The minimum must not exceed" in refused

        made = client.post("/desk/campaigns/new/", written(scene))

        assert made["Location"] == "/desk/campaigns/homes/"
        page = text(client.get("/desk/campaigns/homes/edit/"))
        assert "We buy homes." in page
        changed = written(scene, summary_en="We buy and let homes.")
        client.post("/desk/campaigns/homes/edit/", changed)
        campaign = Campaign.objects.get(slug="homes")
        assert campaign.summary_en == "We buy and let homes."
        assert [line.amount for line in campaign.planned_lines.all()] == [euro("3000.00")]

    def test_a_step_is_made_and_waits_for_the_colleague(self, scene: Scene) -> None:
        draft = scene.draft()
        client = browser(scene.cast.owner)

        client.post(f"/desk/campaigns/{draft.slug}/move/", {"to": "in_review"})

        page = text(client.get(f"/desk/campaigns/{draft.slug}/"))
        assert "Waits for a second person" in page

    def test_the_stranger_sees_nothing(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        path = f"/desk/campaigns/{campaign.slug}/"
        assert browser(scene.cast.stranger).get(path).status_code == 404
        assert browser(scene.cast.investor).get(path).status_code == 403


def steps() -> list[dict[str, str]]:
    """What somebody new answers, in the order in which the page asks."""
    return [
        {
            "step": "profile",
            "kind": "person",
            "name": "Ada Neri",
            "tax_code": "SYNTHETIC0000042",
            "iban": "IT60X0542811101000000123456",
        },
        {"step": "knowledge_test", **RIGHT_ANSWERS},
        {
            "step": "loss_simulation",
            "labour": "30,000",
            "accounts": "20000",
            "housing": "10000",
        },
    ]


def written(scene: Scene, **changes: str) -> dict[str, str]:
    """The form of a campaign as a manager fills it in."""
    day = scene.day.isoformat()
    told = {
        **{f"{name}_it": "Case" for name in ("title", "summary", "risk")},
        **{f"{name}_en": "We buy homes." for name in ("title", "summary", "risk")},
        "slug": "homes",
        "regime": "ecspr",
        "instrument": "quota",
        "use_of_funds": "acquisition_only",
        "mode": "operator",
        "price_per_share": "100",
        "min_shares": "5",
        "minimum": "1000",
        "target": "3000",
        "maximum": "5,000.00",
        "pre_campaign_threshold": "0",
        "opens_on": day,
        "deadline_on": "2099-12-31",
        "restricted_account": str(scene.restricted.pk),
        "ordinary_account": str(scene.ordinary.pk),
        "own_fund": str(scene.own_fund.pk),
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "0",
        "lines-0-label_it": "Acquisto",
        "lines-0-label_en": "Purchase",
        "lines-0-amount": "3000",
        "papers-TOTAL_FORMS": "1",
        "papers-INITIAL_FORMS": "0",
        "papers-0-kind": "statute",
        "papers-0-language": "it",
    }
    return told | changes
