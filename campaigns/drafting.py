"""Write a campaign and change it: freely as a draft, by a new version of the terms once published.

A material change tells everyone who left an interest; from then on theirs must be confirmed again.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns import changes as wordings
from campaigns import documents, sheets
from campaigns.models import Campaign, CampaignDocument, UseOfFundsLine

TERMS = frozenset(
    {
        "instrument", "price_per_share", "minimum", "target", "maximum", "min_shares", "share_step",
        "deadline_on", "reflection_days", "payment_window_days", "use_of_funds", "regime",
        "nominal_per_share", "capital_before",
    }
)  # fmt: skip
TEXTS = frozenset({"title_it", "title_en", "summary_it", "summary_en", "risk_it", "risk_en"})
WORKINGS = frozenset(
    {
        "opens_on", "pre_campaign_threshold", "own_fund", "restricted_account", "ordinary_account",
        "mode", "platform", "platform_url", "authorisation_number", "money_bank", "interest_days", "is_spv",
        "has_certified_accounts",
    }
)  # fmt: skip

# What an interest was left for: whoever left one confirms it again when any of it changes.
PLAN = "plan"
CONTRACT = TERMS | TEXTS | {"is_spv", PLAN}
# Kept as it is in audit rows and versions of the sheet; people read it in their language.


class NotEditable(Conflict):
    code = "campaign.not_editable"


class AddressTaken(Conflict):
    code = "campaign.address_taken"


class SumsOutOfOrder(Refused):
    code = "campaign.sums_out_of_order"


@dataclass(frozen=True)
class PlannedLine:
    """What a part of the money is meant for; `home` is the code of one home."""

    label_it: str
    label_en: str
    amount: Money
    purpose: str = ""
    home: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of the offer, by its address."""

    kind: str
    title: str
    url: str
    language: str = "it"


@dataclass(frozen=True)
class Draft:
    """A new campaign as its author writes it; `fields` are those of the model."""

    slug: str
    fields: Mapping[str, Any]
    lines: Sequence[PlannedLine] = ()
    papers: Sequence[Paper] = ()


def create(*, issuer: Organisation, draft: Draft, by: Actor, at: dt.datetime) -> Campaign:
    """Write a draft. Raises AddressTaken, SumsOutOfOrder."""
    campaign = Campaign(
        slug=draft.slug,
        issuer=issuer,
        is_synthetic=issuer.is_synthetic,
        created_at=at,
        **_known(draft.fields),
    )
    with transaction.atomic():
        _save(campaign)
        _plan(campaign, draft.lines, by, at)
        publish_papers(campaign=campaign, papers=draft.papers, by=by, at=at)
        audit.record(action="campaign.drafted", subject=campaign, by=by, at=at)
    return campaign


def amend(
    *, campaign: Campaign, changes: Mapping[str, Any], by: Actor, at: dt.datetime
) -> Campaign:
    """Change terms, texts or workings of a campaign. Raises what `revise` raises."""
    draft = Draft(campaign.slug, changes)
    return revise(campaign=campaign, draft=draft, by=by, at=at)


def plan(*, campaign: Campaign, lines: Sequence[PlannedLine], by: Actor, at: dt.datetime) -> None:
    """Set the planned use of funds, in place of what was planned. Raises what `revise` raises."""
    draft = Draft(campaign.slug, {}, lines)
    revise(campaign=campaign, draft=draft, by=by, at=at)


def revise(*, campaign: Campaign, draft: Draft, by: Actor, at: dt.datetime) -> Campaign:
    """Change what a draft names of a campaign. In the pre-campaign a change of the contract makes one
    new version of the terms, which everyone with an interest is asked to confirm.

    Raises NotEditable once it is open: from then on the offer binds its issuer (ECSPR art. 22(1)).
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        changed = _changed(campaign, _known(draft.fields))
        is_replanned = bool(draft.lines) and list(draft.lines) != _planned(campaign)
        if changed or is_replanned:
            _refuse_locked(campaign, [*changed, *(["planned_lines"] if is_replanned else [])])
        asks_again = sorted(CONTRACT & {*changed, *([PLAN] if is_replanned else [])})
        is_new_version = campaign.state == Campaign.State.PRE_CAMPAIGN and bool(asks_again)
        campaign.terms_version += is_new_version
        _set(campaign, changed, by, at)
        if is_replanned:
            _plan(campaign, draft.lines, by, at)
        publish_papers(campaign=campaign, papers=draft.papers, by=by, at=at)
        if is_new_version:
            change = wordings.of_terms(asks_again)
            sheets.follow_terms(campaign=campaign, change=change, by=by, at=at)
    return campaign


def publish_papers(
    *, campaign: Campaign, papers: Sequence[Paper], by: Actor, at: dt.datetime
) -> None:
    """Add documents by their address; one of a kind and language that exists becomes its next version."""
    for paper in papers:
        document = CampaignDocument.objects.create(
            campaign=campaign,
            **vars(paper),
            version=documents.next_version(campaign, paper.kind, paper.language),
            published_at=at,
        )
        facts = {"kind": paper.kind, "version": document.version, "url": paper.url}
        audit.record(action="campaign.document", subject=campaign, by=by, at=at, facts=facts)


def _set(campaign: Campaign, changed: Mapping[str, Any], by: Actor, at: dt.datetime) -> None:
    for name, value in changed.items():
        setattr(campaign, name, value)
    _save(campaign)
    if changed:
        facts = {name: str(value) for name, value in changed.items()}
        audit.record(action="campaign.amended", subject=campaign, by=by, at=at, facts=facts)


def _plan(campaign: Campaign, lines: Sequence[PlannedLine], by: Actor, at: dt.datetime) -> None:
    campaign.planned_lines.all().delete()
    UseOfFundsLine.objects.bulk_create(
        UseOfFundsLine(campaign=campaign, position=position, **vars(line))
        for position, line in enumerate(lines)
    )
    facts = {"lines": [f"{line.label_it}: {line.amount.amount}" for line in lines]}
    audit.record(action="campaign.planned", subject=campaign, by=by, at=at, facts=facts)


def _planned(campaign: Campaign) -> list[PlannedLine]:
    return [
        PlannedLine(line.label_it, line.label_en, line.amount, line.purpose, line.home)
        for line in campaign.planned_lines.all()
    ]


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - TERMS - TEXTS - WORKINGS
    if unknown:
        raise ValueError(f"a campaign has no {sorted(unknown)} to set")
    return dict(fields)


def _changed(campaign: Campaign, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(campaign, name) != value}


def _refuse_locked(campaign: Campaign, changed: Sequence[str]) -> None:
    is_open_to_change = campaign.state in Campaign.EDITABLE | {Campaign.State.PRE_CAMPAIGN}
    if not is_open_to_change:
        raise NotEditable(
            _("This campaign can no longer be changed."), campaign=campaign.slug, fields=changed
        )


def _save(campaign: Campaign) -> None:
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as problem:
        if "slug" in str(problem):
            raise AddressTaken(_("Another campaign has this address."), field="slug") from problem
        raise SumsOutOfOrder(
            _("The minimum must not exceed the target, nor the target the maximum, all in euro."),
            field="minimum",
        ) from problem
