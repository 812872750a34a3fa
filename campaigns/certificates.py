"""Proofs that members hold in hand: contract, subscription, holding, tax relief. Numbered, frozen.

What a proof states is gathered in `proof_facts`. When that changes (a refund, a correction), the proof
is withdrawn and a new one takes its place; what is refunded whole is withdrawn for good (I11).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from backend.core import audit, pdf, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import SYSTEM, Actor
from campaigns import letters, proof_facts, proof_words
from campaigns.models import (
    Allotment,
    Certificate,
    CertificateWithdrawal,
    ChangeOfHolder,
    Pledge,
)
from investors.models import Investor

Kind = Certificate.Kind
AT_ALLOTMENT = (Kind.CONTRACT, Kind.SUBSCRIPTION)
LETTERS = {Kind.CONTRACT: "C", Kind.SUBSCRIPTION: "S", Kind.HOLDING: "H", Kind.TAX_RELIEF: "T"}
# Why we withdraw one by ourselves; read in the reader's language (CertificateWithdrawal.said).
CHANGED = gettext_noop("replaced: what it states has changed")
PASSED = gettext_noop("replaced: shares passed on")
SOLD_EARLY = gettext_noop("void: shares were sold within three years")
TIED = gettext_noop("void: the investor is tied to the issuer")
WENT_BACK = gettext_noop("void: what was paid went back")
BY_HAND = [choice for choice in Kind.choices if choice[0] != Kind.HOLDING]


class NothingStands(Conflict):
    code = "certificate.nothing_stands"


class NotEligible(Conflict):
    code = "certificate.not_eligible"


class WithdrawnBefore(Conflict):
    code = "certificate.withdrawn_before"


class PassedOn(Conflict):
    code = "certificate.passed_on"


class ReasonMissing(Refused):
    code = "certificate.reason_missing"


def issue(
    *, allotment: Allotment, kind: str, scheme: str = "", by: Actor, at: dt.datetime
) -> Certificate:
    """Issue a proof, or return the one that stands and states the same.

    One that states something else by now is withdrawn and replaced. Raises NothingStands when all was
    refunded, NotEligible with the reasons when there is no tax relief (I9-I10), PassedOn when the
    register says that others hold the shares: their proofs follow it by themselves.
    """
    with transaction.atomic():
        allotment = _locked(allotment)
        if kind == Kind.HOLDING or (kind == Kind.SUBSCRIPTION and allotment.changes.exists()):
            raise PassedOn(_("Proofs of who holds these shares now follow the register."))
        facts = proof_facts.gather(allotment, kind=kind, scheme=scheme, at=at)
        if facts is None:
            raise NothingStands(_("Everything that was paid went back: there is nothing to prove."))
        if lacks := proof_facts.lacks(allotment, kind=kind, scheme=scheme):
            raise NotEligible(" ".join(str(each) for each in lacks), reasons=len(lacks))
        standing = _standing(allotment, kind)
        if standing is not None and standing.data["facts"] == facts:
            return standing
        if standing is not None:
            _withdraw(standing, CHANGED, by, at)
        return _write(allotment, kind, facts, standing, by, at)


def issue_first(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Issue what every member of a batch gets at the allotment (a job): eight queries, however many.

    Safe to repeat: who has a proof of a kind, or had, gets none here. Of what went back there is none.
    """
    with transaction.atomic():
        rows = Allotment.objects.select_related("pledge__investor", "campaign__issuer")
        batch = list(rows.select_for_update(of=("self",)).filter(pk__in=payload["allotments"]))
        had = set(Certificate.objects.filter(allotment__in=batch).values_list("allotment", "kind"))
        # Shares that passed on before the job ran have their proofs of holding already.
        passed = ChangeOfHolder.objects.filter(allotment__in=batch)
        had |= {(pk, Kind.SUBSCRIPTION) for pk in passed.values_list("allotment", flat=True)}
        money = proof_facts.money_of([each.pledge for each in batch])
        drafts = [
            _first(allotment, kind, facts, at)
            for allotment in batch
            for kind in AT_ALLOTMENT
            if (allotment.pk, kind) not in had
            and (facts := proof_facts.stated(allotment, money[allotment.pledge_id], kind=kind))
        ]
        made = Certificate.objects.bulk_create(drafts)
        audit.record_many(
            action="certificate.issued", subjects=made, by=SYSTEM, at=at,
            facts_of=lambda proof: {"number": str(proof)},
        )  # fmt: skip


def _first(allotment: Allotment, kind: str, facts: dict[str, Any], at: dt.datetime) -> Certificate:
    return _draft(_New(allotment, kind, facts, version=1), SYSTEM, at)


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


def follow_change(
    *, change: ChangeOfHolder, held: Mapping[int, int], by: Actor, at: dt.datetime
) -> None:
    """Hold the proofs of an entry to the register after shares passed on; `held`: shares by investor.

    Both sides get a proof of what they hold now. Who sold within three years loses the tax relief,
    and its certificate (I9.holding).
    """
    allotment = _locked(change.allotment)
    for who in (change.giver, change.taker):
        before = _held_proof(allotment, who)
        if before is not None:
            _withdraw(before, PASSED, by, at)
        facts = proof_facts.of_holding(allotment, who, held.get(who.pk, 0), at=at)
        if facts is not None:
            _write(allotment, Kind.HOLDING, facts, before, by, at, holder=who)
    relief = _standing(allotment, Kind.TAX_RELIEF)
    if relief is not None and proof_facts.was_sold_early(allotment):
        _withdraw(relief, SOLD_EARLY, by, at)


