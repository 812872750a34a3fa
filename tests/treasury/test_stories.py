"""Bookkeeping stories that an accountant can read: what happened, and every balance after it.

Columns: what is held, what the issuer holds of raised and of own money, what is on the way, what is
in suspense at each bank, and what each bank says.
"""

import datetime as dt
from collections.abc import Callable

import pytest

from backend.core.users import SYSTEM
from backend.ledger import accounts, balances, posting
from backend.ledger.models import Account
from backend.ledger.posting import Leg, NewEntry
from backend.treasury import bank_accounts, lines
from backend.treasury.models import BankLine
from tests.cast import Cast
from tests.treasury.files import DAY, Move
from tests.treasury.house import AT, IN, OUT, House, Owner

pytestmark = pytest.mark.money

COLUMNS = ("held", "raised", "own", "transit", "suspense R", "suspense O", "bank R", "bank O")
Row = tuple[Callable[[], object], str]


def standing(house: House) -> str:
    """The balances of the columns, in whole euro."""
    transit = Account.objects.filter(code="transit:held:raised").first()
    found = [
        balances.balance(house.held),
        balances.balance(house.holding),
        balances.balance(house.own_holding),
        balances.balance(transit) if transit else house.pledge(1).amount * 0,
        balances.balance(house.restricted.suspense),
        balances.balance(house.ordinary.suspense),
        bank_accounts.balance(house.restricted),
        bank_accounts.balance(house.ordinary),
    ]
    return " ".join(f"{amount.amount:.0f}" for amount in found)


def tell(house: House, *rows: Row) -> None:
    """Let each event happen and compare the whole row of balances; banks and books agree throughout."""
    for number, (event, expected) in enumerate(rows, start=1):
        event()
        assert standing(house) == " ".join(expected.split()), f"after event {number}: {COLUMNS}"
        both = bank_accounts.standings([house.restricted, house.ordinary])
        assert not any(one.difference.amount for one in both)


class Events:
    """The verbs of the stories."""

    def __init__(self, house: House, cast: Cast) -> None:
        self.house, self.cast = house, cast

    def line_in(self, amount: str, text: str, at: str = "restricted") -> Callable[[], object]:
        account = getattr(self.house, at)
        return lambda: self.house.bank(Move(amount, text), at=account)

    def run(self) -> object:
        return self.house.run()

    def explain(self, **meaning: object) -> Callable[[], object]:
        def by_hand() -> object:
            return lines.classify(
                line=BankLine.objects.latest("id"),
                by=self.cast.finance,
                at=AT,
                reason="Known.",
                **meaning,  # type: ignore[arg-type]
            )

        return by_hand

    def fee(self, amount: str) -> Callable[[], object]:
        """A card payment of fifty euro and its fee: due from own money to the raised fund."""
        house = self.house
        specs = {"clearing": house.raised, "due": house.raised, "owed": house.own}
        made = {
            kind: accounts.open_account(code=f"story:{kind}", kind=kind, fund=fund)
            for kind, fund in specs.items()
        }
        fees = accounts.open_account(
            code="story:fees", kind="use", fund=house.own, purpose="provider_fees"
        )
        euro = house.pledge(1, amount).amount
        legs = (
            Leg(house.payer(7), made["clearing"], house.pledge(7, "50").amount),
            Leg(made["clearing"], made["due"], euro),
            Leg(made["owed"], fees, euro),
        )
        entry = NewEntry("story:fee", "fee", DAY, legs)
        return lambda: posting.post(entry=entry, by=SYSTEM, at=AT)

    def account(self, kind: str) -> Account:
        return Account.objects.get(code=f"story:{kind}")


@pytest.fixture
def events(house: House, owner: Owner, cast: Cast) -> Events:
    return Events(house, cast)


