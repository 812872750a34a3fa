"""Qualifications: asked for by template, decided with an explicit notice, ended when they are no more.

Sophisticated counts two years from the grant (R25); what time ends is computed, not stored. The
bounds are in `categories`; which share professionals took is for the campaign's rules.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, notices, states, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from investors import categories, warnings
from investors.models import Investor, Qualification

Kind = Qualification.Kind
State = Qualification.State
MAY_DECIDE = "investor.check"
# A fortnight and a half of mornings on which a lost night is made up.
TOLD_WITHIN = dt.timedelta(days=40)
TOLD_BEFORE = dt.timedelta(days=30)


class NotEnoughCriteria(Refused):
    code = "qualification.not_enough_criteria"


class StatementMissing(Refused):
    code = "qualification.statement_missing"


class NoEvidence(Refused):
    code = "qualification.no_evidence"


class AskedAlready(Conflict):
    code = "qualification.asked_already"


class WrongClaim(Refused):
    code = "qualification.wrong_claim"


class NoReason(Refused):
    code = "qualification.no_reason"


@dataclass(frozen=True)
class Request:
    """What an investor asks to count as. Sophisticated needs a claim and the three statements of the
    template: true criteria, knowing the protection lost, liable for the truth (R24)."""

    kind: str
    evidence: str
    claim: categories.Claim | None = None
    attests: bool = False
    gives_up_protection: bool = False
    is_liable: bool = False

    @property
    def has_all_statements(self) -> bool:
        return self.attests and self.gives_up_protection and self.is_liable


@dataclass(frozen=True)
class Decision:
    """A request granted or refused; a reason where it is refused, a last day where one is set."""

    is_granted: bool
    reason: str = ""
    valid_until: dt.date | None = None


def ask(*, investor: Investor, request: Request, by: Actor, at: dt.datetime) -> Qualification:
    """Ask to count as something. Raises NoEvidence, WrongClaim, StatementMissing,
    NotEnoughCriteria (naming those that are met), AskedAlready while one waits."""
    criteria = _met(investor, request)
    try:
        with transaction.atomic():
            asked = Qualification.objects.create(
                investor=investor,
                kind=request.kind,
                criteria=sorted(criteria),
                claim=_as_json(request.claim),
                evidence=request.evidence,
                statement_version=warnings.newest("lost_protection")
                if request.has_all_statements
                else "",
                asked_by=users.person(by),
                asked_at=at,
            )
            audit.record(
                action="qualification.asked",
                subject=asked,
                by=by,
                at=at,
                facts={"investor": investor.pk, "kind": request.kind},
            )
    except IntegrityError as problem:
        raise AskedAlready(_("This was asked already and waits for a decision.")) from problem
    return asked


def decide(
    *, qualification: Qualification, decision: Decision, by: Actor, at: dt.datetime
) -> Qualification:
    """Grant or refuse, and tell the investor in so many words (R24). Raises NoReason, WrongState."""
    users.require(by, MAY_DECIDE)
    if not decision.is_granted and not decision.reason.strip():
        raise NoReason(_("Say why it is refused."), field="reason")
    to = State.GRANTED if decision.is_granted else State.REFUSED
    with transaction.atomic():
        qualification.decided_at, qualification.reason = at, decision.reason
        qualification.decided_by = users.person(by)
        qualification.valid_until = _valid_until(qualification, decision, at)
        qualification.save(update_fields=["decided_at", "decided_by", "reason", "valid_until"])
        states.move(record=qualification, to=to, by=by, at=at, reason=decision.reason)
        _tell([qualification], f"qualification_{to}", at)
    return qualification


def withdraw(*, qualification: Qualification, by: Actor, at: dt.datetime) -> Qualification:
    """Take a request back before it is decided."""
    return states.move(record=qualification, to=State.WITHDRAWN, by=by, at=at)


def end(*, qualification: Qualification, reason: str, by: Actor, at: dt.datetime) -> Qualification:
    """End what was granted because something changed: the investor is protected again, and told (R26).

    Anyone who acts for the investor may, and staff who check investors.
    """
    if not reason.strip():
        raise NoReason(_("Say what changed."), field="reason")
    with transaction.atomic():
        states.move(record=qualification, to=State.ENDED, by=by, at=at, reason=reason)
        qualification.ended_at, qualification.reason = at, reason
        qualification.save(update_fields=["ended_at", "reason"])
        _tell([qualification], "qualification_ended", at)
    return qualification


def in_force(investors: Iterable[int], *, at: dt.datetime) -> dict[int, set[str]]:
    """The kinds that count at an instant, by investor id; on the last day itself they do. One query.

    Of an instant that is past too: what was ended since did count until then.
    """
    rows = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=clock.day_of(at)),
        Q(state=State.GRANTED) | Q(state=State.ENDED, ended_at__gt=at),
        investor__in=list(investors),
        decided_at__lte=at,
    )
    found: dict[int, set[str]] = defaultdict(set)
    for investor, kind in rows.values_list("investor_id", "kind"):
        found[investor].add(kind)
    return dict(found)


def sophisticated(investors: Iterable[int], *, at: dt.datetime) -> set[int]:
    """Those who count as sophisticated at an instant, per-se professionals included (R27). By id."""
    counting = in_force(investors, at=at)
    return {pk for pk, kinds in counting.items() if categories.lifts_protection(kinds)}


def sophisticated_when(orders: Iterable[tuple[int, dt.datetime]]) -> set[tuple[int, dt.datetime]]:
    """Those of some orders (investor and instant) whose investor counted as sophisticated at that very
    instant, whatever came since. One query."""
    wanted = list(orders)
    rows = Qualification.objects.filter(
        investor__in={investor for investor, _at in wanted},
        state__in=(State.GRANTED, State.ENDED),
        kind__in=Qualification.LIFTS_PROTECTION,
    )
    held: dict[int, list[Qualification]] = defaultdict(list)
    for row in rows:
        held[row.investor_id].append(row)
    return {
        (investor, at)
        for investor, at in wanted
        if any(_counted(row, at) for row in held[investor])
    }


def _counted(row: Qualification, at: dt.datetime) -> bool:
    """Whether one counted at an instant (as `in_force` asks the database)."""
    is_over = row.valid_until is not None and row.valid_until < clock.day_of(at)
    was_ended = row.ended_at is not None and row.ended_at <= at
    return row.decided_at is not None and row.decided_at <= at and not is_over and not was_ended


def professional(investors: Iterable[int], *, at: dt.datetime) -> set[int]:
    """Those who count for the 5 % condition of the Italian rules of 2020 (I1). By id, one query."""
    counting = in_force(investors, at=at)
    return {pk for pk, kinds in counting.items() if categories.is_professional(kinds)}


def tell_of_ends(*, at: dt.datetime) -> int:
    """Write, once each, to those whose category ends within a month or ended in the last weeks."""
    today = clock.day_of(at)
    granted = Qualification.objects.filter(state=State.GRANTED).select_related("investor")
    soon = list(granted.filter(valid_until__gte=today, valid_until__lte=today + TOLD_BEFORE))
    over = list(granted.filter(valid_until__lt=today, valid_until__gte=today - TOLD_WITHIN))
    _tell(soon, "qualification_ends_soon", at)
    _tell(over, "qualification_expired", at)
    return len(soon) + len(over)


def _met(investor: Investor, request: Request) -> set[categories.Criterion]:
    if not request.evidence.strip():
        raise NoEvidence(_("Name the papers that show it."), field="evidence")
    if request.kind != Kind.SOPHISTICATED:
        return set()
    claim = request.claim
    is_person = investor.kind == Investor.Kind.PERSON
    if claim is None or isinstance(claim, categories.PersonClaim) is not is_person:
        raise WrongClaim(
            _("The criteria of a person and of a body differ: fill in the right ones.")
        )
    if not request.has_all_statements:
        raise StatementMissing(_("All three statements must be made."), field="attests")
    met = categories.met(claim)
    if not categories.is_enough(met, kind=investor.kind):
        raise NotEnoughCriteria(
            _("%(met)s of %(needed)s criteria are met: that is not enough.")
            % {"met": len(met), "needed": categories.needed(investor.kind)},
            met=sorted(met),
        )
    return met


def _valid_until(
    qualification: Qualification, decision: Decision, at: dt.datetime
) -> dt.date | None:
    if not decision.is_granted or qualification.kind != Kind.SOPHISTICATED:
        return decision.valid_until
    return categories.last_day(clock.day_of(at))


def _as_json(claim: categories.Claim | None) -> dict[str, Any]:
    if claim is None:
        return {}
    told = {each.name: getattr(claim, each.name) for each in dataclasses.fields(claim)}
    return {
        name: str(value.amount) if isinstance(value, Money) else value
        for name, value in told.items()
    }


def _tell(found: Iterable[Qualification], template: str, at: dt.datetime) -> None:
    notices.send_many(
        notices=[
            notices.NewNotice(
                key=f"{template}:{each.pk}:{each.valid_until}",
                to=each.investor.email,
                language=each.investor.language,
                template=template,
                context={
                    "qualification": each,
                    "investor": each.investor,
                    "site": settings.SITE_URL,
                },
            )
            for each in found
        ],
        at=at,
    )
