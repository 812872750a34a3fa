"""The catalogue of the open data in DCAT-AP_IT, the Italian profile of the W3C's DCAT (housing.md 3.12).

One dataset per issuer, published each quarter, and one per programme of the city; one distribution per
version and format. Values in, a graph out; who asks says what is in it and at which addresses it stands.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, Node, URIRef

from backend.core import clock

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
THEME = URIRef(f"{EU}data-theme/SOCI")
QUARTERLY = URIRef(f"{EU}frequency/QUARTERLY")
IRREGULAR = URIRef(f"{EU}frequency/IRREG")
FORMATS = {
    "csv": URIRef(f"{EU}file-type/CSV"),
    "json": URIRef(f"{EU}file-type/JSON"),
    "jsonld": URIRef(f"{EU}file-type/JSON_LD"),
}
LANGUAGES = {"it": URIRef(f"{EU}language/ITA"), "en": URIRef(f"{EU}language/ENG")}


@dataclass(frozen=True)
class File:
    """One version of the figures of a day in one format, at its address; `note` says what it is for."""

    url: str
    format: str
    as_of: dt.date
    version: int
    issued_at: dt.datetime
    licence: str
    note: str = ""


@dataclass(frozen=True)
class Dataset:
    """All that one holder published. Invented data names nobody real as its holder."""

    key: str
    holder: str
    is_synthetic: bool
    url: str
    files: Sequence[File]
    title: Mapping[str, str]
    description: Mapping[str, str]
    periodicity: URIRef = QUARTERLY


@dataclass(frozen=True)
class Catalogue:
    """What is offered at an address, by whom, and who answers letters about it."""

    url: str
    publisher: str
    email: str
    datasets: Sequence[Dataset]


def graph(catalogue: Catalogue) -> Graph:
    """The catalogue as RDF, with every property that the profile calls mandatory."""
    g = Graph()
    g.bind("dcatapit", DCATAPIT)
    node = URIRef(catalogue.url)
    _typed(g, node, DCAT.Catalog, DCATAPIT.Catalog)
    _said(g, node, DCTERMS.title, it="Dati aperti di Mattone", en="Mattone's open data")
    _said(
        g,
        node,
        DCTERMS.description,
        it="Che cosa è stato delle case comprate insieme e di chi ci abita: dati pubblicati, protetti.",
        en="What became of homes bought together and of who lives in them: published figures, protected.",
    )
    g.add((node, DCTERMS.publisher, _agent(g, f"{catalogue.url}#publisher", catalogue.publisher)))
    g.add((node, DCTERMS.modified, _day(_newest(catalogue.datasets))))
    g.add((node, FOAF.homepage, URIRef(catalogue.url)))
    for language in LANGUAGES.values():
        g.add((node, DCTERMS.language, language))
    for dataset in catalogue.datasets:
        g.add((node, DCAT.dataset, _dataset(g, dataset)))
        g.add((URIRef(dataset.url), DCAT.contactPoint, _contact(g, catalogue)))
    return g


def _dataset(g: Graph, dataset: Dataset) -> URIRef:
    node = URIRef(dataset.url)
    mark = {"it": " (sintetico, inventato)", "en": " (synthetic, invented)"}
    ends = mark if dataset.is_synthetic else {"it": "", "en": ""}
    # The address has its fragment already, and an IRI has one.
    holder = _agent(g, f"{dataset.url}-holder", dataset.holder)
    _typed(g, node, DCAT.Dataset, DCATAPIT.Dataset)
    titles = {language: f"{text}{ends[language]}" for language, text in dataset.title.items()}
    _said(g, node, DCTERMS.title, **titles)
    _said(g, node, DCTERMS.description, **dataset.description)
    g.add((node, DCTERMS.identifier, Literal(f"mattone:D.{dataset.key}")))
    g.add((node, DCTERMS.modified, _day(_newest([dataset]))))
    g.add((node, DCTERMS.issued, _day(min(each.issued_at for each in dataset.files))))
    g.add((node, DCAT.theme, THEME))
    g.add((node, DCTERMS.rightsHolder, holder))
    g.add((node, DCTERMS.publisher, holder))
    g.add((node, DCTERMS.accrualPeriodicity, dataset.periodicity))
    g.add((node, DCTERMS.temporal, _period(g, dataset)))
    for file in dataset.files:
        g.add((node, DCAT.distribution, _distribution(g, file)))
    return node


def _distribution(g: Graph, file: File) -> URIRef:
    node = URIRef(f"{file.url}#distribution")
    _typed(g, node, DCAT.Distribution, DCATAPIT.Distribution)
    _said(
        g,
        node,
        DCTERMS.title,
        it=f"{file.as_of}, versione {file.version}, {file.note or file.format.upper()}",
        en=f"{file.as_of}, version {file.version}, {file.note or file.format.upper()}",
    )
    g.add((node, DCAT.accessURL, URIRef(file.url)))
    g.add((node, DCAT.downloadURL, URIRef(file.url)))
    g.add((node, DCTERMS.format, FORMATS[file.format]))
    g.add((node, DCTERMS.license, _licence(g, file.licence)))
    g.add((node, DCTERMS.modified, _day(file.issued_at)))
    return node


def _licence(g: Graph, url: str) -> URIRef:
    node = URIRef(url)
    _typed(g, node, DCTERMS.LicenseDocument, DCATAPIT.LicenseDocument)
    g.add((node, FOAF.name, Literal("Creative Commons Attribution 4.0 International", lang="en")))
    g.add((node, DCTERMS.type, URIRef("http://purl.org/adms/licencetype/Attribution")))
    return node


def _agent(g: Graph, url: str, name: str) -> URIRef:
    node = URIRef(url)
    _typed(g, node, FOAF.Agent, DCATAPIT.Agent)
    g.add((node, DCTERMS.identifier, Literal(url)))
    g.add((node, FOAF.name, Literal(name)))
    return node


def _contact(g: Graph, catalogue: Catalogue) -> URIRef:
    node = URIRef(f"{catalogue.url}#contact")
    _typed(g, node, VCARD.Organization, DCATAPIT.Organization)
    g.add((node, VCARD.fn, Literal(catalogue.publisher)))
    g.add((node, VCARD.hasEmail, URIRef(f"mailto:{catalogue.email}")))
    return node


def _period(g: Graph, dataset: Dataset) -> Node:
    node = BNode()
    days = [file.as_of for file in dataset.files]
    _typed(g, node, DCTERMS.PeriodOfTime, DCATAPIT.PeriodOfTime)
    g.add((node, DCATAPIT.startDate, Literal(min(days), datatype=XSD.date)))
    g.add((node, DCATAPIT.endDate, Literal(max(days), datatype=XSD.date)))
    return node


def _typed(g: Graph, node: Node, *types: URIRef) -> None:
    for each in types:
        g.add((node, RDF.type, each))


def _said(g: Graph, node: Node, what: URIRef, **texts: str) -> None:
    for language, text in texts.items():
        g.add((node, what, Literal(text, lang=language)))


def _newest(datasets: Sequence[Dataset]) -> dt.datetime:
    return max(each.issued_at for dataset in datasets for each in dataset.files)


def _day(at: dt.datetime) -> Literal:
    return Literal(clock.day_of(at), datatype=XSD.date)
