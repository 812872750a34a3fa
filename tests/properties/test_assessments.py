"""What is learnt of a household after intake: kept with its day, its names sealed, its protection at once."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import audit
from backend.core.errors import RuleBroken
from backend.core.roles import MayNot
from properties import assessments, figures, identities
from properties.assessments import NewAssessment
from properties.indicators import BY_CODE, Result
from properties.models import Assessment, Household
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

ROSSI = {"name": "Maria Rossi", "phone": "011 555", "tax_code": "RSSMRA80A41L219X"}


def assess(scene: Scene, household: Household, *, ago: int = 0, **told: object) -> Assessment:
    on = scene.day - dt.timedelta(days=ago)
    new = NewAssessment(on=on, source="visit", **told)  # type: ignore[arg-type]  # as each test tells
    return assessments.assess(household=household, new=new, by=scene.cast.caseworker, at=scene.at)


def complete(scene: Scene, household: Household, **said: str) -> None:
    assessments.complete(household=household, said=said, by=scene.cast.caseworker, at=scene.at)


def protect(scene: Scene, household: Household, is_restricted: bool = True) -> None:
    assessments.protect(
        household=household, is_restricted=is_restricted, by=scene.cast.caseworker, at=scene.at
    )


def name_of(scene: Scene, household: Household) -> identities.Identity:
    by, at = scene.cast.caseworker, scene.at
    return identities.read(household=household, purpose="To call", by=by, at=at)


def figure(scene: Scene, code: str, day: dt.date | None = None) -> Result:
    on = day or scene.day
    return BY_CODE[code].compute(figures.facts(scene.cast.issuer, as_of=on), on)


class TestAssess:
    def test_what_stood_before_is_kept_with_its_day(self, scene: Scene) -> None:
        household = scene.household("H1", ethos="EL1")

        assess(scene, household, isee="to_6241")

        assert (household.ethos, household.isee) == ("EL1", "to_6241")
        assert [(each.source, each.isee) for each in household.assessments.all()] == [
            ("intake", "NOT_COLLECTED"),
            ("visit", "to_6241"),
        ]
        assert audit.history(household).filter(action="household.assessed").exists()

    def test_what_is_dated_before_the_newest_does_not_replace_it(self, scene: Scene) -> None:
        household = scene.household("H1")
        assess(scene, household, isee="to_26000")

        assess(scene, household, ago=20, isee="to_6241", people={"0_5": 1, "35_54": 2})

        assert (household.isee, household.size) == ("to_26000", 3)

    @pytest.mark.parametrize(
        ("told", "ago", "code"),
        [
            ({}, 0, "assessment.nothing_told"),
            ({"people": {"0_5": 0}}, 0, "household.nobody_in_it"),
            ({"people": {"young": 2}}, 0, "household.nobody_in_it"),
            ({"isee": "to_6241"}, 46, "household.bad_day"),
            ({"isee": "to_6241"}, -1, "household.in_the_future"),
        ],
    )
    def test_is_refused(self, scene: Scene, told: dict[str, object], ago: int, code: str) -> None:
        household = scene.household("H1")

        with pytest.raises(RuleBroken) as refusal:
            assess(scene, household, ago=ago, **told)

        assert (refusal.value.code, household.assessments.exists()) == (code, False)

    def test_of_whom_nothing_is_known_any_more_nothing_is_told(self, scene: Scene) -> None:
        household = scene.household("H1")
        Household.objects.update(anonymised_at=scene.at)

        with pytest.raises(assessments.Gone):
            assess(scene, household, isee="to_6241")


@pytest.mark.indicator("14", "16", "17", "18")
class TestFigures:
    def test_rest_on_what_was_so_when_they_came(self, scene: Scene) -> None:
        unit, household = scene.unit("A1"), scene.household("H1")
        scene.buy(unit)
        assess(scene, household, ethos="EL2", isee="to_6241")
        scene.tenancy(unit, household)
        came_on = scene.day
        scene.wait(400)

        assess(scene, household, isee="over_26000", people={"0_5": 1, "35_54": 3})

        assert figure(scene, "low_income").value == 1
        assert figure(scene, "access_from_homelessness").value == 1
        assert [figure(scene, "individuals_housed", day).value for day in (came_on, scene.day)] == [
            3,
            4,
        ]
        assert figure(scene, "minors_housed").value == 1

    def test_an_answer_that_came_late_is_taken_where_nobody_had_asked(self, scene: Scene) -> None:
        unit, household = scene.unit("A1"), scene.household("H1")
        scene.buy(unit)
        scene.tenancy(unit, household)
        scene.wait(30)

        assess(scene, household, ethos="EL6")

        assert figure(scene, "access_from_homelessness").value == 1
        before = scene.day - dt.timedelta(days=1)
        assert figure(scene, "access_from_homelessness", before).value == 0


class TestComplete:
    def test_a_household_without_a_name_gets_one(self, scene: Scene) -> None:
        household = scene.household("H1")

        complete(scene, household, **ROSSI)

        assert name_of(scene, household).phone == "011 555"
        [row] = audit.history(household).filter(action="identity.told")
        assert (row.facts, "Rossi" in str(row.facts)) == (
            {"fields": ["name", "phone", "tax_code"]},
            False,
        )

    def test_what_is_left_empty_stays(self, scene: Scene) -> None:
        household = scene.household("H1", identity=ROSSI)

        complete(scene, household, name="", phone="011 777")

        found = name_of(scene, household)
        assert (found.name, found.phone) == ("Maria Rossi", "011 777")

    def test_no_name_and_one_that_is_here_already_are_refused(self, scene: Scene) -> None:
        scene.household("H1", identity=ROSSI)
        other = scene.household("H2")

        with pytest.raises(identities.NoName):
            complete(scene, other, phone="011 1")
        with pytest.raises(identities.CountedTwice):
            complete(scene, other, **ROSSI)


class TestProtect:
    def test_nobody_but_its_caseworker_sees_it_from_then_on(self, scene: Scene) -> None:
        household, cast = scene.household("H1"), scene.cast
        protect(scene, household)

        seen = [Household.objects.visible_to(who).count() for who in (cast.owner, cast.caseworker)]

        assert seen == [0, 1]
        with pytest.raises(assessments.ProtectedAlready):
            protect(scene, household)
        protect(scene, household, False)
        assert Household.objects.visible_to(cast.owner).count() == 1

    def test_is_for_those_who_work_with_the_household(self, scene: Scene) -> None:
        household = scene.household("H1")

        with pytest.raises(MayNot):
            assessments.protect(
                household=household, is_restricted=True, by=scene.cast.owner, at=scene.at
            )


class TestPageAndEndpoint:
    def test_a_caseworker_tells_it_on_the_page_of_the_household(self, scene: Scene) -> None:
        household, client = scene.household("H1"), Client()
        client.force_login(scene.cast.caseworker)
        shown = client.get(reverse("household-page", args=[household.pk])).context["assess_form"]
        day = scene.day.isoformat()
        known = {**shown.initial, "isee": "to_6241", "on": day, "source": "visit"}

        for name, typed in (
            ("assess", known),
            ("names", {"name": "Maria Rossi"}),
            ("protect", {"is_restricted": "on"}),
        ):
            answer = client.post(reverse(f"household-{name}", args=[household.pk]), typed)
            assert answer.status_code == 302, name

        household.refresh_from_db()
        assert (household.isee, household.is_restricted, household.size) == ("to_6241", True, 3)
        assert name_of(scene, household).name == "Maria Rossi"

    def test_the_endpoints_take_and_list_it(self, scene: Scene) -> None:
        household, client = scene.household("H1"), Client()
        client.force_login(scene.cast.caseworker)
        path = f"/api/v1/households/{household.pk}"
        told = {"on": scene.day.isoformat(), "source": "visit", "ethos": "EL3"}

        answers = [
            client.post(f"{path}/{name}/", body, content_type="application/json").status_code
            for name, body in (
                ("assessments", told),
                ("names", {"name": "Maria Rossi"}),
                ("protection", {"is_restricted": True}),
                ("protection", {"is_restricted": True}),
            )
        ]

        assert answers == [201, 204, 204, 409]
        rows = client.get(f"{path}/assessments/").json()["results"]
        assert [(row["source"], row["ethos"]) for row in rows] == [
            ("visit", "EL3"),
            ("intake", "NOT_COLLECTED"),
        ]
