"""Chapter: half of the money comes by card, half by transfer, with all that people do to a transfer.

One sends too little, one sends twice, one mistypes the reference, one's bank cuts it off. Then own
money makes good the card fees, the campaign closes, shares are allotted, the money is released.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from backend.core.cast import FINANCE, MANAGER
from backend.demo import desk, raising
from backend.demo.client import side_by_side
from backend.demo.offers import FIRST, Offer
from backend.demo.people import (
    ORDINARY_IBAN,
    OWN_FUND,
    PLATFORM,
    RESTRICTED_IBAN,
    Backer,
    backers,
)
from backend.demo.raising import GIVES_BACK, Ids, pays_by_card
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Order, Transfer, cents
from campaigns.models import TransferOrder

TRANSFERS_ON = dt.date(2026, 2, 9)
REPAIRS_ON = dt.date(2026, 2, 12)
CLOSING_ON = dt.date(2026, 2, 16)
HANDS = ("structured", "plain", "grouped", "lower", "broken", "glued")
SHORT, TWICE, TYPO, CUT = 3, 5, 7, 9
MISSING = 20_00
FOUNDERS = "Soci fondatori (sintetici)"
FOUNDERS_GAVE = "25000.00"
SUCCESS_FEE = 2_000_00

Pledge = dict[str, Any]


def found(stage: Stage) -> bool:
    """The founders pay in own money: it bears fees and running costs, never a home."""
    transfer = Transfer(
        account=ORDINARY_IBAN,
        amount=FOUNDERS_GAVE,
        name=FOUNDERS,
        iban=synthetic_iban(900),
        text="Versamento soci in conto capitale",
        key="founders",
    )
    desk.receive(stage, transfer, desk.Meaning(OWN_FUND, "Versamento dei soci", payer=FOUNDERS))
    return True


def tell(narrator: Narrator, stage: Stage, pledges: Ids) -> None:
    """Have everything paid, settled, closed and released."""
    narrator.once("cards", "About half pay by card", lambda: _pay_cards(stage, pledges))
    narrator.once(
        "transfers",
        "The others send transfers; the worker finds whose they are",
        lambda: _send_transfers(stage, pledges),
    )
    narrator.once(
        "repairs",
        "Elena explains the lines that no reference explains",
        lambda: _repair(stage, pledges),
    )
    narrator.once("fees", "Own money makes good the card fees", lambda: _top_up(stage))
    narrator.once("close", "The campaign closes, shares are allotted", lambda: _close(stage))
    narrator.once("release", "The held money is released", lambda: _release(stage))
    narrator.once(
        "proof", "The card provider's balance is held beside the books", lambda: _prove(stage)
    )


def pay_by_card(stage: Stage, offer: Offer, payers: Iterable[tuple[Backer, Pledge]]) -> None:
    """Open card payments for pledges and pay them on the provider's page."""

    def start(payer: tuple[Backer, Pledge]) -> str:
        backer, pledge = payer
        path = f"/api/v1/pledges/{pledge['id']}/provider-payments/"
        key = f"demo:card:{offer.slug}:{backer.number}"
        return str(stage.client(backer.email).post(path, key=key)["payment_intent"])

    intents = side_by_side(start, list(payers))
    # The first tries a card that is declined, and pays with another.
    stage.outside.pay_by_card(intents[:1], "declined")
    stage.outside.pay_by_card(intents)
    stage.settle()


def _pay_cards(stage: Stage, pledges: Ids) -> bool:
    people = [each for each in backers() if pays_by_card(each.number)]
    payers = [(each, pledges[str(each.number)]) for each in people if each.number != GIVES_BACK]
    pay_by_card(stage, FIRST, payers)
    return True


def _send_transfers(stage: Stage, pledges: Ids) -> bool:
    stage.go_to(TRANSFERS_ON)
    people = [each for each in backers() if not pays_by_card(each.number)]
    stage.outside.send(_transfer(each, pledges[str(each.number)]) for each in people)
    stage.pass_evening()
    return True


