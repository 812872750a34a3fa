"""Open data: the public view and nothing more, at addresses that stay, in a catalogue machines can read."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from backend.reporting import open_data
from backend.reporting.catalogue import DCATAPIT
from campaigns.programmes import awards, calls, outputs
from properties import disclosure, freezing, snapshots
from properties.models import Snapshot
from tests.campaigns.programmes import scene as programmes
from tests.cast import Cast
from tests.reporting.conftest import Quarter, publish

pytestmark = pytest.mark.money
PART = r"[^\s<>\"{}|\\^`#]*"
IRI = re.compile(rf"[a-z][a-z0-9+.-]*:{PART}(#{PART})?")
"""What RFC 3987 lets stand in an IRI, as far as we write them: one fragment at most."""
SHAPES = Path(__file__).parents[1] / "payloads" / "shapes"


def faults(told: Graph, shapes: str) -> str:
    """What a graph lacks of what the shapes of a standard ask; empty where it has all."""
    conforms, _graph, said = validate(told, shacl_graph=str(SHAPES / f"{shapes}.ttl"))
    return "" if conforms else str(said)


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
        assert {row["licence"] for row in rows} == {open_data.LICENCE}

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
        assert not faults(found, "dcat-ap-it")
        for kind in ("Catalog", "Dataset", "Distribution", "Agent", "PeriodOfTime", "Organization"):
            assert (None, RDF.type, DCATAPIT[kind]) in found, kind

    def test_names_everything_by_an_iri(self, quarter: Quarter) -> None:
        found = Graph().parse(
            data=Client().get("/open-data/catalogue.ttl").content, format="turtle"
        )

        named = {str(each) for each in found.all_nodes() if isinstance(each, URIRef)}
        assert [each for each in sorted(named) if not IRI.fullmatch(each)] == []

    def test_what_lacks_a_property_is_found(self, quarter: Quarter) -> None:
        found = Graph().parse(
            data=Client().get("/open-data/catalogue.ttl").content, format="turtle"
        )

        found.remove((None, DCTERMS.rightsHolder, None))

        assert "rightsHolder" in faults(found, "dcat-ap-it")

    def test_leads_to_files_that_are_there(self, quarter: Quarter) -> None:
        client = Client()
        found = Graph().parse(data=client.get("/open-data/catalogue.ttl").content, format="turtle")

        urls = [str(each) for each in found.objects(predicate=DCAT.accessURL)]

        assert len(urls) == 6, "four files of figures, two of the programme"
        paths = ["/" + url.split("/", 3)[3] for url in urls]
        assert {client.get(path).status_code for path in paths} == {200}

    def test_says_that_invented_data_is_invented(self, quarter: Quarter) -> None:
        page = Client().get("/open-data/catalogue.ttl").content.decode()

        assert "synthetic, invented" in page

    def test_is_made_once_until_something_is_published(
        self, quarter: Quarter, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        first = client.get("/open-data/catalogue.ttl")
        with django_assert_max_num_queries(6):
            again = client.get("/open-data/catalogue.ttl")
        with django_assert_max_num_queries(3):
            known = client.get("/open-data/catalogue.ttl", headers={"If-None-Match": first["ETag"]})
        publish(quarter.scene, as_of=quarter.snapshot.as_of, reason="Counted anew.")

        assert again.content == first.content
        assert known.status_code == 304
        assert b"v2.csv" in client.get("/open-data/catalogue.ttl").content

    def test_holds_the_programme_before_any_figures(self, client: Client, db: None) -> None:
        page = client.get("/open-data/catalogue.ttl").content.decode()

        assert "Programma: Torino Social Impact" in page
        assert client.get("/open-data/").status_code == 200


class TestOverview:
    def test_lists_the_versions_with_their_files(self, quarter: Quarter, client: Client) -> None:
        page = client.get("/open-data/").content.decode()

        assert address(quarter.snapshot, "csv") in page
        assert "catalogue.jsonld" in page

    def test_answers_304_until_something_is_published(
        self, quarter: Quarter, client: Client
    ) -> None:
        first = client.get("/open-data/")

        again = client.get("/open-data/", headers={"if-none-match": first["ETag"]})
        other = client.get(
            "/open-data/", headers={"if-none-match": first["ETag"], "accept-language": "en"}
        )

        assert (again.status_code, other.status_code) == (304, 200)
        assert "no-cache" in first["Cache-Control"]


class TestImpact:
    def test_cids_is_linked_data_with_numbers_only_where_they_are_told(
        self, quarter: Quarter
    ) -> None:
        place = address(quarter.snapshot, "csv").removesuffix(".csv") + "-cids.jsonld"
        answer = Client().get(place)

        found = Graph().parse(data=answer.content.decode(), format="json-ld")
        told = freezing.view(quarter.snapshot.data, disclosure.PUBLIC)["indicators"]
        exact = [each for each in told if each["shown"]["telling"] == "exact"]
        numbers = [each for each in exact if each["shown"]["value"] is not None]
        reports = "?r a <https://ontology.commonapproach.org/cids#IndicatorReport>"
        measure = "<http://ontology.eil.utoronto.ca/ISO21972/iso21972#hasNumericalValue>"
        counted = found.query(f"SELECT ?r WHERE {{ {reports} ; ?p ?m . ?m {measure} ?v }}")
        assert len(found.query(f"SELECT ?r WHERE {{ {reports} }}")) == len(told)
        assert len(counted) == len(numbers)
        assert not faults(found, "cids")

    def test_iris_names_each_id_with_its_goals(self, quarter: Quarter) -> None:
        place = address(quarter.snapshot, "csv").removesuffix(".csv") + "-iris.csv"
        client = Client()
        answer = client.get(place)

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        by_id = {row["iris_id"]: row for row in rows}
        assert by_id["PI7954"]["telling"] == "fewer_than"
        assert by_id["PI7318"]["sdg_goals"] == "1"
        assert client.get(place, headers={"if-none-match": answer["ETag"]}).status_code == 304


class TestProgramme:
    @pytest.mark.django_db
    def test_tells_figures_with_sources_and_never_the_withheld(self, client: Client) -> None:
        place = "/open-data/programmes/torino-social-impact"
        told = json.loads(client.get(f"{place}.json").content)
        answer = client.get(f"{place}.csv")

        text = answer.content.decode()
        assert "carota-meals" in text
        assert "loving-the-alien-work" not in text + json.dumps(told)
        assert told["calls"][0]["money_eur"]["grant_maximum"] == "140000.00"
        again = client.get(f"{place}.csv", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304

    def test_is_written_once_until_something_is_entered(
        self, cast: Cast, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        scene = programmes.make(cast)
        project = scene.funded()
        place = f"/open-data/programmes/{scene.programme.code}.csv"
        first = client.get(place)
        with django_assert_max_num_queries(2):
            known = client.get(place, headers={"if-none-match": first["ETag"]})
        with django_assert_max_num_queries(4):
            again = client.get(place)

        outputs.enter(
            project=project, new=programmes.an_output(), by=cast.programme_officer, at=programmes.AT
        )  # fmt: skip
        after = client.get(place, headers={"if-none-match": first["ETag"]})

        assert (known.status_code, again.content) == (304, first.content)
        assert after.status_code == 200
        assert "pasti distribuiti" in after.text

    @pytest.mark.parametrize("act", ["move", "award", "pay", "withdraw"])
    def test_every_act_that_changes_what_it_tells_gives_it_another_tag(
        self, cast: Cast, client: Client, act: str
    ) -> None:
        scene, by, at = programmes.make(cast), cast.programme_officer, programmes.AT
        project = scene.project(to="selected") if act in ("move", "award") else scene.funded()
        figure = None
        if act == "withdraw":
            new = programmes.an_output()
            figure = outputs.enter(project=project, new=new, by=by, at=at)
        place = f"/open-data/programmes/{scene.programme.code}.json"
        before = client.get(place)

        if act == "move":
            calls.move(project=project, to="incubated", by=by, at=at)
        elif act == "award":
            scene.fund(project)
        elif act == "pay":
            part = project.grant.instalments.get(number=1)
            awards.pay(instalment=part, on=programmes.DAY, by=by, at=at)
        elif figure is not None:
            outputs.withdraw(figure=figure, reason="Counted twice.", by=by, at=at)
        after = client.get(place, headers={"if-none-match": before["ETag"]})

        assert after.status_code == 200
        assert after.content != before.content

    @pytest.mark.django_db
    def test_what_is_no_programme_is_not_there(self, client: Client) -> None:
        assert client.get("/open-data/programmes/nobody.json").status_code == 404
