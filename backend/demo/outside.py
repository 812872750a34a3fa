"""The world around the application, as the demo moves it: the day, the bank, people's cards.

Told over HTTP to the stand-ins, which know nothing of us. What the world writes (statements, events)
reaches the application the way it would in life.
"""

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import asdict, dataclass

from backend.demo.client import Client, wait_until
from backend.simulators.bank.ledger import Order, Transfer, name_of


@dataclass(frozen=True)
class Statement:
    """A statement file that the bank offers."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Outside:
    """The two stand-ins."""

    bank: Client
    stripe: Client

    def tell_time(self, moment: dt.datetime) -> None:
        """Tell both what time it is in the demo."""
        told = {"now": moment.isoformat()}
        self.bank.post("/_control/clock", told)
        self.stripe.post("/_control/clock", told)

    def open_accounts(self, accounts: Sequence[dict[str, str]]) -> None:
        """Open accounts at the bank: iban, holder, opening; those that are open stay as they are."""
        self.bank.post("/_control/accounts", {"accounts": list(accounts)})

    def send(self, transfers: Iterable[Transfer]) -> None:
        """Somebody's transfers arrive at (or leave) an account; each `key` once."""
        told = [asdict(transfer) for transfer in transfers]
        self.bank.post("/_control/transfers", {"transfers": told})

    def order(self, orders: Iterable[Order]) -> None:
        """Order payments from our accounts; the bank executes them with the day's run."""
        self.bank.post("/orders", {"orders": [asdict(order) for order in orders]})

    def hand_in(self, file: bytes) -> None:
        """Hand a payment order's file in at the bank, which executes it with the day's run."""
        self.bank.send("/orders/file", file)

    def send_back(self, key: str, reason: str) -> None:
        """The payee's bank does not take a transfer that was executed."""
        self.bank.post("/_control/returns", {"key": key, "reason": reason})

    def run_day(self) -> None:
        """The bank executes orders; Stripe lets payouts arrive and sends out what is available."""
        self.bank.post("/_control/day")
        self.stripe.post("/_control/day")

    def pay_by_card(self, intents: Sequence[str], card: str = "visa") -> dict[str, str]:
        """People pay on the provider's page; the answer is the state of each intent."""
        told = self.stripe.post("/_control/pay", {"intents": list(intents), "card": card})
        return {str(key): str(value) for key, value in told.items()}

    def let_events_arrive(self) -> None:
        """Wait until every event has reached the application, hurrying those that dawdle."""
        self.stripe.post("/_control/deliveries/hurry")
        wait_until(self._is_quiet, "the delivery of every event")

    def statements(self, ibans: Iterable[str], known: Container[str]) -> list[Statement]:
        """Have the bank write what is new, and give every statement that is not known yet.

        Also those of before: a file that was written and never handed in is not lost.
        """
        found = []
        for iban in ibans:
            self.bank.post(f"/accounts/{iban}/statements")
            told = self.bank.get(f"/accounts/{iban}/statements")
            names = {name_of(iban, number): number for number in told}
            found += [self._statement(iban, n) for name, n in names.items() if name not in known]
        return found

    def balances(self) -> dict[str, str]:
        """What the bank says is on each account."""
        return {each["iban"]: each["balance"] for each in self.bank.get("/accounts")}

    def _statement(self, iban: str, number: int) -> Statement:
        content = self.bank.fetch(f"/accounts/{iban}/statements/{number}")
        return Statement(name_of(iban, number), content)

    def _is_quiet(self) -> bool:
        return "waiting" not in self.stripe.get("/_control/deliveries")
