"""The attack of P6 on what is really out: every page, file, graph and document tells of people what the
view of its reader tells, and no more; the views are attacked in `properties/test_people_attack`.

Twelve households, then one more: enough that counts are told, one too few to tell of the newcomer.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.utils import translation

from backend.core import jobs
from backend.core.roles import Role
from backend.reporting import issue
from properties import disclosure, freezing, wording
from properties.city import dossiers
from properties.indicators import BY_CODE
from properties.models import Snapshot
from tests import kept
from tests.cast import Cast
from tests.properties import scene as scenes
from tests.properties.scene import Scene
from tests.reporting import everything
from tests.reporting.conftest import publish

pytestmark = pytest.mark.money
CARD = re.compile(r'<span class="value">(.*?)</span><span class="label">(.*?)</span>', re.DOTALL)
PEOPLE = {row.code for row in BY_CODE.values() if row.is_about_people}
Told = Mapping[str, Mapping[str, Any]]


@dataclass
class World:
    """Two quarters, what each audience may know of them, and all that was fetched."""

    snapshots: list[Snapshot]
    texts: dict[str, str]

    def of(self, snapshot: Snapshot, audience: disclosure.Audience) -> dict[str, dict[str, Any]]:
        rows = freezing.view(snapshot.data, audience)["indicators"]
        return {each["code"]: each for each in rows if each["code"] in PEOPLE}

    def file(self, snapshot: Snapshot, end: str) -> str:
        place = f"/open-data/{snapshot.organisation_id}/{snapshot.as_of}/v{snapshot.version}{end}"
        return self.texts[place]

    def page(self, snapshot: Snapshot, end: str) -> str:
        issuer, day, version = snapshot.organisation_id, snapshot.as_of, snapshot.version
        return self.texts[f"/published/{issuer}/{day}/v{version}/quarterly{end}"]


@pytest.fixture(scope="module")
def kept_world(kept_cast: Cast) -> World:
    scene = scenes.make(kept_cast)
    for number in range(12):
        move_in(scene, number)
    scene.wait(160)
    scene.end_quarter()
    told = [told_of(scene)]
    move_in(scene, 12)
    scene.wait(91)
    told.append(told_of(scene))
    city = kept_cast.city_reviewer
    texts = everything.public(told, "casa") | everything.investors(kept_cast.investor)
    desk = everything.desk(city, told)
    return kept.checked(World(told, texts | everything.city(city) | desk))


def move_in(scene: Scene, number: int) -> None:
    scene.wait(1)
    unit = scene.unit(f"P{number}")
    scene.buy(unit, price="9000.00")
    scene.tenancy(unit, scene.household(f"P{number}", size=2 + number % 3))


def told_of(scene: Scene) -> Snapshot:
    """Published, in every investor's hands, and filed by the city."""
    snapshot = publish(scene)
    issue.request(snapshot=snapshot, by=scene.cast.owner, at=scene.at)
    jobs.drain_all(at=scene.at)
    dossiers.file(
        snapshot=snapshot, protocol=str(snapshot.as_of), protocol_on=scene.day,
        by=scene.cast.city_reviewer, at=scene.at,
    )  # fmt: skip
    return snapshot


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    return kept_world


def rows(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))


def said(told: Told) -> dict[str, str]:
    """By name each figure in English words."""
    with translation.override("en"):
        return {each["name"]["en"]: wording.shown(each) for each in told.values()}


