"""Who may own a project, and who stands too close to the platform."""

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.rules import owners
from campaigns.rules.owners import DueDiligence, Ties

DAY = dt.date(2026, 11, 22)


class TestMayRaise:
    @pytest.mark.rule("R1")
    def test_a_business_and_no_consumer(self) -> None:
        assert owners.may_raise(is_consumer=False)
        assert not owners.may_raise(is_consumer=True)


@pytest.mark.rule("R5")
class TestMayHold:
    @pytest.mark.parametrize(
        ("is_spv", "assets", "may"),
        [(True, 1, True), (True, 2, False), (False, 2, True), (False, 200, True)],
    )
    def test_a_vehicle_holds_one_asset(self, is_spv: bool, assets: int, may: bool) -> None:
        assert owners.may_hold(is_spv=is_spv, assets=assets) is may


@pytest.mark.rule("R6")
class TestLacksOfDiligence:
    @pytest.mark.parametrize(
        ("found", "lacks"),
        [
            (DueDiligence(), 3),
            (DueDiligence(True, False, None), 1),
            (DueDiligence(False, False, DAY), 1),
            (DueDiligence(True, True, DAY), 1),
            (DueDiligence(True, False, DAY), 0),
        ],
    )
    def test_what_was_not_looked_at_counts_as_lacking(
        self, found: DueDiligence, lacks: int
    ) -> None:
        assert len(owners.lacks_of_diligence(found)) == lacks


class TestIsTooClose:
    @pytest.mark.rule("R7")
    @pytest.mark.parametrize(
        ("ties", "is_close"),
        [
            (Ties(), False),
            (Ties(Decimal("19.99")), False),
            (Ties(Decimal("20.00")), True),
            (Ties(is_manager=True), True),
            (Ties(is_employee=True), True),
            (Ties(is_controlled=True), True),
        ],
    )
    def test_from_twenty_percent_or_by_office(self, ties: Ties, is_close: bool) -> None:
        assert owners.is_too_close(ties) is is_close

    @pytest.mark.rule("R7.disclosure")
    def test_one_who_is_close_makes_the_offer_say_so(self) -> None:
        assert owners.must_disclose([Ties(), Ties(is_employee=True)])
        assert not owners.must_disclose([Ties(), Ties(Decimal(19))])


@pytest.mark.rule("I2")
class TestStatuteProtects:
    @pytest.mark.parametrize(
        ("years", "publishes", "protects"),
        [(3, True, True), (2, True, False), (3, False, False), (5, True, True)],
    )
    def test_exit_for_three_years_and_agreements_published(
        self, years: int, publishes: bool, protects: bool
    ) -> None:
        found = owners.statute_protects(exit_years=years, publishes_agreements=publishes)

        assert found is protects


@pytest.mark.rule("I12")
class TestMayDistributeProfit:
    @pytest.mark.parametrize(
        ("on", "may"), [(dt.date(2025, 11, 21), False), (dt.date(2025, 11, 22), True)]
    )
    def test_not_within_five_years_of_registration(self, on: dt.date, may: bool) -> None:
        since = dt.date(2020, 11, 22)

        found = owners.may_distribute_profit(is_start_up=True, registered_on=since, on=on)

        assert found is may

    def test_who_is_no_start_up_may_and_who_lacks_its_day_may_not(self) -> None:
        assert owners.may_distribute_profit(is_start_up=False, registered_on=None, on=DAY)
        assert not owners.may_distribute_profit(is_start_up=True, registered_on=None, on=DAY)
