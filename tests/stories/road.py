"""What the people of a story do, in words; each act is a request to the API by whose task it is.

The bank is the stand-in itself, asked without HTTP; its statements go through the upload as files.
"""

import datetime as dt
import io
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rest_framework.test import APIClient

from backend.core import clock, jobs
from backend.core.models import User
from backend.ledger import funds
from backend.simulators.bank.camt import as_xml
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Bank, Order, Transfer
from backend.treasury import bank_accounts
from campaigns import sheets
from campaigns.models import Campaign, Refund
from campaigns.rules.sheets import parts_of_kiis
from tests.campaigns.provider import Provider, post
from tests.campaigns.scene import RIGHT_ANSWERS
from tests.cast import Cast
from tests.properties.scene import HANDS

BEGINS_ON = dt.date(2026, 1, 12)
RESTRICTED, ORDINARY = synthetic_iban(1), synthetic_iban(2)
OWN = "own"
SHARE = 250
OFFER = {
    "slug": "case",
    "title_it": "Case",
    "title_en": "Homes",
    "summary_it": "Compriamo case.",
    "summary_en": "We buy homes.",
    "risk_it": "Puoi perdere tutto.",
    "risk_en": "You can lose everything.",
    "instrument": "quota",
    "min_shares": 2,
    "opens_on": "2026-02-02",
    "deadline_on": "2026-03-31",
    "own_fund": OWN,
    "restricted_account": RESTRICTED,
    "ordinary_account": ORDINARY,
    "mode": "operator",
    "nominal_per_share": {"amount": "50.00", "currency": "EUR"},
    "capital_before": {"amount": "10000.00", "currency": "EUR"},
}
POINTS = [point.code for part in parts_of_kiis(is_spv=False) for point in part.fields]
DECLARED = {"name": "Marta Prova", "evidence": "signed on paper"}
SHEET = {
    "parts": {language: dict.fromkeys(POINTS, "Detto in breve.") for language in ("it", "en")},
    "responsible": [{"name": "Marta Prova", "function": "Amministratrice"}],
}


def euros(amount: int | str) -> dict[str, str]:
    return {"amount": f"{float(amount):.2f}", "currency": "EUR"}


