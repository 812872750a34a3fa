"""Snapshots: frozen, suppressed, reviewed, published; and the statements that come of them."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.core import approvals, audit, jobs
from backend.core.approvals import SamePerson
from backend.core.states import WrongState
from properties import disclosure, figures, freezing, groups, reviews, snapshots, wording
from properties.models import Acquisition, Snapshot
from properties.snapshots import NotReviewed, ReasonMissing, TooEarly
from tests.properties.scene import Scene

pytestmark = pytest.mark.money


def take(scene: Scene, reason: str = "") -> Snapshot:
    return snapshots.take(
        organisation=scene.cast.issuer,
        as_of=scene.day,
        by=scene.cast.owner,
        at=scene.at,
        reason=reason,
    )


def publish(scene: Scene) -> Snapshot:
    """Taken, submitted, accepted and published on one day."""
    snapshot = take(scene)
    snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
    reviews.accept(snapshot=snapshot, text="", by=scene.cast.city_reviewer, at=scene.at)
    return snapshots.publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)


def figure(snapshot: Snapshot, code: str) -> dict[str, Any]:
    return next(each for each in snapshot.data["indicators"] if each["code"] == code)


def buy_homes(scene: Scene, *occupancies: str) -> None:
    start = scene.number
    for place, occupancy in enumerate(occupancies):
        scene.wait(3)
        scene.buy(scene.unit(f"A{start}-{place}", occupancy=occupancy), price=f"3{place}000.00")


class TestTake:
    def test_the_figures_are_those_of_the_books(self, scene: Scene) -> None:
        buy_homes(scene, "FREE", "FREE")

        snapshot = take(scene)

        assert figure(snapshot, "capital_raised")["inside"]["value"] == 30_000_000
        assert figure(snapshot, "deployed_in_purchases")["public"]["value"] == 6_100_000
        assert figure(snapshot, "units_acquired")["public"]["value"] == 2

    def test_one_occupied_home_is_not_told_and_not_derivable(self, scene: Scene) -> None:
        buy_homes(scene, "FREE", "DEBTOR_FAMILY")

        told = freezing.view(take(scene).data, disclosure.PUBLIC)

        [only] = told["raises"]
        assert [group["cents"] for group in only["groups"]] == [3_000_000]
        assert "3100000" not in json.dumps(told)
        assert "6100000" not in json.dumps(told)

    def test_three_occupied_homes_are_told_together(self, scene: Scene) -> None:
        buy_homes(scene, "DEBTOR_FAMILY", "NO_TITLE", "DEBTOR_FAMILY")

        [group] = take(scene).data["raises"][0]["groups"]

        assert (group["count"], group["kind"], group["cents"]) == (3, "kept", 9_300_000)

    def test_a_cost_that_comes_later_does_not_show_in_its_group(self, scene: Scene) -> None:
        buy_homes(scene, "DEBTOR_FAMILY", "NO_TITLE", "DEBTOR_FAMILY")
        before = publish(scene)
        acquisition = Acquisition.objects.earliest("pk")
        scene.wait(10)
        scene.pay(scene.commit(acquisition, "acquisition.taxes", "3000.00"))
        after = take(scene)

        assert after.data["raises"][0]["groups"] == before.data["raises"][0]["groups"]
        assert after.data["raises"][0]["spent_cents"] == 9_600_000

    def test_the_same_day_again_needs_a_reason_and_restates(self, scene: Scene) -> None:
        first = take(scene)
        with pytest.raises(ReasonMissing):
            take(scene)

        second = take(scene, reason="A cost was booked on the wrong home.")

        assert (second.version, second.restates) == (2, first)

    def test_a_day_to_come_is_refused(self, scene: Scene) -> None:
        tomorrow = scene.day + dt.timedelta(days=1)

        with pytest.raises(TooEarly):
            snapshots.request(
                organisation=scene.cast.issuer, as_of=tomorrow, by=scene.cast.owner, at=scene.at
            )

    def test_the_worker_takes_what_was_requested_once(self, scene: Scene) -> None:
        for _again in range(2):
            snapshots.request(
                organisation=scene.cast.issuer, as_of=scene.day, by=scene.cast.owner, at=scene.at
            )
        jobs.drain_all(at=scene.at)

        assert Snapshot.objects.get().as_of == scene.day

    def test_the_database_keeps_it_as_it_was_taken(self, scene: Scene) -> None:
        snapshot = take(scene)

        changes: list[dict[str, Any]] = [{"data": {}}, {"content_hash": "x"}, {"version": 9}]
        for change in changes:
            with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
                Snapshot.objects.filter(pk=snapshot.pk).update(**change)


class TestGroups:
    def test_all_investors_lots_in_told_groups_are_the_groups_cost(self, scene: Scene) -> None:
        buy_homes(scene, "DEBTOR_FAMILY", "FREE", "NO_TITLE", "DEBTOR_FAMILY", "FREE")
        [book] = figures.fund_books(scene.cast.issuer, until=scene.day)
        told = groups.of(book, told=[], as_of=scene.day)

        sums = book.trace().summed_by(lambda cost: groups.label(told, cost))

        assert sum(sum(lots) for lots in sums.values()) == 16_000_000
        assert len(told) == 3


class TestReview:
    def test_a_question_is_answered_and_the_figures_accepted(self, scene: Scene) -> None:
        snapshot = take(scene)
        city = scene.cast.city_reviewer
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        reviews.return_with_questions(
            snapshot=snapshot, text="Why so few homes?", by=city, at=scene.at
        )
        reviews.answer(
            snapshot=snapshot, text="One sale was off.", by=scene.cast.owner, at=scene.at
        )
        assert audit.history(snapshot).filter(action="snapshot.answered").exists()
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        reviews.accept(snapshot=snapshot, text="", by=city, at=scene.at)

        assert snapshot.is_reviewed_by_city
        assert [note.kind for note in snapshot.notes.all()] == ["question", "answer"]

    def test_unreviewed_figures_are_not_published(self, scene: Scene) -> None:
        snapshot = take(scene)
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

        with pytest.raises(NotReviewed):
            snapshots.publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)

    def test_a_draft_is_not_published_though_the_city_is_slow(self, scene: Scene) -> None:
        snapshot = take(scene)

        with pytest.raises(WrongState):
            reviews.accept(snapshot=snapshot, text="", by=scene.cast.city_reviewer, at=scene.at)


class TestAskToPublish:
    def test_a_slow_city_silences_nobody(self, scene: Scene) -> None:
        snapshot = take(scene)
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        scene.wait(30)
        asked = snapshots.ask_to_publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        with pytest.raises(SamePerson):
            approvals.approve(approval=asked, by=scene.cast.owner, at=scene.at)

        approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)

        snapshot.refresh_from_db()
        assert snapshot.state == "published"
        assert not snapshot.is_reviewed_by_city

    def test_before_its_days_are_over_the_city_is_waited_for(self, scene: Scene) -> None:
        snapshot = take(scene)
        snapshots.submit(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
        scene.wait(29)

        with pytest.raises(TooEarly):
            snapshots.ask_to_publish(snapshot=snapshot, by=scene.cast.owner, at=scene.at)


class TestView:
    def test_nothing_from_inside_leaves(self, scene: Scene) -> None:
        buy_homes(scene, "DEBTOR_FAMILY", "NO_TITLE", "DEBTOR_FAMILY")
        snapshot = take(scene)

        for audience in disclosure.AUDIENCES:
            text = json.dumps(freezing.view(snapshot.data, audience))
            assert not {"inside", "members", '"homes"', "spent_cents"} & set(text.split('"'))

    def test_a_household_that_moves_in_shows_only_with_k_others(self, scene: Scene) -> None:
        def move_in(code: str) -> None:
            unit = scene.unit(code)
            scene.buy(unit, price="30000.00")
            scene.tenancy(unit, scene.household(f"H-{code}"))

        for number in range(5):
            move_in(f"A{number}")
        first = publish(scene)
        scene.wait(5)
        move_in("A5")

        second = take(scene)

        for snapshot in (first, second):
            assert figure(snapshot, "individuals_housed")["public"]["value"] == 15
        assert figure(second, "individuals_housed")["inside"]["value"] == 18


class TestSetbacks:
    def test_a_lost_auction_is_told_and_an_open_one_is_not(self, scene: Scene) -> None:
        for code in ("A1", "A2"):
            acquisition = scene.auction(scene.unit(code))
            scene.move(acquisition, "REPORT_REVIEWED")
            scene.approve(acquisition)
            scene.pay(scene.commit(acquisition, "acquisition.deposit", "4000.00"))
            scene.move(acquisition, "OFFER_FILED", "40000.00")
        scene.move(acquisition, "CONTEST")
        scene.move(acquisition, "LOST")

        told = freezing.view(take(scene).data, disclosure.INVESTOR)

        assert told["setbacks"] == {"auction_lost": 1}
        assert "asta" in wording.setback("auction_lost", 1)

    @pytest.mark.parametrize("kind", sorted(set(figures.SETBACKS.values())))
    def test_each_kind_has_its_words(self, kind: str) -> None:
        assert "%" not in wording.setback(kind, 3)
