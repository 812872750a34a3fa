"""An invented programme with a call of 300,000 euro, at most 140,000 a project, a fifth of own share."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from backend.core.money import euro
from campaigns.models import Call, Programme, Project, ProjectGrant
from campaigns.programmes import awards, calls
from campaigns.programmes.awards import Award, Part
from campaigns.programmes.outputs import NewOutput
from tests.cast import Cast

DAY = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Rome"))


@dataclass
class Scene:
    """The officer's office, its programme and call."""

    cast: Cast
    programme: Programme
    call: Call

    def project(self, name: str = "Orto di prova", *, to: str = "applied") -> Project:
        """A project that applied, or came to `selected` or `incubated`."""
        new = calls.NewProject(name=name, bodies=["Associazione di prova"])
        by = self.cast.programme_officer
        project = calls.enrol(call=self.call, new=new, by=by, at=AT)
        for stage in ("selected", "incubated")[: ("applied", "selected", "incubated").index(to)]:
            calls.move(project=project, to=stage, by=by, at=AT)
        return project

    def fund(self, project: Project, **changed: object) -> ProjectGrant:
        return awards.award(
            project=project, new=an_award(**changed), by=self.cast.programme_officer, at=AT
        )

    def funded(self, name: str = "Orto di prova") -> Project:
        project = self.project(name, to="selected")
        self.fund(project)
        return project


def make(cast: Cast) -> Scene:
    officer = cast.programme_officer
    programme = calls.open_programme(name="Fabbrica di prova", about="", by=officer, at=AT)
    new = calls.NewCall(
        name="Bando di prova",
        funder="Fondo di prova",
        budget=euro("300000.00"),
        grant_maximum=euro("140000.00"),
        own_share_percent=20,
    )
    return Scene(cast, programme, calls.open_call(programme=programme, new=new, by=officer, at=AT))


def an_award(**changed: object) -> Award:
    told: dict[str, object] = {
        "agreement": "A-1",
        "amount": euro("100000.00"),
        "own_share": euro("25000.00"),
        "agreed_on": DAY,
        "instalments": [Part(euro("60000.00"), DAY), Part(euro("40000.00"), dt.date(2026, 9, 1))],
        "reports_due": [dt.date(2026, 6, 30)],
    }
    return Award(**{**told, **changed})  # type: ignore[arg-type]


def an_output(**changed: object) -> NewOutput:
    told: dict[str, object] = {
        "label": "pasti distribuiti",
        "value": Decimal(4960),
        "quality": "exact",
        "counted_as": "service_unit",
        "period_from": dt.date(2026, 1, 1),
        "period_to": dt.date(2026, 3, 1),
        "evidence": "registro dei pasti",
    }
    return NewOutput(**{**told, **changed})  # type: ignore[arg-type]
