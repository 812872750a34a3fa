"""The log tells what happened and of which request, and nothing of whom."""

import json
import logging

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend import logs


class TestMasked:
    @pytest.mark.parametrize(
        "text",
        [
            "anna.verdi+casa@example.org",
            "IT60X0542811101000000123456",
            "IT60 X054 2811 1010 0000 0123 456",
            "RSSMRA80A01H501U",
            "sk_live_51Habc",
        ],
    )
    def test_hides_what_a_person_is_known_by(self, text: str) -> None:
        assert logs.masked(f"refused for {text}: no") == f"refused for {logs.MASK}: no"

    def test_leaves_out_the_row_that_a_database_quotes(self) -> None:
        said = "duplicate key\nDETAIL:  Key (name)=(Anna Verdi) already exists.\nmore"

        assert logs.masked(said) == "duplicate key\nmore"

    @given(st.uuids())
    def test_leaves_the_ids_of_requests(self, request_id: object) -> None:
        assert logs.masked(f"{request_id}") == f"{request_id}"

    @given(st.text(), st.emails())
    def test_never_lets_an_address_through(self, before: str, address: str) -> None:
        plain = address if address.isascii() and '"' not in address else "a@example.org"

        assert "@example" not in logs.masked(f"{before} {plain}") or "@example" in before


class TestWithoutPersons:
    def test_masks_whatever_stands_in_a_line_however_deep(self) -> None:
        told = {
            "event": "refused",
            "facts": {"rows": [{"iban": "IT60X0542811101000000123456", "line": 3}]},
            "problem": ValueError("no user a@example.org"),
            "seconds": 0.5,
        }

        assert logs.without_persons(None, "info", told) == {
            "event": "refused",
            "facts": {"rows": [{"iban": logs.MASK, "line": 3}]},
            "problem": f"no user {logs.MASK}",
            "seconds": 0.5,
        }


class TestBeforeSending:
    def test_masks_deep_down(self) -> None:
        event = {"exception": {"values": [{"value": "no user a@example.org"}]}, "user_agent": "x"}

        found = logs.before_sending(event, {})  # type: ignore[arg-type]  # a part of one

        assert found == {"exception": {"values": [{"value": f"no user {logs.MASK}"}]}}


class TestRequestLog:
    def test_names_the_request_by_its_route(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.INFO, "django_structlog"):
            answer = client.get("/health/?name=Anna", headers={"User-Agent": "Anna's phone"})

        (told,) = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
        assert told["request"] == "GET /health/"
        assert told["request_id"] == answer["X-Request-ID"]
        assert "Anna" not in json.dumps(told, default=str)

    @pytest.mark.django_db
    def test_tells_no_token_of_an_address(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.INFO, "django_structlog"):
            client.get("/api/v1/interests/secret-token/")

        assert "secret-token" not in caplog.text
