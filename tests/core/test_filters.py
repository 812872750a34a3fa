"""Lists of the API are narrowed by what they say they are, and refuse what they do not know."""

import pytest
from rest_framework.test import APIClient

from campaigns import pledges
from campaigns.models import Pledge
from tests import described
from tests.campaigns import scene as scenes
from tests.campaigns.scene import Scene
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PLEDGES = "/api/v1/pledges/"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    world = scenes.build(cast)
    world.stand_today()
    return world


@pytest.fixture
def api(scene: Scene) -> APIClient:
    """Three pledges of one, two and three shares; the last was taken back."""
    campaign = scene.open_campaign()
    for shares in (5, 6, 7):
        last = scene.pledge(campaign, shares)
    pledges.revoke(pledge=last, by=scene.cast.owner, at=scene.at)
    client = APIClient()
    client.force_authenticate(scene.cast.owner)
    return client


def shares(api: APIClient, **asked: object) -> list[int]:
    answer = api.get(PLEDGES, asked)
    assert answer.status_code == 200, answer.json()
    return [one["shares"] for one in answer.json()["results"]]


class TestNarrow:
    def test_by_one_state_or_several(self, api: APIClient) -> None:
        assert shares(api, state="revoked") == [7]
        assert shares(api, state=["placed", "revoked"]) == [5, 6, 7]

    def test_by_days_both_counted(self, api: APIClient, scene: Scene) -> None:
        day, before = scene.day, scene.day.replace(year=2020)

        assert shares(api, queued_from=day, queued_to=day) == [5, 6, 7]
        assert shares(api, queued_to=before) == []

    def test_puts_in_order(self, api: APIClient) -> None:
        assert shares(api, ordering="-shares") == [7, 6, 5]
        assert shares(api, ordering="shares", state="placed") == [5, 6]

    @pytest.mark.parametrize(
        "asked",
        [{"state": "x"}, {"ordering": "investor__name"}, {"ordering": "--id"}, {"queued_to": "x"}],
    )
    def test_refuses_what_there_is_not(self, api: APIClient, asked: dict[str, str]) -> None:
        answer = api.get(PLEDGES, asked)

        assert (answer.status_code, answer.json()["code"]) == (422, "input.invalid")
        assert set(answer.json()["errors"]) == set(asked)

    def test_shows_nobody_more_than_they_may_see(self, api: APIClient, scene: Scene) -> None:
        api.force_authenticate(scene.cast.stranger)

        assert shares(api, state=Pledge.State.values) == []


class TestDocument:
    def test_tells_what_each_list_takes(self) -> None:
        [told] = [
            one.told["parameters"]
            for one in described.operations()
            if (one.method, one.path) == ("get", PLEDGES)
        ]
        names = {one["name"] for one in told}

        assert {"state", "placed_from", "placed_to", "queued_from", "ordering"} <= names

    def test_is_true_for_every_list(self, cast: Cast) -> None:
        """Every choice, day and order that a list names can be asked for."""
        client = APIClient()
        client.force_authenticate(cast.owner)

        wrong = [
            f"{one.path}?{told['name']}={value}: {answer.status_code}"
            for one in described.operations()
            if one.method == "get" and "{" not in one.path
            for told in one.told.get("parameters", ())
            for value in _values(told)
            if (answer := client.get(one.path, {told["name"]: value})).status_code not in (200, 403)
        ]

        assert wrong == []


def _values(told: dict[str, object]) -> list[str]:
    schema = told["schema"]
    assert isinstance(schema, dict)
    chosen = schema.get("enum") or schema.get("items", {}).get("enum", ())
    is_day = str(told["name"]).endswith(("_from", "_to")) and schema.get("format") == "date"
    return [*chosen, *(["2026-03-02"] if is_day else [])]
