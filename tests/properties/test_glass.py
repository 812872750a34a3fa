"""Names opened in an emergency: only with a reason, told at once, reviewed by another (P22)."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core import audit, jobs
from backend.core.errors import Missing
from backend.core.models import User
from backend.core.roles import MayNot, Role
from properties import glass, identities
from properties.models import GlassBreak
from tests.cast import person
from tests.properties.scene import Scene

pytestmark = pytest.mark.money

ROSSI = {"name": "Maria Rossi", "phone": "011 555"}
WHY = "Water runs from her flat and nobody answers"


@pytest.fixture
def colleague(scene: Scene) -> User:
    """Another caseworker of the same body, who has none of these cases."""
    scene.household("H1", identity=ROSSI)
    return person("caseworker-2", Role.CASEWORKER, scene.cast.issuer)


def opened(scene: Scene, by: User) -> GlassBreak:
    glass.break_glass(code="H1", reason=WHY, by=by, at=scene.at)
    return GlassBreak.objects.get()


class TestBreakGlass:
    def test_opens_the_name_leaves_a_trace_and_tells_the_auditor(
        self, scene: Scene, colleague: User
    ) -> None:
        who = glass.break_glass(code="H1", reason=WHY, by=colleague, at=scene.at)

        jobs.drain_all(at=scene.at)
        opening = GlassBreak.objects.get()
        assert who.name == "Maria Rossi"
        assert audit.history(opening.household).filter(reason=WHY, by=colleague).exists()
        [told] = [each for each in mail.outbox if each.to == [scene.cast.auditor.email]]
        assert "Rossi" not in told.body + told.subject
        assert "H1" not in told.body + told.subject

    @pytest.mark.parametrize("reason", ["", "urgent", "I need it now"])
    def test_needs_a_sentence_that_can_be_reviewed(
        self, scene: Scene, colleague: User, reason: str
    ) -> None:
        with pytest.raises(glass.NoReason):
            glass.break_glass(code="H1", reason=reason, by=colleague, at=scene.at)

        assert not GlassBreak.objects.exists()

    def test_never_opens_a_restricted_household(self, scene: Scene, colleague: User) -> None:
        scene.household("H2", identity={"name": "Hidden"}, is_restricted=True)

        for code in ("H2", "there is none"):
            with pytest.raises(Missing):
                glass.break_glass(code=code, reason=WHY, by=colleague, at=scene.at)

    def test_is_for_caseworkers_of_the_same_body(self, scene: Scene, colleague: User) -> None:
        cast = scene.cast
        with pytest.raises(Missing):
            glass.break_glass(code="H1", reason=WHY, by=cast.other_caseworker, at=scene.at)
        for other in (cast.owner, cast.auditor, cast.city_reviewer):
            with pytest.raises(MayNot):
                glass.break_glass(code="H1", reason=WHY, by=other, at=scene.at)

    def test_is_not_for_ones_own_case(self, scene: Scene, colleague: User) -> None:
        with pytest.raises(glass.YourOwnCase):
            glass.break_glass(code="H1", reason=WHY, by=scene.cast.caseworker, at=scene.at)


class TestReview:
    def test_is_said_once(self, scene: Scene, colleague: User) -> None:
        opening, by = opened(scene, colleague), scene.cast.auditor

        glass.review(opening=opening, finding="justified", note="", by=by, at=scene.at)

        assert (opening.finding, opening.reviewed_by) == ("justified", by)
        with pytest.raises(glass.ReviewedAlready):
            glass.review(opening=opening, finding="unjustified", note="", by=by, at=scene.at)

    def test_is_never_of_ones_own_opening(self, scene: Scene, colleague: User) -> None:
        opening = opened(scene, colleague)
        colleague.roles = [Role.CASEWORKER, Role.AUDITOR]
        colleague.save()

        with pytest.raises(glass.NotYourOwn):
            glass.review(opening=opening, finding="justified", note="", by=colleague, at=scene.at)
        with pytest.raises(IntegrityError), transaction.atomic():
            GlassBreak.objects.update(
                finding="justified", reviewed_at=scene.at, reviewed_by=colleague
            )


class TestSpecialAnswers:
    def test_are_opened_with_the_name_and_stand_on_no_page(self, scene: Scene) -> None:
        household = scene.household("H1", identity=ROSSI)
        client = Client()
        client.force_login(scene.cast.caseworker)
        told = {
            "kind": "DISABILITY",
            "said": "YES",
            "service": "Lift",
            "legal_basis": "L. 104/1992",
        }
        path = f"/api/v1/households/{household.pk}/traits/"
        told |= {"source": "the household", "on": str(scene.day)}
        client.post(path, told, content_type="application/json")

        page = client.get(reverse("household-support", args=[household.pk])).content.decode()

        who = identities.read(
            household=household, purpose="To call", by=scene.cast.caseworker, at=scene.at
        )
        assert len(who.special) == 1
        assert who.special[0] not in page


class TestPageAndEndpoint:
    def test_a_caseworker_opens_and_the_auditor_reviews(
        self, scene: Scene, colleague: User
    ) -> None:
        client, auditor = Client(), Client()
        client.force_login(colleague)
        auditor.force_login(scene.cast.auditor)

        page = client.post(reverse("emergency-open"), {"code": "H1", "reason": WHY})

        assert "Maria Rossi" in page.content.decode()
        assert "Maria Rossi" not in client.get(reverse("emergency")).content.decode()
        opening = GlassBreak.objects.get()
        assert WHY in auditor.get(reverse("emergency")).content.decode()
        auditor.post(reverse("emergency-review", args=[opening.pk]), {"finding": "justified"})
        opening.refresh_from_db()
        assert opening.finding == "justified"

    def test_the_endpoints_do_the_same(self, scene: Scene, colleague: User) -> None:
        client, auditor = Client(), Client()
        client.force_login(colleague)
        auditor.force_login(scene.cast.auditor)
        path, json = "/api/v1/emergency-openings/", "application/json"

        who = client.post(path, {"code": "H1", "reason": WHY}, content_type=json).json()
        [row] = auditor.get(path).json()["results"]
        done = auditor.post(
            f"{path}{row['id']}/review/", {"finding": "unjustified"}, content_type=json
        )

        assert who["name"] == "Maria Rossi"
        assert done.json()["finding"] == "unjustified"
