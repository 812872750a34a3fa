"""Orders of an authorised platform: the file is read cell by cell, applied whole, and repeatable."""

import contextlib
import datetime as dt
from dataclasses import replace

import pytest

from backend.core.models import AuditEvent
from backend.core.money import euro
from backend.core.tables import Row, Table
from campaigns import figures, order_rows, platform_orders, pledges
from campaigns.models import Campaign, OrderFile, PlatformOrder, Pledge
from campaigns.order_rows import OrderRow
from campaigns.platform_orders import Outcome, Upload
from investors.models import Investor
from tests.campaigns import ahead
from tests.campaigns.scene import ROME, Scene

COLUMNS = {
    "order_id": "Ordine",
    "tax_code": "CF",
    "name": "Nome",
    "amount": "Importo",
    "ordered_at": "Data",
    "status": "Stato",
    "born_on": "Nato",
}
HEADER = "Ordine;CF;Nome;Importo;Data;Stato;Nato\n"
BORN = dt.date(1980, 12, 31)


def table(*cells: str) -> Table:
    """A table with one row, the cells in the order of COLUMNS."""
    header = tuple(COLUMNS.values())
    return Table(header, (Row(2, dict(zip(header, (*cells, "1980-12-31"), strict=True))),))


def read(*cells: str) -> tuple[list[OrderRow], list[order_rows.Fault]]:
    return order_rows.read(table=table(*cells), columns=COLUMNS, price=euro("100.00"))


class TestReadRow:
    @pytest.mark.parametrize(
        ("amount", "shares"),
        [("500", 5), ("500,00", 5), ("1.200,00", 12), ("1,200.00", 12), ("€ 1200.00", 12)],
    )
    def test_amounts_as_people_write_them(self, amount: str, shares: int) -> None:
        rows, faults = read("A1", "X", "Ada", amount, "2026-03-01 10:30", "")

        assert (rows[0].shares, faults) == (shares, [])

    @pytest.mark.parametrize(
        "amount", ["1.200", "1,200", "550", "-500", "0", "x", "", "5e2", "500.000"]
    )
    def test_an_amount_that_is_not_clear_is_a_fault(self, amount: str) -> None:
        rows, faults = read("A1", "X", "Ada", amount, "2026-03-01", "")

        assert rows == []
        assert [(fault.line, fault.field) for fault in faults] == [(2, "amount")]

    @pytest.mark.parametrize(
        ("text", "utc"),
        [
            ("2026-03-01T10:30:00+01:00", dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)),
            ("01/03/2026 10:30", dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)),
            ("29/02/2024", dt.datetime(2024, 2, 28, 23, tzinfo=dt.UTC)),
            # The hour that autumn repeats: the first of the two.
            ("2020-10-25 02:30", dt.datetime(2020, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ],
    )
    def test_instants_are_those_of_rome(self, text: str, utc: dt.datetime) -> None:
        rows, _faults = read("A1", "X", "Ada", "500", text, "")

        assert rows[0].ordered_at == utc

    @pytest.mark.parametrize(
        ("cells", "field"),
        [
            (("", "X", "Ada", "500", "2026-03-01", ""), "order_id"),
            (("A1", "", "Ada", "500", "2026-03-01", ""), "tax_code"),
            (("A1", "X", "Ada", "500", "29/02/2026", ""), "ordered_at"),
            (("A1", "X", "Ada", "500", "2026-03-01", "forse"), "status"),
            (("A" * 61, "X", "Ada", "500", "2026-03-01", ""), "order_id"),
        ],
    )
    def test_a_fault_names_its_field(self, cells: tuple[str, ...], field: str) -> None:
        _rows, faults = read(*cells)

        assert [fault.field for fault in faults] == [field]


class TestMapping:
    def test_what_is_missing_is_named(self) -> None:
        with pytest.raises(order_rows.BadMapping):
            order_rows.check_mapping(
                {"order_id": "a", "tax_code": "b", "name": "c", "ordered_at": "d"}
            )
        with pytest.raises(order_rows.BadMapping):
            order_rows.check_mapping(COLUMNS | {"email": "Nome"})
        with pytest.raises(order_rows.BadMapping, match="Stato"):
            order_rows.read(
                table=Table(("Ordine",), ()), columns={"status": "Stato"}, price=euro("1")
            )


def line(scene: Scene, order: str, amount: str = "500", person: int = 1, status: str = "") -> str:
    when = scene.at.astimezone(ROME).strftime("%d/%m/%Y %H:%M")
    return f"{order};SYNTHETIC{person:07d};Persona {person};{amount};{when};{status};31/12/1980\n"


