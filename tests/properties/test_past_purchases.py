"""An issuer that already runs: its raise, its homes and their costs taken over, and every cent traces."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from backend.core import approvals
from backend.core.money import ZERO, cents, euro
from backend.ledger import balances
from backend.treasury import allocations
from campaigns import holding, openings, purses
from campaigns.models import Campaign, Opening, Pledge
from campaigns.openings import held, released, rows
from properties import costs, figures, gaps, limits, past_purchases, portfolio, units
from properties.models import Acquisition, CostLine, PastPurchases, Unit
from tests.campaigns import scene as scenes
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import browse
from tests.cast import Cast

pytestmark = pytest.mark.money

MEMBERS = "order_id,tax_code,name,born_on,amount,ordered_at,paid,paid_on\n"
COSTS = "unit,route,title_on,document,possession_on,offer,kind,amount,paid_on\n"
WITH_TERMS = COSTS.replace("\n", ",term_ends_on,guaranteed_rent\n")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Today, because the API reads the clock."""
    world = scenes.build(cast)
    world.day = timezone.localdate()
    return world


def ended(scene: Scene) -> Campaign:
    """The draft of an offer that ended elsewhere, a year ago."""
    first = scene.day - dt.timedelta(days=400)
    return scene.draft(opens_on=first, deadline_on=first + dt.timedelta(days=60))


def day(scene: Scene, ago: int) -> str:
    return (scene.day - dt.timedelta(days=ago)).isoformat()


def member(scene: Scene, number: int, amount: str, paid: str = "") -> str:
    born, ordered = "1980-12-31", day(scene, 380)
    told = (f"A{number}", f"SYNTHETIC{number:07d}", f"Socia {number}", born, amount, ordered)
    return ",".join((*told, paid or amount, day(scene, 370))) + "\n"


def told(scene: Scene, *members: str, left: str = "0.00", released_ago: int = 330) -> rows.Told:
    return rows.Told(
        raw=(MEMBERS + "".join(members)).encode(),
        as_of=scene.day,
        evidence="register of members and bank statements",
        released_on=scene.day - dt.timedelta(days=released_ago),
        left=euro(left),
    )


def take_over(scene: Scene, campaign: Campaign, *members: str, left: str = "0.00") -> Campaign:
    asked = openings.ask(
        campaign=campaign, told=told(scene, *members, left=left), by=scene.cast.owner, at=scene.at
    )
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)
    return scene.fresh(campaign)


def statement(scene: Scene, opening: str) -> None:
    """The ordinary account's first statement, which opens with money from before."""
    scene.closings[scene.ordinary.pk] = cents(euro(opening))
    scene.bank(scene.ordinary)


def home(scene: Scene, code: str) -> Unit:
    new = units.NewUnit(
        organisation=scene.cast.issuer,
        code=code,
        address=f"Via Inventata {code}",
        district=6,
        rooms=3,
        area_m2=Decimal("62.50"),
        source="court_auction",
        is_synthetic=scene.cast.issuer.is_synthetic,
    )
    return units.register(new=new, by=scene.cast.owner, at=scene.at)


def cost(scene: Scene, code: str, kind: str, amount: str = "", **changes: str) -> str:
    cells = {
        "unit": code,
        "route": "court_auction",
        "title_on": day(scene, 300),
        "document": f"decree {code}",
        "possession_on": day(scene, 280),
        "offer": "case-1",
        "kind": kind,
        "amount": amount,
        "paid_on": day(scene, 310),
    }
    return ",".join((cells | changes).values()) + "\n"


def free(scene: Scene, code: str, route: str, **changes: str) -> str:
    """A home that cost nothing."""
    empty = dict.fromkeys(("offer", "amount", "paid_on"), "")
    return cost(scene, code, "", **({"route": route, **empty} | changes))


def ask(scene: Scene, *lines: str, header: str = COSTS) -> PastPurchases:
    past_purchases.ask(
        organisation=scene.cast.issuer,
        raw=(header + "".join(lines)).encode(),
        evidence="invoices",
        by=scene.cast.owner,
        at=scene.at,
    )
    return PastPurchases.objects.get()


