"""Every address × a row that is there, but another's: to a stranger it is as if it were not.

Roles are tried in test_access.py with rows that nobody has. Here the rows are one issuer's, and those
who ask have the same roles elsewhere: another issuer, another city, another investor.
"""

import functools
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import resolve, reverse

from backend.accounts import sessions
from backend.accounts.models import ApiToken, Deputy, LoginSession
from backend.core.models import Approval, Organisation, User
from backend.core.roles import PERMISSIONS, Role
from backend.ledger.models import Account
from backend.treasury import models as bank
from backend.webhooks.models import Delivery, Webhook
from campaigns import models as offers
from investors import models as people
from properties import models as homes
from tests import described, kept
from tests.cast import Cast, person
from tests.house import test_bodies as bodies
from tests.house import urls
from tests.house.access_table import NO, TABLE
from tests.house.rows import Rows
from tests.house.urls import Address

OF: dict[str, type[models.Model]] = {
    "account/sessions": LoginSession,
    "account/tokens": ApiToken,
    "acquisitions": homes.Acquisition,
    "aids": homes.Aid,
    "approvals": Approval,
    "bank-accounts": bank.BankAccount,
    "bank-lines": bank.BankLine,
    "bank-statements": bank.BankStatement,
    "books/accounts": Account,
    "calls": offers.Call,
    "campaigns": offers.Campaign,
    "certificates": offers.Certificate,
    "city/calls": offers.Call,
    "city/dossiers": homes.Dossier,
    "city/instalments": offers.ProjectInstalment,
    "city/outputs": offers.OutputFigure,
    "city/programmes": offers.Programme,
    "city/projects": offers.Project,
    "city/reports": offers.ReportDuty,
    "city/snapshots": homes.Snapshot,
    "complaints": people.Complaint,
    "conflicts": people.Conflict,
    "consents": homes.Consent,
    "costs": homes.CostLine,
    "credit-transfers": bank.CreditTransfer,
    "debts": homes.Debt,
    "demo/transfers": offers.Pledge,
    "deputies": Deputy,
    "desk-acts": bank.DeskAct,
    "desk/campaigns": offers.Campaign,
    "desk/findings": offers.ProviderFinding,
    "desk/grants": offers.Grant,
    "desk/investors": people.Investor,
    "desk/invoices": offers.Invoice,
    "desk/provider/cash": offers.ProviderCustomer,
    "desk/provider/payouts": offers.Payout,
    "desk/qualifications": people.Qualification,
    "desk/refunds": offers.Refund,
    "desk/regulator/made": offers.RegulatorFile,
    "desk/return-accounts": offers.ReturnAccount,
    "desk/running-costs": offers.RunningCost,
    "discrepancies": bank.Discrepancy,
    "dossiers": homes.Dossier,
    "emergency-openings": homes.GlassBreak,
    "evictions": homes.EvictionCase,
    "figures": homes.Snapshot,
    "grants": offers.Grant,
    "home-documents": homes.HomeDocument,
    "homes": homes.Unit,
    "households": homes.Household,
    "households/emergency": homes.GlassBreak,
    "investor-reports": people.InvestorReport,
    "investors": people.Investor,
    "invoices": offers.Invoice,
    "outcomes": homes.HousingOutcome,
    "outputs": offers.OutputFigure,
    "payment-orders": bank.PaymentOrder,
    "pledges": offers.Pledge,
    "profile": people.Investor,
    "profile/categories": people.Qualification,
    "profile/representations": people.Representation,
    "profile/ties": people.Conflict,
    "programmes": offers.Programme,
    "project-instalments": offers.ProjectInstalment,
    "project-reports": offers.ReportDuty,
    "projects": offers.Project,
    "provider-cash": offers.ProviderCustomer,
    "provider-findings": offers.ProviderFinding,
    "provider-payouts": offers.Payout,
    "purchases": homes.Acquisition,
    "qualifications": people.Qualification,
    "refunds": offers.Refund,
    "regulator-files/made": offers.RegulatorFile,
    "repayment-plans": homes.RepaymentPlan,
    "report-issues": homes.Snapshot,
    "reports": people.InvestorReport,
    "reports/issue": homes.Snapshot,
    "representations": people.Representation,
    "return-accounts": offers.ReturnAccount,
    "running-costs": offers.RunningCost,
    "sales": homes.Sale,
    "snapshots": homes.Snapshot,
    "staff": User,
    "statement-refusals": bank.StatementRefusal,
    "tenancies": homes.Tenancy,
    "tokens": ApiToken,
    "treasury/accounts": bank.BankAccount,
    "treasury/acts": bank.DeskAct,
    "treasury/balances": Account,
    "treasury/differences": bank.Discrepancy,
    "treasury/lines": bank.BankLine,
    "treasury/orders": bank.PaymentOrder,
    "treasury/refusals": bank.StatementRefusal,
    "treasury/runs": bank.ReconciliationRun,
    "treasury/statements": bank.BankStatement,
    "treasury/transfers": bank.CreditTransfer,
    "units": homes.Unit,
    "webhook-deliveries": Delivery,
    "webhooks": Webhook,
    "webhooks/deliveries": Delivery,
    "works": homes.Works,
}
"""Whose row an address names, by what stands before the name."""
NOT_A_ROW = {
    "desk/regulator": "a year of one's own organisation",
    "indicators": "a code of the catalogue, over one's own homes",
    "interests": "who holds the link may use it",
    "mails/stop": "who holds the link may use it",
    "open-data": "published",
    "open-data/catalogue.ttl": "published",
    "open-data/programmes/nobody.csv": "published",
    "password": "who holds the link may use it",
    "published": "published",
    "published-reports": "published",
    "regulator-files": "a year of one's own organisation",
    "sign-up": "who holds the link may use it",
    "sign-ups": "who holds the link may use it",
    "translations": "who holds the link may use it",
    "work": "each kind asks whose its row is; tried where the kind is",
    "years": "a year of one's own organisation",
}
OVERSEEN = (Role.CITY_REVIEWER,)
HOMES = frozenset({"acquisitions", "home-documents", "homes", "units", "works"})
"""What the city's reviewer reads of every issuer on purpose (housing.md, section 5)."""
WITHIN = {"question": offers.Question, "translation": offers.TranslationRequest}
"""A row inside a campaign, by a word of the address's name."""
WORDS: dict[str, dict[str, Any]] = {
    "grant-statement": {"form": "csv"},
    "household-tell": {"kind": "income"},
    "project-act": {"what": "move"},
    "review-act": {"to": "submit"},
    "staff-act": {"act": "disable"},
    "webhook-act": {"act": "test"},
    "works-change": {"act": "vary"},
}
"""What else an address is filled with, beside its row."""
NEEDS_MORE = frozenset({
    "api:campaign-holder-changes", "api:campaign-register-filings", "api:conflicts",
    "api:household-hand-over", "api:line-offset", "api:line-take-back", "api:provider-cash-return",
    "cash-return", "demo-transfer", "dossier-file", "treasury-accept", "treasury-offset",
    "treasury-take-back", "works-change",
})  # fmt: skip
"""Acts that need a second row or a state that these rows have not: not found by the house either."""
REFUSED = (403, 404)
UNREAD = (400, 415, 422)
"""What was sent is wrong as a whole: said before anybody looked for the row."""


