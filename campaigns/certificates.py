"""Proofs that members hold in hand: the contract, the subscription, the tax relief. Numbered, frozen.

What a proof states is gathered in `proof_facts`. When that changes (a refund, a correction), the proof
is withdrawn and a new one takes its place; what is refunded whole is withdrawn for good (I11).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backend.core import audit, pdf, users
from backend.core.errors import Conflict, Refused
from backend.core.users import SYSTEM, Actor
from campaigns import proof_facts
from campaigns.models import Allotment, Certificate, CertificateWithdrawal, Pledge

Kind = Certificate.Kind
AT_ALLOTMENT = (Kind.CONTRACT, Kind.SUBSCRIPTION)


class NothingStands(Conflict):
    code = "certificate.nothing_stands"


class NotEligible(Conflict):
    code = "certificate.not_eligible"


class WithdrawnBefore(Conflict):
    code = "certificate.withdrawn_before"


class ReasonMissing(Refused):
    code = "certificate.reason_missing"


def issue(
    *, allotment: Allotment, kind: str, scheme: str = "", by: Actor, at: dt.datetime
) -> Certificate:
    """Issue a proof, or return the one that stands and states the same.

    One that states something else by now is withdrawn and replaced. Raises NothingStands when all was
    refunded, NotEligible with the reasons when there is no tax relief (I9-I10).
    """
    with transaction.atomic():
        allotment = _locked(allotment)
        facts = proof_facts.gather(allotment, kind=kind, scheme=scheme, at=at)
        if facts is None:
            raise NothingStands(_("Everything that was paid went back: there is nothing to prove."))
        if lacks := proof_facts.lacks(allotment, kind=kind, scheme=scheme):
            raise NotEligible(" ".join(str(each) for each in lacks), reasons=len(lacks))
        standing = _standing(allotment, kind)
        if standing is not None and standing.data["facts"] == facts:
            return standing
        if standing is not None:
            _withdraw(standing, "replaced: what it states has changed", by, at)
        return _write(allotment, kind, facts, standing, by, at)


def issue_first(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Issue what every member gets at the allotment (a job). Safe to repeat."""
    allotment = Allotment.objects.get(pk=payload["allotment"])
    for kind in AT_ALLOTMENT:
        issue(allotment=allotment, kind=kind, by=SYSTEM, at=at)


def withdraw(*, certificate: Certificate, reason: str, by: Actor, at: dt.datetime) -> None:
    """Withdraw a proof for good. Raises ReasonMissing, WithdrawnBefore."""
    if not reason.strip():
        raise ReasonMissing(_("Please give a reason."), field="reason")
    with transaction.atomic():
        _locked(certificate.allotment)
        if CertificateWithdrawal.objects.filter(certificate=certificate).exists():
            raise WithdrawnBefore(_("This certificate was withdrawn before."))
        _withdraw(certificate, reason, by, at)


def follow(pledges: Iterable[Pledge], *, by: Actor, at: dt.datetime) -> None:
    """Hold the standing proofs of pledges to what is true now; called where their money changes."""
    found = Certificate.objects.standing().filter(allotment__pledge__in=list(pledges))
    for certificate in found.select_related("allotment"):
        _renew(certificate, by, at)


def _renew(certificate: Certificate, by: Actor, at: dt.datetime) -> None:
    allotment, kind = _locked(certificate.allotment), certificate.kind
    scheme = certificate.data["facts"].get("scheme", "")
    facts = proof_facts.gather(allotment, kind=kind, scheme=scheme, at=at)
    if facts is None:
        _withdraw(certificate, "void: what was paid went back", by, at)
    elif facts != certificate.data["facts"]:
        _withdraw(certificate, "replaced: what it states has changed", by, at)
        _write(allotment, kind, facts, certificate, by, at)


def _locked(allotment: Allotment) -> Allotment:
    rows = Allotment.objects.select_related("pledge__investor", "campaign__issuer")
    return rows.select_for_update(of=("self",)).get(pk=allotment.pk)


def _standing(allotment: Allotment, kind: str) -> Certificate | None:
    return allotment.certificates.standing().filter(kind=kind).order_by("-id").first()


def _withdraw(certificate: Certificate, reason: str, by: Actor, at: dt.datetime) -> None:
    CertificateWithdrawal.objects.create(
        certificate=certificate, reason=reason[:300], withdrawn_at=at, by_label=users.label(by)
    )
    audit.record(action="certificate.withdrawn", subject=certificate, by=by, at=at, reason=reason)


def _write(  # a proof is all of these; a value object would only move the list
    allotment: Allotment,
    kind: str,
    facts: dict[str, Any],
    replaces: Certificate | None,
    by: Actor,
    at: dt.datetime,
) -> Certificate:
    """Number, freeze and print a proof. The number tells campaign, register entry, kind and version."""
    version = allotment.certificates.filter(kind=kind).count() + 1
    letter = {Kind.CONTRACT: "C", Kind.SUBSCRIPTION: "S", Kind.TAX_RELIEF: "T"}[Kind(kind)]
    number = f"{letter}-{allotment.campaign_id}-{allotment.register_number}-{version}"
    investor = allotment.pledge.investor
    with translation.override(investor.language):
        data = {
            "number": number,
            "facts": facts,
            "replaces": replaces.number if replaces else "",
            "issued_at": at.isoformat(),
        }
        content_hash = hash_of(data)
        shown = proof_facts.document(data, kind=kind, language=investor.language)
        document = pdf.render(template="proof", data=shown | {"hash": content_hash})
    made = Certificate.objects.create(
        allotment=allotment,
        kind=kind,
        number=number,
        replaces=replaces,
        data=data,
        content_hash=content_hash,
        pdf=document,
        issued_at=at,
        by_label=users.label(by),
    )
    audit.record(action="certificate.issued", subject=made, by=by, at=at, facts={"number": number})
    return made


def hash_of(data: dict[str, Any]) -> str:
    """The hash of a proof's contents, as it is printed on it: anybody can compute it again."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