def follow_tie(*, issuer: Organisation, investor: Investor, by: Actor, at: dt.datetime) -> None:
    """Withdraw what an investor's tie to an issuer closes: the certificates for the tax relief (I10)."""
    found = Certificate.objects.standing().filter(kind=Kind.TAX_RELIEF)
    theirs = found.filter(allotment__pledge__investor=investor, allotment__campaign__issuer=issuer)
    for certificate in theirs.select_related("allotment"):
        allotment, scheme = _locked(certificate.allotment), certificate.data["facts"]["scheme"]
        if proof_facts.lacks(allotment, kind=certificate.kind, scheme=scheme):
            _withdraw(certificate, TIED, by, at)


def _held_proof(allotment: Allotment, who: Investor) -> Certificate | None:
    """The standing proof by which somebody is a member for this entry."""
    kinds = (Kind.SUBSCRIPTION, Kind.HOLDING)
    own = Certificate.objects.held_by(Investor.objects.filter(pk=who.pk))
    rows = allotment.certificates.standing().filter(own, kind__in=kinds)
    return rows.order_by("-id").first()


def _renew(certificate: Certificate, by: Actor, at: dt.datetime) -> None:
    allotment, kind = _locked(certificate.allotment), certificate.kind
    if kind == Kind.HOLDING:
        # It states who holds what, which money does not change, unless nothing is paid any more.
        if proof_facts.gather(allotment, kind=kind, at=at) is None:
            _withdraw(certificate, WENT_BACK, by, at)
        return
    scheme = certificate.data["facts"].get("scheme", "")
    facts = proof_facts.gather(allotment, kind=kind, scheme=scheme, at=at)
    if facts is None:
        _withdraw(certificate, WENT_BACK, by, at)
    elif facts != certificate.data["facts"]:
        _withdraw(certificate, CHANGED, by, at)
        _write(allotment, kind, facts, certificate, by, at)


def _locked(allotment: Allotment) -> Allotment:
    rows = Allotment.objects.select_related("pledge__investor", "campaign__issuer")
    return rows.select_for_update(of=("self",)).get(pk=allotment.pk)


def _standing(allotment: Allotment, kind: str) -> Certificate | None:
    return allotment.certificates.standing().filter(kind=kind).order_by("-id").first()


def _withdraw(certificate: Certificate, reason: str, by: Actor, at: dt.datetime) -> None:
    gone = CertificateWithdrawal.objects.create(
        certificate=certificate, reason=reason[:300], withdrawn_at=at, by_label=users.label(by)
    )
    audit.record(action="certificate.withdrawn", subject=certificate, by=by, at=at, reason=reason)
    letters.of_withdrawal(gone, at=at)


@dataclass(frozen=True)
class _New:
    """A proof to be issued: of which entry, what it states, what it takes the place of, for whom."""

    allotment: Allotment
    kind: str
    facts: dict[str, Any]
    version: int
    replaces: Certificate | None = None
    holder: Investor | None = None


def _write(  # a proof is all of these; a value object would only move the list
    allotment: Allotment,
    kind: str,
    facts: dict[str, Any],
    replaces: Certificate | None,
    by: Actor,
    at: dt.datetime,
    *,
    holder: Investor | None = None,
) -> Certificate:
    version = allotment.certificates.filter(kind=kind).count() + 1
    made = _draft(_New(allotment, kind, facts, version, replaces, holder), by, at)
    made.save()
    facts = {"number": made.number}
    audit.record(action="certificate.issued", subject=made, by=by, at=at, facts=facts)
    return made


def _draft(new: _New, by: Actor, at: dt.datetime) -> Certificate:
    """Number, freeze and print a proof. The number tells campaign, register entry, kind and version."""
    entry = f"{new.allotment.campaign_id}-{new.allotment.register_number}"
    number = f"{LETTERS[Kind(new.kind)]}-{entry}-{new.version}"
    investor = new.holder or new.allotment.pledge.investor
    with translation.override(investor.language):
        data = {
            "number": number,
            "facts": new.facts,
            "replaces": new.replaces.number if new.replaces else "",
            "issued_at": at.isoformat(),
        }
        content_hash = hash_of(data)
        shown = proof_words.document(data, kind=new.kind, language=investor.language)
        document = pdf.render(template="proof", data=shown | {"hash": content_hash})
    return Certificate(
        allotment=new.allotment,
        holder=new.holder,
        kind=new.kind,
        number=number,
        replaces=new.replaces,
        data=data,
        content_hash=content_hash,
        pdf=document,
        issued_at=at,
        by_label=users.label(by),
    )


def hash_of(data: dict[str, Any]) -> str:
    """The hash of a proof's contents, as it is printed on it: anybody can compute it again."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
