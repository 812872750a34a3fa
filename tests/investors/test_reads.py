"""Who an investor is leaves a trace whenever others are shown it, and none when it is one's own."""

import datetime as dt

import pytest
from django.test import Client

from backend.core.models import AuditEvent, User
from backend.core.roles import Role
from investors import onboarding, reads
from investors.models import Investor
from tests.cast import Cast, person

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SUBJECT = "investors.investor"


@pytest.fixture
def investor(cast: Cast) -> Investor:
    user = person("reader", Role.INVESTOR)
    profile = onboarding.Profile(
        kind="person", name="Ada", tax_code="SYNTHETIC0000001", email=user.email, is_synthetic=True
    )
    made = onboarding.register(profile=profile, user=user, by=user, at=AT)
    made.known_to.add(cast.issuer)
    return made


def browse(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def traces(investor: Investor) -> list[tuple[str, str]]:
    rows = reads.of(investor).filter(subject_kind=SUBJECT)
    return [(row.by_label, row.facts["place"]) for row in rows]


class TestNote:
    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ("/api/v1/investors/", "api"),
            ("/api/v1/investors/{pk}/", "api"),
            ("/desk/investors/{pk}/", "desk"),
            ("/profile/{pk}/statement/", "statement"),
            ("/api/v1/investors/{pk}/statement/", "statement"),
            ("/api/v1/investors/{pk}/representations/", "representations"),
            ("/api/v1/investors/{pk}/identity-checks/", "identity checks"),
            ("/api/v1/investors/{pk}/qualifications/", "categories"),
        ],
    )
    def test_what_staff_are_shown_is_written_down(
        self, cast: Cast, investor: Investor, path: str, place: str
    ) -> None:
        answer = browse(cast.owner).get(path.format(pk=investor.pk))

        assert answer.status_code == 200
        assert traces(investor) == [(cast.owner.username, place)]

    def test_what_is_ones_own_leaves_no_trace(self, investor: Investor) -> None:
        own = browse(investor.representations.get().user)

        assert own.get(f"/api/v1/investors/{investor.pk}/").status_code == 200
        assert own.get(f"/profile/{investor.pk}/statement/").status_code == 200
        assert traces(investor) == []

    def test_who_acts_for_one_and_works_for_the_issuer_too(
        self, cast: Cast, investor: Investor
    ) -> None:
        investor.representations.update(user=cast.owner)

        reads.note(investors=[investor], place="desk", by=cast.owner, at=AT)

        assert traces(investor) == []


class TestOf:
    def test_staff_see_who_was_shown_it(self, cast: Cast, investor: Investor) -> None:
        reads.note(investors=[investor], place="desk", by=cast.owner, at=AT)

        answer = browse(cast.colleague).get(f"/api/v1/investors/{investor.pk}/reads/").json()

        assert [row["by_label"] for row in answer["results"]] == [cast.owner.username]

    def test_a_list_is_one_row_about_its_subject(self, cast: Cast, investor: Investor) -> None:
        reads.note_list(subject=cast.issuer, people=7, place="members", by=cast.owner, at=AT)

        [row] = AuditEvent.objects.filter(action=reads.ACTION)
        assert row.facts == {"place": "members", "people": 7}
