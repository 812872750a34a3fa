"""After the close over HTTP: the register, a change, a filing, proofs that only their people may open."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.models import Certificate
from tests.campaigns.scene import Scene
from tests.campaigns.test_api import ask
from tests.campaigns.test_members import closed
from tests.campaigns.test_orders_api import browse

pytestmark = pytest.mark.money


@pytest.fixture
def member(scene: Scene) -> Client:
    """The investor of the cast with thirty shares, in a campaign that opened two months ago."""
    scene.wait(-70)
    investor = scene.investor(scene.cast.investor)
    closed(scene, scene.pledge(scene.open_campaign(), shares=30, investor=investor))
    scene.jobs()
    return browse(scene.cast.investor)


@pytest.mark.usefixtures("member")
class TestRegister:
    def test_a_change_is_told_and_seen_as_of_its_day(self, scene: Scene) -> None:
        owner, path = scene.cast.owner, "campaigns/case-1"
        (held,) = ask(owner, "GET", f"{path}/members/").json()["results"]
        taker = scene.investor()
        scene.pledge(scene.open_campaign(), investor=taker)  # so that the issuer knows them
        told = {
            "register_number": 1,
            "giver": held["holder"],
            "taker": taker.pk,
            "shares": 12,
            "kind": "inheritance",
            "happened_on": scene.day.isoformat(),
            "evidence": "deed 7",
        }

        made = ask(owner, "POST", f"{path}/holder-changes/", told)

        assert made.status_code == 201, made.content
        assert [
            each["shares"] for each in ask(owner, "GET", f"{path}/members/").json()["results"]
        ] == [18, 12]
        before = (scene.day - dt.timedelta(days=1)).isoformat()
        assert ask(owner, "GET", f"{path}/members/?on={before}").json()["results"] == []
        assert ask(owner, "GET", f"{path}/members/?on=x").status_code == 422
        filed = {"filed_on": scene.day.isoformat(), "protocol": "TO-1", "change": made.json()["id"]}
        assert ask(owner, "POST", f"{path}/register-filings/", filed).status_code == 201
        assert ask(scene.cast.stranger, "GET", f"{path}/members/").status_code == 404

    def test_the_page_shows_notes_and_exports(self, scene: Scene) -> None:
        client, path = browse(scene.cast.owner), "/desk/campaigns/case-1/members/"
        since = (scene.day - dt.timedelta(days=400)).isoformat()

        told = {"status": "innovative_startup", "since": since, "evidence": "v"}
        ask(scene.cast.owner, "POST", "campaigns/case-1/issuer-statuses/", told)
        told = {"step": "relief", "entry": "1"}
        assert client.post(path, {"step": "relief", "entry": "1"}).status_code == 302
        assert client.post(path, {"step": "filing", "protocol": "x"}).status_code == 200

        page = client.get(path).content.decode()
        assert "T-" in page
        assert client.get(f"{path}?format=csv").content.decode().startswith("register_number,name")
        assert browse(scene.cast.finance).post(path, told).status_code == 403

    def test_a_proof_is_withdrawn_on_the_page(self, scene: Scene) -> None:
        client, path = browse(scene.cast.owner), "/desk/campaigns/case-1/members/"
        made = Certificate.objects.get(kind="subscription")
        told = {"step": "withdraw", "certificate": str(made.pk), "reason": "wrong name"}

        assert browse(scene.cast.finance).post(path, told).status_code == 403
        assert client.post(path, told | {"certificate": "0"}).status_code == 404
        assert client.post(path, told).status_code == 302

        assert "wrong name" in client.get(path).content.decode()
        assert not Certificate.objects.standing().filter(pk=made.pk).exists()


class TestProofs:
    def test_the_holder_downloads_and_a_stranger_does_not(
        self, scene: Scene, member: Client
    ) -> None:
        listed = ask(scene.cast.investor, "GET", "certificates/").json()["results"]
        pk = listed[0]["id"]

        assert len(listed) == 2
        assert member.get(f"/certificates/{pk}/pdf/").content.startswith(b"%PDF")
        assert "pdf" in member.get(f"/pledges/{listed[0]['pledge']}/").content.decode()
        assert browse(scene.cast.other_investor).get(f"/certificates/{pk}/pdf/").status_code == 404

    def test_issued_and_withdrawn_by_staff_alone(self, scene: Scene, member: Client) -> None:
        made = Certificate.objects.get(kind="subscription")
        pledge = made.allotment.pledge_id
        again = ask(
            scene.cast.owner, "POST", f"pledges/{pledge}/certificates/", {"kind": "subscription"}
        )
        path = f"certificates/{made.pk}/withdraw/"

        gone = ask(scene.cast.owner, "POST", path, {"reason": "wrong name"})

        assert again.json()["id"] == made.pk
        assert gone.json()["reason"] == "wrong name"
        assert ask(scene.cast.stranger, "POST", path, {"reason": "x"}).status_code == 404
        assert ask(scene.cast.investor, "POST", path, {"reason": "x"}).status_code == 403
