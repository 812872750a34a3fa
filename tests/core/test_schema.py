"""The OpenAPI document is whole, and what it promises holds for whoever sends whatever."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient

from backend.core.api import Endpoint
from backend.core.calls import Retiring
from backend.core.problems import PROBLEM
from backend.core.schema import Generator
from tests import described
from tests.cast import Cast
from tests.described import Operation

# Why each of these may be sent twice without an Idempotency-Key.
WITHOUT_KEY = {
    "/api/v1/programmes/": "a name is taken once",
    "/api/v1/programmes/{code}/calls/": "a name is taken once",
    "/api/v1/calls/{code}/projects/": "a name is taken once",
    "/api/v1/projects/{code}/award/": "a project has one grant",
    "/api/v1/projects/{code}/evidence/": "no money; a later word replaces it",
    "/api/v1/projects/{code}/proceedings/": "while some are open there are no others",
    "/api/v1/projects/{code}/proceedings/end/": "ended once",
    "/api/v1/projects/{code}/moves/": "a state is moved on from once",
    "/api/v1/projects/{code}/outputs/": "no money; a figure entered twice is withdrawn",
    "/api/v1/project-instalments/{id}/paid/": "paid once",
    "/api/v1/project-reports/{id}/handed-in/": "handed in once",
    "/api/v1/outputs/{id}/withdrawal/": "withdrawn once",
    "/api/v1/dossiers/": "a protocol number is taken once",
    "/api/v1/deputies/": "no money; a deputy named twice decides no more",
    "/api/v1/deputies/{id}/end/": "ended once",
    "/api/v1/sign-ups/": "mails a link; what it answers is always the same",
    "/api/v1/sign-ups/{token}/finish/": "an address is taken once",
    "/api/v1/staff/": "no money; an address is taken once",
    "/api/v1/staff/{id}/disable/": "closed is closed",
    "/api/v1/staff/{id}/enable/": "the one that waits comes back",
    "/api/v1/staff/{id}/roles/": "no money; the newest counts",
    "/api/v1/staff/{id}/second-factor-reset/": "forgotten is forgotten",
    "/api/v1/staff/{id}/unlock/": "open is open",
    "/api/v1/tokens/": "no money; a token more can be revoked",
    "/api/v1/tokens/{id}/revoke/": "revoked once",
    "/api/v1/units/{id}/release/": "released once",
    "/api/v1/units/{id}/release/undo/": "undone once",
    "/api/v1/acquisitions/{id}/request-approval/": "the one that waits comes back",
    "/api/v1/approvals/{id}/approve/": "decided once",
    "/api/v1/approvals/{id}/refuse/": "decided once",
    "/api/v1/bank-statements/": "the content of the file is the key",
    "/api/v1/bank-statements/{id}/bridge/": "the one that waits comes back",
    "/api/v1/statement-refusals/{id}/accept/": "the one that waits comes back",
    "/api/v1/books/exports/": "the same content is the same version",
    "/api/v1/books/months/": "a month closes once; one request waits at a time",
    "/api/v1/campaigns/": "an address is taken once",
    "/api/v1/campaigns/{slug}/documents/": "no money; a new version of the same paper",
    "/api/v1/campaigns/{slug}/extensions/": "one request waits at a time",
    "/api/v1/campaigns/{slug}/openings/": "a second person applies one, once",
    "/api/v1/campaigns/{slug}/order-files/": "an order's id is taken once; the same row is no news",
    "/api/v1/campaigns/{slug}/order-mapping/": "no money; the newest counts",
    "/api/v1/campaigns/{slug}/questions/": "no money; a person answers before anyone sees it",
    "/api/v1/campaigns/{slug}/questions/{id}/answer/": "answered once",
    "/api/v1/campaigns/{slug}/questions/{id}/decline/": "declined once",
    "/api/v1/campaigns/{slug}/sheet/declaration/": "declared once",
    "/api/v1/campaigns/{slug}/sheet/publication/": "a draft is published once",
    "/api/v1/campaigns/{slug}/translations/": "no money; one waits per person and language",
    "/api/v1/campaigns/{slug}/translations/{id}/advise/": "decided once",
    "/api/v1/campaigns/{slug}/translations/{id}/deliver/": "delivered once",
    "/api/v1/campaigns/{slug}/updates/": "words, no money",
    "/api/v1/campaigns/{slug}/interests/": "binds nobody; once per mail address",
    "/api/v1/campaigns/{slug}/offers-elsewhere/": "money of others; told twice it is refused",
    "/api/v1/campaigns/{slug}/pledge-needs/": "keeps at most that an advice was shown, once",
    "/api/v1/past-purchases/": "a second person applies it; a home is bought once",
    "/api/v1/costs/{id}/drop/": "dropped once",
    "/api/v1/sales/{id}/cancel/": "given up once",
    "/api/v1/units/files/": "a code is taken once; a home as the file tells it is no news",
    "/api/v1/units/{id}/certificates/": "no money; the newest counts",
    "/api/v1/units/{id}/documents/": "the content of the file is the key",
    "/api/v1/emergency-openings/": "no money; each opening leaves its trace",
    "/api/v1/emergency-openings/{id}/review/": "reviewed once",
    "/api/v1/households/files/": "a code and a contract are taken once",
    "/api/v1/units/{id}/corrections/": "no money; told twice it is refused",
    "/api/v1/omi/files/": "a quotation is kept once",
    "/api/v1/acquisitions/{id}/deserted/": "told twice it is refused: the next sale is another day",
    "/api/v1/acquisitions/{id}/offers/": "opened once",
    "/api/v1/units/{id}/keys/": "no money; a key is of one home at a time",
    "/api/v1/translations/{token}/": "proven once",
    "/api/v1/works/": "no money: a budget, whose costs take a key",
    "/api/v1/works/{id}/moves/": "no stage is gone back to",
    "/api/v1/aids/{id}/decision/": "decided once",
    "/api/v1/consents/{id}/removal/": "removed once",
    "/api/v1/consents/{id}/withdrawal/": "withdrawn once",
    "/api/v1/debts/{id}/settlement/": "settled once",
    "/api/v1/evictions/{id}/steps/": "no step is gone back to",
    "/api/v1/payment-orders/{id}/reports/": "the content of the file is the key",
    "/api/v1/grants/": "a code is taken once; its money comes by the bank",
    "/api/v1/households/{id}/hardships/": "once a cause and day",
    "/api/v1/households/{id}/aids/": "what somebody asked for; money of others",
    "/api/v1/households/{id}/assessments/": "no money; the newest counts",
    "/api/v1/households/{id}/names/": "no money; the newest counts",
    "/api/v1/households/{id}/protection/": "no money; written down once",
    "/api/v1/households/{id}/answers/": "no money; the newest counts",
    "/api/v1/households/{id}/close/": "closed once",
    "/api/v1/households/{id}/consents/": "no money; the newest counts",
    "/api/v1/households/{id}/debts/": "debts to others, as they were told",
    "/api/v1/households/{id}/evictions/": "one case runs at a time",
    "/api/v1/households/{id}/hand-over/": "no money; the newest counts",
    "/api/v1/households/{id}/identity/": "no money; the newest counts",
    "/api/v1/households/{id}/incomes/": "no money of ours; the newest counts",
    "/api/v1/households/{id}/milestones/": "no money; each kind once",
    "/api/v1/households/{id}/results/": "no money; what was reached on a day",
    "/api/v1/outcomes/{id}/amendments/": "no money; told twice, nothing changes",
    "/api/v1/tenancies/{id}/amendments/": "told twice, nothing changes",
    "/api/v1/households/{id}/special/": "changes nothing; each reading is one in the trail",
    "/api/v1/households/{id}/traits/": "no money; the newest counts",
    "/api/v1/invoices/": "the content of the paper is the key",
    "/api/v1/pledges/{id}/return-accounts/": "the one that waits comes back",
    "/api/v1/provider-proofs/": "looks and books nothing",
    "/api/v1/provider-pulls/": "what is there already is no news",
    "/api/v1/repayment-plans/{id}/give-up/": "given up once",
    "/api/v1/works/{id}/variations/": "a second person decides on each",
    "/api/v1/investors/{id}/loss-components/removal/": "no money; gone is gone",
    "/api/v1/complaints/": "no money; a register takes what is sent",
    "/api/v1/complaints/{id}/answer/": "answered once",
    "/api/v1/complaints/{id}/ruling/": "acknowledged once",
    "/api/v1/complaints/{id}/withdraw/": "taken back once",
    "/api/v1/conflicts/{id}/end/": "ended once",
    "/api/v1/discrepancies/{id}/notes/": "words, no money",
    "/api/v1/discrepancies/{id}/owner/": "no money; the newest counts",
    "/api/v1/discrepancies/{id}/resolve/": "words, no money; resolved once",
    "/api/v1/households/": "no money; a code is taken once",
    "/api/v1/households/{id}/actions/": "no money",
    "/api/v1/households/{id}/next-step/": "no money",
    "/api/v1/households/{id}/outcomes/": "no money; one a day",
    "/api/v1/interests/{token}/take-up/": "no money; what stands again cannot be taken up twice",
    "/api/v1/interests/{token}/claim/": "attached once",
    "/api/v1/interests/{token}/confirm/": "confirmed once",
    "/api/v1/investors/": "no money; a tax code is taken once",
    "/api/v1/investors/{id}/acknowledgements/": "acknowledged once",
    "/api/v1/investors/{id}/conflicts/": "no money; a tie is declared once",
    "/api/v1/investors/{id}/identity-checks/": "no money; the newest counts",
    "/api/v1/investors/{id}/knowledge-test/": "no money; once per form token",
    "/api/v1/investors/{id}/loss-simulation/": "no money",
    "/api/v1/investors/{id}/qualifications/": "no money; one waits at a time",
    "/api/v1/investors/{id}/representations/": "no money; acts once",
    "/api/v1/loss-simulation/": "keeps nothing",
    "/api/v1/own-data/erasure/": "erased once",
    "/api/v1/provider-findings/{id}/resolve/": "words, no money; resolved once",
    "/api/v1/qualifications/{id}/decision/": "decided once",
    "/api/v1/qualifications/{id}/end/": "ended once",
    "/api/v1/qualifications/{id}/withdraw/": "taken back once",
    "/api/v1/reconciliation-runs/": "again it finds nothing new",
    "/api/v1/regulator-files/{year}/{kind}/": "the same content is the same version",
    "/api/v1/report-issues/": "made once per investor",
    "/api/v1/representations/{id}/end/": "ended once",
    "/api/v1/snapshots/": "taken once a day",
    "/api/v1/snapshots/{id}/moves/": "no money; a state is left once",
    "/api/v1/units/": "no money; a code is taken once",
    "/api/v1/webhook-deliveries/{id}/redelivery/": "on its way once; the receiver knows its id",
    "/api/v1/webhooks/": "no money; one more can be disabled",
    "/api/v1/webhooks/{id}/": "no money; the last writing stands",
    "/api/v1/webhooks/{id}/disable/": "disabled once",
    "/api/v1/webhooks/{id}/enable/": "enabled once",
    "/api/v1/webhooks/{id}/secret/": "no money; the newest signs",
    "/api/v1/webhooks/{id}/test/": "says nothing",
    "/api/v1/years/{year}/": "the last writing stands",
    "/api/v1/years/{year}/targets/": "the last writing stands",
}
ROLES = ("nobody", "owner", "caseworker", "investor", "city_reviewer")
JUNK: tuple[Any, ...] = (
    None,
    7,
    -1,
    10**30,
    1e400,
    0.1,
    True,
    "",
    "\0",
    "\ud800",
    "x" * 5000,
    "0001-01-01",
    "9999-12-31",
    [],
    [[[[{}]]]],
    {"amount": 500.5, "currency": "EUR"},
    {"amount": "1e999999", "currency": ["EUR"]},
    {"amount": "500.00", "currency": "USD"},
    {"amount": "-500.00", "currency": "EUR"},
    {"\0": "\0"},
)
QUESTIONS = ("", "x", "-1", "9" * 30, "2026-13-45", "0001-01-01", "\0", "%00", "è" * 300, "1,2")


class Going(Endpoint):
    """An address that will go."""

    retiring = Retiring(
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC), "/docs/"
    )

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response({})


class TestDocument:
    def test_is_made_without_a_doubt(self) -> None:
        assert described.complaints() == ()

    def test_says_in_words_what_each_operation_does(self) -> None:
        silent = [
            one.name
            for one in described.operations()
            if len(one.told.get("summary", "")) < 10 or not one.told.get("description")
        ]
        assert silent == []

    def test_keeps_its_names(self) -> None:
        names = [one.told["operationId"] for one in described.operations()]

        assert len(names) == len(set(names))
        assert {"pledges_list", "pledges_retrieve", "campaigns_pledges_create"} <= set(names)

    def test_asks_for_a_key_wherever_a_repetition_would_do_harm(self) -> None:
        posts = [one for one in described.operations() if one.method == "post"]

        assert {one.path for one in posts if not one.takes_key} == WITHOUT_KEY.keys()

    def test_tells_of_the_limit_in_every_answer(self) -> None:
        known = described.components()["headers"]

        for one in described.operations():
            for code, answer in one.told["responses"].items():
                told = set(answer["headers"])
                assert {"RateLimit", "RateLimit-Policy"} <= told <= set(known), one
                assert ("Retry-After" in told) == (code == "429"), one

    def test_an_address_that_will_go_says_so_here_too(self) -> None:
        addresses = [path("api/v1/going/", Going.as_view())]
        document: Any = Generator(patterns=addresses).get_schema(public=True)  # type: ignore[no-untyped-call]

        told = document["paths"]["/api/v1/going/"]["get"]
        assert told["deprecated"] is True
        assert {"Deprecation", "Sunset"} <= set(told["responses"]["200"]["headers"])

    def test_gives_every_list_in_pages(self) -> None:
        lists = [one for one in described.operations() if one.told["operationId"].endswith("_list")]

        for one in lists:
            assert {"page", "page_size"} <= {each["name"] for each in one.told["parameters"]}, one

    @pytest.mark.parametrize("told", ["", "https://platform.example/case"])
    def test_allows_an_address_or_nothing_where_both_may_be(self, told: str) -> None:
        address = described.components()["schemas"]["Campaign"]["properties"]["platform_url"]

        jsonschema.validate(told, address)


@pytest.mark.thorough
@pytest.mark.django_db
class TestPromises:
    def test_hold_for_whatever_a_list_is_asked(self, cast: Cast) -> None:
        clients = [_client(role, cast) for role in ("owner", "city_reviewer")]

        wrong = [
            line
            for client in clients
            for one in described.operations()
            if one.method == "get"
            for line in _wrong_questions(client, one)
        ]

        assert wrong == []

    @pytest.mark.parametrize("role", ROLES)
    def test_hold_for_whatever_is_sent(self, role: str, cast: Cast) -> None:
        client = _client(role, cast)

        wrong = [line for each in described.operations() for line in _wrongs(client, each)]

        assert wrong == []


def _client(role: str, cast: Cast) -> APIClient:
    client = APIClient(raise_request_exception=False)
    if role != "nobody":
        client.force_authenticate(getattr(cast, role))
    return client


def _bodies(operation: Operation) -> list[str]:
    """No body, bodies that are no object, and objects of the right names with junk in them."""
    if operation.method == "get":
        return [""]
    names = _names(operation)
    whole = [dict.fromkeys(names, junk) for junk in JUNK]
    return ["", "{", *(json.dumps(each) for each in (None, 7, "x", [{}], {"unknown": 1}, *whole))]


def _names(operation: Operation) -> list[str]:
    content = operation.told.get("requestBody", {}).get("content", {})
    for media in content.values():
        name = media["schema"]["$ref"].split("/")[-1]
        return list(described.document()["components"]["schemas"][name]["properties"])
    return []


def _wrongs(client: APIClient, operation: Operation) -> Iterator[str]:
    """What is wrong with the answers to each body; who is turned away is turned away once."""
    for body in _bodies(operation):
        answer = client.generic(
            operation.method.upper(),
            operation.address(),
            body.encode(),
            content_type="application/json",
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )
        if wrong := _judge(operation, answer):
            yield f"{wrong} to {body[:80]}"
        if answer.status_code in (401, 403):
            return


def _wrong_questions(client: APIClient, operation: Operation) -> Iterator[str]:
    """What is wrong with the answers when every question of an address is asked with junk."""
    told = operation.told.get("parameters", ())
    names = [one["name"] for one in told if one["in"] == "query"]
    for junk in QUESTIONS if names else ():
        answer = client.get(operation.address(), dict.fromkeys(names, junk))
        if wrong := _judge(operation, answer):
            yield f"{wrong} to {junk[:80]!r}"


def _judge(operation: Operation, answer: Any) -> str:
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code >= 400 and kind != PROBLEM:
        return f"{operation.name}: {answer.status_code} as {kind}"
    told = answer.json() if "json" in kind else None
    return described.breaks(operation, answer.status_code, kind, told)
