"""The taking in of a statement as work that one can follow: how many of its lines are recognised."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core import jobs
from backend.core.jobs import Standing
from backend.core.models import User
from backend.core.works import Work
from backend.treasury import reconciliation
from backend.treasury.models import BankLine, BankStatement, ReconciliationRun

KIND = "statement"


def find(user: User, key: str) -> Work | None:
    """The taking in of one of the person's statements, by its id."""
    if not key.isdecimal() or not user.may("line.view"):
        return None
    mine = BankStatement.objects.visible_to(user).select_related("account")
    one = mine.filter(pk=int(key)).first()
    return of(one) if one else None


def of(one: BankStatement) -> Work:
    """How far the look at a statement's lines is; its lines themselves were booked when it came."""
    lines = BankLine.objects.filter(statement=one)
    total, open_ = lines.count(), lines.unexplained().count()
    standing = looks(one)
    sentence = _("%(known)s of %(total)s lines are recognised.") % {
        "known": total - open_,
        "total": total,
    }
    rest = ngettext(
        "%(n)s line waits for a person.", "%(n)s lines wait for a person.", open_
    ) % {"n": open_}  # fmt: skip
    return Work(
        title=_("Bank statement: %(account)s") % {"account": one.account.name},
        sentence=sentence,
        more=rest if open_ and not standing.waiting else "",
        done=total - open_,
        due=total,
        jobs=standing,
        next_url=reverse("treasury-lines" if open_ else "treasury-statements"),
        next_label=_("Unexplained lines") if open_ else _("Bank statements"),
    )


def looks(one: BankStatement) -> Standing:
    """The jobs that look at a holder's lines: the one a file asked for, and those of runs under way."""
    holder = one.account.holder_id
    runs = ReconciliationRun.objects.filter(
        holder=holder, finished_at=None, is_dry_run=False, ran_at__gte=one.imported_at
    )
    asked = jobs.standing(reconciliation.JOB, key=reconciliation.key_of(one.file_id, holder))
    under_way = list(runs.values_list("pk", flat=True))
    return asked + (
        jobs.standing(reconciliation.JOB, payload__run__in=under_way) if under_way else Standing()
    )


def newest_at_work(user: User) -> tuple[BankStatement, Work] | None:
    """The statement that came last, while its lines are looked at."""
    mine = BankStatement.objects.visible_to(user).select_related("account")
    one = mine.order_by("-imported_at", "-id").first()
    if one is None or not looks(one).waiting:
        return None
    return one, of(one)
