"""Published figures for impact readers: Common Impact Data Standard (JSON-LD), and IRIS+ with SDG as a table.

From the public view alone, like every open file. What is not told exactly stands as a comment, never as a
number. SDG goals are links (housing.md 3.3): no claim is made to move a national SDG indicator.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from backend.core import clock, tables
from backend.core.periods import quarter_of
from backend.reporting.open_data import LICENCE
from properties import disclosure, freezing
from properties.models import Snapshot

CONTEXT = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "i72": "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "prov": "http://www.w3.org/ns/prov#",
    "sch": "http://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""CIDS 3.2, its prefixes as its own context has them, written out: the file means the same offline."""

IRIS_SITE = "https://iris.thegiin.org/"
SDG_URL = "http://metadata.un.org/sdg/"
POVERTY, INEQUALITY, CITIES = "1", "10", "11"
GOALS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("low_income", "very_low_income", "debt_relieved", "aid_obtained", "plans_kept",
         "arrears_ratio", "rent_saving", "rent_saving_rate", "housing_spending", "overburdened"),
        (POVERTY,),
    ),
    **dict.fromkeys(
        ("minors_housed", "with_disability", "displaced", "access_from_exclusion"),
        (INEQUALITY, CITIES),
    ),
    "access_from_homelessness": (POVERTY, CITIES),
}  # fmt: skip
"""Goals beside the eleventh; every figure about homes and who lives in them is of the eleventh."""

NOT_OF_HOUSING = ("capital_raised", "net_promoter_score", "response_rate", "jobs_found")
IRIS = re.compile(r"IRIS ([A-Z]{2}\d{4})")
HEADER = (
    "as_of", "version", "iris_id", "sdg_goals", "code", "name_it", "name_en", "unit", "telling",
    "value", "low", "high", "k", "reviewed_by_city", "synthetic", "licence", "hash",
)  # fmt: skip


def iris_ids(standard: str) -> list[str]:
    """The IRIS+ ids (5.3) in the standards that an indicator names."""
    return IRIS.findall(standard)


def goals(code: str) -> tuple[str, ...]:
    """The Sustainable Development Goals that a figure links to, by number."""
    if code in NOT_OF_HOUSING:
        return ()
    return GOALS.get(code, (CITIES,))


def as_iris_csv(snapshot: Snapshot) -> str:
    """One row for each IRIS+ id that a figure answers to, with the goals it links to."""
    return tables.write_csv(HEADER, _rows(snapshot))


def as_cids(snapshot: Snapshot, *, url: str) -> str:
    """The figures as Common Impact Data Standard JSON-LD, `url` being the address of the file.

    Names and descriptions are in English, for the standard takes one of each; labels are in both.
    """
    view = freezing.view(snapshot.data, disclosure.PUBLIC)
    written = {"sch:dateCreated": _instant(snapshot.published_at or snapshot.taken_at)}
    about = _described("Buys homes with crowdfunded money, and tells what became of them.")
    graph = {
        "@context": CONTEXT,
        "@id": f"{url}#organisation",
        "@type": "cids:Organization",
        "org:hasLegalName": view["issuer"],
        **about,
        **written,
        "sch:isBasedOn": "synthetic, invented" if view["synthetic"] else "",
        "dct:license": {"@id": LICENCE},
        "sch:version": str(snapshot.version),
        "sch:identifier": snapshot.content_hash,
        "cids:hasIndicator": [_indicator(each, view, url, written) for each in view["indicators"]],
    }
    return json.dumps(graph, ensure_ascii=False, indent=2) + "\n"


def _indicator(
    told: Mapping[str, Any], view: Mapping[str, Any], url: str, written: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "@id": f"{url}#{told['code']}",
        "@type": "cids:Indicator",
        "org:hasName": told["name"]["en"],
        "org:hasIdentifier": told["number"],
        "rdfs:label": _said(told["name"]),
        **_described(told["formula"]["en"]),
        "rdfs:comment": _said(told["formula"]),
        **written,
        "cids:unitDescription": told["unit"],
        "cids:hasCode": [_code(number, written) for number in iris_ids(told["standard"])],
        "cids:forTheme": [{"@id": f"{SDG_URL}{goal}"} for goal in goals(told["code"])],
        "cids:hasIndicatorReport": {**_report(told, view, url), **written},
    }


def _report(told: Mapping[str, Any], view: Mapping[str, Any], url: str) -> dict[str, Any]:
    shown, as_of = told["shown"], dt.date.fromisoformat(view["as_of"])
    report: dict[str, Any] = {
        "@id": f"{url}#{told['code']}-report",
        "@type": "cids:IndicatorReport",
        "org:hasName": f"{told['name']['en']}, {as_of}",
        "sch:description": f"As of {as_of}.",
        "cids:forIndicator": {"@id": f"{url}#{told['code']}"},
        "prov:startedAtTime": _instant(clock.start_of(quarter_of(as_of).first_day)),
        "prov:endedAtTime": _instant(clock.end_of(as_of)),
    }
    if shown["telling"] == disclosure.Telling.EXACT and shown["value"] is not None:
        report["i72:value"] = {"@type": "i72:Measure", "i72:hasNumericalValue": str(shown["value"])}
    else:
        report["cids:hasComment"] = _comment(shown)
    return report


def _comment(shown: Mapping[str, Any]) -> str:
    """Why there is no number, in the terms of the table."""
    edges = f" low={shown['low']} high={shown['high']}" if shown["high"] is not None else ""
    return f"{shown['telling']}{edges}"


def _code(number: str, written: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"{IRIS_SITE}#{number}",
        "@type": "cids:Code",
        "org:hasName": f"IRIS+ {number}",
        **_described(f"Metric {number} of IRIS+ 5.3."),
        **written,
        "sch:codeValue": number,
        "cids:hasSpecification": {"@type": "xsd:anyURI", "@value": IRIS_SITE},
        "cids:definedBy": {"@id": IRIS_SITE},
    }


def _described(text: str) -> dict[str, str]:
    """The standard asks for both: its own property, and that of anything in it."""
    return {"cids:hasDescription": text, "sch:description": text}


def _instant(at: dt.datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.astimezone(dt.UTC).isoformat()}


def _said(text: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": said, "@language": language} for language, said in text.items()]


def _rows(snapshot: Snapshot) -> Iterable[tuple[Any, ...]]:
    view = freezing.view(snapshot.data, disclosure.PUBLIC)
    for each in view["indicators"]:
        shown = each["shown"]
        for number in iris_ids(each["standard"]):
            yield (
                view["as_of"],
                snapshot.version,
                number,
                " ".join(goals(each["code"])),
                each["code"],
                each["name"]["it"],
                each["name"]["en"],
                each["unit"],
                shown["telling"],
                *("" if shown[key] is None else shown[key] for key in ("value", "low", "high")),
                view["k"],
                snapshot.is_reviewed_by_city,
                view["synthetic"],
                LICENCE,
                snapshot.content_hash,
            )
