"""The chapter of the wider portfolio, told to the application in one process, and told again."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from backend.core import clock
from backend.core.cast import CASEWORKER, MANAGER, Person
from backend.core.models import User
from backend.demo import portfolio, reporting
from backend.demo.client import Refusal
from backend.demo.stage import Stage
from backend.demo.steps import Narrator
from properties import hard_dates, worktray
from properties.models import (
    Acquisition,
    Household,
    HousingOutcome,
    PastRent,
    RentCharge,
    Tenancy,
    Unit,
)
from tests.cast import gather
from tests.properties import scene as scenes
from tests.properties.scene import Scene

pytestmark = pytest.mark.money
CURTAIN_ON = reporting.TAKEN_ON
"""The day on which a visitor finds the demo."""


class Caller:
    """Somebody at the API, asked as the demo's client asks."""

    def __init__(self, user: User) -> None:
        self.client = APIClient()
        self.client.force_authenticate(user)

    def get(self, path: str) -> Any:
        return self._read(self.client.get(path), path)

    def all(self, path: str) -> list[Any]:
        return list(self.get(path)["results"])

    def post(self, path: str, value: Any = None, *, key: str = "") -> Any:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self._read(self.client.post(path, value, format="json", headers=headers), path)

    def upload(self, path: str, file_name: str, content: bytes) -> Any:
        file = SimpleUploadedFile(file_name, content)
        return self._read(self.client.post(path, {"file": file}, format="multipart"), path)

    def _read(self, answer: Any, path: str) -> Any:
        if answer.status_code >= 400:
            raise Refusal(answer.status_code, answer.data, path)
        return answer.data


class OneProcess:
    """The stage without its processes: the day is the scene's, the second person approves at once."""

    def __init__(self, scene: Scene) -> None:
        self.people = {
            MANAGER.email: scene.cast.owner,
            CASEWORKER.email: scene.cast.caseworker,
        }
        self.second = scene.cast.colleague

    def cast(self, person: Person) -> Caller:
        return Caller(self.people.get(person.email, self.second))

    def each(self, work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        """One after the other: all stands in one transaction."""
        return [work(one) for one in items]

    def go_to(self, day: object) -> None:
        """It is the day of the chapter already."""

    def approve_all(self, person: Person) -> None:
        client = self.cast(person)
        for waiting in client.all("/api/v1/approvals/"):
            client.post(f"/api/v1/approvals/{waiting['id']}/approve/", {})


class Tells:
    def once(self, name: str, line: str, work: Any) -> Any:
        return work()


@pytest.fixture
def scene(settings: Settings, db: None) -> Scene:
    """The raise of the other tests, on the day of the chapter: nothing happened before it."""
    settings.DEMO = True
    clock.shift_to(portfolio.TOLD_ON)
    return scenes.make(gather())


class TestTell:
    def test_it_can_be_told_twice(self, scene: Scene) -> None:
        stage = cast(Stage, OneProcess(scene))
        for _time in range(2):
            portfolio.tell(cast(Narrator, Tells()), stage, scene.raised.code)

        states = dict(Acquisition.objects.values_list("unit__code", "state"))
        assert states == {
            "A1-01": "VISITED",
            "A1-02": "REPORT_REVIEWED",
            "A1-03": "WITHDRAWN_BEFORE_OFFER",
            **dict.fromkeys(portfolio.MANAGED, "IN_MANAGEMENT"),
        }
        days = hard_dates.upcoming(Unit.objects.all(), until=portfolio.TERM_ENDS_ON)
        assert {date.kind for date in days} == {"auction", "energy", "mandate"}
        assert Tenancy.objects.live_on(portfolio.TOLD_ON).count() == len(portfolio.MANAGED)
        assert HousingOutcome.objects.filter(on__lt=portfolio.TOLD_ON).count() == 22
        found = worktray.tasks(Household.objects.all(), on=CURTAIN_ON)
        assert [
            task for task in found if task.kind == "follow_up" and task.by_when < CURTAIN_ON
        ] == []
        assert (PastRent.objects.count(), RentCharge.objects.count()) == (153, 3)