def approve(scene: Scene, listed: PastPurchases) -> None:
    asked = approvals.waiting(action=past_purchases.ACTION, subject=listed)
    assert asked is not None
    approvals.approve(approval=asked, by=scene.cast.colleague, at=scene.at)


class TestReleasedElsewhere:
    def test_members_hold_their_shares_and_the_money_is_the_issuers(self, scene: Scene) -> None:
        statement(scene, "900.00")

        campaign = take_over(
            scene, ended(scene), member(scene, 1, "1000"), member(scene, 2, "2000"), left="900.00"
        )

        assert campaign.state == Campaign.State.IN_USE
        assert [a.register_number for a in campaign.allotments.order_by("pk")] == [1, 2]
        assert set(campaign.pledges.values_list("state", flat=True)) == {Pledge.State.ALLOTTED}
        assert balances.balance(purses.released(campaign)) == euro("900.00")
        assert balances.balance(purses.spent_before(campaign)) == euro("2100.00")
        assert balances.balance(purses.held(campaign)) == ZERO

    def test_the_release_is_on_record_and_nothing_more_is_released(self, scene: Scene) -> None:
        campaign = take_over(scene, ended(scene), member(scene, 1, "1000"))

        again = holding.release(campaign=campaign, by=scene.cast.owner, at=scene.at)

        assert (again.amount, campaign.transfer_orders.count()) == (euro("1000.00"), 1)

    def test_what_was_spent_is_not_there_to_be_promised_again(self, scene: Scene) -> None:
        campaign = take_over(scene, ended(scene), member(scene, 1, "1000"))

        assert limits.available(purses.fund(campaign)) == ZERO

    def test_only_a_draft_is_taken_over(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())

        with pytest.raises(released.NotADraft):
            take_over(scene, campaign, member(scene, 1, "1000"))

    def test_a_draft_without_its_accounts_is_not(self, scene: Scene) -> None:
        campaign = scene.draft(own_fund=None)

        with pytest.raises(released.Incomplete):
            take_over(scene, campaign, member(scene, 1, "1000"))

    @pytest.mark.parametrize("ago", [-1, 401])
    def test_a_day_that_cannot_be_is_refused(self, scene: Scene, ago: int) -> None:
        campaign, by, at = ended(scene), scene.cast.owner, scene.at
        list_ = told(scene, member(scene, 1, "1000"), released_ago=ago)

        with pytest.raises(released.BadDay):
            openings.ask(campaign=campaign, told=list_, by=by, at=at)

    def test_every_fault_is_told_and_nothing_stands(self, scene: Scene) -> None:
        lines = (member(scene, 1, "1000", paid="500"), member(scene, 2, "1000"))

        with pytest.raises(rows.OpeningFaulty) as refused:
            take_over(scene, ended(scene), *lines)

        assert [(f["line"], f["field"]) for f in refused.value.facts["faults"]] == [(2, "paid")]
        assert not Opening.objects.exists()
        assert not Pledge.objects.exists()

    def test_what_is_left_must_stand_on_the_bank_account(self, scene: Scene) -> None:
        campaign = ended(scene)

        with pytest.raises(held.NoOpeningBalance):
            take_over(scene, campaign, member(scene, 1, "1000"), left="100.00")
        statement(scene, "99.00")
        with pytest.raises(allocations.AlreadyExplained):
            take_over(scene, campaign, member(scene, 1, "1000"), left="100.00")
        with pytest.raises(released.BadSum):
            take_over(scene, campaign, member(scene, 1, "1000"), left="1000.01")


