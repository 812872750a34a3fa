"""Keep the invoices of suppliers with their papers: each once, unchanged, known by its hash."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from stdnum import iban as ibans

from backend.core import audit, documents, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.money import positive
from backend.core.users import Actor
from campaigns.models import Invoice


class KnownInvoice(Conflict):
    code = "invoice.known"


class NotAnIban(Refused):
    code = "invoice.not_an_iban"


@dataclass(frozen=True, kw_only=True)
class NewInvoice:
    """What the paper says, and the paper itself."""

    organisation: Organisation
    supplier: str
    supplier_tax_code: str
    number: str
    issued_on: dt.date
    total: Money
    raw: bytes
    supplier_iban: str = ""


def record(*, new: NewInvoice, by: Actor, at: dt.datetime) -> Invoice:
    """Keep an invoice. The same paper again is the one that is there.

    Raises KnownInvoice when the supplier's number is there with another paper, NotAnIban, and what
    `documents.read` raises.
    """
    users.require(by, "grant.edit")
    paper, total = documents.read(new.raw), positive(new.total)
    if new.supplier_iban and not ibans.is_valid(new.supplier_iban):
        raise NotAnIban(_("This is not an IBAN."), field="supplier_iban")
    same = Invoice.objects.filter(organisation=new.organisation, sha256=paper.sha256)
    known: Invoice | None = same.filter(number=new.number).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            invoice: Invoice = Invoice.objects.create(
                organisation=new.organisation,
                supplier=new.supplier,
                supplier_tax_code=new.supplier_tax_code,
                supplier_iban=ibans.compact(new.supplier_iban),
                number=new.number,
                issued_on=new.issued_on,
                total=total,
                content=new.raw,
                media_type=paper.media_type,
                sha256=paper.sha256,
                recorded_at=at,
                by_label=users.label(by),
            )
            facts = {"sha256": paper.sha256}
            audit.record(action="invoice.recorded", subject=invoice, by=by, at=at, facts=facts)
    except IntegrityError as problem:
        raise KnownInvoice(
            _("This number of this supplier is there already, with another paper."), field="number"
        ) from problem
    return invoice
