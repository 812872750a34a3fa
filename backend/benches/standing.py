"""A campaign in which many pledges stand already: what the benches begin with."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, funds
from backend.ledger.models import Account
from backend.simulators.bank import ibans
from backend.treasury import bank_accounts, references
from backend.treasury.models import BankAccount
from campaigns import holding, places
from campaigns.models import Campaign, Pledge
from investors import assessments, knowledge, loss, onboarding
from investors.models import Investor

PRICE, PART_WAITING = euro("100.00"), 10

# Whose wishes and means fit the risk: with enough behind them, no order calls for a warning of its own.
FITTING = {"goal": "impact", "horizon": "long", "reserve": "yes"}


def world(room: int) -> tuple[Campaign, Investor]:
    """An open campaign with room for so many pledges, and somebody who may pledge."""
    issuer = Organisation.objects.create(name="Bench (synthetic)", kind="issuer", is_synthetic=True)
    own = funds.open_fund(
        code="own:bench", name="Own", organisation=issuer, is_restricted=False, is_held=False
    )
    ordinary = bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(2), holder=issuer, name="ordinary", kind=BankAccount.Kind.ORDINARY
    )
    campaign = _open(
        Campaign(slug="bench", issuer=issuer, ordinary_account=ordinary, own_fund=own), 1, room
    )
    with transaction.atomic():
        return places.lock(campaign), _investor()


def another(first: Campaign, number: int, room: int) -> Campaign:
    """One more open campaign of the same issuer; numbers from 4 on, for its IBAN."""
    like = Campaign(
        slug=f"bench-{number}", issuer=first.issuer, ordinary_account=first.ordinary_account,
        own_fund=first.own_fund,
    )  # fmt: skip
    return _open(like, number, room)


def _open(campaign: Campaign, number: int, room: int) -> Campaign:
    restricted = bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(number), holder=campaign.issuer, name="restricted",
        kind=BankAccount.Kind.RESTRICTED,
    )  # fmt: skip
    told = {
        "mode": Campaign.Mode.OPERATOR, "title_it": "Bench", "title_en": "Bench",
        "instrument": "quota", "price_per_share": PRICE, "minimum": PRICE, "target": PRICE,
        "maximum": PRICE * 5 * room, "min_shares": 5, "pre_campaign_threshold": euro("0.00"),
        "restricted_account": restricted, "state": Campaign.State.OPEN, "is_synthetic": True,
        "created_at": timezone.now(),
    }  # fmt: skip
    for name, value in told.items():
        setattr(campaign, name, value)
    campaign.save()
    holding.open_fund(campaign=campaign, by=SYSTEM, at=timezone.now())
    return campaign


def _investor() -> Investor:
    at = timezone.now()
    profile = onboarding.Profile(
        kind="person", name="Bench", tax_code="SYNTHETIC0000001", email="bench@example.org",
        iban=ibans.synthetic_iban(3), is_synthetic=True, born_on=dt.date(1980, 1, 1),
    )  # fmt: skip
    investor = onboarding.admit(profile=profile, by=SYSTEM, at=at)
    answers = {
        each.code: each.right or FITTING.get(each.code, each.options[0][0])
        for each in knowledge.QUESTIONS
    }
    sheet = assessments.Sheet(answers=answers)
    assessments.take_test(investor=investor, sheet=sheet, by=SYSTEM, at=at)
    figures = loss.Figures(labour=euro("30000"), accounts=euro("90000000000"), housing=euro("0"))
    assessments.simulate_loss(investor=investor, figures=figures, by=SYSTEM, at=at)
    return investor


def stand(
    campaign: Campaign, investor: Investor, size: int, *, every_waiting: int = PART_WAITING
) -> None:
    """Pledges of as many investors as there are pledges, every tenth (or so) on the waiting list."""
    at = timezone.now() - dt.timedelta(hours=1)
    for start in range(0, size, 5_000):
        numbers = range(start, min(start + 5_000, size))
        payers = accounts.open_many(
            [accounts.AccountSpec(f"bench:{n}", Account.Kind.PAYER, campaign.fund) for n in numbers]
        )
        people = Investor.objects.bulk_create(
            Investor(
                kind="person", name=f"Bench {n}", tax_code=f"BENCH{n:011d}", email="b@example.org",
                is_synthetic=True, registered_at=at,
            )
            for n in numbers
        )  # fmt: skip
        made = Pledge.objects.bulk_create(
            Pledge(
                campaign=campaign, investor=who, shares=5, amount=PRICE * 5, terms_version=1,
                state=Pledge.State.PLACED if n % every_waiting else Pledge.State.WAITLISTED,
                queued_at=at, reference=references.creditor_reference(f"bench:{n}"), payer=payer,
                placed_at=at, reflection_ends_at=at, pay_until=at,
            )
            for n, payer, who in zip(numbers, payers, people, strict=True)
        )  # fmt: skip
        placed = [pledge for pledge in made if pledge.state == Pledge.State.PLACED]
        places.take(campaign, 5 * len(placed))
        places.expect(placed, campaign, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