def _transfer(backer: Backer, pledge: Pledge) -> Transfer:
    """The transfer as this person's hand and bank write it."""
    amount = cents(pledge["amount"])
    if backer.number == SHORT:
        amount -= MISSING
    style = {TYPO: "typo", CUT: "cut"}.get(backer.number, HANDS[backer.number // 2 % len(HANDS)])
    return transfer_of(backer, pledge, amount, style)


def transfer_of(
    backer: Backer, pledge: Pledge, amount: int | None = None, style: str = "plain"
) -> Transfer:
    """The transfer of a pledge: its whole amount, in a plain hand, unless said otherwise."""
    amount = cents(pledge["amount"]) if amount is None else amount
    return Transfer(
        account=pledge["iban"],
        amount=f"{amount / 100:.2f}",
        name=backer.name,
        iban=backer.iban,
        text="quota Mattone",
        reference=pledge["reference"],
        style=style,
        key=f"pledge-{pledge['id']}-{style}-{amount}",
    )


def _repair(stage: Stage, pledges: Ids) -> bool:
    stage.go_to(REPAIRS_ON)
    by_number = {each.number: each for each in backers()}
    for number, reason in ((TYPO, "Riferimento scritto male"), (CUT, "Riferimento tagliato")):
        desk.recognise(stage, by_number[number].name, reason)
    short, twice = by_number[SHORT], by_number[TWICE]
    rest = transfer_of(short, pledges[str(SHORT)], MISSING, "plain")
    told = pledges[str(TWICE)]
    again = transfer_of(twice, told, cents(told["amount"]), "lower")
    stage.outside.send([rest, again])
    stage.pass_evening()
    stage.outside.order([_back_to(twice, told["amount"])])
    stage.pass_evening()
    desk.offset(stage, twice.name, "Pagato due volte, restituito")
    return True


def _back_to(backer: Backer, amount: str) -> Order:
    return Order(
        key=f"paid-twice-{backer.number}",
        account=RESTRICTED_IBAN,
        amount=amount,
        name=backer.name,
        iban=backer.iban,
        text="Restituzione di un secondo bonifico",
    )


def _top_up(stage: Stage) -> bool:
    marta = stage.cast(MANAGER)
    order_between_accounts(
        stage, marta.post(f"/api/v1/campaigns/{FIRST.slug}/fee-top-up/", key="demo:fees")
    )
    return True


def _close(stage: Stage) -> bool:
    stage.go_to(CLOSING_ON)
    raising.end_offer(stage, FIRST)
    return True


def _release(stage: Stage) -> bool:
    """The platform keeps its fee of what is released; own money bears it, raised money is whole."""
    marta, path = stage.cast(MANAGER), f"/api/v1/campaigns/{FIRST.slug}"
    fee = {"success_fee": money(SUCCESS_FEE)}
    told = marta.post(f"{path}/release/", fee, key="demo:release")
    kept = TransferOrder.objects.get(campaign__slug=FIRST.slug, kind=TransferOrder.Kind.SUCCESS_FEE)
    stage.outside.order([order_of(told), _fee_order(kept)])
    stage.pass_evening()
    marta.post(f"{path}/fee-top-up/", key="demo:success-fee")
    return True


def _fee_order(kept: TransferOrder) -> Order:
    return Order(
        key=f"success_fee-{kept.pk}",
        account=RESTRICTED_IBAN,
        amount=f"{kept.amount.amount:.2f}",
        name=PLATFORM,
        iban=synthetic_iban(3),
        text="Commissione della piattaforma",
        reference=kept.reference,
    )


def _prove(stage: Stage) -> str:
    return str(stage.cast(FINANCE).post("/api/v1/provider-proofs/")["outcome"])


def order_between_accounts(stage: Stage, told: dict[str, Any]) -> None:
    """Order at the bank what the application says is to be moved, and let the statements show it."""
    stage.outside.order([order_of(told)])
    stage.pass_evening()


def order_of(told: dict[str, Any]) -> Order:
    """What the application says is to be moved, as the bank takes it."""
    return Order(
        key=f"{told['kind']}-{told['id']}",
        account=told["from_iban"],
        amount=told["amount"]["amount"],
        name=told["to_name"],
        iban=told["to_iban"],
        text=told["kind"],
        reference=told["reference"],
    )