class TestItsPages:
    @pytest.mark.parametrize(
        "path",
        ["/campaigns/{}/", "/campaigns/{}/rules/", "/campaigns/{}/sheet/"]
        + [f"/desk/campaigns/{{}}/{page}" for page in ("", "members/", "openings/", "pledges/")],
    )
    def test_nothing_falls_over_for_want_of_a_sheet(self, scene: Scene, path: str) -> None:
        campaign = take_over(scene, ended(scene), member(scene, 1, "1000"))

        answer = browse(scene.cast.owner).get(path.format(campaign.slug))

        assert answer.status_code == (404 if path.endswith("sheet/") else 200)

    def test_the_api_takes_it_over(self, scene: Scene) -> None:
        campaign = ended(scene)
        list_ = told(scene, member(scene, 1, "1000"))
        assert list_.released_on is not None
        answer = browse(scene.cast.owner).post(
            f"/api/v1/campaigns/{campaign.slug}/openings/",
            {
                "file": SimpleUploadedFile("members.csv", list_.raw),
                "as_of": list_.as_of.isoformat(),
                "released_on": list_.released_on.isoformat(),
                "left": "0.00",
                "evidence": "register",
            },
        )

        assert answer.status_code == 202
        assert Opening.objects.get().released_on == list_.released_on


