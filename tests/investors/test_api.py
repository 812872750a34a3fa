"""The API of investors: what each may do and see, from the profile to the answer of a complaint."""

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from backend.core import clock
from backend.core.models import User
from investors import onboarding
from investors.models import Investor, LossSimulation
from tests.campaigns.scene import RIGHT_ANSWERS
from tests.cast import Cast
from tests.investors.people import BODY, register

pytestmark = pytest.mark.django_db


def ask(user: User | None, method: str, path: str, body: Any = None) -> Any:
    client = APIClient(headers={"accept-language": "en"})
    client.force_authenticate(user)
    return client.generic(
        method, f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json"
    )


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture
def investor(cast: Cast) -> Investor:
    made = register(cast)
    onboarding.introduce(investor=made, organisation=cast.issuer)
    return made


class TestProfile:
    def test_a_foreigner_registers_with_country_and_number(self, cast: Cast) -> None:
        told = {"name": "Jan", "tax_country": "NL", "foreign_tax_number": "123456782"}

        made = ask(cast.investor, "POST", "investors/", told | {"born_on": "1980-05-01"})

        assert made.status_code == 201, made.content
        assert made.json()["tax_country"] == "NL"

    def test_a_wrong_check_letter_is_said(self, cast: Cast) -> None:
        told = {"name": "Mario", "tax_code": "RSSMRA85T10A562T"}

        refused = ask(cast.investor, "POST", "investors/", told)

        assert refused.status_code == 422
        assert refused.json()["code"] == "investor.tax_code"
        assert "check letter" in refused.json()["detail"]

    def test_the_public_name_is_chosen(self, cast: Cast, investor: Investor) -> None:
        path = f"investors/{investor.pk}/"

        changed = ask(cast.investor, "PATCH", path, {"shown_as": "initials"})

        assert changed.json()["shown_as"] == "initials"
        assert ask(cast.owner, "PATCH", path, {"shown_as": "name"}).status_code == 404


class TestInvestorList:
    def test_costs_the_same_however_many(
        self, cast: Cast, django_assert_max_num_queries: object
    ) -> None:
        for number in range(6):
            onboarding.register(
                profile=onboarding.Profile(
                    kind="person",
                    name=f"Anna {number}",
                    tax_code=f"SYNTHETIC{number:07d}",
                    email=f"anna-{number}@example.org",
                    is_synthetic=True,
                ),
                user=cast.investor,
                by=cast.investor,
                at=clock.now(),
            )

        with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture's context
            listed = ask(cast.investor, "GET", "investors/").json()

        assert listed["count"] == 6
        assert {each["category"] for each in listed["results"]} == {"non_sophisticated"}


class TestRepresentations:
    def test_another_user_is_named_and_ended(self, cast: Cast) -> None:
        body = register(cast, **BODY)
        path = f"investors/{body.pk}/representations/"
        told = {"email": cast.other_investor.email, "kind": "delegate", "evidence": "Procura"}

        named = ask(cast.investor, "POST", path, told).json()
        assert ask(cast.other_investor, "GET", path).json()["count"] == 2
        ended = ask(cast.investor, "POST", f"representations/{named['id']}/end/")

        assert ended.json()["ended_at"]
        assert ask(cast.other_investor, "GET", path).status_code == 404


class TestIdentity:
    def test_staff_write_it_and_the_investor_reads_it(self, cast: Cast, investor: Investor) -> None:
        path = f"investors/{investor.pk}/identity-checks/"
        told = {"checked_by": "Banca", "checked_on": "2026-01-01", "valid_until": "2099-01-01"}
        assert ask(cast.investor, "POST", path, told).status_code == 403
        assert ask(cast.stranger, "POST", path, told).status_code == 404

        assert ask(cast.owner, "POST", path, told).status_code == 201

        assert ask(cast.investor, "GET", path).json()["count"] == 1
        assert ask(cast.investor, "GET", f"investors/{investor.pk}/").json()["identified"]


class TestQualifications:
    def test_asked_granted_and_ended(self, cast: Cast, investor: Investor) -> None:
        path = f"investors/{investor.pk}/qualifications/"
        statements = dict.fromkeys(("attests", "gives_up_protection", "is_liable"), True)
        told = {"kind": "sophisticated", "evidence": "CU", "income": money("60000.00")}

        early = ask(cast.investor, "POST", path, told | statements)
        assert early.json()["code"] == "qualification.not_enough_criteria"
        asked = ask(cast.investor, "POST", path, told | statements | {"months_in_finance": 12})
        ruling = f"qualifications/{asked.json()['id']}/decision/"
        assert ask(cast.investor, "POST", ruling, {"is_granted": True}).status_code == 403
        assert ask(cast.owner, "POST", ruling, {"is_granted": True}).json()["state"] == "granted"

        me = ask(cast.investor, "GET", "me/").json()["investors"][0]
        assert me["category"] == "sophisticated"
        end = f"qualifications/{asked.json()['id']}/end/"
        assert ask(cast.stranger, "POST", end, {"reason": "x"}).status_code == 404
        assert ask(cast.investor, "POST", end, {"reason": "New job"}).json()["state"] == "ended"

    def test_a_request_is_taken_back_before_it_is_decided(
        self, cast: Cast, investor: Investor
    ) -> None:
        told = {"kind": "mifid_professional", "evidence": "letter"}
        asked = ask(cast.investor, "POST", f"investors/{investor.pk}/qualifications/", told).json()
        path = f"qualifications/{asked['id']}/withdraw/"

        assert ask(cast.stranger, "POST", path).status_code == 404
        assert ask(cast.investor, "POST", path).json()["state"] == "withdrawn"
        assert ask(cast.investor, "POST", path).status_code == 409


