"""Four quarters of reports: one late, one refused by the city, one restated; and the year they make.

Told on the raise of three investors. Every cent of the statements is a cent of the campaign; every PDF
is read back as text.
"""

import datetime as dt

import pytest

from backend.core import jobs, notices
from backend.core.models import Notice
from backend.core.periods import Quarter
from backend.reporting import due, issue
from investors.models import InvestorReport
from properties import reviews, snapshots, years
from properties.models import Snapshot, YearNote
from tests.cast import Cast
from tests.pdfs import text_of
from tests.properties import scene as scenes
from tests.properties.scene import Scene, noon

pytestmark = pytest.mark.money

Q1, Q2, Q3, Q4 = (Quarter(2025, number) for number in (1, 2, 3, 4))
Kind = InvestorReport.Kind


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """A raise allotted in January 2025; the second investor reads English."""
    world = scenes.make(cast)
    second = world.pledges[1].investor
    second.language = "en"
    second.save(update_fields=["language"])
    return world


def buy(scene: Scene, code: str, on: dt.date, *, price: str, occupancy: str = "FREE") -> None:
    scene.day = on
    unit = scene.unit(code, occupancy=occupancy)
    scene.buy(unit, price=price)
    scene.tenancy(unit, scene.household(f"H-{code}"))


def taken(scene: Scene, quarter: Quarter, *, reason: str = "") -> Snapshot:
    """The figures of a quarter, taken five days after it and handed to the city."""
    at = max(scene.at, noon(quarter.last_day + dt.timedelta(days=5)))
    found = snapshots.take(
        organisation=scene.cast.issuer,
        as_of=quarter.last_day,
        by=scene.cast.owner,
        at=at,
        reason=reason,
    )
    return snapshots.submit(snapshot=found, by=scene.cast.owner, at=at)


def publish(scene: Scene, snapshot: Snapshot, on: dt.date) -> None:
    scene.day = on
    reviews.accept(snapshot=snapshot, text="", by=scene.cast.city_reviewer, at=scene.at)
    snapshots.publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)


def send(scene: Scene, snapshot: Snapshot, kind: str = Kind.QUARTERLY) -> list[InvestorReport]:
    """Have the reports issued and the mails sent; the reports of this issue."""
    issue.request(snapshot=snapshot, kind=kind, by=scene.cast.owner, at=scene.at)
    return settled(scene, snapshot, kind)


def settled(scene: Scene, snapshot: Snapshot, kind: str = Kind.QUARTERLY) -> list[InvestorReport]:
    jobs.drain_all(at=scene.at)
    key = snapshots.key_of(snapshot)
    return list(InvestorReport.objects.filter(snapshot_key=key, kind=kind).order_by("pk"))


def read(report: InvestorReport) -> str:
    """The text of a PDF, on one line."""
    return text_of(bytes(report.pdf))


def write_year(scene: Scene) -> None:
    cast = scene.cast
    for heading in YearNote.OWED:
        words = years.Words(heading, f"Detto di {heading}.", f"Said of {heading}.")
        years.write(
            organisation=cast.issuer, year=2025, words=words, by=cast.owner, at=scene.at
        )  # fmt: skip
    aim(scene, 2026, homes=9)


def aim(scene: Scene, year: int, *, homes: int) -> None:
    cast, targets = scene.cast, {"units_acquired": homes}
    years.aim(organisation=cast.issuer, year=year, targets=targets, by=cast.owner, at=scene.at)


