"""The table of a report: whatever the page says is in it."""

import csv
import io
from typing import Any

import pytest

from backend.core import jobs
from backend.reporting import issue, report_table
from investors.models import InvestorReport
from tests.reporting.conftest import Quarter
from tests.reporting.test_published import year_told

pytestmark = pytest.mark.money


def read(contents: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The rows of a table by their part."""
    parts: dict[str, list[dict[str, str]]] = {}
    table = report_table.as_csv(contents).removeprefix("\ufeff")
    for row in csv.DictReader(io.StringIO(table)):
        parts.setdefault(row["part"], []).append(row)
    return parts


class TestAsCsv:
    def test_has_share_worse_and_economy_as_the_page_has(self, quarter: Quarter) -> None:
        issue.request(snapshot=quarter.snapshot, by=quarter.scene.cast.owner, at=quarter.scene.at)
        jobs.drain_all(at=quarter.scene.at)
        contents = InvestorReport.objects.order_by("pk")[0].data

        parts = read(contents)

        [share] = [row["text"] for row in parts["money"] if row["code"] == "share"]
        assert share == contents["share"]
        assert [row["text"] for row in parts["worse"]] == contents["worse"]
        told = [(row["name"], row["text"]) for row in parts["economy"]]
        assert told[: len(contents["economy"]["rows"])] == [
            (name, text) for name, text in contents["economy"]["rows"]
        ]
        marks = {
            (row["k"], row["hash"], row["synthetic"]) for rows in parts.values() for row in rows
        }
        assert marks == {(str(contents["k"]), contents["snapshot_hash"], "True")}

    def test_of_a_year_has_its_headings_targets_and_goals(self, quarter: Quarter) -> None:
        snapshot = year_told(quarter.scene)
        contents = InvestorReport.objects.filter(kind="yearly").order_by("pk")[0].data

        parts = read(contents)

        assert contents["snapshot_hash"] == snapshot.content_hash
        assert [row["text"] for row in parts["year"] if "rallentato" in row["name"]] == [
            "Detto di slowed."
        ]
        assert "5 (obiettivo 6)" in [row["text"] for row in parts["targets"]]
