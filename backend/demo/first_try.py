"""Chapter: the first try, in 2020, under the rules of that time; too little came, and all of it went back.

Six people order and pay; the minimum is not reached by the deadline, the offer fails, and finance sends
every cent the way it came.
"""

import datetime as dt

from backend.demo import paying, raising
from backend.demo.offers import ZEROTH
from backend.demo.people import RESTRICTED_IBAN, Backer, backers
from backend.demo.raising import Ids
from backend.demo.stage import Stage
from backend.demo.steps import Narrator
from backend.simulators.bank.ledger import Order
from campaigns.models import Refund

BELIEVERS = slice(30, 36)
SHARES = 8
PAID_ON = dt.date(2020, 2, 6)
ENDED_ON = dt.date(2020, 3, 16)


def tell(narrator: Narrator, stage: Stage) -> None:
    """From the draft of 2020 to the last refund."""

    def announce() -> bool:
        raising.write(stage, ZEROTH)
        raising.publish(stage, ZEROTH)
        return raising.open_offer(stage, ZEROTH)

    narrator.once("zeroth", "2020: a first try, under the rules of that time", announce)
    narrator.once(
        "zeroth-ends", "Too little comes: everyone gets all of it back", lambda: _end(stage)
    )


def _end(stage: Stage) -> bool:
    people = backers()[BELIEVERS]
    investors = raising.introduce(stage, people)
    pledges = {each.number: _pledge(stage, investors, each) for each in people}
    stage.go_to(PAID_ON)
    stage.outside.send(paying.transfer_of(each, pledges[each.number]) for each in people)
    stage.pass_evening()
    stage.go_to(ENDED_ON)
    raising.end_offer(stage, ZEROTH)
    waiting = Refund.objects.filter(returned_at=None, failed_at=None).order_by("pk")
    stage.outside.order(_refund_order(refund) for refund in waiting.select_related("payment"))
    stage.pass_evening()
    return True


def _pledge(stage: Stage, investors: Ids, backer: Backer) -> dict[str, str]:
    order = {"investor": investors[str(backer.number)], "shares": SHARES}
    placed: dict[str, str] = raising.pledge(stage, ZEROTH, backer, order)
    return placed


def _refund_order(refund: Refund) -> Order:
    payer = refund.payment.pledge.investor
    return Order(
        key=f"refund-{refund.pk}",
        account=RESTRICTED_IBAN,
        amount=f"{refund.amount.amount:.2f}",
        name=payer.name,
        iban=payer.iban,
        text="Restituzione",
        reference=refund.reference,
    )
