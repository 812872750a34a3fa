"""Whatever is sent to the API is never the house's own fault (5xx) and is answered as promised.

Cases are made from the OpenAPI document: right ones, and wrong ones of every kind. They meet a world
with a row of everything, as each role in turn, and every case is taken back after it.
"""

import contextlib
import os
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.generation.stateful.state_machine import APIStateMachine

from tests import described
from tests.cast import Cast, api_key
from tests.described import Operation
from tests.house import test_bodies as bodies

pytestmark = [
    pytest.mark.api,
    pytest.mark.django_db,
    # A download that nobody reads to its end leaves its file to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

CASES = int(os.environ.get("CASES", "8"))
CHAINS = int(os.environ.get("CHAINS", "60"))
"""So many cases to each operation, so many chains of acts."""
SETTINGS = hypothesis.settings(
    database=None,
    derandomize=True,
    deadline=None,
    max_examples=CASES,
    phases=[hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)
MODES = {
    "right": schemathesis.GenerationMode.POSITIVE,
    "wrong": schemathesis.GenerationMode.NEGATIVE,
}


@pytest.fixture
def keys(cast: Cast) -> list[str]:
    """A token for each who may do something, in a world with a row of everything."""
    people = bodies.people_in_a_world(cast)
    return [api_key(person, f"fuzz-{person.pk}") for person in people]


@pytest.fixture
def schema() -> Iterator[Any]:
    """The API as it describes itself; requests leave the test's own connection open, as Django's
    test client sees to."""
    loaded = schemathesis.openapi.from_dict(described.document())
    loaded.app = get_wsgi_application()
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield loaded
    for end in ends:
        end.connect(close_old_connections)


class TestOneCase:
    @pytest.mark.parametrize("mode", MODES)
    def test_is_never_our_fault(self, schema: Any, keys: list[str], mode: str) -> None:
        told = Counter[int]()

        fallen = [line for each in _operations(schema) for line in _ask(each, keys, mode, told)]

        print(f"{mode}: {told.total()} cases, {dict(sorted(told.items()))}")  # noqa: T201 -- the figure
        assert not fallen, "\n".join(fallen)


class TestChains:
    def test_are_never_our_fault(self, schema: Any, keys: list[str]) -> None:
        """Acts that follow from each other: what one answers is asked for by the next."""
        told = Counter[int]()
        each = hypothesis.settings(
            SETTINGS, max_examples=max(1, CHAINS // len(keys)), stateful_step_count=8
        )

        # A run for each caller: Hypothesis must find what it drew before, so nothing may vary in one.
        for key in keys:
            run_state_machine_as_test(_machine(schema, key, told), settings=each)

        print(f"chains: {told.total()} steps, {dict(sorted(told.items()))}")  # noqa: T201 -- the figure


def _operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


def _ask(operation: Any, keys: list[str], mode: str, told: Counter[int]) -> list[str]:
    """Send cases to one operation; what fell over, the smallest body first."""
    fallen: list[str] = []

    @hypothesis.given(
        case=operation.as_strategy(generation_mode=MODES[mode]), key=st.sampled_from(keys)
    )
    @SETTINGS
    def one(case: Any, key: str) -> None:
        _meet_a_row(case)
        with transaction.atomic():
            answer = _send(case, key)
            transaction.set_rollback(True)
        told[answer.status_code] += 1
        if wrong := _wrong(case, answer):
            asked = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"
            fallen.append(f"{wrong}: {asked}"[:900])

    # Some have nothing that could be said wrongly.
    with contextlib.suppress(hypothesis.errors.Unsatisfiable):
        one()
    return sorted(fallen, key=len)[:2]


def _send(case: Any, key: str) -> Any:
    headers = {"Authorization": f"Token {key}"}
    if case.method == "POST":
        headers["Idempotency-Key"] = uuid.uuid4().hex
    return case.call(headers=headers)


def _meet_a_row(case: Any) -> None:
    """Most numbers are nobody's: let three cases in four meet a row that is there."""
    path = case.operation.path
    if not case.path_parameters or hash(repr(case.body)) % 4 == 0:
        return
    address = bodies.addresses(Operation(case.method.lower(), path, {}))[0]
    names = [part.strip("{}") for part in path.split("/")]
    for name, value in zip(names, address.split("/"), strict=True):
        if name in case.path_parameters:
            case.path_parameters[name] = value


def _machine(schema: Any, key: str, told: Counter[int]) -> type[APIStateMachine]:
    base = schema.as_state_machine()

    class Chain(base):  # type: ignore[misc, valid-type]  # made by schemathesis
        """One caller's acts, in a transaction that is taken back."""

        def setup(self) -> None:
            self.transaction = transaction.atomic()
            self.transaction.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            headers = {"Authorization": f"Token {key}", "Idempotency-Key": uuid.uuid4().hex}
            return {"headers": headers}

        def validate_response(self, response: Any, case: Any, **_more: Any) -> None:
            told[response.status_code] += 1
            assert not _is_our_fault(response.status_code), (
                f"{case.method} {case.path} {case.body!r}"
            )

    return Chain


def _wrong(case: Any, answer: Any) -> str:
    """What is wrong with an answer: our fault, or not as the document promises; empty when all is."""
    if _is_our_fault(answer.status_code):
        return str(answer.status_code)
    if answer.status_code == 503:
        return ""
    operation = Operation(case.method.lower(), case.operation.path, case.operation.definition.raw)
    kind = answer.headers.get("content-type", [""])[0]
    told = answer.json() if "json" in kind else answer.content.decode("utf-8", "replace")
    return described.breaks(operation, answer.status_code, kind, told)


def _is_our_fault(status: int) -> bool:
    """503: the payment provider does not answer here, and the answer says so."""
    return status >= 500 and status != 503
