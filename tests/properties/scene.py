"""A raise that was closed and released, a bank to pay from, homes and households: made by the rules.

Money comes and goes by statement lines through treasury alone, as it does in life.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from djmoney.money import Money

from backend.core import approvals
from backend.core.money import cents, euro
from backend.core.periods import quarter_of
from backend.core.users import SYSTEM
from backend.ledger import accounts, funds
from backend.ledger.models import ACQUISITION, Account, Fund
from backend.simulators.bank import camt, ibans
from backend.simulators.bank.noise import Remittance
from backend.treasury import bank_accounts, expectations, reconciliation, references, statements
from backend.treasury.models import BankAccount, Expectation
from campaigns.models import Allotment, Campaign, Payment, Pledge
from investors.models import Investor, Representation
from properties import acquisitions, costs, households, lettings, units
from properties.acquisitions import Step
from properties.models import Acquisition, CostLine, Household, Tenancy, Unit
from tests.cast import Cast

HANDS: dict[str, dict[str, object]] = {
    "OFFER_FILED": {"bids_as": "REPRESENTATIVE", "is_not_debtor": True},
    "NOTARY_DEED": {"witness": "Anna Prima", "other_witness": "Bruno Secondo"},
}
"""By whose hand a state is reached, as the law asks."""
ROME = ZoneInfo("Europe/Rome")
START = dt.date(2025, 1, 7)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=ROME)


@dataclass
class Scene:
    """The issuer's world on a day; `day` moves on as things happen."""

    cast: Cast
    ordinary: BankAccount
    own_fund: Fund
    raised: Fund
    campaign: Campaign
    day: dt.date = START
    number: int = 0
    balance_cents: int = 0
    pledges: list[Pledge] = field(default_factory=list)

    @property
    def at(self) -> dt.datetime:
        return noon(self.day)

    def wait(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    def end_quarter(self) -> None:
        """To the last day of the quarter: figures of it make its report."""
        self.day = quarter_of(self.day).last_day

    def bank(self, *lines: tuple[Expectation, Money]) -> None:
        """The bank's statement of the day, each line with its reference; then reconcile."""
        self.number += 1
        told = camt.Statement(
            id=f"S{self.number}",
            number=self.number,
            iban=self.ordinary.iban,
            holder="Casa Mattone",
            first_day=self.day,
            last_day=self.day,
            opening=self.balance_cents,
            lines=tuple(self._line(place, *each) for place, each in enumerate(lines)),
            made_at=f"{self.day}T20:00:00",
        )
        self.balance_cents = told.closing
        statements.upload(raw=camt.as_xml(told), by=SYSTEM, at=self.at)
        reconciliation.run(by=SYSTEM, at=self.at)

    def _line(self, place: int, expectation: Expectation, amount: Money) -> camt.Line:
        sign = 1 if expectation.direction == "in" else -1
        return camt.Line(
            servicer_reference=f"B{self.number}-{place}",
            booked_on=self.day,
            value_on=self.day,
            cents=sign * cents(amount),
            name=expectation.counterparty or "Somebody",
            iban="",
            remittance=Remittance((expectation.reference,)),
        )

    def pay(self, *lines: CostLine) -> None:
        self.bank(*((line.expectation, line.amount) for line in lines if line.expectation))

    def fund_own_money(self, amount: str) -> None:
        """The owners put own money onto the ordinary account."""
        spec = expectations.ExpectationSpec(
            reference=references.creditor_reference(f"own:{self.number}"),
            direction="in",
            amount=euro(amount),
            bank_account=self.ordinary,
            source=accounts.open_account(
                code="payer:owner", kind=Account.Kind.PAYER, fund=self.own_fund
            ),
            target=bank_accounts.sub_account(bank_account=self.ordinary, fund=self.own_fund),
            owner_kind="test.own",
            owner_key=str(self.number),
        )
        self.bank((expectations.open_one(spec=spec, at=self.at), euro(amount)))

    def unit(self, code: str, *, occupancy: str = "FREE", district: int = 6) -> Unit:
        new = units.NewUnit(
            organisation=self.cast.issuer,
            code=code,
            address=f"Via Inventata {code}",
            district=district,
            rooms=3,
            area_m2=Decimal("62.50"),
            source="court_auction",
            occupancy=occupancy,
            is_synthetic=True,
        )
        return units.register(new=new, by=self.cast.owner, at=self.at)

    def auction(self, unit: Unit, *, price: str = "40000.00") -> Acquisition:
        """An auction at its beginning, with a base price and the most that may be offered."""
        new = acquisitions.NewAcquisition(
            unit=unit,
            route="court_auction",
            fund=self.raised,
            base_price=euro(price),
            max_price=euro(price),
            offer_due_at=noon(self.day + dt.timedelta(days=30)),
        )
        return acquisitions.record(new=new, by=self.cast.owner, at=self.at)

    def move(self, acquisition: Acquisition, to: str, amount: str = "", **more: object) -> None:
        told = HANDS.get(to, {}) | more
        step = Step(to=to, on=self.day, amount=euro(amount) if amount else None, **told)  # type: ignore[arg-type]
        acquisitions.move(acquisition=acquisition, step=step, by=self.cast.owner, at=self.at)

    def approve(self, acquisition: Acquisition) -> None:
        """The owner asks, the colleague says yes."""
        asked = acquisitions.request_approval(
            acquisition=acquisition, by=self.cast.owner, at=self.at
        )
        approvals.approve(approval=asked, by=self.cast.colleague, at=self.at)
        acquisition.refresh_from_db()

    def commit(self, acquisition: Acquisition, kind: str, amount: str, **more: object) -> CostLine:
        cost = costs.NewCost(kind=kind, amount=euro(amount), due_on=self.day, **more)  # type: ignore[arg-type]
        return costs.commit(acquisition=acquisition, cost=cost, by=self.cast.owner, at=self.at)

    def buy(self, unit: Unit, *, price: str = "40000.00") -> Acquisition:
        """A home bought and paid in one go: recorded afterwards, approved, price paid."""
        new = acquisitions.NewAcquisition(unit=unit, route="court_auction", fund=self.raised)
        acquisition = acquisitions.record_completed(
            new=new,
            title=Step(to="DECREE", on=self.day, amount=euro(price), document="decree.pdf"),
            possession_on=self.day,
            by=self.cast.owner,
            at=self.at,
        )
        waiting = approvals.waiting(action=acquisitions.APPROVAL, subject=acquisition)
        assert waiting is not None
        approvals.approve(approval=waiting, by=self.cast.colleague, at=self.at)
        self.pay(self.commit(acquisition, "acquisition.price", price))
        unit.refresh_from_db()
        return acquisition

    def household(self, code: str, *, size: int = 3, **more: object) -> Household:
        new = households.NewHousehold(
            caseworker=self.cast.caseworker,
            code=code,
            referred_by="Servizi sociali",
            referred_on=self.day - dt.timedelta(days=45),
            people={"35_54": size},
            **more,  # type: ignore[arg-type]
        )
        return households.register(new=new, by=self.cast.caseworker, at=self.at)

    def tenancy(self, unit: Unit, household: Household, rent: str = "320.00") -> Tenancy:
        """Let a free home, keep an occupied one."""
        begin = lettings.keep if lettings.is_kept(unit, household) else lettings.let
        new = lettings.NewTenancy(
            unit=unit,
            household=household,
            contract_no=f"C-{unit.code}-{self.day}",
            kind="3+2",
            rent=euro(rent),
            starts_on=self.day,
        )
        return begin(new=new, by=self.cast.caseworker, at=self.at)


def make(cast: Cast, *, pledged: Sequence[str] = ("60000.00", "90000.00", "150000.00")) -> Scene:
    """A raise of these amounts, allotted, its money on the ordinary account."""
    ordinary = bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(1), holder=cast.issuer, name="Conto", kind="ordinary"
    )
    own = funds.open_fund(
        code="own", name="Own money", organisation=cast.issuer, is_restricted=False, is_held=False
    )
    raised = funds.open_fund(
        code="raised:casa",
        name="Raised",
        organisation=cast.issuer,
        is_restricted=True,
        is_held=False,
    )
    month_ago = START - dt.timedelta(days=30)
    funds.allow(fund=raised, purposes=ACQUISITION, valid_from=month_ago, by=SYSTEM, at=noon(START))
    scene = Scene(cast, ordinary, own, raised, _campaign(cast, ordinary, own, raised))
    scene.pledges = [_allotted(scene, number, sum_) for number, sum_ in enumerate(pledged, 1)]
    taken = sum(pledge.shares for pledge in scene.pledges)
    Campaign.objects.filter(pk=scene.campaign.pk).update(taken_shares=taken)
    scene.bank(*((_pledge_expectation(scene, each), each.amount) for each in scene.pledges))
    return scene


