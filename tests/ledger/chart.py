"""A small chart of accounts: one raised fund (restricted, held), one of own money, one bank account."""

import datetime as dt
from dataclasses import dataclass

from backend.core.models import Organisation
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.ledger import accounts, funds, posting
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Entry, Fund
from backend.ledger.posting import Leg, NewEntry

DAY = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
Kind = Account.Kind


@dataclass(frozen=True)
class Chart:
    """The accounts by name, with verbs that post between them."""

    raised: Fund
    own: Fund
    by_name: dict[str, Account]

    def __getitem__(self, name: str) -> Account:
        return self.by_name[name]

    def move(
        self, source: str, target: str, amount: str, key: str = "", on: dt.date = DAY
    ) -> Entry:
        return self.post((source, target, amount), key=key, on=on)

    def post(self, *legs: tuple[str, str, str], key: str = "", on: dt.date = DAY) -> Entry:
        moved = tuple(Leg(self[s], self[t], euro(a)) for s, t, a in legs)
        new = NewEntry(key or f"test:{Entry.objects.count()}", "test", on, moved)
        return posting.post(entry=new, by=SYSTEM, at=AT)

    def balance(self, name: str) -> str:
        return str(self[name].balance_row.__class__.objects.get(account=self[name]).amount)

    def release(self) -> None:
        funds.release(fund=self.raised, by=SYSTEM, at=AT)


def draw(*, policies: tuple[str, ...] = ("acquisition.price", "acquisition.taxes")) -> Chart:
    """Open the funds and accounts."""
    issuer = Organisation.objects.create(name="Casa Mattone S.r.l.", kind="issuer")
    raised = funds.open_fund(
        code="raised",
        name="Raised",
        organisation=issuer,
        is_restricted=True,
        is_held=True,
    )
    own = funds.open_fund(
        code="own",
        name="Own money",
        organisation=issuer,
        is_restricted=False,
        is_held=False,
    )
    funds.allow(fund=raised, purposes=policies, valid_from=dt.date(2026, 1, 1), by=SYSTEM, at=AT)
    return Chart(raised, own, {name: _open(name, raised, own) for name in NAMES})


NAMES = {
    "outside": (Kind.OUTSIDE, None, ""),
    "suspense": (Kind.SUSPENSE, None, ""),
    "payer": (Kind.PAYER, "raised", ""),
    "second payer": (Kind.PAYER, "raised", ""),
    "held": (Kind.HELD, "raised", ""),
    "clearing": (Kind.CLEARING, "raised", ""),
    "holding": (Kind.HOLDING, "raised", ""),
    "due": (Kind.DUE, "raised", ""),
    "price": (Kind.USE, "raised", "acquisition.price"),
    "taxes": (Kind.USE, "raised", "acquisition.taxes"),
    "works": (Kind.USE, "raised", "works"),
    "raised owed": (Kind.OWED, "raised", ""),
    "own payer": (Kind.PAYER, "own", ""),
    "own holding": (Kind.HOLDING, "own", ""),
    "own fees": (Kind.USE, "own", "provider_fees"),
    "own works": (Kind.USE, "own", "works"),
    "owed": (Kind.OWED, "own", ""),
}


def _open(name: str, raised: Fund, own: Fund) -> Account:
    kind, fund, purpose = NAMES[name]
    of = {"raised": raised, "own": own, None: None}[fund]
    code, whose = name.replace(" ", ":"), raised.organisation
    spec = AccountSpec(code, kind, of, purpose, organisation=whose)
    return accounts.open_many([spec])[0]
