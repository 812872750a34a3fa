"""Homes that an issuer had before this system, with what they cost, taken over from a list.

A row is one cost of one home that is in the portfolio, or a home that cost nothing: a gift, a mandate
to manage. A cost is paid by a raise that was taken over with its released money (campaigns.openings),
and may use no more than was spent of it. The list is tried whole before a second person is asked, and
applied whole or not at all. It is read in `past_purchase_rows`.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import approvals, audit, users
from backend.core.errors import Refused, RuleBroken
from backend.core.models import Approval, Organisation
from backend.core.money import ZERO, euro
from backend.core.users import Actor
from backend.ledger import balances
from backend.ledger.models import Purpose
from campaigns import purses
from campaigns.models import Campaign
from campaigns.order_rows import Fault
from properties import acquisitions, books, past_purchase_rows
from properties.models import Acquisition, CostLine, PastPurchases, Unit
from properties.past_purchase_rows import Kept

ACTION = "purchases.taken_over"


class ListFaulty(Refused):
    """Something in the list is wrong; `facts["faults"]` tells all, by line and field."""

    code = "past_purchases.faulty"


class _Undone(Exception):
    """Takes a trial back."""


def ask(
    *, organisation: Organisation, raw: bytes, evidence: str, by: Actor, at: dt.datetime
) -> Approval:
    """Try a list (CSV or XLSX), keep it, and ask a second person to apply it.

    Raises ListFaulty with every fault, NotATable.
    """
    users.require(by, "acquisition.edit")
    rows, faults = past_purchase_rows.read(raw)
    _refuse(faults + _of_homes(organisation, rows) + _of_offers(organisation, rows))
    with transaction.atomic():
        listed = PastPurchases.objects.create(
            organisation=organisation,
            evidence=evidence[:300],
            rows=rows,
            content_hash=hashlib.sha256(raw).hexdigest(),
            asked_at=at,
            by_label=users.label(by),
        )
        _try(listed, by, at)
        facts = {"rows": len(rows), "hash": listed.content_hash, "evidence": listed.evidence}
        audit.record(action="past_purchases.asked", subject=listed, by=by, at=at, facts=facts)
        return approvals.request(action=ACTION, subject=listed, by=by, at=at)


def apply(listed: PastPurchases, *, by: Actor, at: dt.datetime) -> PastPurchases:
    """Enter the homes of a list and book what they cost; follows the approval. Raises ListFaulty."""
    with transaction.atomic():
        _refuse(_apply(listed, by, at))
        PastPurchases.objects.filter(pk=listed.pk, applied_at=None).update(applied_at=at)
        audit.record(action="past_purchases.applied", subject=listed, by=by, at=at)
    listed.refresh_from_db()
    return listed


# --- What the list says of homes and offers ---------------------------------------------------------


def _of_homes(organisation: Organisation, rows: Iterable[Kept]) -> list[Fault]:
    """Homes that are not in the portfolio or were bought already, and rows that contradict."""
    codes = {row["unit"] for row in rows}
    known = set(
        Unit.objects.filter(organisation=organisation, code__in=codes).values_list(
            "code", flat=True
        )
    )
    bought = set(
        Acquisition.objects.filter(
            organisation=organisation, unit__code__in=codes, title_on__isnull=False
        ).values_list("unit__code", flat=True)
    )
    faults: list[Fault] = []
    first: dict[str, Kept] = {}
    for row in rows:
        told = first.setdefault(row["unit"], row)
        if row["unit"] not in known:
            sentence = _("There is no home with this code: enter it first.")
            faults.append(Fault(row["line"], "unit", str(sentence)))
        elif row["unit"] in bought:
            faults.append(Fault(row["line"], "unit", str(_("This home has its purchase already."))))
        faults += [
            Fault(row["line"], name, str(_("Line %(n)s says otherwise.") % {"n": told["line"]}))
            for name in past_purchase_rows.ABOUT_HOME
            if row[name] != told[name]
        ]
    return faults


def _of_offers(organisation: Organisation, rows: Iterable[Kept]) -> list[Fault]:
    """Raises that are not the issuer's, and more costs than what was spent of their money."""
    offers = _offers(organisation, rows)
    left = {slug: balances.balance(purses.spent_before(each)) for slug, each in offers.items()}
    faults = []
    for row in rows:
        slug = row["offer"]
        if not past_purchase_rows.is_cost(row):
            continue
        if slug not in offers:
            sentence = _("This is no offer of the issuer whose money was taken over as released.")
            faults.append(Fault(row["line"], "offer", str(sentence)))
            continue
        left[slug] -= euro(Decimal(row["amount"]))
        if left[slug] < ZERO:
            sentence = _("From here on the costs are more than was spent of this offer's money.")
            faults.append(Fault(row["line"], "amount", str(sentence)))
    return faults


