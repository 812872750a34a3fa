"""Nearly right bodies, to rows that exist: one field after another holds junk, and nothing falls over.

Driven by the OpenAPI document, so that a new endpoint is tried as soon as it is described. Bodies that
are wrong as a whole, to rows that do not exist, are in tests/core/test_schema.py.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from rest_framework.test import APIClient

from backend.core import approvals
from backend.core.models import Approval, User
from backend.core.money import euro
from backend.core.users import SYSTEM
from backend.treasury.models import BankLine, DeskAct, Discrepancy, Expectation
from campaigns.models import Campaign, Interest, Pledge
from investors.models import Investor
from properties import acquisitions, households, lettings, snapshots, units
from properties.models import Acquisition, Household, Snapshot, Tenancy, Unit
from tests import described
from tests.campaigns import scene as scenes
from tests.campaigns.scene import Scene
from tests.cast import Cast
from tests.described import Operation

JUNK: tuple[Any, ...] = (
    None, 0, -1, 2**31, 2**63 - 1, 1e400, True, "", " ", "\0", "-", "x" * 5000, "è\u202e\U0001f3e0",
    "1900-01-01", "2199-12-31", "2026-02-30", [], [None], {}, {"x": "x"},
    {"amount": "0.00", "currency": "EUR"}, {"amount": "999999999999.99", "currency": "EUR"},
    {"amount": "0.01", "currency": "USD"},
)  # fmt: skip
EVERY = 6
"""Each field gets every sixth piece of junk, the next field the next ones: all of it costs a minute."""
PLAIN = {"integer": 1, "boolean": True, "array": [], "object": {}, "number": 1}
TEXTS = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00Z", "email": "a@example.org"}
ROWS: dict[str, type[models.Model]] = {
    "acquisitions": Acquisition,
    "approvals": Approval,
    "bank-lines": BankLine,
    "desk-acts": DeskAct,
    "discrepancies": Discrepancy,
    "households": Household,
    "investors": Investor,
    "pledges": Pledge,
    "snapshots": Snapshot,
    "tenancies": Tenancy,
    "units": Unit,
}
"""What stands at `/<name>/{id}/`; of a name that is not here a row that is not there is tried."""


@pytest.fixture
def callers(cast: Cast) -> list[APIClient]:
    """A small world with a row of everything, and who may do something in it."""
    return [_client(user) for user in people_in_a_world(cast)]


def people_in_a_world(cast: Cast) -> tuple[User, ...]:
    """Build the world; those who may do something in it."""
    scene = scenes.build(cast)
    scene.publish(scene.draft())
    scene.wish(Campaign.objects.get())
    scene.draft()
    scene.pledge(scene.open_campaign(), investor=scene.investor(cast.investor))
    scene.upload(scene.ordinary, (euro("50.00"), "a"), (euro("-50.00"), "b"))
    scene.bank(scene.restricted, (euro("50.00"), "c"))
    _homes(scene)
    people = (cast.owner, cast.finance, cast.caseworker, cast.city_reviewer, cast.investor)
    return (*people, cast.administrator)


def _homes(scene: Scene) -> None:
    cast, at = scene.cast, scene.at
    first, second = (
        units.register(
            new=units.NewUnit(
                organisation=cast.issuer,
                code=code,
                address="Via della Prova 1",
                district=5,
                rooms=3,
                area_m2=Decimal(60),
                source=Unit.Source.COURT_AUCTION,
            ),
            by=SYSTEM,
            at=at,
        )
        for code in ("A1", "A2")
    )
    new = acquisitions.NewAcquisition(unit=second, route="market", max_price=euro("100.00"))
    bought = acquisitions.record(new=new, by=cast.owner, at=at)
    acquisitions.request_approval(acquisition=bought, by=cast.owner, at=at)
    _manage(first, scene)
    household = households.register(
        new=households.NewHousehold(
            caseworker=cast.caseworker,
            code="H1",
            referred_by="-",
            referred_on=scene.day,
            people={"35_54": 2},
        ),
        by=cast.caseworker,
        at=at,
    )
    letting = lettings.NewTenancy(
        unit=first,
        household=household,
        contract_no="C1",
        kind="3+2",
        rent=euro("300.00"),
        starts_on=scene.day,
    )
    lettings.let(new=letting, by=cast.caseworker, at=at)
    snapshots.take(organisation=cast.issuer, as_of=scene.day, by=cast.owner, at=at)


def _manage(home: Unit, scene: Scene) -> None:
    cast, at = scene.cast, scene.at
    new = acquisitions.NewAcquisition(unit=home, route="mandate")
    taken = acquisitions.record(new=new, by=cast.owner, at=at)
    inspected = acquisitions.Step(to="INSPECTED", on=scene.day)
    acquisitions.move(acquisition=taken, step=inspected, by=cast.owner, at=at)
    asked = acquisitions.request_approval(acquisition=taken, by=cast.owner, at=at)
    approvals.approve(approval=asked, by=cast.colleague, at=at)
    signed = acquisitions.Step(
        to="MANDATE_SIGNED",
        on=scene.day,
        amount=euro("300.00"),
        term_ends_on=scene.day + dt.timedelta(days=900),
    )
    acquisitions.move(acquisition=taken, step=signed, by=cast.owner, at=at)
    home.refresh_from_db()


@pytest.mark.thorough
@pytest.mark.django_db
class TestBodies:
    def test_none_makes_the_house_fall_over(self, callers: list[APIClient]) -> None:
        writes = [one for one in described.operations() if one.method in ("post", "patch", "put")]

        fallen = [line for each in writes for line in _try(each, callers)]

        assert fallen == []


def _try(operation: Operation, callers: list[APIClient]) -> Iterator[str]:
    """The answers that are our fault, to a right body and to one wrong field at a time."""
    for address in addresses(operation):
        first = {client: _send(client, operation, address, _right(operation)) for client in callers}
        yield from (line for status, line in first.values() if _is_our_fault(status))
        admitted = [client for client in callers if first[client][0] not in (401, 403, 404)]
        for body in _wrongs(operation) if admitted else ():
            status, line = _send(admitted[0], operation, address, body)
            if _is_our_fault(status):
                yield line


def _is_our_fault(status: int) -> bool:
    """503: the payment provider does not answer here, and the answer says so."""
    return status >= 500 and status != 503


def _send(client: APIClient, operation: Operation, address: str, body: object) -> tuple[int, str]:
    """Send and take back what came of it, so that every body meets the same world."""
    with transaction.atomic():
        answer = client.generic(
            operation.method.upper(),
            address,
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )
        transaction.set_rollback(True)
    if answer.streaming:  # a download holds its file until it was read
        b"".join(answer.streaming_content)
    return answer.status_code, f"{operation.name} {answer.status_code}: {json.dumps(body)[:300]}"


def addresses(operation: Operation) -> list[str]:
    """Where an operation meets rows that are there."""
    if "{slug}" in operation.path:
        # A draft and an open one.
        slugs = Campaign.objects.order_by("-pk").values_list("slug", flat=True)[:2]
        return [operation.address(slug=slug) for slug in slugs]
    if "{token}" in operation.path:
        return [operation.address(token=Interest.objects.latest("pk").token)]
    model = ROWS.get(operation.path.split("/")[3])
    row = model._default_manager.last() if model else None
    return [operation.address(id=str(row.pk)) if row else operation.address()]


def _right(operation: Operation) -> dict[str, Any]:
    return {name: _value(name, told) for name, told in _fields(operation).items()}


def _wrongs(operation: Operation) -> Iterator[dict[str, Any]]:
    right = _right(operation)
    for number, name in enumerate(right):
        yield {key: value for key, value in right.items() if key != name}
        yield from (right | {name: junk} for junk in JUNK[number % EVERY :: EVERY])


def _fields(operation: Operation) -> dict[str, Any]:
    content = operation.told.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return dict(_resolved(schema).get("properties", {}))


def _resolved(told: dict[str, Any]) -> dict[str, Any]:
    for inner in (told, *told.get("allOf", ()), *told.get("oneOf", ())):
        if "$ref" in inner:
            found: dict[str, Any] = described.document()["components"]["schemas"]
            return found[inner["$ref"].split("/")[-1]]
    return told


def _value(name: str, told: dict[str, Any]) -> Any:
    """What a field may well hold: a row of that name where there is one, else something of its type."""
    known = {"fund": "own:test", "against": 2, "expectation": Expectation, **_named()}
    if name in known:
        row = known[name]
        return row._default_manager.latest("pk").pk if isinstance(row, type) else row
    shape = _resolved(told)
    if "enum" in shape:
        return shape["enum"][0]
    if set(shape.get("properties", ())) == {"amount", "currency"}:
        return {"amount": "500.00", "currency": "EUR"}
    return PLAIN.get(shape.get("type", ""), TEXTS.get(shape.get("format", ""), "x"))


def _named() -> dict[str, type[models.Model]]:
    return {"unit": Unit, "household": Household, "investor": Investor, "snapshot": Snapshot}


def _client(user: User) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.force_authenticate(user)
    return client
