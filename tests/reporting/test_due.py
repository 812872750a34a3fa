"""What an issuer owes its investors: by when, since when it is late, and what follows."""

import datetime as dt

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from backend.core import jobs, periods
from backend.core.models import Notice
from backend.core.periods import Quarter
from backend.reporting import due, issue
from campaigns import obstacles
from campaigns.models import Campaign, Opening
from properties import reviews, snapshots
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene, noon

ALLOTTED = dt.date(2025, 1, 7)
SECOND = Quarter(2025, 2)
IN_TIME, LATE = dt.date(2025, 8, 29), dt.date(2025, 8, 30)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """A raise that was allotted in the first quarter of 2025."""
    return scenes.make(cast)


def tell(scene: Scene, quarter: Quarter) -> None:
    """Take, review, publish and issue the figures of a quarter on the day after it."""
    cast, at = scene.cast, noon(quarter.last_day + dt.timedelta(days=1))
    told = snapshots.take(organisation=cast.issuer, as_of=quarter.last_day, by=cast.owner, at=at)
    snapshots.submit(snapshot=told, by=cast.owner, at=at)
    reviews.accept(snapshot=told, text="", by=cast.city_reviewer, at=at)
    snapshots.publish(snapshot=told, by=cast.owner, at=at)
    issue.request(snapshot=told, by=cast.owner, at=at)
    jobs.drain(kind=issue.JOB, at=at)


class TestExpected:
    @pytest.mark.parametrize(
        ("on", "owed"),
        [
            (dt.date(2025, 3, 31), []),
            (dt.date(2025, 4, 1), [SECOND]),
            (dt.date(2025, 7, 1), [Quarter(2025, 3), SECOND]),
        ],
    )
    def test_begins_with_the_first_whole_quarter(self, on: dt.date, owed: list[Quarter]) -> None:
        found = due.expected(allotted_on=ALLOTTED, told=(), on=on, days=60)

        assert [each.period for each in found] == owed

    @pytest.mark.parametrize(("on", "is_late"), [(IN_TIME, False), (LATE, True)])
    def test_is_late_on_the_day_after(self, on: dt.date, is_late: bool) -> None:
        found = due.expected(allotted_on=ALLOTTED, told=(), on=on, days=60)[-1]

        assert (found.due_on, found.is_late(on)) == (IN_TIME, is_late)
        assert found.late_since == LATE

    @given(allotted=days, on=days, told=st.booleans())
    def test_owes_each_quarter_once_and_nothing_told_is_late(
        self, allotted: dt.date, on: dt.date, told: bool
    ) -> None:
        quarters = {periods.quarter_of(on), periods.previous(periods.quarter_of(on))}

        found = due.expected(allotted_on=allotted, told=quarters if told else (), on=on, days=60)

        labels = [each.period for each in found]
        assert labels == sorted(set(labels), reverse=True)
        assert len(found) <= due.SHOWN_QUARTERS
        assert not any(each.is_late(on) for each in found if each.period in quarters and told)


@pytest.mark.money
class TestOfIssuer:
    def test_what_was_taken_over_is_owed_from_that_day_on(self, scene: Scene) -> None:
        Opening.objects.create(
            campaign=scene.campaign,
            as_of=scene.day,
            released_on=scene.day,
            evidence="-",
            rows=[],
            content_hash="-",
            asked_at=scene.at,
            applied_at=noon(dt.date(2026, 2, 1)),
        )

        found = due.of_issuer(scene.cast.issuer, on=dt.date(2026, 7, 1))

        assert [each.period for each in found] == [Quarter(2026, 3), Quarter(2026, 2)]

    def test_owes_nothing_before_an_allotment(self, cast: Cast) -> None:
        assert due.of_issuer(cast.issuer, on=LATE) == []

    def test_is_told_once_every_holder_has_the_report(self, scene: Scene) -> None:
        assert [each.period for each in due.late(scene.cast.issuer, on=LATE)] == [SECOND]

        tell(scene, SECOND)

        assert due.late(scene.cast.issuer, on=LATE) == []
        assert due.of_issuer(scene.cast.issuer, on=LATE)[-1].is_told


@pytest.mark.money
class TestOfNextOffer:
    def test_a_late_report_blocks_what_comes_next_and_not_what_stands_still(
        self, scene: Scene
    ) -> None:
        draft = Campaign(issuer=scene.cast.issuer, state=Campaign.State.PRE_CAMPAIGN)

        codes = [each.code for each in due.of_next_offer(draft, noon(LATE))]
        draft.state = Campaign.State.SUSPENDED

        assert codes == ["report_late"]
        assert due.of_next_offer(draft, noon(LATE)) == []
        assert due.of_next_offer(draft, noon(IN_TIME)) == []

    def test_is_looked_at_before_an_opening(self, scene: Scene) -> None:
        campaign = scene.campaign
        campaign.state = Campaign.State.IN_REVIEW

        found = obstacles.found(campaign=campaign, to=Campaign.State.PRE_CAMPAIGN, at=noon(LATE))

        assert "report_late" in {each.code for each in found}


@pytest.mark.money
class TestRemind:
    @pytest.mark.parametrize(
        ("on", "template"),
        [(IN_TIME - dt.timedelta(days=14), "report_due"), (LATE, "report_late")],
    )
    def test_writes_to_the_managers_once(self, scene: Scene, on: dt.date, template: str) -> None:
        due.remind(at=noon(on))
        due.remind(at=noon(on))

        mails = Notice.objects.filter(template=template)
        assert {mail.to for mail in mails} == {scene.cast.owner.email, scene.cast.colleague.email}
        assert mails.count() == 2
        assert "2º trimestre 2025" in mails[0].subject

    def test_writes_again_a_week_later_and_to_nobody_when_it_is_told(self, scene: Scene) -> None:
        due.remind(at=noon(LATE))
        due.remind(at=noon(LATE + dt.timedelta(days=7)))
        assert Notice.objects.filter(template="report_late").count() == 4

        tell(scene, SECOND)

        assert due.remind(at=noon(LATE + dt.timedelta(days=14))) == 0


@pytest.mark.money
class TestPages:
    def test_everybody_sees_what_is_late(self, scene: Scene, client: Client) -> None:
        page = client.get(f"/campaigns/{scene.campaign.slug}/", headers={"accept-language": "en"})
        told = (
            APIClient()
            .get(f"/api/v1/campaigns/{scene.campaign.slug}/reports-due/")
            .json()["results"]
        )

        assert (
            "The report of quarter 2 of 2025 is late since 30 August 2025." in page.content.decode()
        )
        assert told[-1] == {
            "period": "2025-Q2",
            "due_on": "2025-08-29",
            "is_told": False,
            "late_since": "2025-08-30",
        }

    def test_the_manager_sees_what_is_owed(self, scene: Scene, client: Client) -> None:
        client.force_login(scene.cast.owner)
        asked = APIClient()
        asked.force_authenticate(scene.cast.owner)

        assert "2º trimestre 2025" in client.get("/reports/").content.decode()
        assert "2º trimestre 2025" in client.get("/day/").content.decode()
        assert asked.get("/api/v1/reports-due/").json()["results"][-1]["period"] == "2025-Q2"
