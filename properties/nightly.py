"""What the nights do: check plans, count what expires, remove what must go, watch what must stay.

Each job is repeatable and reports counts alone; a dry run does all of it and takes it back.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import transaction

from campaigns.programmes import evidence
from properties import repayments, retention
from properties.models import Consent, NightlyRun, Tenancy

Job = Callable[..., dict[str, int]]


def expiries(*, on: dt.date, at: dt.datetime) -> dict[str, int]:
    """Count what has come to its end and asks for somebody: the worktray shows each of them."""
    soon = on + dt.timedelta(days=90)
    return {
        "consents_over": Consent.objects.filter(ends_on__lte=on, removed_on=None).count(),
        "contracts_ending": Tenancy.objects.filter(ends_on__gt=on, ends_on__lte=soon).count(),
    }


JOBS: dict[str, Job] = {
    "plans": repayments.check_all,
    "expiries": expiries,
    retention.KIND: retention.purge,
    "evidence": evidence.judge_all,
}


class Unfinished(Exception):
    """Parts of a night failed; `found` are the counts of the others, which are done."""

    def __init__(self, found: dict[str, dict[str, int]], problems: Mapping[str, Exception]) -> None:
        super().__init__(", ".join(f"{kind}: {problem}" for kind, problem in problems.items()))
        self.found = found


class _TakenBack(Exception):
    """Ends a dry run's transaction; nobody sees it."""


def run(
    *, on: dt.date, at: dt.datetime, dry_run: bool = False, jobs: Mapping[str, Job] = JOBS
) -> dict[str, dict[str, int]]:
    """Do every job of a night, each for itself; counts by job. The same day again finds nothing left.

    Raises Unfinished when all were tried, if one of them failed: what the others did stands.
    """
    found: dict[str, dict[str, int]] = {}
    problems: dict[str, Exception] = {}
    for kind, job in jobs.items():
        try:
            with transaction.atomic():
                found[kind] = job(on=on, at=at)
                _keep(kind, on, found[kind], at)
                if dry_run:
                    raise _TakenBack
        except _TakenBack:
            pass
        except Exception as problem:  # whatever it is, it is this job's alone
            found.pop(kind, None)
            problems[kind] = problem
    if problems:
        raise Unfinished(found, problems) from ExceptionGroup("a night", list(problems.values()))
    return found


def _keep(kind: str, on: dt.date, counts: dict[str, int], at: dt.datetime) -> None:
    """The first run of a day is the one that tells: what a second one finds is what was left."""
    NightlyRun.objects.get_or_create(kind=kind, on=on, defaults={"counts": counts, "at": at})
