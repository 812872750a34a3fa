"""The yearly files for authorities: totals equal the ledger, nothing is made of incomplete books."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from stdnum.iso7064 import mod_97_10

from backend.core.models import AuditEvent
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from campaigns import (
    lifecycle,
    purses,
    regulator,
)
from campaigns.models import Campaign, RegulatorFile
from campaigns.regulator import Kind
from campaigns.rules import yearly
from investors import qualifications
from investors.models import Qualification
from tests.campaigns.scene import Scene

BODY = "8156009A0B1C2D3E4F"
LEI = BODY + mod_97_10.calc_check_digits(BODY)
pytestmark = pytest.mark.money
Close = Callable[..., Campaign]


@pytest.fixture
def close(scene: Scene) -> Close:
    """An offer in which three people bought shares, one sophisticated and one abroad, then closed."""

    def closed(**changes: object) -> Campaign:
        scene.wait(-61)
        campaign = scene.open_campaign(**changes)
        people = [scene.investor(), scene.investor(), scene.investor()]
        _qualify(scene, people[0].pk)
        type(people[1]).objects.filter(pk=people[1].pk).update(tax_country="FR")
        for number, investor in enumerate(people):
            scene.transfer(scene.pledge(campaign, shares=5 + number, investor=investor))
        scene.wait(61)
        lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)
        lifecycle.close(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)
        Campaign.objects.filter(pk=campaign.pk).update(offer_identifier=f"{LEI}00000001")
        return scene.fresh(campaign)

    return closed


def _qualify(scene: Scene, investor: int) -> None:
    Qualification.objects.create(
        investor_id=investor,
        kind=Qualification.Kind.SOPHISTICATED,
        state=Qualification.State.GRANTED,
        evidence="synthetic",
        asked_at=scene.at,
        decided_at=scene.at,
        valid_until=scene.day + dt.timedelta(days=730),
    )


def made(scene: Scene, kind: Kind) -> RegulatorFile:
    return regulator.make(kind=kind, year=scene.day.year, by=scene.cast.owner, at=scene.at)


def rows(file: RegulatorFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.text)))


@pytest.mark.rule("R52", "R52.figures")
class TestProjects:
    def test_totals_equal_the_ledger(self, scene: Scene, close: Close) -> None:
        campaign = close()

        file = made(scene, Kind.PROJECTS)

        held = balances.balance(purses.held(campaign))
        assert sum((euro(row["amount"]) for row in rows(file)), ZERO) == file.total == held
        assert {row["amount_raised"] for row in rows(file)} == {yearly.figure(held)}

    def test_tells_residence_and_kind(self, scene: Scene, close: Close) -> None:
        close()

        told = {
            (row["tax_residence"], row["investor_kind"]): (row["investors"], row["amount"])
            for row in rows(made(scene, Kind.PROJECTS))
        }

        assert told == {
            ("FR", "non_sophisticated"): ("1", "600.00"),
            ("IT", "non_sophisticated"): ("1", "700.00"),
            ("IT", "sophisticated"): ("1", "500.00"),
        }

    def test_who_lost_the_category_since_is_told_as_they_ordered(
        self, scene: Scene, close: Close
    ) -> None:
        campaign = close()
        [held] = Qualification.objects.filter(kind=Qualification.Kind.SOPHISTICATED)
        qualifications.end(qualification=held, reason="x", by=SYSTEM, at=scene.at)
        later = campaign.pledges.exclude(investor=held.investor_id).first()
        assert later is not None
        _qualify(scene, later.investor_id)

        parts = rows(made(scene, Kind.PROJECTS))

        told = [row["amount"] for row in parts if row["investor_kind"] == "sophisticated"]
        assert told == ["500.00"]
        assert rows(made(scene, Kind.OFFERS))[0]["sophisticated"] == "1"

    def test_names_the_keys_and_no_separator(self, scene: Scene, close: Close) -> None:
        close()

        row = rows(made(scene, Kind.PROJECTS))[0]

        assert row["csp_lei"] == LEI
        assert row["offer_id"] == f"{LEI}00000001"
        assert row["period"] == str(scene.day.year)
        assert row["amount_raised"] == "1800.00"

    @pytest.mark.rule("R52.owner")
    def test_hides_the_owner_when_it_is_passed_on(self, scene: Scene, close: Close) -> None:
        issuer = close().issuer

        file = made(scene, Kind.PROJECTS_ESMA)

        assert issuer.name not in file.text
        assert len(rows(file)[0]["owner"]) == 64
        assert issuer.tax_code == "" or issuer.tax_code not in file.text

    def test_leaves_out_offers_under_the_rules_of_2020(self, scene: Scene, close: Close) -> None:
        campaign = close()
        Campaign.objects.filter(pk=campaign.pk).update(regime="consob_2020")

        assert rows(made(scene, Kind.PROJECTS)) == []


@pytest.mark.rule("I8")
class TestOffers:
    def test_tells_outcome_sums_and_investors(self, scene: Scene, close: Close) -> None:
        campaign = close()

        row = rows(made(scene, Kind.OFFERS))[0]

        assert row["outcome"] == campaign.state
        assert (row["promised"], row["paid"]) == ("1800.00", "1800.00")
        assert (row["natural_persons"], row["legal_persons"], row["sophisticated"]) == (
            "3",
            "0",
            "1",
        )


class TestMake:
    def test_writes_down_who_made_which_content(self, scene: Scene, close: Close) -> None:
        close()

        file = made(scene, Kind.PROJECTS)

        row = AuditEvent.objects.get(action="regulator_file.made")
        assert row.by == scene.cast.owner
        assert row.facts["sha256"] == file.sha256
        assert row.facts["total"] == "1800.00"

    def test_names_the_offers_without_an_identifier(self, scene: Scene, close: Close) -> None:
        campaign = close()
        Campaign.objects.filter(pk=campaign.pk).update(offer_identifier="")

        with pytest.raises(regulator.Incomplete) as refused:
            made(scene, Kind.PROJECTS)

        assert refused.value.facts["campaigns"] == [campaign.slug]

    @pytest.mark.parametrize("year", [2021, 2190])
    def test_refuses_a_year_without_the_duty(self, scene: Scene, year: int) -> None:
        with pytest.raises(regulator.NoSuchYear):
            regulator.make(kind=Kind.PROJECTS, year=year, by=scene.cast.owner, at=scene.at)


class TestPages:
    def test_a_manager_downloads_and_sees_it_listed(self, scene: Scene, close: Close) -> None:
        close()
        client, year = Client(), scene.day.year
        client.force_login(scene.cast.owner)

        file = client.post(f"/api/v1/regulator-files/{year}/projects/", {}, "application/json")
        also = client.post(f"/desk/regulator/{year}/projects/")
        page = client.get(f"/desk/regulator/{year}/")

        assert file.content == also.content
        assert "attachment" in also["Content-Disposition"]
        assert f"projects-{year}-v1.csv" in page.content.decode()

    @pytest.mark.parametrize("address", ["987654321", "2026/nothing"])
    def test_what_is_no_file_is_not_there(self, scene: Scene, address: str) -> None:
        client = Client()
        client.force_login(scene.cast.owner)

        assert client.post(f"/desk/regulator/{address}/").status_code in (404, 405)
        assert client.post(f"/api/v1/regulator-files/{address}/").status_code in (404, 405)
