"""Who the story is about: the issuer and its bank accounts, the cast, some twenty investors. All invented.

Only what has no page of its own is made here by calling rules; everything after that goes over HTTP.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from itertools import islice, product

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.utils.crypto import salted_hmac

from backend.accounts import api_tokens, second_factor
from backend.accounts.models import ApiToken, SecondFactor
from backend.core import clock, encryption
from backend.core.cast import (
    ADMINISTRATOR,
    CAST,
    CITY_REVIEWER,
    INVESTOR,
    PROGRAMME_OFFICER,
    SECOND_INVESTOR,
    Person,
)
from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.ledger import funds
from backend.simulators.bank.ibans import synthetic_iban
from backend.treasury import bank_accounts
from backend.treasury.models import BankAccount
from properties.models import PrivacyRecord

ISSUER = "Casa Mattone S.r.l. (sintetica)"
PLATFORM = "Piattaforma dimostrativa (sintetica)"
CITY = "Ufficio Casa (dimostrativo)"
RESTRICTED_IBAN = synthetic_iban(1)
ORDINARY_IBAN = synthetic_iban(2)
OWN_FUND = "own:casa-mattone"
INVESTORS = 21
TOKEN_LIFE = dt.timedelta(days=3650)
PASSWORD = "mattone-demo"  # noqa: S105 -- of invented people, in a demo on this machine alone

FIRST_NAMES = (
    "Anna",
    "Bruno",
    "Carla",
    "Dario",
    "Elisa",
    "Fabio",
    "Gaia",
    "Hamid",
    "Irene",
    "Luca",
)
LAST_NAMES = (
    "Aimone", "Barbero", "Cavallo", "Diop", "Esposito", "Fontana",
    "Giordano", "Hoxha", "Longo", "Marchetti", "Negri", "Olivero",
)  # fmt: skip


@dataclass(frozen=True)
class Backer:
    """An investor of the story, with a user who acts for it."""

    number: int
    name: str
    email: str

    @property
    def iban(self) -> str:
        return synthetic_iban(1000 + self.number)

    @property
    def tax_code(self) -> str:
        """Right in length, and of no person: no real code has these letters."""
        return f"SYNTHETIC{self.number:07d}"


def backers() -> list[Backer]:
    """Everyone who invests; the two investors of the cast are the first."""
    cast = [Backer(n, each.name, each.email) for n, each in enumerate((INVESTOR, SECOND_INVESTOR))]
    names = islice(product(LAST_NAMES, FIRST_NAMES), INVESTORS - len(cast))
    others = [
        Backer(number, f"{first} {last}", f"{first}.{last}@example.org".lower())
        for number, (last, first) in enumerate(names, start=len(cast))
    ]
    return cast + others


@transaction.atomic
def gather(at: dt.datetime) -> None:
    """This will make organisations, people with API tokens, funds and bank accounts; repeatable."""
    issuer = _organisation(ISSUER, Organisation.Kind.ISSUER)
    city = _organisation(CITY, Organisation.Kind.CITY)
    homes = {
        INVESTOR: None,
        SECOND_INVESTOR: None,
        ADMINISTRATOR: _organisation(PLATFORM, Organisation.Kind.PLATFORM),
        CITY_REVIEWER: city,
        PROGRAMME_OFFICER: city,
    }
    # One hash for all of the cast: hashing is slow by design, and their password is printed anyway.
    # Their first login by form hashes it anew, as strongly as any other.
    password = PBKDF2PasswordHasher().encode(PASSWORD, secrets.token_hex(8), iterations=1)
    users = [_user(person, homes.get(person, issuer), password) for person in CAST]
    users += [_backer_user(backer) for backer in backers()[2:]]
    User.objects.bulk_create(users, ignore_conflicts=True)
    _give_tokens(at)
    _pair_phones(at)
    _open_accounts(issuer, at)
    _keep_privacy_records(issuer, at)


def tokens() -> dict[str, str]:
    """The API token of every person, by e-mail address: told by the secret of this demo, kept nowhere."""
    names = User.objects.values_list("username", flat=True)
    return {name: salted_hmac("demo.token", name, algorithm="sha256").hexdigest() for name in names}


def _keep_privacy_records(issuer: Organisation, at: dt.datetime) -> None:
    """What an issuer writes before it takes real people in (P26); here it shows how that looks."""
    if PrivacyRecord.objects.filter(organisation=issuer).exists():
        return
    texts = {
        PrivacyRecord.Kind.REGISTER: "Nuclei, contratti e sostegni: a che scopo, per quanto tempo.",
        PrivacyRecord.Kind.DPIA: "Rischi per chi abita negli alloggi, e che cosa li riduce.",
    }
    PrivacyRecord.objects.bulk_create(
        PrivacyRecord(
            organisation=issuer,
            kind=kind,
            title=f"{kind.label} (sintetico)",
            text=text,
            reviewed_on=clock.day_of(at),
        )
        for kind, text in texts.items()
    )


def _organisation(name: str, kind: str) -> Organisation:
    found, _created = Organisation.objects.get_or_create(
        name=name, defaults={"kind": kind, "is_synthetic": True}
    )
    return found


def _user(person: Person, home: Organisation | None, password: str) -> User:
    first, last = person.name.split(" ", 1)
    may_administer = person.role == Role.ADMINISTRATOR
    return User(
        username=person.email,
        email=person.email,
        first_name=first,
        last_name=last,
        password=password,
        roles=[person.role],
        organisation=home,
        language=person.language,
        is_staff=may_administer,
        is_superuser=may_administer,
    )


def _backer_user(backer: Backer) -> User:
    first, last = backer.name.split(" ", 1)
    return User(
        username=backer.email,
        email=backer.email,
        first_name=first,
        last_name=last,
        password="!",  # noqa: S106 -- no password: they speak by token alone
        roles=[Role.INVESTOR],
        language="en" if backer.number % 12 == 0 else "it",
    )


def _give_tokens(at: dt.datetime) -> None:
    """For everything, and for longer than a demo lasts: the story is told with them."""
    keys, began = tokens(), clock.wall()
    rows = [
        ApiToken(
            **api_tokens.row_of(keys[user.username]), user=user, name="Demo",
            scopes=[api_tokens.ALL], created_at=began, expires_at=began + TOKEN_LIFE,
        )
        for user in User.objects.all()
    ]  # fmt: skip
    ApiToken.objects.bulk_create(rows, ignore_conflicts=True)


def _pair_phones(at: dt.datetime) -> None:
    """Whoever needs a second factor has one; the login page plays the phone."""
    secret = encryption.encrypt(secrets.token_bytes(second_factor.SECRET_BYTES).hex())
    staff = [user for user in User.objects.all() if second_factor.is_needed(user)]
    SecondFactor.objects.bulk_create(
        [SecondFactor(user=user, secret=secret, created_at=at, confirmed_at=at) for user in staff],
        ignore_conflicts=True,
    )


def _open_accounts(issuer: Organisation, at: dt.datetime) -> None:
    # Own money first: it is what stands behind the issuer's other funds.
    funds.open_fund(
        code=OWN_FUND,
        name="Mezzi propri",
        organisation=issuer,
        is_restricted=False,
        is_held=False,
    )
    kinds = BankAccount.Kind
    for iban, name, kind in (
        (RESTRICTED_IBAN, "Conto vincolato", kinds.RESTRICTED),
        (ORDINARY_IBAN, "Conto corrente", kinds.ORDINARY),
    ):
        bank_accounts.open_bank_account(iban=iban, holder=issuer, name=name, kind=kind)
