"""The base of every endpoint: problems, permissions, repeated POSTs, money in JSON."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.test import APIRequestFactory, force_authenticate

from backend.core.api import Endpoint, Idempotent, MoneyField
from backend.core.errors import Conflict
from backend.core.models import Organisation, User
from backend.core.money import euro
from tests.cast import Cast

make = APIRequestFactory()


class Full(Conflict):
    code = "test.full"


class Guarded(Endpoint):
    permission = "line.view"

    def get(self, request: Request) -> Response:
        if request.query_params.get("full"):
            raise Full("There is no room.", room=7)
        return Response({"hello": self.person.username})


class Opening(Idempotent):
    permission = "line.view"

    def create(self, request: Request) -> Response:
        if request.data.get("name") == "bad":
            raise Full("Not this name.")
        made = Organisation.objects.create(name=request.data["name"], kind="other")
        return Response({"id": made.pk}, status=201)


def _get(user: User | None = None, **query: str) -> Response:
    request = make.get("/x/", query)
    if user:
        force_authenticate(request, user)
    return Guarded.as_view()(request)


def _post(user: User, name: str, key: str = "k1") -> Response:
    headers = {"Idempotency-Key": key} if key else {}
    request = make.post("/x/", {"name": name}, format="json", headers=headers)
    force_authenticate(request, user)
    return Opening.as_view()(request)


class TestEndpoint:
    def test_asks_a_stranger_to_log_in(self, db: None) -> None:
        assert _get().status_code == 401

    def test_refuses_who_lacks_the_permission(self, cast: Cast) -> None:
        answer = _get(cast.investor)

        assert (answer.status_code, answer.data["code"]) == (403, "permission.missing")

    def test_answers_who_has_it(self, cast: Cast) -> None:
        assert _get(cast.finance).data == {"hello": cast.finance.username}

    def test_tells_a_broken_rule_as_a_problem(self, cast: Cast) -> None:
        answer = _get(cast.finance, full="1")

        assert answer.status_code == 409
        assert answer.content_type == "application/problem+json"
        assert answer.data["code"] == "test.full"
        assert answer.data["detail"] == "There is no room."
        assert answer.data["facts"] == {"room": 7}


class TestIdempotent:
    def test_needs_a_key(self, cast: Cast) -> None:
        assert _post(cast.finance, "Casa", key="").data["code"] == "idempotency.key_missing"

    def test_does_the_work_once_and_answers_the_same(self, cast: Cast) -> None:
        first, again = _post(cast.finance, "Casa"), _post(cast.finance, "Casa")

        assert (first.status_code, first.data) == (again.status_code, again.data)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert Organisation.objects.filter(name="Casa").count() == 1

    def test_refuses_the_key_for_another_request(self, cast: Cast) -> None:
        _post(cast.finance, "Casa")

        assert _post(cast.finance, "Altra").data["code"] == "idempotency.key_reused"

    def test_keeps_keys_of_people_apart(self, cast: Cast) -> None:
        _post(cast.finance, "Casa")

        assert _post(cast.owner, "Altra").status_code == 201

    def test_forgets_the_key_of_a_request_that_was_refused(self, cast: Cast) -> None:
        assert _post(cast.finance, "bad").status_code == 409
        assert _post(cast.finance, "Casa").status_code == 201

    @pytest.mark.django_db(transaction=True)
    def test_does_the_work_once_for_two_at_the_same_time(self) -> None:
        user = User.objects.create(username="f@example.org", roles=["finance"])
        name, answers = f"Casa {uuid.uuid4()}", list[Any]()

        def call() -> None:
            answers.append(_post(user, name).data)
            connection.close()

        threads = [threading.Thread(target=call) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)

        assert len(answers) == 4
        assert all(answer == answers[0] for answer in answers)
        assert Organisation.objects.filter(name=name).count() == 1


class TestMoneyField:
    def test_reads_what_it_writes(self) -> None:
        field = MoneyField()

        assert field.to_internal_value(field.to_representation(euro("500.10"))) == euro("500.10")

    @pytest.mark.parametrize(
        "bad",
        [
            500,
            "500.00",
            {"amount": 500},
            {"amount": "1.234,56"},
            {"amount": "NaN"},
            {"amount": "0.001"},
            {"amount": "1.00", "currency": "XXXX"},
            {"amount": "Infinity"},
        ],
    )
    def test_refuses_everything_else(self, bad: object) -> None:
        with pytest.raises(ValidationError):
            MoneyField().to_internal_value(bad)
