"""The pages of treasury: finance hands in a statement, explains a line, resolves a difference."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.core.models import User
from backend.treasury.models import Allocation, BankLine, Discrepancy
from tests.cast import Cast
from tests.treasury.files import Move, paper
from tests.treasury.house import House, Owner

pytestmark = pytest.mark.money


def browser(user: User) -> Client:
    one = Client(headers={"Accept-Language": "en"})
    one.force_login(user)
    return one


@pytest.fixture
def finance(cast: Cast) -> Client:
    return browser(cast.finance)


def upload(by: Client, raw: bytes) -> str:
    file = SimpleUploadedFile("march.xml", raw, "text/xml")
    return by.post(reverse("treasury-statements"), {"file": file}, follow=True).content.decode()


@pytest.fixture
def desk(house: House, owner: Owner) -> House:
    """One of each: less, more, paid again, and a line without a reference that looks like Anna's."""
    for number in (1, 2, 3, 4):
        house.expect(number)
    ref = [house.pledge(number).reference for number in (1, 2, 3)]
    house.bank(
        Move("200.00", ref[0]),
        Move("600.00", ref[1]),
        Move("500.00", ref[2]),
        Move("500.00", ref[2]),
        Move("500.00", "senza causale"),
    )
    house.run()
    return house


class TestStatements:
    def test_are_handed_in(self, house: House, finance: Client) -> None:
        page = upload(finance, paper(Move("500.00")))

        assert BankLine.objects.count() == 1
        assert "500" in page

    def test_that_do_not_add_up_say_so_beside_the_form(self, house: House, finance: Client) -> None:
        page = upload(finance, paper(Move("500.00"), closing="1.00"))

        assert "-499.00" in page
        assert "march.xml" in page

    def test_show_their_lines(self, desk: House, finance: Client) -> None:
        statement = BankLine.objects.latest("id").statement

        page = finance.get(reverse("treasury-statement", args=[statement.pk]))

        assert page.content.decode().count("Anna Verdi") == 5


class TestLine:
    def test_is_explained_by_hand(self, house: House, finance: Client) -> None:
        house.bank(Move("80.00", "apporto"), at=house.ordinary)
        address = reverse("treasury-line", args=[BankLine.objects.get().pk])

        finance.post(
            address,
            {"fund": house.own.pk, "payer": "Soci", "amount": "30,00", "reason": "Contribution."},
        )

        assert [f"{one.amount.amount:.2f}" for one in Allocation.objects.all()] == ["30.00"]

    def test_keeps_what_was_typed_when_it_is_refused(self, house: House, finance: Client) -> None:
        house.bank(Move("80.00", "apporto"), at=house.ordinary)
        address = reverse("treasury-line", args=[BankLine.objects.get().pk])

        page = finance.post(
            address, {"fund": house.raised.pk, "payer": "Soci di Torino", "reason": "Whose?"}
        )

        assert page.status_code == 200
        assert "Soci di Torino" in page.content.decode()
        assert not Allocation.objects.exists()

    def test_is_booked_to_who_was_recognised(
        self, desk: House, finance: Client, owner: Owner
    ) -> None:
        line = BankLine.objects.latest("id")
        expected = desk.expect(4)

        finance.post(reverse("treasury-accept", args=[line.pk, expected.pk]))

        assert owner.told[-1] == ("pledge:4", "500.00")

    def test_is_explained_by_the_line_that_sends_it_back(
        self, desk: House, finance: Client
    ) -> None:
        desk.bank(Move("-100.00", "restituzione"))
        went = BankLine.objects.latest("id")
        address = reverse("treasury-line", args=[went.pk])
        (came,) = finance.get(address).context["opposites"]

        finance.post(reverse("treasury-offset", args=[went.pk, came.pk]))

        assert came.amount.amount == 600
        assert not BankLine.objects.unexplained().filter(pk__in=[came.pk, went.pk])

    def test_is_taken_back(self, house: House, finance: Client) -> None:
        house.bank(Move("80.00", "apporto"), at=house.ordinary)
        pk = BankLine.objects.get().pk
        said = {"fund": house.own.pk, "payer": "Soci", "reason": "Contribution."}
        finance.post(reverse("treasury-line", args=[pk]), said)
        made = Allocation.objects.get()

        finance.post(
            reverse("treasury-take-back", args=[pk]), {"allocation": made.pk, "reason": "Wrong."}
        )

        assert Allocation.objects.latest("id").reverses == made


class TestDesk:
    def test_lists_each_difference(self, desk: House, finance: Client) -> None:
        page = finance.get(reverse("treasury-differences")).content.decode()

        assert page.count('Who looks after it">') == 4

    def test_shows_one_kind(self, desk: House, finance: Client) -> None:
        page = finance.get(reverse("treasury-differences") + "?kind=over").content.decode()

        assert page.count('Who looks after it">') == 1

    def test_resolves_with_a_reason(self, desk: House, finance: Client) -> None:
        short = Discrepancy.objects.get(kind="short")

        finance.post(reverse("treasury-resolve", args=[short.pk]), {"reason": "Waived."})

        short.refresh_from_db()
        assert short.resolution == "Waived."


class TestRuns:
    def test_are_started_and_shown(self, desk: House, finance: Client) -> None:
        page = finance.post(reverse("treasury-runs"), {"dry_run": "1"}, follow=True)

        assert page.redirect_chain
        assert "100.00" in page.content.decode()


class TestAccess:
    pages = ("treasury", "treasury-statements", "treasury-lines", "treasury-differences")

    @pytest.mark.parametrize("name", [*pages, "treasury-runs"])
    def test_is_for_those_who_may(self, desk: House, cast: Cast, name: str) -> None:
        address = reverse(name)

        assert browser(cast.auditor).get(address).status_code == 200
        assert browser(cast.caseworker).get(address).status_code == 403
        assert Client().get(address).status_code == 302

    def test_is_404_for_what_is_not_theirs(self, desk: House, cast: Cast) -> None:
        stranger, line = browser(cast.stranger), BankLine.objects.latest("id")

        assert stranger.get(reverse("treasury-line", args=[line.pk])).status_code == 404
        assert (
            stranger.get(reverse("treasury-statement", args=[line.statement_id])).status_code == 404
        )

    def test_an_auditor_starts_nothing(self, desk: House, cast: Cast) -> None:
        assert browser(cast.auditor).post(reverse("treasury-runs")).status_code == 403


class TestBooks:
    def test_are_open_to_all_and_name_no_account(self, desk: House) -> None:
        page = Client().get(reverse("books-check"))

        assert page.status_code == 200
        assert desk.restricted.iban not in page.content.decode()
