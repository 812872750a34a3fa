"""The statement for a grantor, and the warning before a grant ends."""

import datetime as dt

import pytest

from backend.core import pdf, tables
from backend.core.models import Notice
from backend.core.money import euro
from campaigns.grants import endings, standing, statements
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


class TestStatements:
    def test_name_every_cost_with_the_hash_of_its_paper(self, scene: Scene) -> None:
        grant = given.grant(scene)
        cost = given.charge(scene, grant)
        given.charge(scene, grant, amount="500.00", fund=scene.own_fund)

        table = tables.read(statements.as_csv(grant, on=scene.day).encode())

        assert [row.cells["borne_by"] for row in table.rows] == ["grant", "own"]
        assert table.rows[0].cells["sha256"] == cost.invoice.sha256
        assert table.rows[0].cells["amount"] == "1500.00"

    @pytest.mark.parametrize("is_empty", [True, False])
    def test_are_a_document(self, scene: Scene, is_empty: bool) -> None:
        grant = given.grant(scene)
        if not is_empty:
            given.charge(scene, grant)

        document = statements.as_pdf(grant, on=scene.day)

        assert document.startswith(b"%PDF-")
        assert pdf.pages(document) == 1

    def test_are_as_of_a_day(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.receive(scene, grant)
        cost = given.charge(scene, grant)
        first = scene.day
        scene.wait(5)
        given.pay(scene, cost)

        then, now = standing.of(grant, on=first), standing.of(grant, on=scene.day)

        assert (then.paid, then.charged) == (euro("0.00"), euro("1500.00"))
        assert now.paid == euro("1500.00")
        assert [(one.charged, one.own) for one in now.by_kind] == [(euro("1500.00"), euro("0.00"))]


class TestWarn:
    def test_writes_once_a_step_while_money_remains(self, scene: Scene) -> None:
        grant = given.grant(scene)
        assert endings.warn(at=scene.at) == 0

        scene.day = grant.ends_on - dt.timedelta(days=59)
        for _ in range(2):
            endings.warn(at=scene.at)
        people = Notice.objects.filter(template="grant_ends").count()
        scene.day = grant.ends_on - dt.timedelta(days=3)
        endings.warn(at=scene.at)

        assert people == 3  # two managers and finance
        assert Notice.objects.filter(template="grant_ends").count() == 2 * people

    def test_is_silent_when_all_is_charged(self, scene: Scene) -> None:
        grant = given.grant(scene)
        given.charge(scene, grant, invoice=given.invoice(scene, "6000.00"), amount="6000.00")
        scene.day = grant.ends_on

        assert endings.warn(at=scene.at) == 0