@dataclass
class Road:
    """The people, the bank, the cards."""

    cast: Cast
    provider: Provider
    bank: Bank = field(default_factory=Bank)
    keys: int = 0

    @classmethod
    def begin(cls, cast: Cast, provider: Provider) -> "Road":
        """The issuer has two accounts at the bank and own money in its books."""
        road = cls(cast, provider)
        open_fund = {"organisation": cast.issuer, "is_restricted": False, "is_held": False}
        funds.open_fund(code=OWN, name="Own money", **open_fund)  # type: ignore[arg-type]
        for iban, kind in ((RESTRICTED, "restricted"), (ORDINARY, "ordinary")):
            bank_accounts.open_bank_account(iban=iban, holder=cast.issuer, name=kind, kind=kind)
            road.bank.open_account(iban, cast.issuer.name)
        road.go_to(clock.today())
        return road

    # -- asking

    def ask(self, person: User | None, method: str, path: str, body: Any = None) -> Any:
        """The answer of the API; a refusal is shown whole."""
        client = APIClient()
        client.force_authenticate(person)
        self.keys += 1
        answer = client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers={"Idempotency-Key": f"story-{self.keys}"},
        )
        assert answer.status_code < 400, f"{method} {path}: {answer.content.decode()}"
        return answer.json() if answer.content else None

    def get(self, person: User | None, path: str) -> Any:
        return self.ask(person, "GET", path)

    def all(self, person: User | None, path: str) -> list[Any]:
        """The rows of every page of a list."""
        found: list[Any] = []
        page: str | None = path
        while page:
            told = self.get(person, page)
            found += told["results"]
            page = told["next"].partition("/api/v1/")[2] if told["next"] else None
        return found

    def refused(self, person: User | None, path: str, body: Any = None) -> Any:
        """The problem that a POST meets."""
        client = APIClient()
        client.force_authenticate(person)
        self.keys += 1
        headers = {"Idempotency-Key": f"story-{self.keys}"}
        answer = client.post(f"/api/v1/{path}", body or {}, format="json", headers=headers)
        assert 400 <= answer.status_code < 500, answer.content
        return answer.json()

    def post(self, person: User | None, path: str, body: Any = None) -> Any:
        return self.ask(person, "POST", path, body)

    # -- time

    def go_to(self, day: dt.date) -> None:
        """A morning: clocks move, orders and payouts of the day before are done."""
        if clock.today() < day:
            clock.shift_to(day)
        self.bank.tell_time(clock.now())
        for payout in self.provider.run_day(clock.now()):
            self._arrive(payout)
        self.settle()

    def settle(self) -> None:
        """Events arrive, doubled and in disorder, and the worker does what is due."""
        events = [json.dumps(event).encode() for event in self.provider.events()]
        new = [body for body in events if json.loads(body)["id"] not in self.provider.told]
        for body in random.Random(7).sample(new * 2, len(new) * 2):
            assert post(body).status_code == 200
            self.provider.told.add(json.loads(body)["id"])
        jobs.drain_all(at=clock.now())

    def evening(self) -> None:
        """The bank executes orders; finance hands in what it wrote; the worker reconciles."""
        self.bank.run_orders()
        for iban in (RESTRICTED, ORDINARY):
            if number := self.bank.tell(iban):
                self._hand_in(as_xml(self.bank.statement(iban, number)))
        self.settle()

    # -- the manager and the second person

    def write_campaign(self, target: int, minimum: int, **terms: Any) -> str:
        """Draft, hand in, have it approved: the pre-campaign begins. `parts` are those of its sheet."""
        parts = terms.pop("parts", SHEET["parts"])
        threshold = terms.pop("pre_campaign_threshold", minimum)
        sums = {"minimum": euros(minimum), "target": euros(target), "maximum": euros(target)}
        line = {"label_it": "Case", "label_en": "Homes", "amount": euros(target)}
        told = OFFER | sums | {"price_per_share": euros(SHARE), "planned_lines": [line]}
        told |= {"pre_campaign_threshold": euros(threshold)} | terms
        slug = str(self.post(self.cast.owner, "campaigns/", told)["slug"])
        self.ask(
            self.cast.owner, "PATCH", f"campaigns/{slug}/sheet/draft/", SHEET | {"parts": parts}
        )
        self.post(self.cast.owner, f"campaigns/{slug}/sheet/declaration/", DECLARED)
        self.move_campaign(slug, "in_review")
        self.approve_all()
        return slug

    def move_campaign(self, slug: str, to: str) -> None:
        self.post(self.cast.owner, f"campaigns/{slug}/moves/", {"to": to})

    def open_campaign(self, slug: str) -> None:
        self.move_campaign(slug, "open")
        self.approve_all()
        self.settle()

    def approve_all(self) -> None:
        """The colleague approves what waits."""
        for waiting in self.get(self.cast.colleague, "approvals/")["results"]:
            self.post(self.cast.colleague, f"approvals/{waiting['id']}/approve/")

    # -- investors

    def leave_interest(self, slug: str, email: str, amount: int) -> str:
        told = {"email": email, "amount": euros(amount), "language": "it"}
        return str(self.post(None, f"campaigns/{slug}/interests/", told)["token"])

    def introduce(self, user: User, number: int) -> int:
        """Register, take the test, simulate a loss."""
        profile = {
            "kind": "person",
            "name": f"{user.first_name} Sintetica",
            "tax_code": f"SYNTHETIC{number:07d}",
            "iban": synthetic_iban(1000 + number),
            "synthetic": True,
        }
        pk = int(self.post(user, "investors/", profile)["id"])
        self._assess(user, pk)
        return pk

    def introduce_body(self, user: User, number: int) -> int:
        """A body registers, through the person who represents it by law."""
        profile = {
            "kind": "entity",
            "name": f"Fondazione Sintetica {number}",
            "tax_code": f"SYNTHETIC{number:07d}",
            "iban": synthetic_iban(1000 + number),
            "acting": "legal_representative",
            "evidence": "visura",
            "synthetic": True,
        }
        pk = int(self.post(user, "investors/", profile)["id"])
        self._assess(user, pk)
        return pk

    def _assess(self, user: User, investor: int) -> None:
        path = f"investors/{investor}"
        self.post(user, f"{path}/knowledge-test/", {"answers": RIGHT_ANSWERS})
        worth = {"labour": euros(30_000), "accounts": euros(20_000), "housing": euros(5_000)}
        self.post(user, f"{path}/loss-simulation/", worth)

    def recognise(self, investor: int, kind: str) -> None:
        """Staff write down a status that counts as professional, and grant it."""
        told = {"kind": kind, "evidence": "albo"}
        asked = self.post(self.cast.owner, f"investors/{investor}/qualifications/", told)
        path = f"qualifications/{asked['id']}/decision/"
        self.post(self.cast.owner, path, {"is_granted": True})

    def pledge(self, user: User, slug: str, order: dict[str, Any]) -> dict[str, Any]:
        read = sheets.version_in_force(Campaign.objects.get(slug=slug))
        told = {"acknowledged": True, "sheet_version": read} | order
        warned = self.post(user, f"campaigns/{slug}/pledge-needs/", told)
        told["warnings_read"] = warned["warnings_read"]
        placed: dict[str, Any] = self.post(user, f"campaigns/{slug}/pledges/", told)
        day = clock.today()
        finding = {"checked_by": "Piattaforma", "checked_on": f"{day}", "valid_until": "2099-12-31"}
        self.post(self.cast.owner, f"investors/{order['investor']}/identity-checks/", finding)
        return placed

    def pay_by_card(self, user: User, pledge: dict[str, Any]) -> None:
        """Pay on the provider's page."""
        started = self.post(user, f"pledges/{pledge['id']}/provider-payments/")
        self.provider.account.store.tell_time(clock.now())
        self.provider.pay(_Named(started["payment_intent"]))  # type: ignore[arg-type]
        self.settle()

    def transfer(self, pledge: dict[str, Any], amount: int, style: str = "plain") -> None:
        """Send money to the restricted account with the pledge's reference, in somebody's hand."""
        reference = pledge["transfer"]["reference"]
        self.bank.book(
            Transfer(RESTRICTED, f"{amount}.00", "A. Sintetica", "", "quota", reference, style)
        )

    def send_back(self) -> None:
        """Finance orders at the bank every return that people wait for."""
        for refund in Refund.objects.filter(returned_at=None, failed_at=None).exclude(reference=""):
            told = {"iban": RESTRICTED, "reference": refund.reference}
            amount = {"amount": f"{refund.amount.amount:.2f}"}
            self.order(told | {"amount": amount})
        self.evening()

    # -- the bank

    def receive(self, amount: int, name: str, fund: str) -> None:
        """Money that nobody expects, explained by finance."""
        self.bank.book(Transfer(ORDINARY, f"{amount}.00", name))
        self.evening()
        (line,) = self.unexplained()
        told = {"fund": fund, "payer": name, "reason": "versamento"}
        self.post(self.cast.finance, f"bank-lines/{line['id']}/classify/", told)

    def unexplained(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.get(self.cast.finance, "bank-lines/?unexplained=1")[
            "results"
        ]
        return rows

    def order(self, told: dict[str, Any], payee: str = "X") -> None:
        """Order at the bank what the application says is to be paid."""
        self.keys += 1
        self.bank.take_order(
            Order(
                key=f"order-{self.keys}",
                account=told.get("from_iban") or told["iban"],
                amount=told["amount"]["amount"],
                name=payee,
                iban=told.get("to_iban", synthetic_iban(5000)),
                reference=told["reference"],
            )
        )

    def pay_costs(self, acquisition: int, costs: Sequence[tuple[str, int]]) -> None:
        """Commit costs of a purchase and have the bank pay them."""
        for kind, amount in costs:
            told = {"kind": f"acquisition.{kind}", "amount": euros(amount)}
            told |= {"due_on": str(clock.today())}
            self.order(self.post(self.cast.owner, f"acquisitions/{acquisition}/costs/", told))
        self.evening()

    def move_purchase(self, acquisition: int, states: str, **facts: Any) -> None:
        """Walk a purchase through states, given in one line."""
        for state in states.split():
            told = {"to": state, "on": str(clock.today())} | HANDS.get(state, {}) | facts
            self.post(self.cast.owner, f"acquisitions/{acquisition}/moves/", told)

    def _hand_in(self, content: bytes) -> None:
        client = APIClient()
        client.force_authenticate(self.cast.finance)
        file = io.BytesIO(content)
        file.name = "statement.xml"
        answer = client.post("/api/v1/bank-statements/", {"file": file}, format="multipart")
        assert answer.status_code == 201, answer.content

    def _arrive(self, payout: dict[str, Any]) -> None:
        text = f"STRIPE PAYOUT {payout['id']}"
        amount = f"{payout['amount'] / 100:.2f}"
        self.bank.book(Transfer(RESTRICTED, amount, "Stripe", text=text, key=payout["id"]))


@dataclass(frozen=True)
class _Named:
    """What the provider needs to know of an intent."""

    provider_id: str
