"""What happens when a visitor of the demo lets a day or a quarter pass, or sends a pretended transfer.

Called by the pages of a demo alone. The bank and the cards act as in the story, tenants pay their
rents, statements are handed in by the system, and what the schedule does daily is done.
"""

import datetime as dt

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from backend.core import clock, jobs, periods
from backend.core.errors import Conflict
from backend.core.users import SYSTEM
from backend.demo.client import Client
from backend.demo.outside import Outside
from backend.demo.people import ORDINARY_IBAN, RESTRICTED_IBAN
from backend.demo.stage import known
from backend.ledger import seals
from backend.simulators.bank.ibans import synthetic_iban
from backend.simulators.bank.ledger import Transfer
from backend.treasury import reconciliation, statements
from campaigns import deadlines, figures, pledges
from campaigns.models import Pledge
from properties import nightly, rents, snapshots
from properties.models import RentCharge

STRIDE = dt.timedelta(days=7)


class NoWorld(Conflict):
    code = "demo.no_world"


class NothingToSend(Conflict):
    code = "demo.nothing_to_send"


def outside() -> Outside:
    """The stand-ins that `manage.py demo` started. Raises NoWorld without them."""
    if not (settings.DEMO and settings.DEMO_BANK_URL and settings.STRIPE_API_BASE):
        raise NoWorld(_("Only “manage.py demo” has a bank of its own."))
    return Outside(Client(settings.DEMO_BANK_URL), Client(settings.STRIPE_API_BASE))


def next_day() -> dt.date:
    """Let it be the next morning; return that day."""
    return _live_until(clock.today() + dt.timedelta(days=1))


def next_quarter() -> dt.date:
    """Let time pass, week by week, until some days into the next quarter: its figures are frozen."""
    begins_on = periods.following(periods.quarter_of(clock.today())).first_day
    goal = begins_on + dt.timedelta(days=5)
    while clock.today() + STRIDE < goal:
        _live_until(clock.today() + STRIDE)
    return _live_until(goal)


def send_transfer(pledge: Pledge) -> None:
    """Send what is missing of a pledge from the investor's pretended account, and reconcile at once.

    Raises NothingToSend, NoWorld.
    """
    missing = figures.of_pledge(pledge).shortfall
    account = pledge.campaign.restricted_account
    if account is None or not missing.amount > 0:
        raise NothingToSend(_("There is nothing to pay for this pledge."), pledge=pledge.pk)
    transfer = Transfer(
        account=account.iban,
        amount=f"{missing.amount:.2f}",
        name=pledge.investor.name,
        iban=pledge.investor.iban,
        reference=pledge.reference,
        key=f"visitor-{pledge.pk}-{missing.amount}",
    )
    outside().send([transfer])
    hand_in_statements(outside())


def hand_in_statements(world: Outside) -> None:
    """Take what the bank wrote and reconcile it now: a visitor is watching."""
    at = clock.now()
    for statement in world.statements((RESTRICTED_IBAN, ORDINARY_IBAN), known()):
        statements.upload(raw=statement.content, by=SYSTEM, at=at, name=f"{statement.name}.xml")
    jobs.drain(kind=reconciliation.JOB, at=at)


def _live_until(day: dt.date) -> dt.date:
    before = clock.today()
    at = clock.shift_to(day)
    world = outside()
    world.tell_time(at)
    _pay_rents(world)
    world.run_day()
    hand_in_statements(world)
    _do_daily_work(before, at)
    return day


def _do_daily_work(before: dt.date, at: dt.datetime) -> None:
    """What the worker's schedule does by the real clock, done by the demo's."""
    deadlines.end_offers(at=at)
    pledges.lapse_unpaid(at=at)
    rents.enqueue_month(month=clock.day_of(at), at=at)
    ended = periods.previous(periods.quarter_of(clock.day_of(at)))
    if before <= ended.last_day:
        snapshots.request_all(as_of=ended.last_day, at=at)
    nightly.run(on=clock.day_of(at), at=at)
    seals.seal(at=at)


def _pay_rents(world: Outside) -> None:
    """Tenants pay the rents that are due and that nobody paid yet."""
    due = RentCharge.objects.filter(month__lte=clock.today(), tenancy__ends_on=None)
    seen = due.annotate(received=Sum("expectation__allocations__amount"))
    waiting = seen.filter(received=None).select_related("expectation__bank_account", "tenancy")
    world.send(_rent(charge) for charge in waiting)


def _rent(charge: RentCharge) -> Transfer:
    expectation = charge.expectation
    return Transfer(
        account=expectation.bank_account.iban,
        amount=f"{expectation.amount.amount:.2f}",
        name=f"Contratto {charge.tenancy.contract_no} (sintetico)",
        iban=synthetic_iban(7000 + charge.tenancy_id),
        text=f"affitto {charge.month:%m/%Y}",
        reference=expectation.reference,
        key=f"rent-{charge.pk}",
    )
