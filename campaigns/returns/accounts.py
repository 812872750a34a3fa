"""Another account than the one that money came from: told with a paper, checked, confirmed by another.

Whoever can make money go to an account of their own choice can steal it; so it takes a paper that
shows whose account it is, a person who says how that was checked, and a second one who agrees.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans

from backend.core import approvals, audit, documents, roles, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import Actor
from campaigns import refunds
from campaigns.models import Pledge, ReturnAccount
from investors import reads
from investors.models import Investor

CONFIRM = "return_account.confirm"
PLACE = "account to return money to"


class NotAnIban(Refused):
    code = "return_account.not_an_iban"


class EvidenceMissing(Refused):
    code = "return_account.evidence_missing"


class Confirmed(Conflict):
    code = "return_account.confirmed"


@dataclass(frozen=True)
class Told:
    """An account, whose it is, and the paper that shows it (PDF or picture)."""

    iban: str
    holder: str
    raw: bytes


def tellable(person: User) -> QuerySet[Pledge]:
    """The pledges for which a person may tell an account: those of investors one acts for, and for
    staff who check accounts those of their campaigns."""
    seen: QuerySet[Pledge] = Pledge.objects.visible_to(person)
    if roles.may(person, "return_account.check"):
        return seen
    return seen.filter(investor__in=Investor.objects.acted_for_by(person))


def tell(*, pledge: Pledge, told: Told, by: Actor, at: dt.datetime) -> ReturnAccount:
    """Write an account down; nothing goes there before two people confirmed it.

    The same account and paper again is the row that waits. Raises NotAnIban, TooLarge, NotAPaper.
    """
    if not ibans.is_valid(told.iban) or not told.holder.strip():
        raise NotAnIban(_("This is not an IBAN."), field="iban")
    paper, iban = documents.read(told.raw), ibans.compact(told.iban)
    with transaction.atomic():
        Pledge.objects.select_for_update(no_key=True).get(pk=pledge.pk)
        same = ReturnAccount.objects.filter(pledge=pledge, iban=iban, sha256=paper.sha256)
        known: ReturnAccount | None = same.filter(confirmed_at=None).first()
        if known is not None:
            return known
        account: ReturnAccount = ReturnAccount.objects.create(
            pledge=pledge,
            iban=iban,
            holder=told.holder.strip()[:70],
            content=told.raw,
            media_type=paper.media_type,
            sha256=paper.sha256,
            told_at=at,
            told_by_label=users.label(by),
        )
        audit.record(action="return_account.told", subject=account, by=by, at=at)
    return account


def note_shown(*, account: ReturnAccount, by: User, at: dt.datetime) -> None:
    """Write down that staff are shown whose account it is."""
    reads.note(investors=[account.pledge.investor], place=PLACE, by=by, at=at)


def check(*, account: ReturnAccount, evidence: str, by: User, at: dt.datetime) -> Approval:
    """Say how the account was checked, and ask a second person to confirm it.

    Raises EvidenceMissing, Confirmed.
    """
    users.require(by, "return_account.check")
    if not evidence.strip():
        raise EvidenceMissing(_("Say how you know whose account it is."), field="evidence")
    with transaction.atomic():
        waits = ReturnAccount.objects.filter(pk=account.pk, confirmed_at=None)
        if not waits.update(evidence=evidence.strip(), checked_by=by, checked_at=at):
            raise Confirmed(_("This account was confirmed before."), account=account.pk)
        account.refresh_from_db()
        return approvals.request(action=CONFIRM, subject=account, by=by, at=at, note=evidence)


def confirm(account: ReturnAccount, *, by: User, at: dt.datetime) -> ReturnAccount:
    """Let money of the pledge go there, and owe again what failed before; after an approval."""
    with transaction.atomic():
        # The one who checked last is on the row; the request may be older than that.
        won = ReturnAccount.objects.filter(pk=account.pk, confirmed_at=None)
        if account.checked_by_id == by.pk or not won.update(confirmed_by=by, confirmed_at=at):
            raise Confirmed(_("Another person must confirm it, once."), account=account.pk)
        audit.record(action="return_account.confirmed", subject=account, by=by, at=at)
        for refund in refunds.failed(account.pledge):
            refunds.ask_again(refund=refund, by=by, at=at)
    return account
