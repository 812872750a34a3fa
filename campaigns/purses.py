"""The ledger accounts of a campaign, by what they are for; opened once, when the campaign opens.

The fund's: held (restricted bank account), released (issuer's account), clearing (with the card
provider), due (fees that own money owes). Own money's: owed, and its use for provider fees.
"""

from dataclasses import dataclass

from backend.ledger import accounts
from backend.ledger.accounts import AccountSpec
from backend.ledger.models import Account, Fund, Purpose
from backend.treasury import bank_accounts
from backend.treasury.models import BankAccount
from campaigns.models import Campaign

Kind = Account.Kind


def open_all(campaign: Campaign) -> None:
    """Open every account of a campaign. Safe to repeat."""
    raised, own = fund(campaign), own_fund(campaign)
    accounts.open_many(
        [
            AccountSpec(_code(campaign, "clearing"), Kind.CLEARING, raised),
            AccountSpec(_code(campaign, "due"), Kind.DUE, raised),
            AccountSpec(_code(campaign, "owed"), Kind.OWED, own),
            AccountSpec(f"own:{own.code}:fees", Kind.USE, own, Purpose.PROVIDER_FEES),
        ]
    )
    bank_accounts.sub_account(
        bank_account=restricted_account(campaign), fund=raised, kind=Kind.HELD
    )
    bank_accounts.sub_account(
        bank_account=ordinary_account(campaign), fund=raised, kind=Kind.HOLDING
    )


def fund(campaign: Campaign) -> Fund:
    """The fund of the raised money."""
    assert campaign.fund is not None, "a campaign has its fund once it opened"
    return campaign.fund


def own_fund(campaign: Campaign) -> Fund:
    """The issuer's own money, which bears the fees."""
    assert campaign.own_fund is not None, "no campaign opens without own money (checklist)"
    return campaign.own_fund


def restricted_account(campaign: Campaign) -> BankAccount:
    assert campaign.restricted_account is not None, "no campaign opens without it (checklist)"
    return campaign.restricted_account


def ordinary_account(campaign: Campaign) -> BankAccount:
    assert campaign.ordinary_account is not None, "no campaign opens without it (checklist)"
    return campaign.ordinary_account


def held(campaign: Campaign) -> Account:
    """Raised money on the restricted account."""
    return _at(restricted_account(campaign), fund(campaign), Kind.HELD)


def released(campaign: Campaign) -> Account:
    """Raised money on the issuer's own account."""
    return _at(ordinary_account(campaign), fund(campaign), Kind.HOLDING)


def spent_before(campaign: Campaign) -> Account:
    """Raised money that was spent elsewhere before the offer was taken over, while it is not told for
    which homes. It is at no bank."""
    code = _code(campaign, "spent_before")
    return accounts.open_account(code=code, kind=Kind.HOLDING, fund=fund(campaign))


def clearing(campaign: Campaign) -> Account:
    return Account.objects.get(code=_code(campaign, "clearing"))


def due(campaign: Campaign) -> Account:
    return Account.objects.get(code=_code(campaign, "due"))


def owed(campaign: Campaign) -> Account:
    return Account.objects.get(code=_code(campaign, "owed"))


@dataclass(frozen=True)
class Debt:
    """What own money owes to raised money: where it is claimed, and where own money owes it."""

    due: Account
    owed: Account


def debts(campaign: Campaign) -> list[Debt]:
    """Fees that raised money had to bear, and deposits that bought no home (properties opens those)."""
    lost = Account.objects.filter(code=f"due:{fund(campaign).code}").first()
    owing = Account.objects.filter(
        kind=Kind.OWED, code__startswith="owed:", organisation=campaign.issuer_id
    ).select_related("fund")
    deposits = [Debt(lost, owed) for owed in owing] if lost else []
    return [Debt(due(campaign), owed(campaign)), *deposits]


def fees(campaign: Campaign) -> Account:
    """What own money paid to the provider."""
    return Account.objects.get(code=f"own:{own_fund(campaign).code}:fees")


def receivable(campaign: Campaign) -> Account:
    """What investors owe to own money after a chargeback; opened when first asked for."""
    own = own_fund(campaign)
    code = f"own:{own.code}:receivable"
    return accounts.open_many([AccountSpec(code, Kind.USE, own, Purpose.RECEIVABLE)])[0]


def success_fees(campaign: Campaign) -> Account:
    """What own money bore of platforms' success fees; opened when first asked for."""
    own = own_fund(campaign)
    code = f"own:{own.code}:success_fees"
    return accounts.open_many([AccountSpec(code, Kind.USE, own, Purpose.SUCCESS_FEE)])[0]


def fee_kept(campaign: Campaign) -> Account:
    """What left the bank as a success fee, until own money is said to owe it in the same moment."""
    code = _code(campaign, "success_fee")
    return accounts.open_account(code=code, kind=Kind.HELD, fund=fund(campaign))


def own_holding(campaign: Campaign, own: Fund | None = None) -> Account:
    """Own money on the issuer's own account; of another fund of own money, where it is named."""
    return bank_accounts.sub_account(
        bank_account=ordinary_account(campaign), fund=own or own_fund(campaign)
    )


def new_payer(campaign: Campaign, pledge_id: int) -> Account:
    """Open the payer's account of a pledge whose number was just drawn."""
    code = _code(campaign, f"pledge:{pledge_id}")
    return accounts.open_new(AccountSpec(code, Kind.PAYER, fund(campaign)))


def _at(bank_account: BankAccount, of: Fund, kind: str) -> Account:
    return Account.objects.get(sub_account__bank_account=bank_account, fund=of, kind=kind)


def _code(campaign: Campaign, name: str) -> str:
    return f"campaign:{campaign.pk}:{name}"
