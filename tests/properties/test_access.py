"""Who sees which rows: the access table of housing.md, section 5, row by row."""

import pytest

from backend.core.models import AuditEvent, User
from backend.core.roles import MayNot, Role
from properties import identities, lettings, releases
from properties.identities import NoPurpose
from properties.models import Acquisition, CostLine, Household, Snapshot, Tenancy, Unit
from properties.snapshots import content_hash
from tests.cast import Cast, person
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

SEES = {
    # role: homes, purchases, costs, households, contracts
    "owner": (1, 1, 1, 1, 1),
    "finance": (1, 1, 1, 0, 1),
    "caseworker": (1, 0, 0, 1, 1),
    "city_reviewer": (1, 1, 1, 0, 0),
    "auditor": (1, 1, 1, 1, 1),
    "stranger": (0, 0, 0, 0, 0),
    "other_caseworker": (0, 0, 0, 0, 0),
    "investor": (0, 0, 0, 0, 0),
    "programme_officer": (0, 0, 0, 0, 0),
    "administrator": (0, 0, 0, 0, 0),
}
MODELS = (Unit, Acquisition, CostLine, Household, Tenancy)


@pytest.fixture
def lived_in(scene: Scene) -> Scene:
    unit = scene.unit("A1")
    scene.buy(unit)
    scene.tenancy(unit, scene.household("H1", identity={"name": "Rossi"}))
    return scene


class TestVisibleTo:
    @pytest.mark.parametrize("who", SEES)
    def test_each_role_sees_what_the_table_says(self, lived_in: Scene, who: str) -> None:
        user = getattr(lived_in.cast, who)

        seen = tuple(model.objects.visible_to(user).count() for model in MODELS)

        assert seen == SEES[who]

    @pytest.mark.parametrize(("of", "count"), [("rival", 0), (None, 1)])
    def test_an_auditor_reads_the_own_issuers_rows_or_oversees_all(
        self, lived_in: Scene, of: str | None, count: int
    ) -> None:
        auditor = person("another", Role.AUDITOR, getattr(lived_in.cast, of) if of else None)

        seen = tuple(model.objects.visible_to(auditor).count() for model in MODELS)

        assert seen == (count,) * len(MODELS)

    def test_a_draft_is_for_the_issuer_alone(self, cast: Cast) -> None:
        Snapshot.objects.create(
            organisation=cast.issuer,
            as_of="2025-01-01",
            version=1,
            data={},
            content_hash=content_hash({}),
            taken_at="2025-01-02T10:00:00+00:00",
        )
        readers = ("owner", "stranger", "city_reviewer", "investor")

        seen = [Snapshot.objects.visible_to(getattr(cast, who)).count() for who in readers]

        assert seen == [1, 0, 0, 0]

    def test_a_restricted_household_is_for_its_caseworker_alone(self, scene: Scene) -> None:
        scene.household("H1", is_restricted=True)
        readers = ("owner", "caseworker", "auditor", "finance")

        seen = [Household.objects.visible_to(getattr(scene.cast, who)).count() for who in readers]

        assert seen == [0, 1, 0, 0]


class TestHomesOfACaseworker:
    """Address and cadastral key: of own cases, and of homes that nobody lives in."""

    @pytest.fixture
    def colleague(self, scene: Scene) -> User:
        return person("case-two", Role.CASEWORKER, scene.cast.issuer)

    def seen(self, who: User) -> list[str]:
        return list(Unit.objects.visible_to(who).order_by("code").values_list("code", flat=True))

    def test_a_home_that_is_empty_again_is_seen_by_all(self, scene: Scene, colleague: User) -> None:
        scene.buy(unit := scene.unit("A1"))
        tenancy = scene.tenancy(unit, scene.household("H1"))
        assert self.seen(colleague) == []
        scene.wait(90)

        lettings.end(
            tenancy=tenancy, on=scene.day, reason="moved", by=scene.cast.caseworker, at=scene.at
        )

        assert self.seen(colleague) == self.seen(scene.cast.caseworker) == ["A1"]

    def test_a_contract_that_ends_one_day_still_hides_the_home(
        self, scene: Scene, colleague: User
    ) -> None:
        scene.buy(unit := scene.unit("A1"))
        tenancy = scene.tenancy(unit, scene.household("H1"))

        Tenancy.objects.filter(pk=tenancy.pk).update(ends_on="2999-01-01")

        assert self.seen(colleague) == []

    def test_people_found_in_it_are_seen_by_who_looks_after_them(
        self, scene: Scene, colleague: User
    ) -> None:
        scene.buy(unit := scene.unit("A1", occupancy="DEBTOR_FAMILY"))
        assert self.seen(colleague) == ["A1"], "somebody must take them in"

        scene.household("H1", was_living_in=unit)
        assert (self.seen(colleague), self.seen(scene.cast.caseworker)) == ([], ["A1"])

        gone = releases.NewRelease(on=scene.day, how="AGREED")
        releases.record(unit=unit, new=gone, by=scene.cast.caseworker, at=scene.at)
        assert self.seen(colleague) == ["A1"]


class TestIdentity:
    def test_reading_it_leaves_a_trace_before_the_name(self, lived_in: Scene) -> None:
        household = Household.objects.get()

        found = identities.read(
            household=household,
            purpose="To call about the lease",
            by=lived_in.cast.caseworker,
            at=lived_in.at,
        )

        assert found.name == "Rossi"
        assert AuditEvent.objects.filter(action="identity.read", by=lived_in.cast.caseworker)

    def test_without_a_purpose_it_stays_shut(self, lived_in: Scene) -> None:
        with pytest.raises(NoPurpose):
            identities.read(
                household=Household.objects.get(),
                purpose="  ",
                by=lived_in.cast.caseworker,
                at=lived_in.at,
            )

    @pytest.mark.parametrize("who", ["owner", "finance", "city_reviewer"])
    def test_nobody_else_opens_it(self, lived_in: Scene, who: str) -> None:
        with pytest.raises(MayNot):
            identities.read(
                household=Household.objects.get(),
                purpose="curiosity",
                by=getattr(lived_in.cast, who),
                at=lived_in.at,
            )
