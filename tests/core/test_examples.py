"""Every object of the API's description has an example that holds, every refusal its codes."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core import examples, problems, raised, roles
from backend.core.api import Input
from backend.core.errors import Conflict
from backend.core.models import User
from backend.core.problems import PROBLEM
from properties.api.years import PublishYear
from tests import described

PUBLISH = "POST /api/v1/years/{year}/report/"
LOOKED_UP = {
    "CampaignRequest": {"platform", "own_fund", "restricted_account", "ordinary_account"},
    "InvitationRequest": {"organisation"},
}
"""Fields that name a row: whether there is one is not the example's to say."""


def bodies(kind: type[Input] = Input) -> Iterator[type[Input]]:
    """Every shape of a body that an operation reads."""
    for each in kind.__subclasses__():
        if not each.__module__.startswith("tests."):
            yield each
            yield from bodies(each)


def component(body: type[Input]) -> str:
    return f"{body.__name__.removesuffix('Serializer').removesuffix('Input')}Request"


def known() -> dict[str, Any]:
    schemas: dict[str, Any] = described.document()["components"]["schemas"]
    return schemas


def refused(name: str, body: type[Input]) -> set[str]:
    """The fields of an example that its serializer does not read, but for those that name a row."""
    told = known()[name]
    files = [each for each, part in told["properties"].items() if part.get("format") == "binary"]
    sent = {each: SimpleUploadedFile("paper.pdf", b"%PDF-1.7") for each in files}
    asked = body(data=told["example"] | sent, context={"person": User()})
    return set() if asked.is_valid() else set(asked.errors) - LOOKED_UP.get(name, set())


class TestAdd:
    def test_gives_every_object_one_that_its_schema_takes(self) -> None:
        objects = {name: told for name, told in known().items() if "properties" in told}
        components = described.components()

        wrong = [
            f"{name}: {error.json_path}: {error.message}"
            for name, told in objects.items()
            for error in jsonschema.Draft7Validator(
                {"$ref": f"#/components/schemas/{name}", "components": components}
            ).iter_errors(told["example"])
        ]

        assert wrong == []

    @pytest.mark.django_db
    def test_gives_every_body_one_that_its_serializer_reads(self) -> None:
        told = known()
        # Two bodies of one name would be a fault of the document, which test_schema finds.
        read = {
            component(each): each
            for each in bodies()
            if set(each().fields) == set(told.get(component(each), {}).get("properties", ()))
        }

        wrong = {name: refused(name, body) for name, body in read.items()}

        assert {name: fields for name, fields in wrong.items() if fields} == {}
        assert len(read) > 150

    def test_leaves_no_operation_that_reads_a_body_without_one(self) -> None:
        bare = [
            one.name
            for one in described.operations()
            for media in one.told.get("requestBody", {}).get("content", {}).values()
            if not examples.of(media["schema"], known())
        ]

        assert bare == []


class TestOf:
    @pytest.mark.parametrize(
        ("schema", "name", "found"),
        [
            ({"type": "string"}, "reason_it", "The paper was missing."),
            ({"type": "string", "maxLength": 3}, "reason", "The"),
            ({"type": "string", "format": "date"}, "reason", "2026-11-22"),
            ({"type": "integer", "minimum": 5}, "id", 17),
            ({"type": "integer", "maximum": 5}, "id", 5),
            ({"type": "array", "items": {"type": "boolean"}}, "", [True]),
            ({"enum": ["", "a"]}, "", "a"),
            ({"oneOf": [{"$ref": "#/c/One"}, {"$ref": "#/c/Two"}]}, "", 2016),
        ],
    )
    def test_is_known_by_name_and_kept_in_its_bounds(
        self, schema: dict[str, Any], name: str, found: object
    ) -> None:
        parts = {"One": {"type": "integer", "minimum": 2016}, "Two": {}}

        assert examples.of(schema, parts, name=name) == found

    def test_ends_where_a_thing_holds_itself(self) -> None:
        part: dict[str, Any] = {"type": "array", "items": {"$ref": "#/c/Part"}}
        tree = {"type": "object", "properties": {"parts": part}}

        assert examples.of(tree, {"Part": tree})["parts"]


class TestProblems:
    def test_of_an_operation_are_those_of_the_rules_that_it_asks(self) -> None:
        [told] = [one for one in described.operations() if one.name == PUBLISH]

        found = {
            code: status
            for status, answer in told.told["responses"].items()
            for media in answer.get("content", {}).values()
            for code in media.get("examples", ())
        }

        assert found["year_report.not_due"] == "409"
        assert found["year_report.incomplete"] == found["input.invalid"] == "422"
        assert found["permission.missing"] == "403"
        assert not [code for code in found if code.startswith("pledge.")]

    def test_say_for_each_status_what_may_come(self) -> None:
        bare = [
            f"{one.name} {status}"
            for one in described.operations()
            for status, answer in one.told["responses"].items()
            for kind, media in answer.get("content", {}).items()
            # 409 is promised of whatever writes, though some acts contradict nothing.
            if kind == PROBLEM and status != "409" and not media.get("examples")
        ]

        assert bare == []

    def test_are_codes_that_there_are_each_under_its_status(self) -> None:
        known_codes = {(code, str(status)) for code, status, _text in problems.codes()}

        told = {
            (example["value"]["code"], status)
            for one in described.operations()
            for status, answer in one.told["responses"].items()
            for media in answer.get("content", {}).values()
            for example in media.get("examples", {}).values()
        }

        assert told <= known_codes
        assert len(told) > 300


class Broken(Conflict):
    code = "test.broken"


def second() -> None:
    raise Broken("no")


class TestBy:
    def test_finds_what_functions_raise_that_are_called(self) -> None:
        assert raised.by(second) == [Broken]
        assert raised.by(roles.may) == []

    def test_follows_the_methods_of_its_class(self) -> None:
        assert "year_report.not_due" in {kind.code for kind in raised.by(PublishYear.create)}
        found = {kind.code for kind in raised.by(PublishYear.post, PublishYear)}
        assert "idempotency.key_missing" in found