class TestFourQuarters:
    def test_late_refused_restated_and_the_year(self, scene: Scene) -> None:
        self.in_the_first_the_city_refuses(scene)
        self.the_second_is_late(scene)
        third = self.the_third_goes_out(scene)
        self.the_third_is_restated(scene, third)
        self.the_year_is_told(scene)

    def in_the_first_the_city_refuses(self, scene: Scene) -> None:
        buy(scene, "F1", dt.date(2025, 2, 10), price="61000.00")
        aim(scene, 2025, homes=6)
        snapshot = taken(scene, Q1)
        scene.day = dt.date(2025, 4, 10)
        city = scene.cast.city_reviewer
        reviews.return_with_questions(snapshot=snapshot, text="Which home?", by=city, at=scene.at)

        with pytest.raises(issue.NotReady, match=r"domande|questions"):
            send(scene, snapshot)

        reviews.answer(snapshot=snapshot, text="F1", by=scene.cast.owner, at=scene.at)
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        publish(scene, snapshot, dt.date(2025, 4, 20))
        assert len(send(scene, snapshot)) == 3

    def the_second_is_late(self, scene: Scene) -> None:
        for number, price in enumerate(("41000.00", "52000.37", "38500.11"), 1):
            buy(
                scene,
                f"K{number}",
                dt.date(2025, 4, 22 + number),
                price=price,
                occupancy="NO_TITLE",
            )
        snapshot = taken(scene, Q2)
        scene.day = dt.date(2025, 9, 3)
        [late] = due.late(scene.cast.issuer, on=scene.day)
        assert (late.period, late.late_since) == (Q2, dt.date(2025, 8, 30))

        publish(scene, snapshot, scene.day)
        send(scene, snapshot)

        assert due.late(scene.cast.issuer, on=scene.day) == []

    def the_third_goes_out(self, scene: Scene) -> Snapshot:
        buy(scene, "F2", dt.date(2025, 9, 20), price="47200.50")
        snapshot = taken(scene, Q3)
        publish(scene, snapshot, dt.date(2025, 10, 20))
        reports = send(scene, snapshot)

        self.adds_up(scene, snapshot, reports)
        [english] = [each for each in reports if each.language == "en"]
        assert "Your report for quarter 3 of 2025" in read(english)
        assert "€61,000.00" in read(english)
        assert "41.000,00" not in read(reports[0])
        return snapshot

    def the_third_is_restated(self, scene: Scene, third: Snapshot) -> None:
        scene.day = dt.date(2025, 11, 5)
        before = Notice.objects.filter(template="report_corrected").count()
        again = taken(scene, Q3, reason="A home was told twice.")
        publish(scene, again, dt.date(2025, 11, 10))
        corrected = settled(scene, again)
        issue.correct_job({"snapshot": again.pk}, at=scene.at)
        settled(scene, again)

        assert before == 0
        mails = Notice.objects.filter(template="report_corrected").order_by("pk")
        assert [mail.language for mail in mails] == ["it", "en", "it"]
        assert "Why: A home was told twice." in mails[1].body
        olds = InvestorReport.objects.filter(snapshot_key=snapshots.key_of(third))
        assert [each.replaces_id for each in corrected] == [each.pk for each in olds.order_by("pk")]
        assert {each.version for each in corrected} == {2}
        assert "A home was told twice." in read(corrected[0])
        with pytest.raises(issue.NotReady):
            send(scene, third)

    def the_year_is_told(self, scene: Scene) -> None:
        buy(scene, "F3", dt.date(2025, 12, 1), price="39000.00")
        snapshot = taken(scene, Q4)
        publish(scene, snapshot, dt.date(2026, 1, 20))
        send(scene, snapshot)
        with pytest.raises(issue.NotReady, match="2025"):
            send(scene, snapshot, Kind.YEARLY)
        write_year(scene)
        with pytest.raises(issue.NotReady):
            send(scene, snapshot, Kind.YEARLY)
        city = scene.cast.city_reviewer
        reviews.accept_words(snapshot=snapshot, by=city, at=scene.at)

        reports = send(scene, snapshot, Kind.YEARLY)

        [english] = [each for each in reports if each.language == "en"]
        told = read(english)
        assert "Your report for the year 2025" in told
        assert "What prevented or slowed it Said of slowed." in told
        assert "Goals for next year Said of ahead." in told
        assert "6 (target 6)" in told
        assert "Targets for next year" in told
        assert "Homes acquired: set on 10 February 2025, when the year had begun." in told
        self.adds_up(scene, snapshot, reports)
        with pytest.raises(years.ToldAlready):
            write_year(scene)
        assert due.late(scene.cast.issuer, on=dt.date(2026, 5, 2)) == []

    def adds_up(self, scene: Scene, snapshot: Snapshot, reports: list[InvestorReport]) -> None:
        """All statements together are the campaign's figures, to the cent."""
        [raised] = snapshot.data["raises"]
        money = [each.data["money"] for each in reports]
        assert sum(each["put_in_cents"] for each in money) == raised["raised_cents"] == 30_000_000
        assert sum(each["in_homes_cents"] for each in money) == sum(
            group["cents"] for group in raised["groups"]
        )
        assert sum(each["waiting_cents"] for each in money) == raised["raised_cents"] - sum(
            each["in_homes_cents"] for each in money
        )
        unsent = Notice.objects.filter(sent_at=None)
        assert not unsent.exists(), "every mail left"
        assert notices.JOB not in jobs.kinds_waiting(at=scene.at)
