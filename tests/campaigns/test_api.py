"""The API as an outsider drives it: codes, shapes, who may do what, repeated POSTs."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from backend.core.models import User
from campaigns.models import Campaign, Pledge
from investors.models import Investor
from tests.campaigns.provider import Provider
from tests.campaigns.scene import RIGHT_ANSWERS, Scene

pytestmark = pytest.mark.money


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def ask(user: User | None, method: str, path: str, body: object = None, key: str = "") -> Any:
    """One call, as JSON; money facts carry a key of their own."""
    client = Client()
    if user is not None:
        client.force_login(user)
    headers = {"Idempotency-Key": key or uuid.uuid4().hex, "Accept-Language": "en"}
    return client.generic(
        method,
        f"/api/v1/{path}",
        json.dumps({} if body is None else body),
        content_type="application/json",
        headers=headers,
    )


class TestCampaigns:
    def test_a_manager_drafts_and_a_colleague_publishes(self, scene: Scene) -> None:
        owner, colleague = scene.cast.owner, scene.cast.colleague
        made = ask(owner, "POST", "campaigns/", draft(scene))
        assert made.status_code == 201, made.content
        self._write_sheet(owner)
        moved = ask(owner, "POST", "campaigns/homes/moves/", {"to": "in_review"})
        assert moved.status_code == 202

        same = ask(owner, "POST", f"approvals/{moved.json()['approval']}/approve/")
        assert same.json()["code"] == "approval.same_person"
        done = ask(colleague, "POST", f"approvals/{moved.json()['approval']}/approve/")
        assert done.status_code == 200
        assert ask(None, "GET", "campaigns/homes/").json()["state"] == "pre_campaign"

    def _write_sheet(self, owner: User) -> None:
        path = "campaigns/homes/sheet/"
        asked = [point["code"] for point in ask(owner, "GET", f"{path}draft/").json()["points"]]
        parts = {language: dict.fromkeys(asked, "Said in short.") for language in ("it", "en")}
        written = ask(owner, "PATCH", f"{path}draft/", {"parts": parts, "responsible": ANSWERS})
        assert [lack["code"] for lack in written.json()["lacks"]] == ["declaration"]
        said = {"name": "Marta Prova", "evidence": "Busta 3"}
        assert ask(owner, "POST", f"{path}declaration/", said).json()["lacks"] == []

    def test_what_is_missing_is_listed(self, scene: Scene) -> None:
        ask(scene.cast.owner, "POST", "campaigns/", draft(scene, documents=[], summary_en=""))

        refused = ask(scene.cast.owner, "POST", "campaigns/homes/moves/", {"to": "in_review"})
        listed = ask(scene.cast.owner, "GET", "campaigns/homes/checklist/").json()

        assert refused.status_code == 409
        assert refused.json()["code"] == "campaign.blocked"
        missing = {item["code"] for item in listed["items"] if not item["done"]}
        assert missing == {"texts_en", "information_sheet"}

    def test_a_draft_is_hidden_from_all_but_its_staff(self, scene: Scene) -> None:
        scene.draft()

        assert ask(None, "GET", "campaigns/case-1/").status_code == 404
        assert ask(scene.cast.stranger, "GET", "campaigns/case-1/").status_code == 404
        assert ask(scene.cast.owner, "GET", "campaigns/case-1/").status_code == 200
        assert ask(scene.cast.investor, "POST", "campaigns/", {}).status_code == 403
        assert ask(None, "POST", "campaigns/", {}).status_code == 401

    def test_the_list_costs_the_same_for_many(
        self, scene: Scene, django_assert_max_num_queries: Any
    ) -> None:
        for _each in range(5):
            scene.open_campaign()

        with django_assert_max_num_queries(10):
            assert len(ask(None, "GET", "campaigns/").json()["results"]) == 5


class TestInterests:
    def test_left_without_an_account_changed_and_withdrawn(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = {"email": "ada@example.org", "amount": money("500.00"), "language": "en"}

        left = ask(None, "POST", f"campaigns/{campaign.slug}/interests/", wish)
        token = left.json()["token"]
        changed = ask(None, "PATCH", f"interests/{token}/", {"amount": money("700.00")})
        gone = ask(None, "DELETE", f"interests/{token}/")

        assert left.status_code == 201
        assert (changed.json()["amount"], changed.json()["state"]) == (money("700.00"), "amended")
        assert gone.json()["state"] == "withdrawn"
        assert ask(None, "GET", "interests/nobody/").status_code == 404

    def test_bad_input_says_where(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = {"email": "nobody", "amount": {"amount": "1,5", "currency": "EUR"}}

        refused = ask(None, "POST", f"campaigns/{campaign.slug}/interests/", wish)

        assert refused.status_code == 422
        assert set(refused.json()["errors"]) == {"email", "amount"}


class TestPledges:
    def test_the_way_of_an_investor(self, scene: Scene, provider: Provider) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        profile = {"name": "Ada Neri", "tax_code": "SYNTHETIC0000099", "synthetic": True}
        investor = ask(user, "POST", "investors/", profile).json()["id"]
        order = {"investor": investor, "shares": 5, "acknowledged": True, "sheet_version": 1}
        path = f"campaigns/{campaign.slug}/pledges/"

        early = ask(user, "POST", path, order)
        assert early.json()["code"] == "pledge.not_ready"
        listed = [need["code"] for need in early.json()["facts"]["missing"]]
        assert listed == ["iban", "knowledge_test", "loss_simulation"]
        _get_ready(scene, user, investor)
        placed = ask(user, "POST", path, order)

        assert placed.status_code == 201, placed.content
        told = placed.json()
        assert (told["state"], told["stage"]) == ("placed", "in_reflection")
        assert told["transfer"]["iban"] == scene.restricted.iban
        card = ask(user, "POST", f"pledges/{told['id']}/provider-payments/").json()
        assert card["payment_intent"].startswith("pi_")
        revoked = ask(user, "POST", f"pledges/{told['id']}/revoke/")
        assert revoked.json()["stage"] == "revoked"

    def test_a_repeated_post_is_one_pledge(self, scene: Scene) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        investor = scene.investor(user)
        order = {"investor": investor.pk, "shares": 5, "acknowledged": True, "sheet_version": 1}

        path = f"campaigns/{campaign.slug}/pledges/"
        first = ask(user, "POST", path, order, key="once")
        again = ask(user, "POST", path, order, key="once")

        assert first.json() == again.json()
        assert Pledge.objects.count() == 1

    @pytest.mark.parametrize(
        ("shares", "status", "code"),
        [
            (4, 422, "pledge.below_minimum"),
            (51, 409, "pledge.over_maximum"),
            (5.5, 422, "input.invalid"),
            ("many", 422, "input.invalid"),
        ],
    )
    def test_a_bad_number_of_shares(
        self, scene: Scene, shares: object, status: int, code: str
    ) -> None:
        campaign, user = scene.open_campaign(), scene.cast.investor
        order = {
            "investor": scene.investor(user).pk,
            "shares": shares,
            "acknowledged": True,
            "sheet_version": 1,
        }

        refused = ask(user, "POST", f"campaigns/{campaign.slug}/pledges/", order)

        assert (refused.status_code, refused.json()["code"]) == (status, code)

    def test_others_do_not_see_it(self, scene: Scene) -> None:
        campaign, cast = scene.open_campaign(), scene.cast
        pledge = scene.pledge(campaign, investor=scene.investor(cast.investor))
        path = f"pledges/{pledge.pk}/"

        assert ask(cast.investor, "GET", path).status_code == 200
        assert ask(cast.owner, "GET", path).status_code == 200
        assert ask(cast.other_investor, "GET", path).status_code == 404
        assert ask(cast.stranger, "GET", path).status_code == 404
        assert ask(cast.other_investor, "POST", f"{path}revoke/").status_code == 404
        assert ask(cast.owner, "POST", f"{path}revoke/").status_code == 403

    def test_nobody_pledges_for_another(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        theirs = scene.investor(scene.cast.other_investor)
        order = {"investor": theirs.pk, "shares": 5, "acknowledged": True, "sheet_version": 1}

        refused = ask(scene.cast.investor, "POST", f"campaigns/{campaign.slug}/pledges/", order)

        assert refused.status_code == 404


def _get_ready(scene: Scene, user: User, investor: int) -> None:
    iban = scene.restricted.iban
    ask(user, "PATCH", f"investors/{investor}/", {"iban": iban})
    taken = ask(
        user,
        "POST",
        f"investors/{investor}/knowledge-test/",
        {"answers": RIGHT_ANSWERS},
    )
    assert taken.json()["has_passed"]
    simulated = ask(
        user,
        "POST",
        f"investors/{investor}/loss-simulation/",
        {
            "labour": money("30000.00"),
            "accounts": money("20000.00"),
            "housing": money("10000.00"),
        },
    )
    assert simulated.json()["bearable_loss"] == money("4000.00")
    assert Investor.objects.get(pk=investor).iban == iban


ANSWERS = [{"name": "Marta Prova", "function": "Amministratrice"}]


def draft(scene: Scene, **changes: object) -> dict[str, object]:
    """A whole campaign as a manager sends it."""
    body: dict[str, object] = {
        "slug": "homes",
        "title_it": "Case",
        "title_en": "Homes",
        "summary_it": "Compriamo case.",
        "summary_en": "We buy homes.",
        "risk_it": "Puoi perdere tutto.",
        "risk_en": "You can lose everything.",
        "instrument": Campaign.Instrument.QUOTA,
        "price_per_share": money("100.00"),
        "mode": "operator",
        "nominal_per_share": money("10.00"),
        "capital_before": money("10000.00"),
        "min_shares": 5,
        "minimum": money("1000.00"),
        "target": money("3000.00"),
        "maximum": money("5000.00"),
        "pre_campaign_threshold": money("0.00"),
        "opens_on": scene.day.isoformat(),
        "deadline_on": "2099-12-31",
        "own_fund": scene.own_fund.code,
        "restricted_account": scene.restricted.iban,
        "ordinary_account": scene.ordinary.iban,
        "planned_lines": [
            {"label_it": "Acquisto", "label_en": "Purchase", "amount": money("3000.00")}
        ],
        "documents": [{"kind": "statute", "title": "Statute", "url": "https://example.org/s.pdf"}],
    }
    return body | changes
