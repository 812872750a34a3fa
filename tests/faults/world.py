"""What a child process of the fault tests does with the application: build the world, check the books.

`python -m tests.faults.world build|ask|check|pay|prove ...`; everything it calls is a public rule.
"""

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be ready first

from backend.benches import standing  # noqa: E402
from backend.benches import statements as statements_bench  # noqa: E402
from backend.core import clock, jobs  # noqa: E402
from backend.core.users import SYSTEM  # noqa: E402
from backend.ledger import checks  # noqa: E402
from backend.ledger.accounts import AccountSpec, open_many  # noqa: E402
from backend.treasury import expectations, statements  # noqa: E402
from backend.treasury.models import Expectation  # noqa: E402
from campaigns.provider import proofs  # noqa: E402
from tests import cast as casts  # noqa: E402
from tests.faults.load import AMOUNT, Load  # noqa: E402
from tests.treasury import house as houses  # noqa: E402


def build(count: str) -> None:
    """Migrate; an issuer with a bank account, and `count` pledges that wait for their transfers."""
    call_command("migrate", verbosity=0)
    cast = casts.gather()
    house = houses.build(cast.issuer)
    casts.api_key(cast.finance, "faults")
    numbers = range(int(count))
    open_many([AccountSpec(f"payer:{number}", "payer", house.raised) for number in numbers])
    held = house.held
    specs = [house.pledge(number, f"{AMOUNT}.00", target=held) for number in numbers]
    opened = expectations.open_many(specs, at=clock.now())
    sys.stdout.write("\n".join(one.reference for one in opened))


def pay(number: str, files: str) -> None:
    """Hand in one of so many statements that bring what the pledges wait for, and work it off."""
    waiting = Expectation.objects.order_by("id").values_list("reference", flat=True)
    papers = list(Load(len(waiting), int(files)).papers(list(waiting)))
    statements.upload(raw=papers[int(number)], by=SYSTEM, at=clock.now())
    jobs.drain_all(at=clock.now())


def ask(count: str) -> None:
    """A raise of so many investors, its figures published, and their reports asked for."""
    campaign, investor = standing.world(int(count) + 1)
    standing.stand(campaign, investor, int(count) + 1, every_waiting=int(count) + 1)
    statements_bench.allot(campaign)
    statements_bench.ask(statements_bench.published(campaign))


def check() -> None:
    """Every check of the books; what does not hold, a line each."""
    for one in checks.run():
        for problem in one.problems:
            sys.stdout.write(f"{one.name}: {problem}\n")


def prove() -> None:
    """Ask the provider whether its balance is that of the books."""
    proofs.prove(by=SYSTEM, at=clock.now())


if __name__ == "__main__":
    acts: dict[str, Callable[..., None]] = {
        "build": build, "check": check, "pay": pay, "prove": prove, "ask": ask,
    }  # fmt: skip
    acts[sys.argv[1]](*sys.argv[2:])
