"""What a visitor of the demo may make happen: a day, a quarter, a pretended transfer."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from backend.core import clock
from backend.demo import people, world
from backend.demo.client import close_lines
from backend.demo.people import ORDINARY_IBAN, RESTRICTED_IBAN
from backend.simulators.bank.ledger import Bank, Transfer
from backend.simulators.bank.service import routes_of as bank_routes
from backend.simulators.stripe.account import Account, Rates
from backend.simulators.stripe.service import routes_of as stripe_routes
from backend.simulators.stripe.store import Store
from backend.treasury.models import BankLine, BankStatement
from campaigns import figures
from campaigns.models import Pledge
from properties.models import Snapshot
from tests.campaigns import scene as scenes
from tests.cast import Cast
from tests.simulators.conftest import serving

MONDAY = dt.date(2026, 3, 30)


@pytest.fixture
def stand_ins(db: None, settings: Settings) -> Iterator[Bank]:
    """A demo that nobody peopled yet: bank and cards, on a Monday at the end of a quarter."""
    settings.DEMO = True
    kept, store = Bank(), Store()
    with (
        serving(bank_routes(kept).answer) as bank_line,
        serving(stripe_routes(Account(store, Rates())).answer) as stripe_line,
    ):
        settings.DEMO_BANK_URL, settings.STRIPE_API_BASE = bank_line.url, stripe_line.url
        clock.shift_to(MONDAY)
        for iban in (RESTRICTED_IBAN, ORDINARY_IBAN):
            kept.open_account(iban, people.ISSUER)
        kept.tell_time(clock.now())
        yield kept
        close_lines()
    kept.close()
    store.close()


@pytest.fixture
def bank(stand_ins: Bank) -> Bank:
    """A demo under way, with its people."""
    people.gather(clock.now())
    return stand_ins


def pledged(cast: Cast) -> Pledge:
    """Somebody's pledge in an open campaign, not paid."""
    scene = scenes.build(cast)
    scene.day = MONDAY
    return scene.pledge(scene.open_campaign())


class TestNextDay:
    def test_the_clock_moves_for_us_and_for_the_bank(self, bank: Bank) -> None:
        world.next_day()

        assert clock.today() == bank.today() == MONDAY + dt.timedelta(days=1)

    def test_what_the_bank_wrote_is_handed_in_once(self, bank: Bank) -> None:
        bank.book(Transfer(ORDINARY_IBAN, "100.00", "Qualcuno"))

        world.next_day()
        world.next_day()

        assert BankStatement.objects.count() == 1
        assert BankLine.objects.get().amount.amount == 100


class TestNextQuarter:
    def test_some_days_into_the_next_one(self, bank: Bank) -> None:
        assert world.next_quarter() == dt.date(2026, 4, 6) == clock.today()

    def test_without_homes_nothing_is_frozen(self, bank: Bank) -> None:
        world.next_quarter()

        assert not Snapshot.objects.exists()


class TestButtons:
    def test_anyone_may_let_a_day_pass(self, bank: Bank, client: Client) -> None:
        answer = client.post(reverse("demo-next-day"))

        assert answer.status_code == 302
        assert clock.today() == MONDAY + dt.timedelta(days=1)

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["demo-next-day", "demo-next-quarter"])
    def test_outside_a_demo_there_is_no_such_page(self, client: Client, name: str) -> None:
        assert client.post(reverse(name)).status_code == 404

    def test_a_pretended_transfer_pays_the_pledge_once(
        self, stand_ins: Bank, client: Client, cast: Cast
    ) -> None:
        pledge = pledged(cast)
        client.force_login(pledge.investor.representations.get().user)
        button = reverse("demo-transfer", args=[pledge.pk])

        assert button in client.get(reverse("pledge", args=[pledge.pk])).content.decode()
        client.post(button)
        again = client.post(button, follow=True, headers={"accept-language": "en"})

        assert figures.of_pledge(pledge).paid == pledge.amount
        assert [line.amount for line in BankLine.objects.all()] == [pledge.amount]
        assert "There is nothing to pay" in again.content.decode()

    def test_nobody_pretends_for_another(self, stand_ins: Bank, client: Client, cast: Cast) -> None:
        pledge = pledged(cast)
        client.force_login(cast.investor)

        answer = client.post(reverse("demo-transfer", args=[pledge.pk]))

        assert answer.status_code == 404
        assert not BankLine.objects.exists()

    def test_without_stand_ins_it_says_so(
        self, bank: Bank, client: Client, settings: Settings
    ) -> None:
        settings.DEMO_BANK_URL = ""

        answer = client.post(reverse("demo-next-day"), follow=True)

        assert "manage.py demo" in answer.content.decode()
