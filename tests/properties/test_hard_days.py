"""Days that cannot be: in the future, before the step before, outside a mandate; and homes lived in."""

import datetime as dt

import pytest

from backend.core import approvals
from backend.core.money import euro
from properties import acquisitions, guards, lettings, releases, renovations, sales, signatures
from properties.households import InTheFuture
from properties.models import Acquisition, Unit
from tests.properties.scene import Scene

pytestmark = pytest.mark.money
DAY = dt.timedelta(days=1)


def mandate(scene: Scene, unit: Unit, *, days: int) -> Acquisition:
    """A home taken into management for so many days, from today."""
    new = acquisitions.NewAcquisition(unit=unit, route="mandate", fund=scene.own_fund)
    taken = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
    scene.move(taken, "INSPECTED")
    asked = acquisitions.request_approval(acquisition=taken, by=scene.cast.owner, at=scene.at)
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)
    scene.move(taken, "MANDATE_SIGNED", "300.00", term_ends_on=scene.day + days * DAY)
    unit.refresh_from_db()
    return taken


class TestPurchases:
    @pytest.mark.parametrize(("days", "refusal"), [(1, InTheFuture), (-1, guards.BackInTime)])
    def test_move_on_a_day_between_the_last_step_and_today(
        self, scene: Scene, days: int, refusal: type[Exception]
    ) -> None:
        auction = scene.auction(scene.unit("A1"))
        scene.move(auction, "REPORT_REVIEWED")
        step = acquisitions.Step(to="VISITED", on=scene.day + days * DAY)

        with pytest.raises(refusal):
            acquisitions.move(acquisition=auction, step=step, by=scene.cast.owner, at=scene.at)

    def test_that_are_over_have_no_day_to_come(self, scene: Scene) -> None:
        new = acquisitions.NewAcquisition(
            unit=scene.unit("A1"), route="court_auction", fund=scene.raised
        )
        title = acquisitions.Step(to="DECREE", on=scene.day, amount=euro("1.00"))

        with pytest.raises(InTheFuture):
            acquisitions.enter(
                new=new,
                title=title,
                possession_on=scene.day + DAY,
                by=scene.cast.owner,
                at=scene.at,
            )


class TestWorks:
    @pytest.mark.parametrize(("days", "refusal"), [(1, InTheFuture), (-1, renovations.BackInTime)])
    def test_move_on_a_day_between_the_last_step_and_today(
        self, scene: Scene, days: int, refusal: type[Exception]
    ) -> None:
        new = renovations.NewWorks(
            unit=scene.unit("A1"),
            description="Roof",
            budget=euro("900.00"),
            fund=scene.own_fund,
            started_on=scene.day - 3 * DAY,
        )
        told = {"by": scene.cast.owner, "at": scene.at}
        works = renovations.begin(new=new, **told)
        renovations.move(works=works, step=renovations.Step(to="DESIGN", on=scene.day), **told)
        step = renovations.Step(to="PERMIT", on=scene.day + days * DAY)

        with pytest.raises(refusal):
            renovations.move(works=works, step=step, **told)


class TestFoundFamilies:
    """A home is not sold, nor given back, with those inside whom it came with (housing.md 3.8)."""

    def sale(self, scene: Scene, unit: Unit) -> sales.NewSale:
        return sales.NewSale(unit=unit, price=euro("50000.00"), due_on=scene.day)

    def test_are_not_sold_with_their_home(self, scene: Scene) -> None:
        unit = scene.unit("A1", occupancy="DEBTOR_FAMILY")
        scene.buy(unit)

        with pytest.raises(sales.LivedIn):
            sales.agree(new=self.sale(scene, unit), by=scene.cast.owner, at=scene.at)
        left = releases.NewRelease(on=scene.day, how="AGREED")
        releases.record(unit=unit, new=left, by=scene.cast.caseworker, at=scene.at)

        assert sales.agree(new=self.sale(scene, unit), by=scene.cast.owner, at=scene.at).pk

    def test_are_not_given_back_with_their_home(self, scene: Scene) -> None:
        taken = mandate(scene, scene.unit("M1", occupancy="TENANT_OPPOSABLE"), days=900)
        scene.move(taken, "IN_MANAGEMENT")

        with pytest.raises(guards.LivedIn):
            scene.move(taken, "RETURNED")


class TestMandates:
    @pytest.mark.parametrize("days", [-1, 30, 31])
    def test_let_no_home_outside_their_term(self, scene: Scene, days: int) -> None:
        unit = scene.unit("M1")
        mandate(scene, unit, days=30)
        scene.day += days * DAY

        with pytest.raises(lettings.OutsideMandate):
            scene.tenancy(unit, scene.household("H1"))

    def test_let_it_within(self, scene: Scene) -> None:
        unit = scene.unit("M1")
        mandate(scene, unit, days=30)
        scene.wait(29)

        assert scene.tenancy(unit, scene.household("H1")).pk


class TestSingleOffer:
    """c.p.c. 572: of the base price or more it is accepted; below, the judge may still refuse it."""

    def alone(self, scene: Scene, offer: str) -> Acquisition:
        auction = scene.auction(scene.unit("A1"))
        scene.move(auction, "REPORT_REVIEWED")
        scene.approve(auction)
        scene.commit(auction, "acquisition.deposit", "4000.00")
        scene.move(auction, "OFFER_FILED", offer)
        scene.move(auction, "SINGLE_OFFER")
        return auction

    def test_of_the_base_price_is_not_lost(self, scene: Scene) -> None:
        with pytest.raises(guards.MustBeAwarded):
            scene.move(self.alone(scene, "40000.00"), "LOST")

    def test_below_it_may_be(self, scene: Scene) -> None:
        auction = self.alone(scene, "39999.00")
        scene.move(auction, "LOST")

        assert auction.state == "LOST"


class TestGifts:
    def test_name_the_public_deed_with_its_witnesses(self, scene: Scene) -> None:
        new = acquisitions.NewAcquisition(unit=scene.unit("G1"), route="donation")
        gift = acquisitions.record(new=new, by=scene.cast.owner, at=scene.at)
        scene.move(gift, "SCREENED")
        scene.approve(gift)

        with pytest.raises(signatures.NoWitnesses, match="782"):
            scene.move(gift, "NOTARY_DEED")
        with pytest.raises(signatures.NoWitnesses):
            scene.move(gift, "NOTARY_DEED", document="deed 12", other_witness="")
        scene.move(gift, "NOTARY_DEED", document="deed 12")

        step = gift.steps.get(state="NOTARY_DEED")
        assert gift.title_on == scene.day
        assert (step.witness, step.other_witness) == ("Anna Prima", "Bruno Secondo")