@dataclass(frozen=True)
class World:
    """The rows, who asks for them from outside, and whose they are."""

    rows: Rows
    strangers: dict[User, Client]
    house: dict[User, Client]


@pytest.fixture(scope="module")
def kept_world(kept_cast: Cast) -> World:
    house = bodies.people_in_a_world(kept_cast)
    rows = Rows(kept_cast)
    rows.fill()
    for model in (*OF.values(), *WITHIN.values()):
        rows.one(model)
    house = (*house, kept_cast.programme_officer, kept_cast.auditor)
    inside, outside = (
        {who: _browser(who) for who in each} for each in (house, _strangers(kept_cast))
    )
    return kept.checked(World(rows, strangers=outside, house=inside))


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    return kept_world


def _browser(who: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(who)
    return client


def _strangers(cast: Cast) -> tuple[User, ...]:
    """Each role that sees rows of its own, elsewhere; what an administrator sees is everybody's."""
    city = Organisation.objects.create(name="Altro Comune (synthetic)", kind="city")
    more = (
        person("rival-finance", Role.FINANCE, cast.rival),
        person("rival-auditor", Role.AUDITOR, cast.rival),
        person("other-city", Role.CITY_REVIEWER, city),
        person("other-officer", Role.PROGRAMME_OFFICER, city),
    )
    return (cast.stranger, cast.other_caseworker, cast.other_investor, *more)


ROWS = [each for each in urls.every_address() if each.names_a_row and each.stem not in NOT_A_ROW]


class TestTable:
    def test_names_whose_row_each_address_is_of(self) -> None:
        stems = {each.stem for each in urls.every_address() if each.names_a_row}

        assert stems - OF.keys() - NOT_A_ROW.keys() == set(), "whose row is it?"
        assert OF.keys() | NOT_A_ROW.keys() <= stems, "an address that is gone"


@pytest.mark.thorough
class TestStranger:
    def test_finds_nothing_of_anothers(self, world: World) -> None:
        wrong = [line for address in ROWS for line in _tried(address, world)]

        assert wrong == []

    def test_is_told_of_rows_that_are_there(self, world: World) -> None:
        """Else the test above would prove nothing: somebody of the house finds each of them."""
        lost = {
            address.name
            for address in ROWS
            for method, permission in zip(("GET", "POST"), TABLE[address.name], strict=True)
            if permission not in (NO, None) and not _is_found(address, method, permission, world)
        }

        assert lost <= NEEDS_MORE

    def test_does_not_see_what_is_not_public_yet(self, world: World) -> None:
        draft = offers.Campaign.objects.get(state="draft")
        of_offers = [each for each in ROWS if each.stem == "campaigns"]
        open_to_all = [each for each in of_offers if TABLE[each.name][0] is None]

        seen = [each.name for each in open_to_all if _is_shown(each, draft)]

        assert open_to_all
        assert seen == []


def _is_shown(address: Address, draft: offers.Campaign) -> bool:
    path = reverse(address.name, kwargs=dict(resolve(address.path).kwargs) | {"slug": draft.slug})
    return Client().get(path).status_code != 404


def _tried(address: Address, world: World) -> Iterator[str]:
    """A line for each stranger who got another answer than that there is no such row."""
    path = _path(address, world.rows)
    for method, permission in zip(("GET", "POST"), TABLE[address.name], strict=True):
        for who, client in world.strangers.items() if permission not in (NO, None) else ():
            if not _may(who, str(permission)) or _is_shared(address, who, method):
                continue
            status = _asked(client, method, path, address)
            is_unread = status in UNREAD and status == _asked(client, method, address.path, address)
            if status not in REFUSED and not is_unread:
                yield f"{address.name} {method} {who}: {status}"


def _is_found(address: Address, method: str, permission: str | None, world: World) -> bool:
    path = _path(address, world.rows)
    asking = (client for who, client in world.house.items() if _may(who, str(permission)))
    return any(_asked(client, method, path, address) not in REFUSED for client in asking)


def _path(address: Address, rows: Rows) -> str:
    """The address of the row that is there."""
    row: Any = rows.one(OF[address.stem])
    if isinstance(row, LoginSession):
        return reverse(address.name, kwargs={"pk": sessions.name_of(row)})
    kwargs = {name: getattr(row, name, 1) for name in resolve(address.path).kwargs}
    inner = next((model for word, model in WITHIN.items() if word in address.name), None)
    within = {"pk": rows.one(inner).pk} if inner and "pk" in kwargs else {}
    return reverse(address.name, kwargs=kwargs | within | WORDS.get(address.name, {}))


def _may(who: User, permission: str) -> bool:
    return permission == "" or any(role in PERMISSIONS[permission] for role in who.roles)


def _is_shared(address: Address, who: User, method: str) -> bool:
    """The city reads homes of all; an offer that is open is open to every investor."""
    is_city = address.stem in HOMES and method == "GET" and who.roles[0] in OVERSEEN
    return is_city or (address.stem == "campaigns" and TABLE[address.name][1] == "pledge.place")


def _asked(client: Client, method: str, path: str, address: Address) -> int:
    """The answer's status; what came of it is taken back."""
    told = operations().get((method, address.path))
    body = json.dumps(bodies._right(told) if told else {})
    sent = {"data": body, "content_type": "application/json"} if address.is_api else {}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    with transaction.atomic():
        status = client.generic(method, path, headers=key, **sent).status_code
        transaction.set_rollback(True)
    return int(status)


@functools.cache
def operations() -> dict[tuple[str, str], described.Operation]:
    """What the API's document says of each call."""
    return {
        (each.method.upper(), each.address(year="2001", version="987654321")): each
        for each in described.operations()
    }