class TestRoadOfARaise:
    def test_from_pledges_to_a_home(self, house: House, events: Events) -> None:
        house.expect(1, "600.00")
        house.expect(2, "400.00")
        release = house.pledge(900).reference
        price = accounts.open_account(
            code="story:price", kind="use", fund=house.raised, purpose="acquisition.price"
        )

        def expect_price() -> None:
            house.expect(
                5, "800.00", direction=OUT, bank_account=house.ordinary,
                source=house.holding, target=price,
            )  # fmt: skip

        tell(
            house,
            #                                             held raised own transit sR sO bR bO
            (events.line_in("600.00", house.pledge(1).reference), "0 0 0 0  600 0  600 0"),
            (events.run, "600 0 0 0  0 0  600 0"),
            (events.line_in("400.00", house.pledge(2).reference), "600 0 0 0  400 0  1000 0"),
            (events.run, "1000 0 0 0  0 0  1000 0"),
            (lambda: house.expect_release("1000.00"), "1000 0 0 0  0 0  1000 0"),
            (events.line_in("-1000.00", release), "1000 0 0 0  -1000 0  0 0"),
            (events.run, "0 0 0 1000  0 0  0 0"),
            (events.line_in("1000.00", release, "ordinary"), "0 0 0 1000  0 1000  0 1000"),
            (events.run, "0 1000 0 0  0 0  0 1000"),
            (expect_price, "0 1000 0 0  0 0  0 1000"),
            (
                events.line_in("-800.00", house.pledge(5).reference, "ordinary"),
                "0 1000 0 0  0 -800  0 200",
            ),
            (events.run, "0 200 0 0  0 0  0 200"),
        )

    def test_that_fails_goes_back_to_the_payer(self, house: House, events: Events) -> None:
        house.expect(1, "600.00")

        def expect_refund() -> None:
            house.expect(6, "600.00", direction=OUT, source=house.held, target=house.payer(1))

        tell(
            house,
            (events.line_in("600.00", house.pledge(1).reference), "0 0 0 0  600 0  600 0"),
            (events.run, "600 0 0 0  0 0  600 0"),
            (expect_refund, "600 0 0 0  0 0  600 0"),
            (events.line_in("-600.00", house.pledge(6).reference), "600 0 0 0  -600 0  0 0"),
            (events.run, "0 0 0 0  0 0  0 0"),
        )


class TestOwnMoney:
    def test_makes_a_fee_good(self, house: House, events: Events) -> None:
        top_up = house.pledge(8).reference
        fee = events.fee("2.00")

        def expect_top_up() -> None:
            due_on = DAY + dt.timedelta(days=3)
            house.expect(
                8, "2.00", direction=OUT, bank_account=house.ordinary, due_on=due_on,
                source=house.own_holding, target=events.account("owed"),
            )  # fmt: skip
            house.expect(
                8, "2.00", direction=IN, due_on=due_on,
                source=events.account("due"), target=house.held,
            )  # fmt: skip

        tell(
            house,
            (events.line_in("100.00", "apporto soci", "ordinary"), "0 0 0 0  0 100  0 100"),
            (events.explain(fund=house.own, payer="Soci"), "0 0 100 0  0 0  0 100"),
            (fee, "0 0 100 0  0 0  0 100"),
            (expect_top_up, "0 0 100 0  0 0  0 100"),
            (events.line_in("-2.00", top_up, "ordinary"), "0 0 100 0  0 -2  0 98"),
            (events.line_in("2.00", top_up), "0 0 100 0  2 -2  2 98"),
            (events.run, "2 0 98 0  0 0  2 98"),
        )

    def test_bears_a_bank_charge(self, house: House, events: Events) -> None:
        tell(
            house,
            (events.line_in("100.00", "apporto soci", "ordinary"), "0 0 0 0  0 100  0 100"),
            (events.explain(fund=house.own, payer="Soci"), "0 0 100 0  0 0  0 100"),
            (events.line_in("-3.00", "canone mensile", "ordinary"), "0 0 100 0  0 -3  0 97"),
            (events.explain(fund=house.own, purpose="running"), "0 0 97 0  0 0  0 97"),
        )

    def test_earns_a_rent(self, house: House, events: Events) -> None:
        tenant = accounts.open_account(code="tenancy:1", kind="payer", fund=house.own)

        def expect_rent() -> None:
            house.expect(
                9, "350.00", bank_account=house.ordinary, source=tenant, target=house.own_holding
            )

        reference = house.pledge(9).reference
        tell(
            house,
            (expect_rent, "0 0 0 0  0 0  0 0"),
            (events.line_in("200.00", f"affitto {reference}", "ordinary"), "0 0 0 0 0 200 0 200"),
            (events.run, "0 0 200 0  0 0  0 200"),
            (events.line_in("150.00", f"saldo {reference}", "ordinary"), "0 0 200 0 0 150 0 350"),
            (events.run, "0 0 350 0  0 0  0 350"),
        )


class TestMoneyThatIsNotOurs:
    def test_waits_in_suspense_and_is_sent_back(
        self, house: House, events: Events, cast: Cast
    ) -> None:
        def pair() -> None:
            came, went = BankLine.objects.order_by("id")
            lines.offset(came=came, went=went, by=cast.finance, at=AT, reason="Sent back.")

        tell(
            house,
            (events.line_in("75.00", "errore"), "0 0 0 0  75 0  75 0"),
            (events.run, "0 0 0 0  75 0  75 0"),
            (events.line_in("-75.00", "storno"), "0 0 0 0  0 0  0 0"),
            (events.run, "0 0 0 0  0 0  0 0"),
            (pair, "0 0 0 0  0 0  0 0"),
        )