def as_cells(shown: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("telling", "value", "low", "high")
    return tuple("" if shown[key] is None else str(shown[key]) for key in keys)


class TestOpenData:
    @pytest.mark.parametrize("end", [".csv", "-iris.csv"])
    def test_tables_tell_what_the_public_may_know(self, world: World, end: str) -> None:
        for snapshot in world.snapshots:
            view = world.of(snapshot, disclosure.PUBLIC)
            found = [row for row in rows(world.file(snapshot, end)) if row["code"] in PEOPLE]

            assert found
            for row in found:
                cells = tuple(row[key] for key in ("telling", "value", "low", "high"))
                assert cells == as_cells(view[row["code"]]["shown"]), row["code"]

    def test_the_json_tells_what_the_public_may_know(self, world: World) -> None:
        for snapshot in world.snapshots:
            view = world.of(snapshot, disclosure.PUBLIC)
            found = json.loads(world.file(snapshot, ".json"))["indicators"]

            assert {each["code"]: each for each in found if each["code"] in PEOPLE} == json.loads(
                json.dumps(view)
            )

    def test_linked_data_has_a_number_where_one_is_told_and_nowhere_else(
        self, world: World
    ) -> None:
        for snapshot in world.snapshots:
            view = world.of(snapshot, disclosure.PUBLIC)
            graph = json.loads(world.file(snapshot, "-cids.jsonld"))

            for each in graph["cids:hasIndicator"]:
                code = each["@id"].partition("#")[2]
                measure = each["cids:hasIndicatorReport"].get("i72:value", {})
                if code in view:
                    shown = view[code]["shown"]
                    number = shown["value"] if shown["telling"] == "exact" else None
                    assert measure.get("i72:hasNumericalValue") == (number and str(number)), code


class TestPagesAndPapers:
    def test_the_public_page_and_its_document_say_what_the_public_may_know(
        self, world: World
    ) -> None:
        for snapshot in world.snapshots:
            view = said(world.of(snapshot, disclosure.PUBLIC))
            cards = {
                unescape(name): unescape(text)
                for text, name in CARD.findall(world.page(snapshot, "/"))
            }
            shown = {name: text for name, text in cards.items() if name in view}

            assert shown
            assert shown == {name: view[name] for name in shown}
            paper = world.page(snapshot, ".pdf")
            assert all(text in paper for text in shown.values())

    def test_the_dossier_says_what_the_city_may_know(self, world: World) -> None:
        papers = [text for place, text in world.texts.items() if re.match(r"/city/.*/pdf/", place)]

        assert len(papers) == len(world.snapshots)
        for snapshot in world.snapshots:
            view = said(world.of(snapshot, disclosure.CITY))
            assert any(all(text in paper for text in view.values()) for paper in papers)

    def test_a_report_says_what_investors_may_know(self, world: World) -> None:
        tables = [
            text for place, text in world.texts.items() if re.match(r"/reports/.*/csv/", place)
        ]
        views = [world.of(each, disclosure.INVESTOR) for each in world.snapshots]

        assert len(tables) == len(views)
        for table in tables:
            found = {row["code"]: row for row in rows(table) if row["code"] in PEOPLE}
            cells = {
                code: tuple(row[key] for key in ("value", "low", "high"))
                for code, row in found.items()
            }
            assert any(
                cells == {code: as_cells(view[code]["shown"])[1:] for code in cells}
                for view in views
            )


class TestUnion:
    def test_no_reader_learns_of_the_one_who_came(self, world: World) -> None:
        """Every number that was told of one count, to whomever and whenever, is the same or k apart."""
        for code in ("households_housed", "individuals_housed"):
            told = {
                view[code]["shown"]["value"]
                for snapshot in world.snapshots
                for audience in disclosure.AUDIENCES
                if (view := world.of(snapshot, audience))[code]["shown"]["value"] is not None
            }
            assert len(told) == 1, code


DESK = ("city", "api:city", "review-snapshot", "api:snapshot", "api:snapshots")
COMPARED = {
    *("open-data-file", "open-data-impact", "published-report", "published-report-pdf"),
    *("api:published-report", "report", "report-csv", "report-pdf", "api:investor-report"),
    *(
        "api:investor-report-csv",
        "api:investor-report-pdf",
        "dossier",
        "dossier-pdf",
        "api:dossier",
    ),
    *("api:dossier-pdf", *DESK),
}
"""Addresses that name figures of people: each is held to the view of its reader, here or above."""
CLOSED = {
    **dict.fromkeys(
        (
            "interest",
            "api:interest",
            "mail-stop",
            "password-choose",
            "sign-up-finish",
            "translation-prove",
        ),
        "opened by who has the mail alone",
    ),
    **dict.fromkeys(
        ("campaign-sheet", "campaign-sheet-paper", "campaign-sheet-version", "api:campaign-sheet"),
        "the sheet of an offer, which is written before there are homes",
    ),
    **dict.fromkeys(
        ("certificate-pdf", "api:certificate-pdf", "pledge-pay", "pledge-paid"),
        "of one pledge alone",
    ),
    **dict.fromkeys(("complaint", "api:complaint"), "what a person wrote, and was answered"),
    "campaign-document": "a paper as the issuer handed it in",
    "home": "leads on to another page",
    "work": "how far something is that the staff waits for",
}
"""Addresses that nothing was fetched from, and why they tell of no home."""


class TestEveryForm:
    """No form is left out: what the table of addresses opens is compared, or names no figure of people."""

    def test_each_address_that_a_reader_may_open_is_fetched(self, world: World) -> None:
        fetched = {everything.name_of(path) for path in world.texts}

        assert set(everything.open_to(Role.INVESTOR)) - fetched - everything.UNASKED == set(CLOSED)
        assert fetched >= COMPARED

    def test_what_is_not_compared_names_no_figure_of_people(self, world: World) -> None:
        names = [BY_CODE[code].name for code in PEOPLE]
        with translation.override("en"):
            said = re.compile("|".join(rf"\b{re.escape(str(name))}\b" for name in names))

        for path, text in world.texts.items():
            if everything.name_of(path) not in COMPARED:
                assert not said.search(unescape(text)), path

    def test_nowhere_is_the_newcomer_counted(self, world: World) -> None:
        """Thirteen households live there at the end, and no form says so, in figures or in a sentence."""
        inside = re.compile(r"\b13 (households|famiglie|nuclei)\b")

        for path, text in world.texts.items():
            assert not inside.search(unescape(text)), path


class TestReadersOfReports:
    def reports(self, world: World, place: str) -> list[dict[str, Any]]:
        found = [text for path, text in world.texts.items() if re.fullmatch(place, path)]
        return [json.loads(text) for text in found]

    def test_the_api_tells_everybody_what_the_public_may_know(self, world: World) -> None:
        told = self.reports(world, r"/api/v1/published-reports/.*/quarterly/")

        assert len(told) == len(world.snapshots)
        self.compared(world, told, disclosure.PUBLIC)

    def test_the_api_tells_an_investor_what_investors_may_know(self, world: World) -> None:
        told = self.reports(world, r"/api/v1/investor-reports/\d+/")

        assert len(told) == len(world.snapshots)
        self.compared(world, [each["data"] for each in told], disclosure.INVESTOR)

    def compared(
        self, world: World, told: list[dict[str, Any]], audience: disclosure.Audience
    ) -> None:
        views = {each.content_hash: world.of(each, audience) for each in world.snapshots}
        for report in told:
            view = views[report["snapshot_hash"]]
            found = {each["code"]: each for each in report["figures"] if each["code"] in PEOPLE}
            assert found
            for code, each in found.items():
                assert each["shown"] == json.loads(json.dumps(view[code]["shown"])), code

    def test_page_paper_and_table_of_a_report_say_the_same(self, world: World) -> None:
        for report in self.reports(world, r"/api/v1/investor-reports/\d+/"):
            place, figures = f"/reports/{report['id']}/", report["data"]["figures"]
            cards = {
                unescape(name): unescape(text) for text, name in CARD.findall(world.texts[place])
            }
            assert {each["name"]: each["text"] for each in figures} == cards
            for paper in (f"{place}pdf/", f"/api/v1/investor-reports/{report['id']}/pdf/"):
                assert all(" ".join(each["text"].split()) in world.texts[paper] for each in figures)
            api_table = world.texts[f"/api/v1/investor-reports/{report['id']}/csv/"]
            assert world.texts[f"{place}csv/"] == api_table


class TestDesk:
    def test_the_city_reads_its_own_view_of_people(self, world: World) -> None:
        for snapshot in world.snapshots:
            view = world.of(snapshot, disclosure.CITY)
            told = json.loads(world.texts[f"/api/v1/snapshots/{snapshot.pk}/"])
            page = unescape(world.texts[f"/figures/{snapshot.pk}/"])

            found = {each["code"]: each["shown"] for each in told["figures"]["indicators"]}
            assert {code: found[code] for code in view} == json.loads(
                json.dumps({code: each["shown"] for code, each in view.items()})
            )
            assert all(text in page for text in said(view).values())

    def test_the_dashboard_says_what_the_newest_figures_do(self, world: World) -> None:
        view = world.of(world.snapshots[-1], disclosure.CITY)
        [part] = json.loads(world.texts["/api/v1/city/"])["issuers"]

        trend = {row["code"]: row["texts"][-1] for row in part["trend"] if row["code"] in PEOPLE}
        with translation.override("en"):
            assert trend == {code: wording.shown(view[code]) for code in trend}
        told = dict(view["households_by_district"]["shown"]["parts"])
        assert {str(row["number"]): row["households"] for row in part["districts"]} == {
            str(number): told.get(str(number)) for number in range(1, 9)
        }
