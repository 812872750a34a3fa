"""The desk's pages: the queue with filters, a difference with its trail, parts, write-offs, undoing."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import User
from backend.treasury.models import BankLine, DeskAct, Discrepancy
from tests import undone
from tests.cast import Cast
from tests.treasury.desk.scene import line
from tests.treasury.house import House, Owner

pytestmark = pytest.mark.money


def browser(user: User) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(user)
    return one


@pytest.fixture
def finance(cast: Cast) -> Client:
    return browser(cast.finance)


def read(by: Client, name: str, *args: int, query: str = "") -> str:
    return by.get(reverse(name, args=args) + query).content.decode()


class TestQueue:
    def test_is_filtered_and_keeps_what_was_asked(self, house: House, finance: Client) -> None:
        line(house, "10.00")
        line(house, "99.00")

        page = read(finance, "treasury-differences", query="?least=50&owner=nobody")

        assert ("99.00" in page, "10.00" in page) == (True, False)
        assert 'value="50"' in page

    def test_shows_everything_for_nonsense(self, house: House, finance: Client) -> None:
        line(house, "10.00")

        assert "10.00" in read(finance, "treasury-differences", query="?least=x&kind=y")


class TestItem:
    def test_shows_line_guesses_and_trail(self, house: House, finance: Client) -> None:
        expected = house.expect(1)
        line(house, "500.00", at=house.restricted)
        pk = Discrepancy.objects.get().pk
        finance.post(reverse("treasury-note", args=[pk]), {"text": "Asked the bank."})

        page = read(finance, "treasury-difference", pk)

        assert expected.reference in page
        assert "senza riferimento" in page
        assert "Asked the bank." in page

    def test_is_given_to_a_colleague(self, house: House, finance: Client, cast: Cast) -> None:
        line(house, "10.00")
        one = Discrepancy.objects.get()

        finance.post(reverse("treasury-give", args=[one.pk]), {"owner": cast.owner.pk})

        one.refresh_from_db()
        assert one.owner == cast.owner
        assert "Owner" in read(finance, "treasury-difference", one.pk)

    def test_offers_an_auditor_nothing_to_do(self, house: House, cast: Cast) -> None:
        line(house, "10.00")

        page = read(browser(cast.auditor), "treasury-difference", Discrepancy.objects.get().pk)

        assert 'method="post" action="/treasury/' not in page

    def test_is_not_there_for_strangers(self, house: House, cast: Cast) -> None:
        line(house, "10.00")
        address = reverse("treasury-difference", args=[Discrepancy.objects.get().pk])

        assert browser(cast.stranger).get(address).status_code == 404


class TestSplit:
    def said(self, house: House) -> dict[str, str]:
        """Two of five parts, with a reason."""
        return {
            "form-TOTAL_FORMS": "5",
            "form-INITIAL_FORMS": "0",
            "form-0-amount": "500.00",
            "form-0-reference": house.pledge(1).reference.lower(),
            "form-1-amount": "10.00",
            "form-1-fund": str(house.raised.pk),
            "form-1-payer": "Anna",
            "reason": "One transfer for two things.",
        }

    def test_books_the_parts(self, house: House, owner: Owner, finance: Client) -> None:
        house.expect(1)
        one = line(house, "510.00", at=house.restricted)
        assert "510.00" in read(finance, "treasury-split", one.pk)

        finance.post(reverse("treasury-split", args=[one.pk]), self.said(house))

        assert DeskAct.objects.get().kind == "split"
        assert owner.told == [("pledge:1", "500.00")]

    def test_says_beside_the_form_what_is_wrong(
        self, house: House, owner: Owner, finance: Client
    ) -> None:
        one = line(house, "510.00", at=house.restricted)

        answer = finance.post(reverse("treasury-split", args=[one.pk]), self.said(house))

        assert "Nothing is expected here under this reference." in answer.content.decode()
        assert not DeskAct.objects.exists()


class TestUndo:
    def test_brings_back_what_was_written_off(self, house: House, finance: Client) -> None:
        one = line(house, "0.02")
        said = {"fund": house.own.pk, "reason": "Rounding."}
        finance.post(reverse("treasury-write-off", args=[one.pk]), said)
        act = DeskAct.objects.get()
        page = read(finance, "treasury-difference", Discrepancy.objects.get().pk)
        assert "written off" in page

        finance.post(reverse("treasury-undo", args=[act.pk]), {"reason": "Found it."})

        assert BankLine.objects.unexplained().get() == one

    def test_of_what_was_just_explained_stands_beside_the_message(
        self, house: House, finance: Client
    ) -> None:
        one = line(house, "10.00")
        said = {"fund": house.own.pk, "payer": "Soci", "reason": "Contribution."}
        page = finance.post(reverse("treasury-line", args=[one.pk]), said, follow=True)
        assert not BankLine.objects.unexplained().exists()

        undone_page = finance.post(*undone.form(page), follow=True)

        assert BankLine.objects.unexplained().get() == one
        assert undone_page.redirect_chain == [(reverse("treasury-line", args=[one.pk]), 302)]
        assert not undone.forms(undone_page)

    def test_is_not_offered_for_what_an_owner_was_told_of(
        self, house: House, owner: Owner, finance: Client
    ) -> None:
        expected, one = house.expect(1), line(house, "500.00", at=house.restricted)

        page = finance.post(reverse("treasury-accept", args=[one.pk, expected.pk]), follow=True)

        assert "The line is explained." in page.content.decode()
        assert not undone.forms(page)

    def test_gives_a_difference_back_to_whom_it_was_with(
        self, house: House, finance: Client, cast: Cast
    ) -> None:
        line(house, "10.00")
        one = Discrepancy.objects.get()
        address = reverse("treasury-give", args=[one.pk])
        page = finance.post(address, {"owner": cast.owner.pk}, follow=True)

        finance.post(*undone.form(page))

        one.refresh_from_db()
        assert one.owner is None

    def test_of_a_large_act_says_that_another_must_agree(
        self, house: House, finance: Client
    ) -> None:
        one = line(house, "30000.00")
        said = {"fund": house.own.pk, "payer": "Soci", "reason": "Contribution."}

        page = finance.post(reverse("treasury-line", args=[one.pk]), said, follow=True)

        assert "when another person agrees" in page.content.decode()
        assert not undone.forms(page)
        assert "waits for another person" in read(finance, "treasury-line", one.pk)