class TestAssessments:
    def test_a_test_sent_twice_is_one(self, cast: Cast, investor: Investor) -> None:
        told = {"answers": RIGHT_ANSWERS, "form_token": "once"}
        path = f"investors/{investor.pk}/knowledge-test/"

        first, again = (ask(cast.investor, "POST", path, told).json() for _ in range(2))

        assert first["id"] == again["id"]
        assert first["outcome"] == "sufficient"

    def test_the_tool_works_for_anyone_and_keeps_nothing(self, cast: Cast) -> None:
        told = {"labour": money("30000.00"), "housing": money("40000.00")}

        found = ask(None, "POST", "loss-simulation/", told).json()

        assert (found["net_worth"], found["loss"]) == (money("-10000.00"), money("0.00"))
        assert LossSimulation.objects.count() == 0

    def test_a_result_is_received_in_the_words_that_were_shown(
        self, cast: Cast, investor: Investor
    ) -> None:
        path = f"investors/{investor.pk}/"
        made = ask(
            cast.investor, "POST", f"{path}loss-simulation/", {"labour": money("30000.00")}
        ).json()

        given = ask(
            cast.investor,
            "POST",
            f"{path}acknowledgements/",
            {"subject": f"loss_simulation:{made['id']}"},
        ).json()

        texts = ask(None, "GET", "warnings/").json()["texts"]
        (shown,) = given
        said = {(each["kind"], each["version"]): each["text"] for each in texts}
        assert "3,000.00" in shown["text"]
        assert shown["amounts"] == {"net_worth": "30000.00", "loss": "3000.00"}
        assert "%(loss)s" in said[(shown["kind"], shown["version"])]


class TestComplaintsAndTies:
    def test_a_complaint_goes_its_way(self, cast: Cast) -> None:
        told = {"organisation": cast.issuer.pk, "subject": "Rimborso", "text": "Manca."}
        left = ask(cast.investor, "POST", "complaints/", told).json()
        path = f"complaints/{left['id']}/"
        yes = {"is_admissible": True, "answer_due_on": "2099-01-01"}

        assert ask(cast.stranger, "POST", f"{path}ruling/", yes).status_code == 404
        assert ask(cast.owner, "POST", f"{path}ruling/", yes).json()["state"] == "admissible"
        ask(cast.owner, "POST", f"{path}answer/", {"answer": "Arriva."})

        assert ask(cast.investor, "GET", path).json()["answer"] == "Arriva."
        assert ask(cast.other_investor, "GET", path).status_code == 404

    def test_a_complaint_is_taken_back_by_its_author_alone(self, cast: Cast) -> None:
        told = {"organisation": cast.issuer.pk, "subject": "Rimborso", "text": "Manca."}
        left = ask(cast.investor, "POST", "complaints/", told).json()
        path = f"complaints/{left['id']}/withdraw/"

        assert ask(cast.owner, "POST", path).status_code == 404
        assert ask(cast.investor, "POST", path).json()["state"] == "withdrawn"
        assert ask(cast.investor, "POST", path).status_code == 409

    def test_a_tie_is_declared_and_ended(self, cast: Cast, investor: Investor) -> None:
        path, told = f"investors/{investor.pk}/conflicts/", {"organisation": cast.issuer.pk}

        declared = ask(cast.investor, "POST", path, told | {"tie": "employee"}).json()
        ended = ask(cast.investor, "POST", f"conflicts/{declared['id']}/end/")

        assert ended.json()["until"]
        assert ask(cast.owner, "GET", path).json()["count"] == 1


class TestOwnData:
    def test_it_is_ones_own_alone_and_goes_only_when_confirmed(
        self, cast: Cast, investor: Investor
    ) -> None:
        told = ask(cast.investor, "GET", "own-data/").json()["sections"]
        assert told["investors"][0]["name"] == investor.name
        assert ask(cast.other_investor, "GET", "own-data/").json()["sections"]["investors"] == []

        early = ask(cast.investor, "POST", "own-data/erasure/", {"confirms": False})
        assert early.json()["code"] == "erasure.not_confirmed"
        ask(cast.investor, "POST", "own-data/erasure/", {"confirms": True})

        investor.refresh_from_db()
        assert investor.erased_at is not None
