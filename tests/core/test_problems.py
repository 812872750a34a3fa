"""Every way the API says no, at the door: a problem with a code, whatever was sent."""

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from backend.core import problems
from tests.cast import Cast

POST = "/api/v1/report-issues/"


@pytest.fixture
def owner(cast: Cast) -> APIClient:
    client = APIClient()
    client.force_authenticate(cast.owner)
    return client


class TestCodes:
    def test_are_the_table_in_the_docs(self) -> None:
        page = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")

        told = page.split(problems.TABLE_BEGINS)[1]
        assert told == problems.table(), "run manage.py problems"


class TestProblem:
    @pytest.mark.parametrize(
        ("body", "kind", "status", "code"),
        [
            ("{", "application/json", 400, "parse_error"),
            ("NaN", "application/json", 400, "parse_error"),
            ("[" * 100_000, "application/json", 400, "parse_error"),
            ('"' + "x" * 2_000_000 + '"', "application/json", 413, "body.too_large"),
            ("a=1", "text/plain", 415, "unsupported_media_type"),
            ("[]", "application/json", 422, "input.invalid"),
            ('{"snapshot": 1, "snapshut": 1}', "application/json", 422, "input.invalid"),
            ('{"snapshot": 9e400}', "application/json", 422, "input.invalid"),
        ],
    )
    def test_is_told_of_a_bad_body(
        self, owner: APIClient, body: str, kind: str, status: int, code: str
    ) -> None:
        answer = owner.generic("POST", POST, body, content_type=kind)

        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["Content-Type"] == problems.PROBLEM

    @pytest.mark.parametrize(
        ("method", "path", "status", "code"),
        [
            ("GET", "/api/v1/nowhere/", 404, "not_found"),
            ("GET", "/api/v1/interests/%00/", 400, "parse_error"),
            ("GET", "/api/v1/campaigns/?page=%00", 400, "parse_error"),
            ("GET", "/api/v1/campaigns/?page=x", 404, "not_found"),
            ("PUT", "/api/v1/campaigns/", 405, "method_not_allowed"),
            ("POST", "/api/v1/schema/", 405, "method_not_allowed"),
        ],
    )
    def test_is_told_of_a_bad_address(
        self, owner: APIClient, method: str, path: str, status: int, code: str
    ) -> None:
        answer = owner.generic(method, path)

        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["Content-Type"] == problems.PROBLEM

    def test_is_told_to_who_takes_no_json(self, owner: APIClient) -> None:
        answer = owner.get("/api/v1/campaigns/", headers={"Accept": "text/html"})

        assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