def _campaign(cast: Cast, ordinary: BankAccount, own: Fund, raised: Fund) -> Campaign:
    return Campaign.objects.create(
        slug="casa",
        issuer=cast.issuer,
        state=Campaign.State.IN_USE,
        title_it="Una casa per tutti",
        title_en="A home for all",
        instrument="quota",
        price_per_share=euro("500.00"),
        minimum=euro("100000.00"),
        target=euro("300000.00"),
        maximum=euro("400000.00"),
        pre_campaign_threshold=euro("100000.00"),
        fund=raised,
        own_fund=own,
        ordinary_account=ordinary,
        is_synthetic=True,
        created_at=noon(START),
    )


def _allotted(scene: Scene, number: int, amount: str) -> Pledge:
    investor = Investor.objects.create(
        kind="person",
        name=f"Investor {number}",
        tax_code=f"SYNTH{number:05d}",
        email=f"investor{number}@example.org",
        is_synthetic=True,
        registered_at=scene.at,
    )
    if number == 1:
        Representation.objects.create(investor=investor, user=scene.cast.investor, since=scene.at)
    pledge = Pledge.objects.create(
        campaign=scene.campaign,
        investor=investor,
        shares=int(Decimal(amount) / 500),
        amount=euro(amount),
        state=Pledge.State.ALLOTTED,
        terms_version=1,
        queued_at=scene.at,
        placed_at=scene.at,
        reflection_ends_at=scene.at,
        pay_until=scene.at,
        reference=references.creditor_reference(f"pledge:{number}"),
        payer=accounts.open_account(
            code=f"payer:{number}", kind=Account.Kind.PAYER, fund=scene.raised
        ),
    )
    Allotment.objects.create(
        pledge=pledge,
        campaign=scene.campaign,
        register_number=number,
        shares=pledge.shares,
        amount=pledge.amount,
        allotted_at=scene.at,
    )
    Payment.objects.create(
        pledge=pledge,
        method=Payment.Method.TRANSFER,
        provider_id=f"test:{number}",
        amount=pledge.amount,
        received_at=scene.at,
        learnt_at=scene.at,
    )
    return pledge


def _pledge_expectation(scene: Scene, pledge: Pledge) -> Expectation:
    spec = expectations.ExpectationSpec(
        reference=pledge.reference,
        direction="in",
        amount=pledge.amount,
        bank_account=scene.ordinary,
        source=pledge.payer,
        target=bank_accounts.sub_account(bank_account=scene.ordinary, fund=scene.raised),
        owner_kind="test.pledge",
        owner_key=str(pledge.pk),
    )
    return expectations.open_one(spec=spec, at=scene.at)
