"""The manager's day, and what the public sees of homes."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.money import euro
from backend.reporting import day as days
from campaigns import regulator
from campaigns.models import Campaign, Question, TranslationRequest
from investors import complaints
from investors.complaints import Grievance
from investors.models import Complaint
from properties import public, reviews, snapshots
from properties.acquisitions import NewAcquisition, record
from properties.models import Snapshot
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene, noon

pytestmark = pytest.mark.money

WEEK = dt.timedelta(days=7)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return scenes.make(cast)


class TestDuties:
    def test_a_date_that_cannot_be_missed_comes_up_before_it_is_due(self, scene: Scene) -> None:
        due = scene.day + dt.timedelta(days=5)
        new = NewAcquisition(
            unit=scene.unit("A1"), route="court_auction", fund=scene.raised, offer_due_at=noon(due)
        )
        record(new=new, by=scene.cast.owner, at=scene.at)

        [duty] = days.duties(scene.cast.owner, today=scene.day)

        assert (duty.about, duty.on) == ("A1", due)

    def test_a_cost_that_is_owed_comes_up_with_what_is_left_of_it(self, scene: Scene) -> None:
        acquisition = scene.buy(scene.unit("A1"))
        line = scene.commit(acquisition, "acquisition.taxes", "900.00")

        [duty] = days.duties(scene.cast.owner, today=scene.day)

        assert duty.amount == line.amount

    def test_what_is_paid_is_no_duty(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"))

        assert days.duties(scene.cast.owner, today=scene.day) == []

    def test_a_stranger_has_no_duty_here(self, scene: Scene) -> None:
        scene.commit(scene.buy(scene.unit("A1")), "acquisition.taxes", "900.00")

        assert days.duties(scene.cast.stranger, today=scene.day) == []


def complained(scene: Scene) -> Complaint:
    told, by = Grievance(scene.cast.issuer, "My refund", "It did not come."), scene.cast.investor
    return complaints.leave(grievance=told, user=by, by=by, at=scene.at)


class TestAnswers:
    """What people and authorities wait for, though no money and no home is in it."""

    def test_a_complaint_is_acknowledged_and_answered_by_its_days(self, scene: Scene) -> None:
        left = complained(scene)

        [first] = days.duties(scene.cast.owner, today=scene.day)
        ruling = complaints.Ruling(True, contact="Marta", answer_due_on=scene.day + WEEK)
        complaints.rule(complaint=left, ruling=ruling, by=scene.cast.owner, at=scene.at)
        [then] = days.duties(scene.cast.owner, today=scene.day)

        assert (first.about, first.on) == (left.number, left.acknowledge_by)
        assert (then.url, then.on) == (first.url, scene.day + WEEK)

    def test_a_question_and_a_proven_wish_for_a_translation_wait_a_week(self, scene: Scene) -> None:
        asked = {"campaign": scene.campaign, "email": "ada@example.org", "asked_at": scene.at}
        Question.objects.create(**asked, text="Why?")
        TranslationRequest.objects.create(**asked, wanted_language="de", proven_at=scene.at)
        TranslationRequest.objects.create(**asked, wanted_language="fr")

        told = days.duties(scene.cast.owner, today=scene.day)

        page = reverse("campaign-desk-page", args=[scene.campaign.slug])
        assert [duty.url for duty in told] == [f"{page}#questions", f"{page}#translations"]
        assert {duty.on for duty in told} == {scene.day + WEEK}

    def test_a_file_for_an_authority_comes_up_until_it_is_made(self, scene: Scene) -> None:
        march, day = dt.date(2025, 3, 1), dt.date(2026, 1, 20)
        told = {"opens_on": march, "deadline_on": march, "offer_identifier": "9" * 28}
        Campaign.objects.update(**told)
        address = reverse("regulator-files-of", args=[2025])

        before = [each for each in days.duties(scene.cast.owner, today=day) if each.url == address]
        regulator.make(kind=regulator.Kind.OFFERS, year=2025, by=scene.cast.owner, at=noon(day))
        after = [each for each in days.duties(scene.cast.owner, today=day) if each.url == address]

        assert [each.on for each in before] == [dt.date(2026, 1, 31)]
        assert after == []

    def test_none_of_it_is_a_strangers(self, scene: Scene) -> None:
        complained(scene)
        Question.objects.create(campaign=scene.campaign, text="Why?", asked_at=scene.at)

        assert days.duties(scene.cast.stranger, today=scene.day) == []


def to_do(scene: Scene) -> list[tuple[object, Snapshot, str]]:
    owner = scene.cast.owner
    return [*days.reports_to_do(owner, reports=days.reports_of(owner, today=scene.day))]


class TestReportsToDo:
    def test_each_step_of_the_figures_is_a_duty(self, scene: Scene) -> None:
        snapshot = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
        )
        assert len(to_do(scene)) == 1
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        assert to_do(scene) == []


class TestDayPage:
    def test_a_manager_starts_the_day_here(self, scene: Scene) -> None:
        acquisition = scene.auction(scene.unit("A1"))
        client = Client()
        client.force_login(scene.cast.owner)
        client.post(reverse("purchase-ask", args=[acquisition.pk]))
        client.force_login(scene.cast.colleague)

        page = client.get(reverse("day"))

        assert page.status_code == 200
        assert [row["is"].subject_label for row in page.context["approvals"]] == ["A1"]

    def test_a_caseworker_has_another_day(self, scene: Scene) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)

        assert client.get(reverse("day")).status_code == 403


class TestHomesSoFar:
    def test_before_anything_is_published_nothing_is_told(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"))

        told = public.homes_so_far(scene.campaign)

        assert told is not None
        assert told["snapshot"] is None
        assert told["chart"].bars == []

    def test_published_homes_are_told_with_their_cost(self, scene: Scene) -> None:
        scene.buy(scene.unit("A1"), price="41000.00")
        snapshot = snapshots.take(
            organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
        )
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        reviews.accept(snapshot=snapshot, text="", by=scene.cast.city_reviewer, at=scene.at)
        snapshots.publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        told = public.homes_so_far(scene.campaign)

        assert told is not None
        assert ["41.000" in bar.text for bar in told["chart"].bars] == [True]
        assert told["use"]["paid"] == euro("41000.00")

    def test_a_campaign_that_is_still_open_tells_of_no_homes(self, scene: Scene) -> None:
        scene.campaign.state = "open"

        assert public.homes_so_far(scene.campaign) is None
