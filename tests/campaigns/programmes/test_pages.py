"""The programme on one page and through the API: real facts with sources, an officer's own entries."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Programme, Project
from campaigns.programmes import outputs, standing
from tests.campaigns.programmes import scene
from tests.campaigns.programmes.scene import AT, DAY, Scene, an_output
from tests.cast import Cast

pytestmark = pytest.mark.django_db
REAL = "/city/programmes/torino-social-impact/"


@pytest.fixture
def world(cast: Cast) -> Scene:
    return scene.make(cast)


class TestRealProgramme:
    def test_shows_the_funnel_with_sources(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.city_reviewer)

        page = client.get(REAL).content.decode()

        assert "25 progetti selezionati" in page
        assert "Fondo per l&#x27;innovazione sociale" in page
        assert 'href="/sources/#source-B"' in page

    def test_never_tells_the_count_of_a_sensitive_group(self, cast: Cast) -> None:
        found = standing.of(Programme.objects.get(code="torino-social-impact"), on=DAY)

        (call, beside) = found
        assert [step.projects for step in call.funnel] == [25, None, 12, 13, 15]
        assert (call.named, call.unnamed) == (12, 3)
        assert [each.project.code for each in beside.projects] == ["homes4all"]
        client = APIClient()
        client.force_authenticate(cast.city_reviewer)
        told = client.get("/api/v1/projects/loving-the-alien/").json()["outputs"]
        assert [each["value"] for each in told] == [None]

    def test_takes_as_many_queries_however_many_projects(
        self, django_assert_max_num_queries: object
    ) -> None:
        programme = Programme.objects.get(code="torino-social-impact")

        with django_assert_max_num_queries(11):  # type: ignore[operator]
            standing.of(programme, on=DAY)

    def test_adds_no_meals_to_people(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.city_reviewer)
        keys = ("carota-meals", "carota-counters")
        ids = [
            str(figure.pk)
            for figure in Project.objects.get(code="carota").figures.filter(key__in=keys)
        ]

        page = client.get(REAL, {"figure": ids}).content.decode()

        assert "contano cose diverse" in page


class TestOfficer:
    def test_follows_a_project_through_the_pages(self, world: Scene, client: Client) -> None:
        client.force_login(world.cast.programme_officer)
        told = {"name": "Cucina di prova", "bodies": "Uno\nDue"}
        client.post(f"/city/calls/{world.call.code}/projects/", told)
        place = "/city/projects/cucina-di-prova/"
        client.post(f"{place}move/", {"to": "selected"})
        award = {
            "agreement": "A", "amount": "80.000,00", "own_share": "20.000,00", "agreed_on": DAY,
            "first_amount": "80.000,00", "first_due_on": DAY, "report_due_on": DAY,
        }  # fmt: skip
        client.post(f"{place}award/", award)
        figure = {
            "label": "pasti", "value": "120", "quality": "exact", "counted_as": "service_unit",
            "period_from": DAY, "period_to": DAY, "evidence": "registro",
        }  # fmt: skip
        client.post(f"{place}output/", figure)

        page = client.get(place).content.decode()

        assert "80.000,00" in page
        assert "registro" in page
        (call,) = standing.of(world.programme, on=DAY)
        assert [step.projects for step in call.funnel] == [1, 1, 0, 1, 0]

    def test_a_refusal_stands_at_its_field(self, world: Scene, client: Client) -> None:
        client.force_login(world.cast.programme_officer)
        project = world.project(to="selected")
        told = {
            "agreement": "A", "amount": "140.000,01", "own_share": "90.000,00", "agreed_on": DAY,
            "first_amount": "140.000,01", "first_due_on": DAY, "report_due_on": DAY,
        }  # fmt: skip

        answer = client.post(f"/city/projects/{project.code}/award/", told)

        assert answer.status_code == 200
        assert "al massimo" in answer.content.decode()

    def test_another_office_sees_nothing(self, world: Scene, client: Client) -> None:
        world.cast.city_reviewer.organisation = world.cast.platform
        world.cast.city_reviewer.save()
        client.force_login(world.cast.city_reviewer)

        assert client.get(f"/city/programmes/{world.programme.code}/").status_code == 404


class TestApi:
    def test_tells_funnel_money_and_outputs(self, world: Scene) -> None:
        officer, project = world.cast.programme_officer, world.funded()
        outputs.enter(project=project, new=an_output(), by=officer, at=AT)
        client = APIClient()
        client.force_authenticate(officer)

        (call,) = client.get(f"/api/v1/programmes/{world.programme.code}/").json()["calls"]

        assert call["money"]["granted"]["amount"] == "100000.00"
        assert call["projects"][0]["outputs"][0]["value"] == "4960.0"

    def test_refuses_people_and_meals_with_422(self, world: Scene) -> None:
        officer, project = world.cast.programme_officer, world.funded()
        news = (an_output(), an_output(label="persone", counted_as="service_user"))
        ids = [outputs.enter(project=project, new=new, by=officer, at=AT).pk for new in news]
        client = APIClient()
        client.force_authenticate(officer)

        answer = client.get("/api/v1/output-totals/", {"figure": ids})

        assert (answer.status_code, answer.json()["code"]) == (422, "output.not_alike")

    def test_enters_awards_and_withdraws(self, world: Scene) -> None:
        client = APIClient()
        client.force_authenticate(world.cast.programme_officer)
        project = world.project(to="selected")
        award = {
            "agreement": "A",
            "amount": {"amount": "1000.00"},
            "own_share": {"amount": "250.00"},
            "agreed_on": "2026-03-02",
            "instalments": [{"amount": {"amount": "1000.00"}, "due_on": "2026-03-02"}],
            "reports_due": ["2026-06-30"],
        }
        place = f"/api/v1/projects/{project.code}/"

        made = client.post(f"{place}award/", award, format="json").json()
        number, report = made["instalments"][0]["id"], made["reports"][0]["id"]
        paid = client.post(f"/api/v1/project-instalments/{number}/paid/", {"on": "2026-03-05"})
        done = client.post(
            f"/api/v1/project-reports/{report}/handed-in/", {"on": "2026-06-01", "evidence": "p1"}
        )

        assert (paid.json()["paid_on"], done.json()["evidence"]) == ("2026-03-05", "p1")
