"""The pages of investors as a browser sees them: what is missing first, each step one page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.models import User
from investors import onboarding
from investors.models import (
    Acknowledgement,
    Complaint,
    Conflict,
    IdentityCheck,
    Investor,
    KnowledgeTest,
    LossSimulation,
    Qualification,
)
from tests import undone
from tests.campaigns.scene import RIGHT_ANSWERS
from tests.cast import Cast
from tests.investors.people import register

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["it", "en"])


def browser(user: User | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:500]
    return str(answer.content.decode())


def known(cast: Cast) -> Investor:
    investor = register(cast)
    onboarding.introduce(investor=investor, organisation=cast.issuer)
    return investor


class TestEveryPage:
    @LANGUAGES
    def test_of_an_investor_opens(self, cast: Cast, language: str) -> None:
        investor, client = known(cast), browser(cast.investor, language)

        for name in ("details", "test", "simulation", "category", "people", "ties"):
            assert investor.name in text(client.get(reverse(f"profile-{name}", args=[investor.pk])))
        for name in ("profile", "profile-new", "complaints", "own-data", "simulation"):
            assert text(client.get(reverse(name)))

    @LANGUAGES
    def test_of_staff_opens(self, cast: Cast, language: str) -> None:
        investor, client = known(cast), browser(cast.owner, language)

        assert investor.name in text(client.get(reverse("desk-investors")))
        assert investor.name in text(client.get(reverse("desk-investor", args=[investor.pk])))
        assert text(client.get(reverse("complaint-desk")))

    def test_of_somebody_else_is_not_there(self, cast: Cast) -> None:
        investor = known(cast)

        for name in ("details", "test", "simulation", "category", "people", "ties"):
            path = reverse(f"profile-{name}", args=[investor.pk])
            assert browser(cast.other_investor).get(path).status_code == 404
        path = reverse("desk-investor", args=[investor.pk])
        assert browser(cast.stranger).get(path).status_code == 404


class TestProfile:
    def test_what_is_missing_stands_first(self, cast: Cast) -> None:
        register(cast)

        page = text(browser(cast.investor).get("/profile/"))

        assert page.index('class="missing"') < page.index("<h2>Also yours")
        assert "The identity was not checked yet." in page

    def test_it_switches_between_those_one_acts_for(self, cast: Cast) -> None:
        register(cast)
        body = register(cast, kind="entity", name="Fondazione Prova", tax_code="SYNTHETIC00B")

        page = text(browser(cast.investor).get(f"/profile/?investor={body.pk}"))

        assert "<h2>Fondazione Prova</h2>" in page
        assert "Anna Maria Neri" in page  # in the switch

    def test_a_warning_stays_until_it_is_read(self, cast: Cast) -> None:
        investor, client = register(cast), browser(cast.investor)
        path = reverse("profile-test", args=[investor.pk])
        client.post(path, {"form_token": "once"})
        client.post(path, {"form_token": "once"})
        test = KnowledgeTest.objects.get()
        assert "It may be inappropriate for you" in text(client.get("/profile/"))

        done = client.post(
            reverse("profile-acknowledge", args=[investor.pk]),
            {"subject": f"knowledge_test:{test.pk}"},
            follow=True,
        )

        assert "I have read this" not in text(done)
        assert Acknowledgement.objects.get().subject == f"knowledge_test:{test.pk}"

    def test_a_wrong_iban_keeps_what_was_typed(self, cast: Cast) -> None:
        investor, client = register(cast), browser(cast.investor)
        Investor.objects.update(is_synthetic=False)

        page = text(
            client.post(
                reverse("profile-details", args=[investor.pk]),
                {"iban": "IT60X0542811101000000123457", "shown_as": "initials"},
            )
        )

        assert "check digits of this IBAN are wrong" in page
        assert "IT60X0542811101000000123457" in page


class TestSteps:
    def test_test_and_simulation_are_taken(self, cast: Cast) -> None:
        investor, client = register(cast), browser(cast.investor)

        client.post(reverse("profile-test", args=[investor.pk]), RIGHT_ANSWERS)
        client.post(
            reverse("profile-simulation", args=[investor.pk]),
            {"labour": "30,000", "accounts": "20000", "keeps_components": "on"},
        )

        assert KnowledgeTest.objects.get().has_passed
        assert LossSimulation.objects.get().bearable_loss.amount == 5000
        again = text(client.get(reverse("profile-simulation", args=[investor.pk])))
        assert "30000" in again  # what was kept with consent is offered again

    def test_a_tie_is_declared(self, cast: Cast) -> None:
        investor = register(cast)

        browser(cast.investor).post(
            reverse("profile-ties", args=[investor.pk]),
            {"organisation": cast.issuer.pk, "tie": "manager"},
        )

        assert Conflict.objects.get().tie == "manager"

    def test_a_category_asked_for_in_haste_is_undone_from_the_message(self, cast: Cast) -> None:
        investor, mine = known(cast), browser(cast.investor)
        told = {
            "evidence": "CU 2025", "attests": "on", "gives_up_protection": "on",
            "is_liable": "on", "income": "60000", "trades": "9 9 9 13",
        }  # fmt: skip
        page = mine.post(reverse("profile-category", args=[investor.pk]), told, follow=True)

        mine.post(*undone.form(page))

        assert Qualification.objects.get().state == "withdrawn"

    def test_a_category_is_asked_for_decided_and_given_up(self, cast: Cast) -> None:
        investor, mine, staff = known(cast), browser(cast.investor), browser(cast.owner)
        told = {"evidence": "CU 2025", "attests": "on", "gives_up_protection": "on"}
        path = reverse("profile-category", args=[investor.pk])
        refused = text(mine.post(path, {**told, "is_liable": "on", "income": "60000"}))
        assert "1 of 2 criteria are met" in refused

        mine.post(path, {**told, "is_liable": "on", "income": "60000", "trades": "9 9 9 13"})
        asked = Qualification.objects.get()
        assert "Waiting for a decision" in text(staff.get(reverse("desk-investors")))
        staff.post(reverse("desk-qualification-decide", args=[asked.pk]), {"is_granted": "yes"})
        assert "Sophisticated investor" in text(mine.get("/profile/"))
        mine.post(reverse("profile-category-end", args=[asked.pk]))

        asked.refresh_from_db()
        assert asked.state == "ended"

    def test_staff_write_down_an_identity_check(self, cast: Cast) -> None:
        investor, staff = known(cast), browser(cast.owner)
        told = {
            "checked_by": "Banca",
            "checked_on": "2026-01-01",
            "valid_until": "2099-01-01",
            "is_identified": "yes",
        }

        staff.post(reverse("desk-investor-identity", args=[investor.pk]), told)

        assert IdentityCheck.objects.get().recorded_by == cast.owner


@pytest.mark.rule("R41")
@pytest.mark.rule("R41")
class TestSimulationTool:
    def test_it_works_without_an_account_and_keeps_nothing(self, cast: Cast) -> None:
        page = text(browser().post("/simulation/", {"labour": "30000", "housing": "8000"}))

        assert "€2,200" in page
        assert LossSimulation.objects.count() == 0


class TestComplaints:
    def test_from_the_template_to_the_answer(self, cast: Cast) -> None:
        mine, staff = browser(cast.investor), browser(cast.owner)
        mine.post(
            "/complaints/",
            {"organisation": cast.issuer.pk, "subject": "Rimborso", "text": "Manca."},
        )
        found = Complaint.objects.get()
        assert found.number in text(staff.get("/desk/complaints/"))
        no_day = staff.post(f"/complaints/{found.pk}/ruling/", {"is_admissible": "yes"})
        assert "Name the day" in text(no_day)

        staff.post(
            f"/complaints/{found.pk}/ruling/",
            {"is_admissible": "yes", "answer_due_on": "2099-01-01"},
        )
        staff.post(f"/complaints/{found.pk}/answer/", {"answer": "Partito ieri."})

        assert "Partito ieri." in text(mine.get(f"/complaints/{found.pk}/"))
        assert browser(cast.other_investor).get(f"/complaints/{found.pk}/").status_code == 404
