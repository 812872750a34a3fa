"""The simulation of loss by its articles: what counts, what is taken off, and the reading of taxes."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.models import AuditEvent
from backend.core.money import as_text, cents, euro, from_cents
from investors import assessments, loss, suitability, warnings
from investors.loss import Figures, TaxReading
from investors.models import LossComponents
from investors.warnings import Told
from tests.cast import Cast
from tests.investors.people import AT, register

ANNA = Figures(
    labour=euro("32000.00"),
    interest=euro("120.00"),
    rents=euro("4800.00"),
    income_costs=euro("900.00"),
    contributions=euro("3000.00"),
    income_tax=euro("6000.00"),
    accounts=euro("15000.00"),
    funds=euro("5000.00"),
    housing=euro("7200.00"),
    utilities=euro("1800.00"),
    property_tax=euro("400.00"),
)
AMOUNTS = st.integers(0, 10**9).map(from_cents)


@pytest.mark.rule("R34", "R35", "R36", "R37", "R38", "R40")
class TestSimulate:
    def test_a_worked_example(self) -> None:
        found = loss.simulate(ANNA)

        assert found.income == euro("27020.00")
        assert found.assets == euro("20000.00")
        assert found.commitments == euro("9400.00")
        assert (found.net_worth, found.loss) == (euro("37620.00"), euro("3762.00"))

    @pytest.mark.parametrize(
        ("reading", "worth"), [(TaxReading.ONCE, "37620.00"), (TaxReading.LITERAL, "31620.00")]
    )
    def test_income_tax_by_both_readings(self, reading: TaxReading, worth: str) -> None:
        assert loss.simulate(ANNA, reading=reading).net_worth == euro(worth)

    def test_tax_is_taken_off_once_unless_somebody_decides_otherwise(self) -> None:
        assert loss.READING == TaxReading.ONCE

    @pytest.mark.parametrize("name", loss.NAMES)
    def test_every_component_moves_net_worth_by_itself(self, name: str) -> None:
        more = replace(ANNA, **{name: getattr(ANNA, name) + euro("100.00")})
        gained = loss.simulate(more).net_worth - loss.simulate(ANNA).net_worth

        sign = 1 if name in loss.EARNED + loss.ASSETS else -1
        assert gained == euro("100.00") * sign

    def test_a_negative_net_worth_bears_no_loss_and_lowers_no_bound(self) -> None:
        found = loss.simulate(Figures(labour=euro("1000.00"), housing=euro("9000.00")))

        assert (found.net_worth, found.loss) == (euro("-8000.00"), euro("0.00"))
        assert suitability.is_large(total=euro("1000.01"), net_worth=found.net_worth)
        assert not suitability.is_large(total=euro("1000.00"), net_worth=found.net_worth)

    @given(st.builds(Figures, **dict.fromkeys(loss.NAMES, AMOUNTS)))
    def test_the_formula_in_whole_cents(self, figures: Figures) -> None:
        found = loss.simulate(figures)

        added = sum(cents(getattr(figures, name)) for name in loss.EARNED + loss.ASSETS)
        taken = sum(cents(getattr(figures, name)) for name in loss.TAKEN_OFF + loss.COMMITMENTS)
        assert cents(found.net_worth) == added - taken
        assert cents(found.loss) * 10 <= max(added - taken, 0) < cents(found.loss) * 10 + 10

    @given(st.builds(Figures, **dict.fromkeys(loss.NAMES, AMOUNTS)))
    def test_the_letter_is_never_more_generous(self, figures: Figures) -> None:
        literal = loss.simulate(figures, reading=TaxReading.LITERAL)

        assert literal.net_worth <= loss.simulate(figures).net_worth


@pytest.mark.rule("R39")
class TestValuationDay:
    def test_the_last_of_december_before(self) -> None:
        assert loss.valuation_day(dt.date(2026, 1, 1)) == dt.date(2025, 12, 31)


@pytest.mark.rule("R42", "R43", "R44")
@pytest.mark.django_db
class TestSimulateLoss:
    @pytest.mark.rule("R44")
    def test_only_the_result_is_kept(self, cast: Cast) -> None:
        made = assessments.simulate_loss(
            investor=register(cast), figures=ANNA, by=cast.investor, at=AT
        )

        assert not LossComponents.objects.exists()
        assert (made.net_worth, made.valid_until) == (euro("37620.00"), dt.date(2027, 11, 12))

    @pytest.mark.rule("R44")
    def test_components_stay_where_the_person_agrees(self, cast: Cast) -> None:
        assessments.simulate_loss(
            investor=register(cast), figures=ANNA, keeps_components=True, by=cast.investor, at=AT
        )

        kept = LossComponents.objects.get().figures
        assert kept["rents"] == "4800.00"
        assert set(kept) == set(loss.NAMES)

    @pytest.mark.rule("R44")
    @pytest.mark.parametrize("agrees_again", [True, False])
    def test_another_simulation_keeps_its_own_or_none(self, cast: Cast, agrees_again: bool) -> None:
        investor = register(cast)
        for keeps in (True, agrees_again):
            assessments.simulate_loss(
                investor=investor, figures=ANNA, keeps_components=keeps, by=cast.investor, at=AT
            )

        assert LossComponents.objects.count() == int(agrees_again)

    @pytest.mark.rule("R44")
    def test_whoever_agreed_may_think_again(self, cast: Cast) -> None:
        investor, by = register(cast), cast.investor
        assessments.simulate_loss(
            investor=investor, figures=ANNA, keeps_components=True, by=by, at=AT
        )

        gone = [
            assessments.forget_components(investor=investor, by=by, at=AT) for _again in range(2)
        ]

        assert (gone, investor.loss_simulations.count()) == ([1, 0], 1)
        assert AuditEvent.objects.filter(action="loss_components.forgotten").count() == 1

    @pytest.mark.parametrize(
        ("taken", "day", "counts"),
        [
            ("2026-03-01", "2027-03-01", True),  # 365 days
            ("2026-03-01", "2027-03-02", False),
            ("2027-03-01", "2028-03-01", True),  # 366 days, over a 29 February
            ("2027-03-01", "2028-03-02", False),
            ("2024-02-29", "2025-02-28", True),
            ("2024-02-29", "2025-03-01", False),
        ],
    )
    def test_it_is_repeated_every_year(self, taken: str, day: str, counts: bool) -> None:
        then, now = (
            dt.datetime.fromisoformat(each).replace(hour=12, tzinfo=dt.UTC) for each in (taken, day)
        )

        assert suitability.is_expired(then, 1, now) is not counts

    @pytest.mark.rule("R43")
    def test_the_result_is_received(self, cast: Cast) -> None:
        investor = register(cast)
        made = assessments.simulate_loss(investor=investor, figures=ANNA, by=cast.investor, at=AT)
        subject = f"loss_simulation:{made.pk}"
        amounts = {"net_worth": str(made.net_worth.amount), "loss": str(made.bearable_loss.amount)}
        assert assessments.unacknowledged(investor) == {subject: Told("simulation", amounts)}

        assessments.acknowledge_due(investor=investor, subject=subject, by=cast.investor, at=AT)

        receipt = investor.acknowledgements.get()
        assert assessments.unacknowledged(investor) == {}
        assert as_text(made.net_worth, receipt.language) in str(
            warnings.text(receipt.kind, receipt.version, receipt.amounts)
        )
