"""Orders as outsiders hand them in: a platform's file over HTTP and on the desk, an amended pledge."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.core import clock
from backend.core.models import User
from campaigns.models import Campaign, PlatformOrder, Pledge
from tests.campaigns.scene import Scene
from tests.campaigns.test_api import ask, money
from tests.campaigns.test_platform_orders import COLUMNS, HEADER, line, on_platform

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


@pytest.fixture(autouse=True)
def _from_midnight(scene: Scene) -> None:
    """Orders of today are never in days to come, at whatever hour the tests run."""
    scene.day, scene.hour = clock.today(), 0


def browse(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def hand_in(scene: Scene, campaign: Campaign, text: str, **told: str) -> Any:
    file = SimpleUploadedFile("orders.csv", (HEADER + text).encode())
    path = f"/api/v1/campaigns/{campaign.slug}/order-files/"
    return browse(scene.cast.owner).post(path, {"file": file, **told})


class TestOrderFiles:
    def test_mapped_looked_at_applied_and_listed(self, scene: Scene) -> None:
        campaign, owner = on_platform(scene), scene.cast.owner
        path = f"campaigns/{campaign.slug}"

        assert ask(owner, "POST", f"{path}/order-mapping/", {"columns": COLUMNS}).status_code == 200
        looked = hand_in(scene, campaign, line(scene, "A1"), dry_run="true").json()
        assert (looked["counts"]["new"], Pledge.objects.count()) == (1, 0)
        assert hand_in(scene, campaign, line(scene, "A1")).json()["counts"]["new"] == 1

        assert ask(owner, "GET", f"{path}/order-files/").json()["results"][0]["rows"] == 1
        told = ask(owner, "GET", f"{path}/platform-orders/").json()["results"]
        assert [(one["order_id"], one["version"]) for one in told] == [("A1", 1)]
        assert ask(scene.cast.stranger, "GET", f"{path}/platform-orders/").status_code == 404

    def test_every_fault_is_told_with_its_line(self, scene: Scene) -> None:
        campaign = on_platform(scene)
        ask(
            scene.cast.owner,
            "POST",
            f"campaigns/{campaign.slug}/order-mapping/",
            {"columns": COLUMNS},
        )

        refused = hand_in(scene, campaign, line(scene, "A1", "x") + line(scene, "A2", "50"))

        assert refused.status_code == 422
        assert refused.json()["code"] == "order_file.faulty"
        assert [fault["line"] for fault in refused.json()["facts"]["faults"]] == [2, 3]

    def test_one_by_hand(self, scene: Scene) -> None:
        campaign = on_platform(scene)
        told = {
            "order_id": "TEL-1",
            "tax_code": "SYNTHETIC0000031",
            "name": "Ada",
            "shares": 5,
            "born_on": "1980-12-31",
            "ordered_at": scene.at.isoformat(),
        }
        path = f"campaigns/{campaign.slug}/platform-orders/"

        made = ask(scene.cast.owner, "POST", path, told, key="one")
        again = ask(scene.cast.owner, "POST", path, told, key="one")

        assert made.status_code == 201, made.content
        assert made.json() == again.json()
        assert PlatformOrder.objects.count() == 1


class TestDeskOrders:
    def test_a_file_is_looked_at_and_then_applied(self, scene: Scene) -> None:
        campaign, client = on_platform(scene), browse(scene.cast.owner)
        path = f"/desk/campaigns/{campaign.slug}/orders/"

        assert client.post(path, {"step": "mapping", **COLUMNS}).status_code == 302
        shown = client.post(path, {"step": "file", "file": self._file(line(scene, "A1", "x"))})
        assert 'class="num">2</th>' in shown.content.decode()
        told = {"step": "file", "is_real": "on", "file": self._file(line(scene, "A1"))}
        assert client.post(path, told).status_code == 302

        assert "A1" in client.get(path).content.decode()
        assert Pledge.objects.get().shares == 5

    def test_who_only_looks_may_not_hand_in(self, scene: Scene) -> None:
        campaign = on_platform(scene)

        told = {"step": "mapping", **COLUMNS}
        path = f"/desk/campaigns/{campaign.slug}/orders/"

        assert browse(scene.cast.finance).post(path, told).status_code == 403
        assert browse(scene.cast.finance).get(path).status_code == 200

    def _file(self, text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("orders.csv", (HEADER + text).encode())


class TestAmend:
    def test_fewer_and_more_over_the_api(self, scene: Scene) -> None:
        user = scene.cast.investor
        pledge = scene.pledge(scene.open_campaign(), shares=10, investor=scene.investor(user))
        path = f"pledges/{pledge.pk}/amend/"

        fewer = ask(user, "POST", path, {"amount": money("800.00")}).json()
        more = ask(
            user,
            "POST",
            path,
            {"shares": 9, "acknowledged": True, "sheet_version": 1},
            key=uuid.uuid4().hex,
        )

        assert (fewer["pledge"]["shares"], fewer["added"]) == (8, None)
        assert more.json()["added"]["shares"] == 1
        assert ask(scene.cast.other_investor, "POST", path, {"shares": 7}).status_code == 404

    def test_on_the_page(self, scene: Scene) -> None:
        user = scene.cast.investor
        pledge = scene.pledge(scene.open_campaign(), shares=10, investor=scene.investor(user))
        client, path = browse(user), f"/pledges/{pledge.pk}/amend/"

        assert client.get(path).status_code == 200
        assert client.post(path, {"amount": "450"}).status_code == 200
        assert client.post(path, {"amount": "600"}).status_code == 302
        pledge.refresh_from_db()
        assert pledge.shares == 6