def upload(scene: Scene, campaign: Campaign, *lines: str) -> Upload:
    raw = (HEADER + "".join(lines)).encode()
    return Upload(campaign, raw, "orders.csv")


def take_in(scene: Scene, campaign: Campaign, *lines: str) -> Outcome:
    return platform_orders.take_in(
        upload=upload(scene, campaign, *lines), by=scene.cast.owner, at=scene.at
    )


@ahead.act
def on_platform(scene: Scene) -> Campaign:
    found = scene.open_campaign(maximum=euro("3000.00"))
    Campaign.objects.filter(pk=found.pk).update(platform=scene.cast.platform)
    return Campaign.objects.select_related("issuer", "platform").get(pk=found.pk)


pytestmark = pytest.mark.ahead.with_args(on_platform)


@pytest.fixture
def campaign(scene: Scene) -> Campaign:
    found = on_platform(scene)
    platform_orders.save_mapping(campaign=found, columns=COLUMNS, by=scene.cast.owner, at=scene.at)
    return found


@pytest.mark.money
class TestTakeIn:
    def test_orders_become_pledges_of_people_we_did_not_know(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        known = scene.investor()
        first = line(scene, "A1", person=int(known.tax_code[-7:]))
        scene.hour += 1

        outcome = take_in(scene, campaign, line(scene, "A2", "1.000,00", person=77), first)

        assert outcome.counts == {"new": 2, "changed": 0, "revoked": 0, "same": 0}
        found = list(campaign.pledges.in_queue())
        assert [(p.investor.name, p.shares) for p in found] == [(known.name, 5), ("Persona 77", 10)]
        assert found[1].investor.is_synthetic
        assert found[0].placed_at == found[0].queued_at == scene.at - dt.timedelta(hours=1)
        assert AuditEvent.objects.filter(action="orders.taken_in").count() == 1

    def test_the_same_file_again_changes_nothing(self, scene: Scene, campaign: Campaign) -> None:
        told = line(scene, "A1")
        take_in(scene, campaign, told)

        again = take_in(scene, campaign, told, told)

        assert again.counts["same"] == 1
        assert (Pledge.objects.count(), PlatformOrder.objects.count()) == (1, 1)

    def test_a_dry_run_tells_all_and_keeps_nothing(self, scene: Scene, campaign: Campaign) -> None:
        look = platform_orders.look(
            upload=upload(scene, campaign, line(scene, "A1"), line(scene, "A2", "100", person=2)),
            by=scene.cast.owner,
            at=scene.at,
        )

        assert look.counts["new"] == 1
        assert [(fault.line, fault.field) for fault in look.faults] == [(3, "shares")]
        assert not Pledge.objects.exists()
        assert not Investor.objects.exists()
        assert not OrderFile.objects.exists()

    def test_bad_rows_leave_nothing_applied_and_all_told(
        self, scene: Scene, campaign: Campaign
    ) -> None:
        lines = [line(scene, "A1"), line(scene, "A2", "x"), line(scene, "A1", "600")]

        with pytest.raises(platform_orders.FileFaulty) as refused:
            take_in(scene, campaign, *lines)

        told = [(fault["line"], fault["field"]) for fault in refused.value.facts["faults"]]
        assert told == [(3, "amount"), (4, "order_id")]
        assert not Pledge.objects.exists()

    def test_without_a_mapping_nothing_is_read(self, scene: Scene) -> None:
        campaign = on_platform(scene)

        with pytest.raises(platform_orders.NoMapping):
            take_in(scene, campaign, line(scene, "A1"))


@pytest.mark.money
class TestLaterVersions:
    def test_more_then_fewer_then_revoked(self, scene: Scene, campaign: Campaign) -> None:
        when = line(scene, "A1")
        take_in(scene, campaign, when)

        take_in(scene, campaign, when.replace(";500;", ";800;"))
        assert sorted(Pledge.objects.values_list("shares", flat=True)) == [3, 5]
        take_in(scene, campaign, when.replace(";500;", ";600;"))
        assert sorted(Pledge.objects.values_list("shares", flat=True)) == [1, 5]
        outcome = take_in(
            scene, campaign, when.replace(";500;", ";600;").replace(";;31", ";revocato;31")
        )

        assert outcome.counts["revoked"] == 1
        assert set(Pledge.objects.values_list("state", flat=True)) == {"revoked"}
        assert Campaign.objects.get().taken_shares == 0
        versions = PlatformOrder.objects.order_by("version")
        assert [one.facts["shares"] for one in versions][:3] == [5, 8, 6]

    def test_a_revoked_order_does_not_come_back(self, scene: Scene, campaign: Campaign) -> None:
        told = line(scene, "A1", status="revocato")
        take_in(scene, campaign, told)

        with pytest.raises(platform_orders.FileFaulty):
            take_in(scene, campaign, told.replace("revocato", "attivo"))
        assert Pledge.objects.get().state == "revoked"

    def test_an_order_stays_with_its_person(self, scene: Scene, campaign: Campaign) -> None:
        take_in(scene, campaign, line(scene, "A1"))

        with pytest.raises(platform_orders.FileFaulty) as refused:
            take_in(scene, campaign, line(scene, "A1", person=2))
        assert refused.value.facts["faults"][0]["field"] == "tax_code"

    def test_above_the_maximum_it_waits_in_line(self, scene: Scene, campaign: Campaign) -> None:
        scene.pledge(campaign, shares=28)

        take_in(scene, campaign, line(scene, "A1", person=91), line(scene, "A2", person=92))

        assert figures.of_campaign(campaign, at=scene.at).waitlisted == 2


@pytest.mark.money
class TestTypeIn:
    def test_by_hand_and_revoked_by_hand(self, scene: Scene, campaign: Campaign) -> None:
        row = OrderRow(0, "TEL-1", "SYNTHETIC0000005", "Ada", 5, scene.at, born_on=BORN)
        by = scene.cast.owner

        first = platform_orders.type_in(campaign=campaign, row=row, by=by, at=scene.at)
        gone = OrderRow(
            0, "TEL-1", "SYNTHETIC0000005", "Ada", 5, scene.at, is_revoked=True, born_on=BORN
        )
        second = platform_orders.type_in(campaign=campaign, row=gone, by=by, at=scene.at)

        assert (first.version, second.version) == (1, 2)
        assert Pledge.objects.get().state == "revoked"


@pytest.mark.money
class TestHeardInTime:
    """An order is paid, and taken back at the platform on its third day; we hear of it on the tenth."""

    @pytest.fixture
    def ordered(self, scene: Scene, campaign: Campaign) -> OrderRow:
        row = OrderRow(0, "P-1", "SYNTHETIC0000005", "Ada", 5, scene.at, born_on=BORN)
        platform_orders.type_in(campaign=campaign, row=row, by=scene.cast.owner, at=scene.at)
        scene.wait(1)
        scene.transfer(Pledge.objects.get())
        scene.wait(9)
        return row

    @pytest.mark.parametrize(("days", "state"), [(3, "revoked"), (4, "revoked"), (5, "placed")])
    def test_by_the_time_that_the_platform_names(
        self, scene: Scene, campaign: Campaign, ordered: OrderRow, days: int, state: str
    ) -> None:
        changed_at = ordered.ordered_at + dt.timedelta(days=days)
        gone = replace(ordered, is_revoked=True, changed_at=changed_at)

        with contextlib.suppress(pledges.ReflectionOver):
            platform_orders.type_in(campaign=campaign, row=gone, by=scene.cast.owner, at=scene.at)

        assert Pledge.objects.get().state == state

    @pytest.mark.parametrize(("days", "state"), [(3, "revoked"), (9, "placed")])
    def test_else_by_the_time_of_the_file(
        self, scene: Scene, campaign: Campaign, ordered: OrderRow, days: int, state: str
    ) -> None:
        when = ordered.ordered_at.astimezone(ROME).strftime("%d/%m/%Y %H:%M")
        row = f"P-1;SYNTHETIC0000005;Ada;500;{when};revocato;31/12/1980\n"
        made_at = ordered.ordered_at + dt.timedelta(days=days)
        file = replace(upload(scene, campaign, row), made_at=made_at)

        with contextlib.suppress(platform_orders.FileFaulty):
            platform_orders.take_in(upload=file, by=scene.cast.owner, at=scene.at)

        assert Pledge.objects.get().state == state

    def test_a_column_may_hold_it(self) -> None:
        columns = COLUMNS | {"changed_at": "Variato"}
        header = (*COLUMNS.values(), "Variato")
        cells = ("A1", "X", "Ada", "500", "2026-03-01", "", "1980-12-31", "2026-03-04 10:30")
        found = Table(header, (Row(2, dict(zip(header, cells, strict=True))),))

        rows, _faults = order_rows.read(table=found, columns=columns, price=euro("100.00"))

        assert rows[0].changed_at == dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
