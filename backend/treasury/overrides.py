"""Take in a statement that does not add up, or bridge a gap between two: a reason, and two people.

What the bank's own balances show and no line tells becomes a line of its own. It is in suspense as any
other, so the books have what the bank has, and somebody must explain it. When the missing lines come
after all, a line that cancels it takes it away again. Without two people a file is refused whole.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import approvals, audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, AuditEvent
from backend.core.users import SYSTEM, Actor
from backend.treasury import bank_statements, identities, lines, statements
from backend.treasury.discrepancies import ReasonMissing
from backend.treasury.models import BankAccount, BankLine, BankStatement, StatementRefusal
from backend.treasury.parsed import ParsedFile, ParsedLine, ParsedStatement, WrongSum

FILE, GAP = "statement.accept", "statement.bridge"
ENDS = "bridge-end"


class NotToBeAccepted(Refused):
    code = "statement.not_to_be_accepted"


class NoGap(Conflict):
    code = "statement.no_gap"


def ask_for_file(*, refusal: StatementRefusal, by: Actor, at: dt.datetime, reason: str) -> Approval:
    """Ask for a file to be taken in although a statement in it does not add up.

    Raises NotToBeAccepted for what was refused for another cause, or was taken in meanwhile, and what
    `statements` raises: it is tried first, and taken back.
    """
    users.require(by, "statement.upload")
    _refuse_silent(reason)
    with transaction.atomic():
        accept_file(refusal, by=by, at=at)
        transaction.set_rollback(True)
    audit.record(action="statement.accept_asked", subject=refusal, by=by, at=at, reason=reason)
    return approvals.request(action=FILE, subject=refusal, by=by, at=at, note=reason.strip())


def accept_file(refusal: StatementRefusal, /, *, by: Actor, at: dt.datetime) -> list[BankStatement]:
    """Take in a refused file, with a line for what is missing of each statement."""
    if refusal.code != WrongSum.code or refusal.file.statements.exists():
        raise NotToBeAccepted(
            gettext_lazy("Only a file that does not add up, and was not taken in, is accepted."),
            refusal=refusal.pk,
        )
    with transaction.atomic():
        parsed = bank_statements.bridged(bank_statements.read(bytes(refusal.file.raw)), _words())
        made = statements.take_in_file(file=refusal.file, parsed=parsed, by=by, at=at)
        _remember(made, by, at)
    return made


def ask_for_gap(*, after: BankStatement, by: Actor, at: dt.datetime, reason: str) -> Approval:
    """Ask for the gap before a statement to be bridged, because the bank has no statement for it.

    Raises NoGap when it follows the one before it.
    """
    users.require(by, "statement.upload")
    _refuse_silent(reason)
    _gap(after)
    audit.record(action="statement.bridge_asked", subject=after, by=by, at=at, reason=reason)
    return approvals.request(action=GAP, subject=after, by=by, at=at, note=reason.strip())


def accept_gap(after: BankStatement, /, *, by: Actor, at: dt.datetime) -> list[BankStatement]:
    """Bridge the gap by a statement of one line: what the bank's balances say moved between."""
    gap = _gap(after)
    name = f"bridge:{gap.before.pk}:{after.pk}"
    between = ParsedStatement(
        statement_id=name,
        iban=after.account.iban,
        from_on=gap.before.to_on,
        to_on=after.from_on - dt.timedelta(days=1),
        opening=gap.before.closing,
        closing=after.opening,
        lines=(),
    )
    with transaction.atomic():
        parsed = bank_statements.bridged(ParsedFile("", (between,)), _words())
        made = statements.take_in(parsed=parsed, name=name, by=by, at=at)
        _remember(made, by, at)
    return made


def end_needless(*, account: BankAccount, at: dt.datetime) -> int:
    """Take away the bridges of an account whose missing lines came after all; how many. Repeatable."""
    events = AuditEvent.objects.filter(action=statements.BRIDGED, facts__account=account.pk)
    found = BankLine.objects.filter(pk__in=[event.facts["line"] for event in events])
    needless = [one for one in found.select_related("statement", "account") if _is_needless(one)]
    for one in needless:
        _end(one, at)
    return len(needless)


def end_job(payload: dict[str, int], *, at: dt.datetime) -> None:
    """What a file asks for that came to an account with bridges."""
    end_needless(account=BankAccount.objects.get(pk=payload["account"]), at=at)


def _is_needless(bridge: BankLine) -> bool:
    """Whether lines of its days that came later sum to it, and it was not ended yet."""
    end = identities.of_bank_id(_end_id(bridge), bridge.booked_on)
    if bridge.account.lines.filter(identity=end).exists():
        return False
    days = (bridge.statement.from_on, bridge.statement.to_on)
    later = bridge.account.lines.filter(statement__gt=bridge.statement_id, booked_on__range=days)
    came = later.exclude(bank_id__startswith=ENDS).aggregate(sum=Sum("amount"))["sum"]
    return bool(came == bridge.amount.amount)


def _end(bridge: BankLine, at: dt.datetime) -> None:
    name, day = _end_id(bridge), bridge.booked_on
    words = _("What was missing came after all.")
    line = ParsedLine(day, day, -bridge.amount, text=words, bank_id=name)
    told = ParsedStatement(name, bridge.account.iban, day, day, None, None, (line,))
    with transaction.atomic():
        parsed = ParsedFile("", (told,))
        (made,) = statements.take_in(parsed=parsed, name=name, by=SYSTEM, at=at)
        back = made.lines.select_related("account").get()
        # What somebody explained of the bridge stands; then the new line waits for a person.
        if lines.is_untouched(bridge):
            came, went = (bridge, back) if bridge.is_in else (back, bridge)
            lines.offset(came=came, went=went, by=SYSTEM, at=at, reason=line.text)


def _gap(after: BankStatement) -> statements.Gap:
    own = BankAccount.objects.filter(pk=after.account_id)
    found = [one for one in statements.gaps(own) if one.after.pk == after.pk]
    # Between two statements of one day nothing can lie: one of them is to be handed in again.
    if not found or found[0].before.to_on == after.from_on:
        raise NoGap(gettext_lazy("This statement follows the one before it."), statement=after.pk)
    return found[0]


def _remember(made: Sequence[BankStatement], by: Actor, at: dt.datetime) -> None:
    """Which lines no bank wrote: the trail, and what `end_needless` looks for."""
    bridges = BankLine.objects.filter(
        statement__in=made, bank_id__startswith=bank_statements.BRIDGE
    )
    for line in bridges.select_related("statement"):
        facts = {"line": line.pk, "account": line.account_id, "amount": str(line.amount.amount)}
        audit.record(action=statements.BRIDGED, subject=line.statement, by=by, at=at, facts=facts)


def _end_id(bridge: BankLine) -> str:
    return f"{ENDS}:{bridge.pk}"


def _words() -> str:
    return _("On no statement: the bank's balances show it.")


def _refuse_silent(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(gettext_lazy("Say why: the next person will ask."), field="reason")