class TestPastPurchases:
    def test_every_cent_traces_to_a_home(self, scene: Scene) -> None:
        campaign = take_over(
            scene, ended(scene), member(scene, 1, "1000"), member(scene, 2, "2000")
        )
        home(scene, "M1")
        home(scene, "M2")

        approve(
            scene,
            ask(
                scene,
                cost(scene, "M1", "price", "1500.10"),
                cost(scene, "M1", "taxes", "99.90"),
                cost(scene, "M2", "acquisition.price", "1400"),
            ),
        )

        (book,) = figures.fund_books(scene.cast.issuer, until=scene.day)
        lots = book.trace()
        assert sum(lots.unspent_cents) == 0
        assert sum(sum(row) for row in lots.rows) == 300_000
        assert balances.balance(purses.spent_before(campaign)) == ZERO
        assert set(Unit.objects.values_list("ownership", flat=True)) == {"owned"}

    def test_what_was_paid_stands_on_the_home_as_if_paid_here(self, scene: Scene) -> None:
        campaign = take_over(scene, ended(scene), member(scene, 1, "1000"))
        unit = home(scene, "M1")

        approve(scene, ask(scene, cost(scene, "M1", "price", "600")))

        purchase = Acquisition.objects.get()
        sums = portfolio.by_fund(unit)[0].rows[0][1]
        assert (sums.committed, sums.paid) == (euro("600.00"), euro("600.00"))
        assert costs.paid(purchase) == costs.committed(purchase) == euro("600.00")
        assert figures.is_complete_by_home(purses.fund(campaign), until=scene.day) == {
            unit.pk: True
        }
        assert not [each for each in gaps.missing(purchase) if "second person" in each]

    def test_nothing_stands_before_a_second_person_agreed(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        home(scene, "M1")

        ask(scene, cost(scene, "M1", "price", "600"))

        assert not Acquisition.objects.exists()

    def test_every_fault_is_told_by_line_and_field(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        home(scene, "M1")
        lines = (
            cost(scene, "M1", "price", "600"),
            cost(scene, "M1", "taxes", "x", route="market"),
            cost(scene, "M9", "bread", "1", title_on="soon"),
            cost(scene, "M1", "notary", "1", offer="another"),
            cost(scene, "M1", "agency", "400.01"),
        )

        with pytest.raises(past_purchases.ListFaulty) as refused:
            ask(scene, *lines)

        found = {(f["line"], f["field"]) for f in refused.value.facts["faults"]}
        assert found == {
            *{(3, "amount"), (3, "route"), (4, "unit"), (4, "kind"), (4, "title_on")},
            *{(5, "offer"), (6, "amount")},
        }
        assert not PastPurchases.objects.exists()
        assert not CostLine.objects.exists()

    def test_a_cost_that_the_offer_never_promised_is_refused_in_the_trial(
        self, scene: Scene
    ) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        home(scene, "M1")

        with pytest.raises(past_purchases.ListFaulty) as refused:
            ask(scene, cost(scene, "M1", "price", "600"), cost(scene, "M1", "running", "10"))

        assert [(f["line"], f["field"]) for f in refused.value.facts["faults"]] == [(3, "kind")]

    def test_a_gift_comes_without_a_cost_or_with_those_that_it_had(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        given, taxed = home(scene, "G1"), home(scene, "G2")

        approve(
            scene,
            ask(
                scene,
                free(scene, "G1", "donation"),
                cost(scene, "G2", "taxes", "200", route="donation"),
            ),
        )

        found = {each.unit: each for each in Acquisition.objects.all()}
        assert {each.state for each in found.values()} == {"PORTFOLIO"}
        assert {each.fund for each in found.values()} == {None}
        assert [each.costs.count() for each in (found[given], found[taxed])] == [0, 1]
        assert set(Unit.objects.values_list("ownership", flat=True)) == {"owned"}
        (book,) = figures.fund_books(scene.cast.issuer, until=scene.day)
        assert sum(sum(row) for row in book.trace().rows) == 20_000

    def test_a_mandate_brings_a_home_that_is_managed_until_its_end(self, scene: Scene) -> None:
        unit, until = home(scene, "A1"), scene.day + dt.timedelta(days=700)
        line = free(
            scene, "A1", "mandate", term_ends_on=until.isoformat(), guaranteed_rent="300.00"
        )

        approve(scene, ask(scene, line, header=WITH_TERMS))

        mandate = Acquisition.objects.get()
        unit.refresh_from_db()
        assert (mandate.state, mandate.term_ends_on) == ("IN_MANAGEMENT", until)
        assert (mandate.title_on, unit.ownership) == (None, "managed")
        states = list(mandate.steps.order_by("id").values_list("state", "amount"))
        assert states == [("MANDATE_SIGNED", Decimal("300.00")), ("IN_MANAGEMENT", None)]

    def test_what_a_gift_or_a_mandate_cannot_have_is_told(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        for code in ("G1", "A1", "A2", "M1"):
            home(scene, code)
        early = {"term_ends_on": day(scene, 301), "guaranteed_rent": "x"}
        lines = (
            cost(scene, "G1", "price", "1", route="donation", **dict.fromkeys(early, "")),
            cost(scene, "A1", "taxes", "1", route="mandate", **early),
            free(scene, "M1", "market", **dict.fromkeys(early, "")),
        )

        with pytest.raises(past_purchases.ListFaulty) as refused:
            ask(scene, *lines, header=WITH_TERMS)

        assert {(f["line"], f["field"]) for f in refused.value.facts["faults"]} == {
            *{(2, "kind"), (3, "kind"), (3, "term_ends_on"), (3, "guaranteed_rent")},
            (4, "amount"),
        }

    def test_two_lists_never_use_the_same_money(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        home(scene, "M1")
        listed = ask(scene, cost(scene, "M1", "price", "600"))
        approve(scene, listed)

        with pytest.raises(past_purchases.ListFaulty):
            past_purchases.apply(listed, by=scene.cast.colleague, at=scene.at)

        assert CostLine.objects.count() == 1

    def test_the_api_and_the_page_take_a_list(self, scene: Scene) -> None:
        take_over(scene, ended(scene), member(scene, 1, "1000"))
        home(scene, "M1")
        client = browse(scene.cast.owner)

        asked = client.post("/api/v1/past-purchases/", self._told(cost(scene, "M1", "price", "9")))
        wrong = client.post("/homes/past-purchases/", self._told(cost(scene, "M2", "price", "9")))

        assert asked.status_code == 202
        assert client.get("/api/v1/past-purchases/").json()["results"][0]["rows"] == 1
        assert "<code>unit</code>" in wrong.content.decode()

    def _told(self, line: str) -> dict[str, object]:
        file = SimpleUploadedFile("costs.csv", (COSTS + line).encode())
        return {"file": file, "evidence": "invoices"}
