"""Orders that an authorised platform took, by file or typed in; they become pledges like any other.

A file is applied whole or not at all, and a dry run says what it would do. What one order does, version
by version, is in `platform_versions`; what a row must hold in `order_rows`.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, tables, users
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.users import Actor
from campaigns import order_rows, places, platform_versions
from campaigns.models import Campaign, OrderFile, OrderMapping, PlatformOrder
from campaigns.order_rows import Fault, OrderRow
from campaigns.platform_versions import Who


class NoMapping(Conflict):
    code = "order_mapping.missing"


class FileFaulty(Refused):
    """Something is wrong in the file, so nothing of it was applied; `facts["faults"]` tells all."""

    code = "order_file.faulty"


@dataclass(frozen=True)
class Upload:
    """A file of orders for a campaign; `made_at` is when the platform made it, where somebody says so."""

    campaign: Campaign
    raw: bytes
    name: str = ""
    made_at: dt.datetime | None = None


@dataclass
class Outcome:
    """What a file did, or would do: how many orders of each kind, and what is wrong in it."""

    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(platform_versions.KINDS, 0)
    )
    faults: list[Fault] = field(default_factory=list)


class _Undone(Exception):
    """Takes everything of a dry run, or of a faulty file, back."""


def save_mapping(
    *, campaign: Campaign, columns: Mapping[str, str], by: Actor, at: dt.datetime
) -> OrderMapping:
    """Remember which column of the platform's files holds what, for all offers of this issuer there.

    Raises BadMapping, NoPlatform.
    """
    issuer, platform = campaign.issuer, platform_versions.platform_of(campaign)
    named = order_rows.check_mapping(columns)
    with transaction.atomic():
        mapping, _created = OrderMapping.objects.update_or_create(
            issuer=issuer, platform=platform, defaults={"columns": named}
        )
        audit.record(
            action="order_mapping.saved", subject=mapping, by=by, at=at, facts={"columns": named}
        )
    return mapping


def mapping_of(campaign: Campaign) -> dict[str, str]:
    """The columns that were saved for the campaign's platform; empty before."""
    if campaign.platform is None:
        return {}
    known = OrderMapping.objects.filter(issuer=campaign.issuer_id, platform=campaign.platform_id)
    columns: dict[str, str] = known.values_list("columns", flat=True).first() or {}
    return columns


def look(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """The dry run: what the file would do and all that is wrong in it, with nothing kept."""
    rows, faults = _read(upload)
    return _try(upload, rows, faults, _who(upload, rows, by, at), is_kept=False)


def take_in(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """Apply a file whole. Raises FileFaulty with every fault, and then nothing was applied."""
    rows, faults = _read(upload)
    outcome = _try(upload, rows, faults, _who(upload, rows, by, at), is_kept=True)
    if outcome.faults:
        raise FileFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.")
            % {"n": len(outcome.faults)},
            faults=[vars(fault) for fault in outcome.faults],
        )
    return outcome


def type_in(*, campaign: Campaign, row: OrderRow, by: Actor, at: dt.datetime) -> PlatformOrder:
    """Take in one order that a person types, new or a later version; also a revocation told by phone.

    Raises what placing, amending or revoking a pledge raises, AnotherPerson, RevokedBefore.
    """
    with transaction.atomic():
        places.lock(campaign)
        platform_versions.tell(campaign, row, Who(by, at, at), None)
        orders = campaign.platform_orders.filter(platform=campaign.platform, order_id=row.order_id)
        return orders.latest("version")


# --- A file -----------------------------------------------------------------------------------------


def _who(upload: Upload, rows: Sequence[OrderRow], by: Actor, at: dt.datetime) -> Who:
    """Of a file that nobody dated the newest instant in it: it was made then or later, and in doubt for
    the investor."""
    named = [row.changed_at or row.ordered_at for row in rows]
    return Who(by, at, upload.made_at or max(named, default=at))


def _read(upload: Upload) -> tuple[list[OrderRow], list[Fault]]:
    columns = mapping_of(upload.campaign)
    if not columns:
        raise NoMapping(_("Say first which column of this platform's files holds what."))
    table = tables.read(upload.raw)
    price = upload.campaign.price_per_share
    return order_rows.read(table=table, columns=columns, price=price)


def _try(
    upload: Upload, rows: Sequence[OrderRow], faults: Sequence[Fault], who: Who, *, is_kept: bool
) -> Outcome:
    """Apply all rows in the order of their time, each in a savepoint; keep them only if all fit."""
    outcome = Outcome(faults=list(faults))
    try:
        with transaction.atomic():
            places.lock(upload.campaign)
            file = _file(upload, len(rows), who)
            for row in sorted(rows, key=_by_time):
                _apply(upload, row, who, file, outcome)
            if outcome.faults or not is_kept:
                raise _Undone
            _note(file, outcome, who)
    except _Undone:
        outcome.faults.sort(key=lambda fault: fault.line)
    return outcome


def _by_time(row: OrderRow) -> tuple[dt.datetime, int]:
    return row.changed_at or row.ordered_at, row.line


def _apply(upload: Upload, row: OrderRow, who: Who, file: OrderFile, outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            outcome.counts[platform_versions.tell(upload.campaign, row, who, file)] += 1
    except RuleBroken as problem:
        name = str(problem.facts.get("field", ""))
        outcome.faults.append(
            Fault(row.line, name if name in order_rows.FIELDS else "", str(problem))
        )


def _file(upload: Upload, rows: int, who: Who) -> OrderFile:
    return OrderFile.objects.create(
        campaign=upload.campaign,
        platform=platform_versions.platform_of(upload.campaign),
        name=upload.name[:200],
        content_hash=hashlib.sha256(upload.raw).hexdigest(),
        rows=rows,
        applied_at=who.at,
        by_label=users.label(who.by),
    )


def _note(file: OrderFile, outcome: Outcome, who: Who) -> None:
    audit.record(
        action="orders.taken_in",
        subject=file.campaign,
        by=who.by,
        at=who.at,
        facts={"file": file.pk, "hash": file.content_hash, **outcome.counts},
    )
