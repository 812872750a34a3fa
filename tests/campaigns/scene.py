"""A campaign and its world, made by the rules: accounts, people who may pledge, a bank that writes.

Money comes by statement lines through treasury, and by the stand-in of the card provider (conftest).
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import timezone
from djmoney.money import Money

from backend.core import approvals, jobs
from backend.core.models import User
from backend.core.money import cents, euro
from backend.core.roles import Role
from backend.core.users import SYSTEM
from backend.ledger import accounts, funds
from backend.ledger.models import Account, Fund
from backend.simulators.bank import camt, ibans
from backend.simulators.bank.noise import Remittance
from backend.treasury import bank_accounts, expectations, reconciliation, references, statements
from backend.treasury.models import BankAccount, Expectation
from campaigns import (
    drafting,
    interests,
    lifecycle,
    orders,
    pledges,
    reading,
    sheets,
)
from campaigns.changes import Change
from campaigns.drafting import Draft, Paper, PlannedLine
from campaigns.models import Campaign, Interest, Pledge
from campaigns.sheets import drafts
from campaigns.sheets.declarations import Declared
from investors import assessments, identification, knowledge, loss, onboarding, qualifications
from investors.models import Investor, Qualification
from tests.campaigns import ahead
from tests.cast import Cast, person

ROME = ZoneInfo("Europe/Rome")
START = dt.date(2026, 11, 2)
# Who understands the risk, and whose wishes and means fit it.
FITTING = {"goal": "impact", "horizon": "long", "reserve": "yes"}
RIGHT_ANSWERS = {
    each.code: each.right or FITTING.get(each.code, each.options[0][0])
    for each in knowledge.QUESTIONS
}


@dataclass
class Scene:
    """The issuer's world on a day; `wait` moves the day on."""

    cast: Cast
    restricted: BankAccount
    ordinary: BankAccount
    own_fund: Fund
    day: dt.date = START
    hour: int = 12
    numbers: dict[str, int] = field(default_factory=dict)
    closings: dict[int, int] = field(default_factory=dict)
    done_ahead: ahead.Ahead | None = None

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(self.hour), tzinfo=ROME)

    def stand_today(self) -> None:
        """Soon enough after now: what views write is past here, whatever the hour, and one hour more
        is still the same day."""
        soon = timezone.localtime() + dt.timedelta(hours=3)
        self.day, self.hour = soon.date(), max(self.hour, soon.hour - 1)

    def wait(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    def number(self, name: str) -> int:
        self.numbers[name] = self.numbers.get(name, 0) + 1
        return self.numbers[name]

    # -- campaigns

    def draft(self, **changes: object) -> Campaign:
        """A draft that lacks nothing, unless a change takes it away."""
        fields = {**self._fields(), **changes}
        target = fields["target"]
        assert isinstance(target, Money)
        campaign = drafting.create(
            issuer=self.cast.issuer,
            draft=Draft(
                slug=f"case-{self.number('campaign')}",
                fields=fields,
                lines=[PlannedLine("Acquisto", "Purchase", target)],
                papers=[Paper("statute", "Statute", "https://example.org/statute.pdf")],
            ),
            by=self.cast.owner,
            at=self.at,
        )
        self.write_sheet(campaign)
        return campaign

    def write_sheet(self, campaign: Campaign, words: str = "Detto in breve.") -> None:
        """Write every point of the information sheet in both languages, and declare it."""
        codes = [point.code for part in drafts.parts_of(campaign) for point in part.fields]
        writing = drafts.Writing(
            parts={language: dict.fromkeys(codes, words) for language in ("it", "en")},
            responsible=[{"name": "Marta Prova", "function": "Amministratrice"}],
        )
        by, at = self.cast.owner, self.at
        drafts.write(campaign=campaign, writing=writing, by=by, at=at)
        self.declare_sheet(campaign)

    def declare_sheet(self, campaign: Campaign, name: str = "Marta Prova") -> None:
        """One of those who answer for it declares the draft."""
        said = Declared(name, "signed on paper, folder 1")
        drafts.declare(campaign=campaign, said=said, by=self.cast.owner, at=self.at)

    def change_sheet(self, campaign: Campaign, *, is_material: bool) -> None:
        """Publish another version of the sheet."""
        self.write_sheet(campaign, "Detto altrimenti.")
        change = Change("Cambia una parte.", is_material)
        sheets.publish(campaign=campaign, change=change, by=self.cast.owner, at=self.at)

    def _fields(self) -> dict[str, object]:
        return {
            "title_it": "Case per chi resta",
            "title_en": "Homes for those who stay",
            "summary_it": "Compriamo case.",
            "summary_en": "We buy homes.",
            "risk_it": "Puoi perdere tutto.",
            "risk_en": "You can lose everything.",
            "instrument": "quota",
            "price_per_share": euro("100.00"),
            "mode": "operator",
            "nominal_per_share": euro("10.00"),
            "capital_before": euro("10000.00"),
            "min_shares": 5,
            "minimum": euro("1000.00"),
            "target": euro("3000.00"),
            "maximum": euro("5000.00"),
            "pre_campaign_threshold": euro("0.00"),
            "opens_on": self.day,
            "deadline_on": self.day + dt.timedelta(days=60),
            "restricted_account": self.restricted,
            "ordinary_account": self.ordinary,
            "own_fund": self.own_fund,
        }

    def publish(self, campaign: Campaign) -> Campaign:
        """Hand it in and have the colleague approve it."""
        asked = lifecycle.submit(campaign=campaign, by=self.cast.owner, at=self.at)
        approvals.approve(approval=asked, by=self.cast.colleague, at=self.at)
        return self.fresh(campaign)

    def open(self, campaign: Campaign) -> Campaign:
        """Ask to open it and have the colleague approve that."""
        asked = lifecycle.ask_to_open(campaign=campaign, by=self.cast.owner, at=self.at)
        approvals.approve(approval=asked, by=self.cast.colleague, at=self.at)
        return self.fresh(campaign)

    @ahead.act
    def open_campaign(self, **changes: object) -> Campaign:
        return self.open(self.publish(self.draft(**changes)))

    def fresh(self, campaign: Campaign) -> Campaign:
        return Campaign.objects.select_related("issuer").get(pk=campaign.pk)

    # -- people

    def investor(self, user: User | None = None, **profile: object) -> Investor:
        """Somebody who lacks nothing to pledge but the acknowledgement."""
        number = self.number("investor")
        user = user or person(f"backer-{number}", Role.INVESTOR)
        told = {"name": f"Anna {number}", "iban": ibans.synthetic_iban(1000 + number), **profile}
        investor = onboarding.register(
            profile=onboarding.Profile(
                kind="person",
                tax_code=f"SYNTHETIC{number:07d}",
                email=user.email,
                is_synthetic=True,
                **told,  # type: ignore[arg-type]  # the tests' own words
            ),
            user=user,
            by=user,
            at=self.at,
        )
        self.assess(investor)
        return investor

    def assess(self, investor: Investor) -> None:
        """Test passed, loss simulated (net worth 40,000 euro), identity checked for three years."""
        sheet = assessments.Sheet(answers=RIGHT_ANSWERS)
        assessments.take_test(investor=investor, sheet=sheet, by=SYSTEM, at=self.at)
        figures = loss.Figures(
            labour=euro("30000.00"), accounts=euro("20000.00"), housing=euro("10000.00")
        )
        assessments.simulate_loss(investor=investor, figures=figures, by=SYSTEM, at=self.at)
        finding = identification.Finding(
            "Piattaforma di prova", self.day, self.day + dt.timedelta(days=3 * 365)
        )
        identification.record(investor=investor, finding=finding, by=SYSTEM, at=self.at)

    def professional(
        self, investor: Investor, kind: str = Qualification.Kind.FOUNDATION
    ) -> Qualification:
        """A bank foundation (or what else protects less), as the investor says and a manager agrees."""
        request = qualifications.Request(kind=kind, evidence="the register of foundations")
        asked = qualifications.ask(investor=investor, request=request, by=SYSTEM, at=self.at)
        yes = qualifications.Decision(is_granted=True)
        by, at = self.cast.owner, self.at
        return qualifications.decide(qualification=asked, decision=yes, by=by, at=at)

    def wish(self, campaign: Campaign, amount: str = "500.00") -> Interest:
        email = f"wish-{self.number('wish')}@example.org"
        wish = interests.Wish(email=email, amount=euro(amount), name="Ada")
        return interests.express(campaign=campaign, wish=wish, at=self.at)

    def order(self, campaign: Campaign, investor: Investor, shares: int = 5) -> orders.Order:
        """An order of somebody who read the information sheet and the warnings."""
        read = sheets.version_in_force(campaign)
        return orders.Order(campaign, investor, shares, is_acknowledged=True, sheet_version=read)

    def pledge(
        self, campaign: Campaign, shares: int = 5, investor: Investor | None = None
    ) -> Pledge:
        order = self.order(campaign, investor or self.investor(), shares)
        try:
            return pledges.place(order=order, by=SYSTEM, at=self.at)
        except reading.WarningsUnread as problem:
            warned = dataclasses.replace(order, warnings_read=problem.facts["now"])
            return pledges.place(order=warned, by=SYSTEM, at=self.at)

    # -- the bank

    def transfer(self, pledge: Pledge, amount: Money | None = None) -> None:
        """The pledge's transfer arrives and is reconciled; by default all of it."""
        self.bank(self.restricted, (amount or pledge.amount, pledge.reference))

    def bank(self, account: BankAccount, *lines: tuple[Money, str] | camt.Line) -> None:
        """The account's statement of the day with these lines (negative: out); then reconcile."""
        self.upload(account, *lines)
        reconciliation.run(by=self.cast.finance, at=self.at)

    def upload(self, account: BankAccount, *lines: tuple[Money, str] | camt.Line) -> None:
        """The statement alone."""
        moved = [each if isinstance(each, camt.Line) else self.line(*each) for each in lines]
        opening = self.closings.get(account.pk, 0)
        statement = camt.Statement(
            id=f"ST{self.number('statement'):06d}",
            number=self.number(f"statement-{account.pk}"),
            iban=account.iban,
            holder=self.cast.issuer.name,
            first_day=self.day,
            last_day=self.day,
            opening=opening,
            lines=tuple(moved),
            made_at=self.at.isoformat(),
        )
        self.closings[account.pk] = statement.closing
        statements.upload(raw=camt.as_xml(statement), by=self.cast.finance, at=self.at)

    def line(self, amount: Money, text: str) -> camt.Line:
        """A movement as the bank writes it."""
        number = self.number("line")
        return camt.Line(
            servicer_reference=f"SR{number:08d}",
            booked_on=self.day,
            value_on=self.day,
            cents=cents(amount),
            name="Somebody",
            iban=ibans.synthetic_iban(5000 + number),
            remittance=Remittance((text,)),
        )

    def own_money(self, amount: str) -> None:
        """The issuer's own money arrives on its ordinary account."""
        holding = bank_accounts.sub_account(bank_account=self.ordinary, fund=self.own_fund)
        payer = accounts.open_account(
            code="own:founders", kind=Account.Kind.PAYER, fund=self.own_fund
        )
        reference = references.creditor_reference(f"own:{self.number('own')}")
        spec = expectations.ExpectationSpec(
            reference=reference,
            direction=Expectation.Direction.IN,
            amount=euro(amount),
            bank_account=self.ordinary,
            source=payer,
            target=holding,
            owner_kind="test",
            owner_key=reference,
        )
        expectations.open_one(spec=spec, at=self.at)
        self.bank(self.ordinary, (euro(amount), reference))

    def jobs(self) -> int:
        return jobs.drain_all(at=self.at)


def build(cast: Cast) -> Scene:
    """The world before anything happens: two bank accounts, and a fund of own money."""
    kinds = BankAccount.Kind
    own_fund = funds.open_fund(
        code="own:test",
        name="Own money",
        organisation=cast.issuer,
        is_restricted=False,
        is_held=False,
    )
    return Scene(
        cast=cast,
        restricted=_account(cast, 1, kinds.RESTRICTED),
        ordinary=_account(cast, 2, kinds.ORDINARY),
        own_fund=own_fund,
    )


def _account(cast: Cast, number: int, kind: str) -> BankAccount:
    return bank_accounts.open_bank_account(
        iban=ibans.synthetic_iban(number), holder=cast.issuer, name=kind, kind=kind
    )


def states_of(pledges_: Sequence[Pledge]) -> list[str]:
    """The states as they stand in the database, in the order given."""
    found = Pledge.objects.in_bulk([pledge.pk for pledge in pledges_])
    return [found[pledge.pk].state for pledge in pledges_]
