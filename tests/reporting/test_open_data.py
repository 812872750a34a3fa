"""Open data: the public view and nothing more, at addresses that stay, in a catalogue machines can read."""

import csv
import io
import json

import pytest
from django.test import Client
from rdflib import DCAT, Graph

from backend.reporting import open_data
from properties import disclosure, freezing, snapshots
from properties.models import Snapshot
from tests.reporting.conftest import Quarter

pytestmark = pytest.mark.money
PREFIXES = """
    PREFIX dcat: <http://www.w3.org/ns/dcat#>
    PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX it: <http://dati.gov.it/onto/dcatapit#>
"""
MANDATORY = {
    "it:Catalog": ("dct:title", "dct:description", "dct:publisher", "dct:modified", "dcat:dataset"),
    "it:Dataset": (
        "dct:identifier", "dct:title", "dct:description", "dct:modified", "dcat:theme",
        "dct:rightsHolder", "dct:accrualPeriodicity", "dcat:distribution",
    ),
    "it:Distribution": ("dcat:accessURL", "dct:format", "dct:license"),
    "it:Agent": ("dct:identifier", "foaf:name"),
    "it:PeriodOfTime": ("it:startDate",),
}  # fmt: skip


def address(snapshot: Snapshot, kind: str) -> str:
    return f"/open-data/{snapshot.organisation_id}/{snapshot.as_of}/v{snapshot.version}.{kind}"


class TestFile:
    def test_the_table_tells_what_the_public_is_shown(self, quarter: Quarter) -> None:
        told = freezing.view(quarter.snapshot.data, disclosure.PUBLIC)["indicators"]

        answer = Client().get(address(quarter.snapshot, "csv"))

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["code"] for row in rows] == [each["code"] for each in told]
        assert [row["telling"] for row in rows] == [each["shown"]["telling"] for each in told]
        assert {row["hash"] for row in rows} == {quarter.snapshot.content_hash}

    def test_nothing_from_inside_is_in_the_json(self, quarter: Quarter) -> None:
        text = Client().get(address(quarter.snapshot, "json")).content.decode()

        told = json.loads(text)
        assert (told["k"], told["version"]) == (disclosure.PUBLIC.k, 1)
        assert "inside" not in text
        assert "members" not in text
        assert "homes" not in {
            key for each in told["raises"] for row in each["groups"] for key in row
        }

    def test_is_kept_by_caches_until_it_changes(self, quarter: Quarter) -> None:
        client = Client()
        first = client.get(address(quarter.snapshot, "csv"))

        again = client.get(
            address(quarter.snapshot, "csv"), headers={"if-none-match": first["ETag"]}
        )

        assert (again.status_code, again.content) == (304, b"")
        assert "public" in first["Cache-Control"]

    def test_what_is_not_published_is_not_there(self, quarter: Quarter) -> None:
        world = quarter.scene
        world.wait(1)
        draft = snapshots.take(
            organisation=world.cast.issuer, as_of=world.day, by=world.cast.owner, at=world.at
        )

        assert Client().get(address(draft, "csv")).status_code == 404
        assert Client().get("/open-data/1/2026-02-30/v1.csv").status_code == 404
        assert draft not in open_data.published()


class TestCatalogue:
    @pytest.mark.parametrize(("ending", "form"), [("ttl", "turtle"), ("jsonld", "json-ld")])
    def test_has_every_mandatory_property(self, quarter: Quarter, ending: str, form: str) -> None:
        answer = Client().get(f"/open-data/catalogue.{ending}")

        found = Graph().parse(data=answer.content.decode(), format=form)
        for kind, names in MANDATORY.items():
            assert found.query(f"{PREFIXES} ASK {{ ?x a {kind} }}").askAnswer, kind
            for name in names:
                lacking = f"ASK {{ ?x a {kind} FILTER NOT EXISTS {{ ?x {name} ?y }} }}"
                assert not found.query(f"{PREFIXES} {lacking}").askAnswer, (kind, name)

    def test_leads_to_files_that_are_there(self, quarter: Quarter) -> None:
        client = Client()
        found = Graph().parse(data=client.get("/open-data/catalogue.ttl").content, format="turtle")

        urls = [str(each) for each in found.objects(predicate=DCAT.accessURL)]

        assert len(urls) == 2
        paths = ["/" + url.split("/", 3)[3] for url in urls]
        assert {client.get(path).status_code for path in paths} == {200}

    def test_says_that_invented_data_is_invented(self, quarter: Quarter) -> None:
        page = Client().get("/open-data/catalogue.ttl").content.decode()

        assert "synthetic, invented" in page


class TestOverview:
    def test_lists_the_versions_with_their_files(self, quarter: Quarter, client: Client) -> None:
        page = client.get("/open-data/").content.decode()

        assert address(quarter.snapshot, "csv") in page
        assert "catalogue.jsonld" in page