def _offers(organisation: Organisation, rows: Iterable[Kept]) -> dict[str, Campaign]:
    slugs = {row["offer"] for row in rows if past_purchase_rows.is_cost(row)}
    taken = Campaign.objects.filter(issuer=organisation, slug__in=slugs)
    taken = taken.filter(openings__released_on__isnull=False, openings__applied_at__isnull=False)
    return {each.slug: each for each in taken.select_related("fund", "ordinary_account")}


# --- Applying ---------------------------------------------------------------------------------------


def _try(listed: PastPurchases, by: Actor, at: dt.datetime) -> None:
    faults: list[Fault] = []
    try:
        with transaction.atomic():
            faults = _apply(listed, by, at)
            raise _Undone
    except _Undone:
        pass
    _refuse(faults)


def _apply(listed: PastPurchases, by: Actor, at: dt.datetime) -> list[Fault]:
    # Looked at again: another list may have been applied since this one was tried.
    faults = _of_homes(listed.organisation, listed.rows)
    faults += _of_offers(listed.organisation, listed.rows)
    if faults:
        return faults
    offers = _offers(listed.organisation, listed.rows)
    by_home: dict[str, list[Kept]] = defaultdict(list)
    for row in listed.rows:
        by_home[row["unit"]].append(row)
    for code, rows in by_home.items():
        unit = Unit.objects.get(organisation=listed.organisation, code=code)
        try:
            with transaction.atomic():
                purchase = _enter(listed, unit, rows, offers, by, at)
        except RuleBroken as problem:
            faults.append(Fault(rows[0]["line"], "unit", str(problem)))
            continue
        faults += _costs(purchase, rows, offers, by, at)
    return faults


def _enter(
    listed: PastPurchases,
    unit: Unit,
    rows: Sequence[Kept],
    offers: dict[str, Campaign],
    by: Actor,
    at: dt.datetime,
) -> Acquisition:
    told = rows[0]
    until = told["term_ends_on"]
    title = acquisitions.Step(
        to=past_purchase_rows.TITLES[told["route"]],
        on=dt.date.fromisoformat(told["title_on"]),
        amount=_price(rows),
        document=told["document"],
        term_ends_on=dt.date.fromisoformat(until) if until else None,
    )
    # No fund pays a gift or a mandate; what else a gift cost names its fund cost by cost.
    fund = None if told["route"] in past_purchase_rows.FREE else offers[told["offer"]].fund
    new = acquisitions.NewAcquisition(unit=unit, route=told["route"], fund=fund)
    possession = dt.date.fromisoformat(told["possession_on"])
    purchase = acquisitions.enter(new=new, title=title, possession_on=possession, by=by, at=at)
    purchase.taken_over_with = listed
    purchase.save(update_fields=["taken_over_with"])
    return purchase


def _price(rows: Sequence[Kept]) -> Money | None:
    """What a home cost to buy, of a mandate the rent that its owner is guaranteed."""
    if rows[0]["guaranteed_rent"]:
        return euro(Decimal(rows[0]["guaranteed_rent"]))
    price = [Decimal(row["amount"]) for row in rows if row["kind"] == Purpose.PRICE]
    return euro(sum(price, Decimal(0))) if price else None


def _costs(
    purchase: Acquisition,
    rows: Sequence[Kept],
    offers: dict[str, Campaign],
    by: Actor,
    at: dt.datetime,
) -> list[Fault]:
    faults = []
    for row in filter(past_purchase_rows.is_cost, rows):
        try:
            with transaction.atomic():
                _cost(purchase, row, offers[row["offer"]], by, at)
        except RuleBroken as problem:
            faults.append(Fault(row["line"], "kind", str(problem)))
    return faults


def _cost(
    purchase: Acquisition, row: Kept, offer: Campaign, by: Actor, at: dt.datetime
) -> CostLine:
    on, fund = dt.date.fromisoformat(row["paid_on"]), purses.fund(offer)
    line = CostLine.objects.create(
        acquisition=purchase,
        kind=row["kind"],
        amount=euro(Decimal(row["amount"])),
        fund=fund,
        due_on=on,
        created_at=at,
    )
    line.account = books.use_account(unit=purchase.unit, fund=fund, purpose=line.kind)
    source = purses.spent_before(offer)
    line.taken_over = books.cost_taken_over(line=line, source=source, on=on, by=by)
    line.save(update_fields=["account", "taken_over"])
    audit.record(action="cost.taken_over", subject=line, by=by, at=at)
    return line


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise ListFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.") % {"n": len(faults)},
            faults=[vars(fault) for fault in sorted(faults, key=lambda fault: fault.line)],
        )
