"""Writing a grant down: a fund with its policies, instalments that are expected."""

import datetime as dt

import pytest

from backend.core.money import euro
from backend.core.roles import MayNot
from backend.ledger import balances, funds
from backend.ledger.models import Purpose
from backend.treasury import bank_accounts
from campaigns.grants import agreements, standing
from campaigns.grants.agreements import Instalment
from tests.campaigns.grants import given
from tests.campaigns.scene import Scene

pytestmark = pytest.mark.money


class TestAgree:
    def test_opens_a_fund_that_pays_its_kinds_in_its_days(self, scene: Scene) -> None:
        grant = given.grant(scene)

        for day, wanted in (
            (grant.starts_on - dt.timedelta(days=1), set()),
            (grant.starts_on, {Purpose.WORKS, Purpose.MANAGEMENT}),
            (grant.pay_until, {Purpose.WORKS, Purpose.MANAGEMENT}),
            (grant.pay_until + dt.timedelta(days=1), set()),
        ):
            assert funds.allowed_purposes(fund=grant.fund, on=day) == wanted
        assert grant.fund.is_restricted

    def test_waits_for_its_instalments(self, scene: Scene) -> None:
        grant = given.grant(scene)

        given.receive(scene, grant)

        found = standing.of(grant, on=scene.day)
        assert [due.is_received for due in found.instalments] == [True, False]
        here = bank_accounts.sub_account(bank_account=scene.ordinary, fund=grant.fund)
        assert balances.balance(here) == found.received == euro("4000.00")

    def test_knows_the_grantors_own_code(self, scene: Scene) -> None:
        instalment = Instalment(euro("6000.00"), scene.day, "MANDATO2026000417")
        grant = given.grant(scene, instalments=[instalment])

        scene.bank(scene.ordinary, (euro("6000.00"), "liq. mandato 2026000417"))

        assert standing.of(grant, on=scene.day).received == euro("6000.00")

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"ends_on": dt.date(2020, 1, 1)}, agreements.DaysOutOfOrder),
            ({"kinds": []}, agreements.NotEligible),
            ({"kinds": [Purpose.PRICE]}, agreements.NotEligible),
            ({"kinds": [Purpose.PROVIDER_FEES]}, agreements.NotEligible),
            ({"instalments": []}, agreements.TooMuch),
            ({"amount": euro("5999.99")}, agreements.TooMuch),
        ],
    )
    def test_refuses_what_makes_no_sense(
        self, scene: Scene, changes: dict[str, object], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            given.grant(scene, **changes)

    def test_comes_to_an_ordinary_account_once(self, scene: Scene) -> None:
        with pytest.raises(agreements.NoAccount):
            given.grant(scene, bank_account=scene.restricted)
        given.grant(scene, code="one")
        with pytest.raises(agreements.CodeTaken):
            given.grant(scene, code="one")

    def test_is_written_by_who_may(self, scene: Scene) -> None:
        scene.cast.finance.roles = ["investor"]

        with pytest.raises(MayNot):
            given.grant(scene)
