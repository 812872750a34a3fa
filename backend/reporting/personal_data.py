"""A person's own data, whole: gathered from every app, as JSON, CSV and documents in one archive.

What is the person's: the account, the investors they act for, and of investors they acted for before
what was made in that time (R53). Staff's names and keys of providers are nobody's own data.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

from backend.accounts.models import ApiToken, LoginSession, SecondFactor
from backend.core import sealed
from backend.core.models import AuditEvent, Notice, User
from campaigns.models import (
    Allotment,
    Certificate,
    ChangeOfHolder,
    Chargeback,
    Interest,
    Payment,
    Pledge,
    Refund,
)
from investors.models import (
    Acknowledgement,
    Complaint,
    Conflict,
    IdentityCheck,
    Investor,
    InvestorReport,
    KnowledgeTest,
    LossComponents,
    LossSimulation,
    Qualification,
    Representation,
    in_time_of,
)

Row = dict[str, Any]
HIDDEN = frozenset(
    {"password", "pdf", "client_secret", "token", "recorded_by_id", "decided_by_id", "by_label"}
    # What opens an account is no data about its person.
    | {"session_key", "session_data", "secret", "hash"}
)
WORDS = """I tuoi dati in Mattone / Your data in Mattone

data.json: tutto / everything. csv/: lo stesso, una tabella per file / the same, a table per file.
documents/: i tuoi rapporti e attestati / your reports and certificates.
Tempi in UTC, importi in euro / times in UTC, amounts in euro.
"""


def sections(user: User) -> dict[str, list[Row]]:
    """Everything that is written down of a person, by section, oldest first."""
    found = {name: _rows(rows) for name, rows in _querysets(user).items()}
    return {"account": _rows(User.objects.filter(pk=user.pk)), **found}


def plain_sections(user: User) -> dict[str, list[Row]]:
    """The sections with every value as JSON knows it."""
    told: dict[str, list[Row]] = json.loads(_as_json(sections(user)))
    return told


def archive(user: User) -> bytes:
    """The sections as JSON and CSV, and the documents, as a ZIP file."""
    told, body = sections(user), io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", WORDS)
        packed.writestr("data.json", _as_json(told))
        for name, rows in told.items():
            packed.writestr(f"csv/{name}.csv", _as_csv(rows))
        for name, pdf in _documents(user):
            packed.writestr(f"documents/{name}.pdf", pdf)
    return body.getvalue()


def _querysets(user: User) -> dict[str, QuerySet[Any]]:
    own = Investor.objects.acted_for_by(user)
    pledges = Pledge.objects.filter(_mine(user, "queued_at"))
    payments = Payment.objects.filter(pledge__in=pledges)
    allotments = Allotment.objects.filter(pledge__in=pledges)
    held = Q(user=user) | Q(investor__in=own)
    return {
        "investors": own,
        "representations": Representation.objects.filter(held),
        "knowledge_tests": KnowledgeTest.objects.filter(_mine(user, "taken_at")),
        "loss_simulations": LossSimulation.objects.filter(_mine(user, "taken_at")),
        "loss_components": LossComponents.objects.filter(simulation__investor__in=own),
        "acknowledgements": Acknowledgement.objects.filter(_mine(user, "given_at")),
        "identity_checks": IdentityCheck.objects.filter(investor__in=own),
        "qualifications": Qualification.objects.filter(investor__in=own),
        "ties": Conflict.objects.filter(investor__in=own),
        "complaints": Complaint.objects.filter(complainant=user),
        "interests": Interest.objects.filter(claimed_by=user),
        "pledges": pledges,
        "payments": payments,
        "refunds": Refund.objects.filter(payment__in=payments),
        "chargebacks": Chargeback.objects.filter(payment__in=payments),
        "allotments": allotments,
        "certificates": _certificates(own, pledges),
        "changes_of_holder": ChangeOfHolder.objects.filter(Q(giver__in=own) | Q(taker__in=own)),
        "reports": InvestorReport.objects.filter(_mine(user, "issued_at")),
        "logins": LoginSession.objects.filter(user=user),
        "second_factors": SecondFactor.objects.filter(user=user),
        "api_tokens": ApiToken.objects.filter(user=user),
        "mails": Notice.objects.filter(to__iexact=user.email),
        "acts": AuditEvent.objects.filter(by=user),
    }


def _mine(user: User, instant: str) -> Q:
    """Rows of investors the person acts for, and of those of before what is of that time."""
    own = Investor.objects.acted_for_by(user)
    return Q(investor__in=own) | in_time_of(user, investor="investor", instant=instant)


def _certificates(own: QuerySet[Investor], pledges: QuerySet[Pledge]) -> QuerySet[Certificate]:
    """Proofs issued to the person's investors, and to those of before in their time."""
    first = Q(holder=None, allotment__pledge__in=pledges)
    return Certificate.objects.filter(first | Q(holder__in=own))


def _rows(rows: QuerySet[Any]) -> list[Row]:
    names = [name for name in _columns(rows.model) if name not in HIDDEN]
    return [sealed.opened(rows.model, row) for row in rows.order_by("pk").values(*names)]


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _documents(user: User) -> Iterable[tuple[str, bytes]]:
    reports = InvestorReport.objects.filter(_mine(user, "issued_at")).order_by("pk")
    for report in reports.iterator(chunk_size=20):
        yield f"report-{report.pk}-{report.period_label}", bytes(report.pdf)
    pledges = Pledge.objects.filter(_mine(user, "queued_at"))
    own = Investor.objects.acted_for_by(user)
    certificates = _certificates(own, pledges).order_by("pk")
    for certificate in certificates.iterator(chunk_size=20):
        yield f"certificate-{certificate.pk}", bytes(certificate.pdf)


def _as_json(told: Mapping[str, list[Row]]) -> str:
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _as_csv(rows: list[Row]) -> str:
    """A table with a head; a list or object in a cell is JSON, and no cell begins a formula."""
    body = io.StringIO()
    if rows:
        writer = csv.DictWriter(body, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return body.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "-") and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal()
