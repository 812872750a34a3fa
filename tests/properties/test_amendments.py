"""Leases and outcomes put right: what stood before is kept, and charged months follow the lease."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from backend.core import audit
from backend.core.errors import RuleBroken
from backend.core.money import euro
from backend.core.users import SYSTEM
from properties import amendments, arrears, households, lettings, rents, retention
from properties.models import Amendment, HousingOutcome, RentCharge, Tenancy
from tests.properties.scene import START, Scene

pytestmark = pytest.mark.money

WHY = "Typed by mistake"


@pytest.fixture
def lease(scene: Scene) -> Tenancy:
    scene.buy(unit := scene.unit("A1"))
    return scene.tenancy(unit, scene.household("H1"))


def amend(scene: Scene, lease: Tenancy, **told: object) -> Amendment:
    by = scene.cast.caseworker
    return amendments.amend_lease(tenancy=lease, told=told, reason=WHY, by=by, at=scene.at)


def charge(scene: Scene, *months: int) -> None:
    for month in months:
        rents.charge_month(
            organisation=scene.cast.issuer, month=dt.date(2025, month, 1), by=SYSTEM, at=scene.at
        )


def owed(scene: Scene, lease: Tenancy) -> dict[int, int]:
    """By month the cents that are due of it, and not paid."""
    dues = arrears.dues([lease.pk], as_of=scene.day)
    return {due.due_on.month: due.owed for due in dues}


def told(scene: Scene) -> HousingOutcome:
    new = households.NewOutcome(code="KEPT_NO_AID", on=scene.day, source="telephone")
    return households.record_outcome(
        household=Tenancy.objects.get().household, new=new, by=scene.cast.caseworker, at=scene.at
    )


class TestAmendLease:
    def test_what_stood_before_is_kept_with_the_reason(self, scene: Scene, lease: Tenancy) -> None:
        scene.wait(30)

        found = amend(scene, lease, starts_on=START + dt.timedelta(days=3))

        lease.refresh_from_db()
        assert lease.starts_on == START + dt.timedelta(days=3)
        assert (found.before, found.after) == (
            {"starts_on": "2025-01-07"},
            {"starts_on": "2025-01-10"},
        )
        trail = audit.history(lease.household).last()
        assert trail is not None
        assert (trail.action, trail.facts) == (
            "household.tenancy_amended",
            {"fields": ["starts_on"]},
        )
        assert WHY not in str(trail.reason), "words are the household's, which can forget them"
        assert (Amendment, "household", ("reason",)) in retention.FREE_WORDS

    def test_months_that_nobody_paid_follow_the_rent(self, scene: Scene, lease: Tenancy) -> None:
        charge(scene, 2, 3)
        scene.day = dt.date(2025, 3, 20)
        paid = RentCharge.objects.get(month="2025-02-01").expectation
        scene.bank((paid, paid.amount))

        amend(scene, lease, rent=euro("300.00"), charges_monthly=euro("12.00"))

        assert owed(scene, lease) == {2: 0, 3: 31_200}
        now = RentCharge.objects.get(month="2025-03-01").expectation
        scene.bank((now, now.amount))
        assert owed(scene, lease) == {2: 0, 3: 0}

    def test_months_before_the_keys_are_owed_no_more(self, scene: Scene, lease: Tenancy) -> None:
        charge(scene, 2, 3)
        scene.day = dt.date(2025, 3, 20)

        amend(scene, lease, starts_on=dt.date(2025, 2, 10))

        assert owed(scene, lease) == {3: 32_000}

    def test_an_end_that_was_none_is_taken_back(self, scene: Scene, lease: Tenancy) -> None:
        charge(scene, 2, 3)
        scene.day = dt.date(2025, 3, 20)
        first = RentCharge.objects.get(month="2025-02-01").expectation
        scene.bank((first, euro("100.00")))
        lettings.end(
            tenancy=lease, on=dt.date(2025, 1, 20), reason="-", code="DIED",
            by=scene.cast.caseworker, at=scene.at,
        )  # fmt: skip
        assert owed(scene, lease) == {}

        amend(scene, lease, ends_on=None)

        lease.refresh_from_db()
        assert (lease.ends_on, lease.end_code) == (None, "")
        assert owed(scene, lease) == {2: 22_000, 3: 32_000}
        amend(scene, lease, rent=euro("300.00"))
        assert owed(scene, lease) == {2: 20_000, 3: 30_000}

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"starts_on": dt.date(2024, 12, 1)}, "tenancy.home_not_ours"),
            ({"ends_on": dt.date(2025, 6, 1)}, "amendment.tenancy_goes_on"),
            ({"rent": euro("320.00")}, "correction.nothing_changed"),
            ({"contract_no": "C-2"}, "correction.not_correctable"),
        ],
    )
    def test_is_refused(
        self, scene: Scene, lease: Tenancy, told: dict[str, object], code: str
    ) -> None:
        with pytest.raises(RuleBroken) as refusal:
            amend(scene, lease, **told)

        assert refusal.value.code == code

    def test_two_never_live_in_one_home(self, scene: Scene, lease: Tenancy) -> None:
        scene.wait(60)
        by = scene.cast.caseworker
        lettings.end(tenancy=lease, on=scene.day, reason="moved", by=by, at=scene.at)
        scene.tenancy(lease.unit, scene.household("H2"))

        with pytest.raises(lettings.AlreadyLet):
            amend(scene, lease, ends_on=scene.day + dt.timedelta(days=1))


class TestAmendOutcome:
    def test_its_day_is_put_right(self, scene: Scene, lease: Tenancy) -> None:
        outcome = told(scene)
        scene.wait(10)

        amendments.amend_outcome(
            outcome=outcome, told={"on": scene.day}, reason=WHY,
            by=scene.cast.caseworker, at=scene.at,
        )  # fmt: skip

        outcome.refresh_from_db()
        assert outcome.on == scene.day
        assert Amendment.objects.get().before == {"on": "2025-01-07"}

    def test_never_to_a_day_that_has_not_come(self, scene: Scene, lease: Tenancy) -> None:
        with pytest.raises(households.InTheFuture):
            amendments.amend_outcome(
                outcome=told(scene), told={"on": scene.day + dt.timedelta(days=1)}, reason=WHY,
                by=scene.cast.caseworker, at=scene.at,
            )  # fmt: skip


class TestPagesAndEndpoints:
    def test_a_caseworker_puts_a_lease_right_on_its_page(
        self, scene: Scene, lease: Tenancy
    ) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)
        path = reverse("tenancy-amend", args=[lease.pk])
        body = {
            "reason": WHY, "starts_on": "2025-01-07", "rent": "310,00", "charges_monthly": "0,00"
        }  # fmt: skip

        assert client.post(path, body).status_code == 302
        page = client.get(path).content.decode()

        lease.refresh_from_db()
        assert lease.rent == euro("310.00")
        assert WHY in page

    def test_a_program_does_so_and_reads_what_stood_before(
        self, scene: Scene, lease: Tenancy
    ) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)
        path = f"/api/v1/outcomes/{told(scene).pk}/amendments/"

        done = client.post(path, {"reason": WHY, "code": "UNKNOWN"}, "application/json")
        read = client.get(path).json()["results"]

        assert done.status_code == 201
        assert [row["before"] for row in read] == [{"code": "KEPT_NO_AID"}]
        assert client.post(path, {"reason": WHY}, "application/json").status_code == 422
