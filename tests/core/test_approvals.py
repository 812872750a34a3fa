"""The second person."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.core import approvals
from backend.core.models import Approval, Organisation, User
from backend.core.roles import MayNot

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
done: list[str] = []


def _note(subject: Any, *, by: User, at: dt.datetime) -> None:
    done.append(f"{subject} by {by.username}")


approvals.register("test.act", _note)


@pytest.fixture
def subject(db: None) -> Organisation:
    done.clear()
    return Organisation.objects.create(name="Casa di prova", kind="issuer")


def _person(name: str, role: str = "manager") -> User:
    return User.objects.create(username=f"{name}@example.org", roles=[role])


class TestApprove:
    def test_does_what_was_registered(self, subject: Organisation) -> None:
        ada, bea = _person("ada"), _person("bea")
        asked = approvals.request(action="test.act", subject=subject, by=ada, at=AT)

        approvals.approve(approval=asked, by=bea, at=AT)

        assert done == ["Casa di prova by bea@example.org"]
        assert approvals.is_approved(action="test.act", subject=subject)

    def test_refuses_the_one_who_asked(self, subject: Organisation) -> None:
        ada = _person("ada")
        asked = approvals.request(action="test.act", subject=subject, by=ada, at=AT)

        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=ada, at=AT)

    def test_is_refused_to_the_same_person_by_the_database_too(self, subject: Organisation) -> None:
        ada = _person("ada")
        asked = approvals.request(action="test.act", subject=subject, by=ada, at=AT)

        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.filter(pk=asked.pk).update(
                decision="approved", decided_by=ada, decided_at=AT
            )

    def test_refuses_who_lacks_the_role(self, subject: Organisation) -> None:
        asked = approvals.request(action="test.act", subject=subject, by=_person("ada"), at=AT)

        with pytest.raises(MayNot):
            approvals.approve(approval=asked, by=_person("ivo", "investor"), at=AT)

    def test_happens_once(self, subject: Organisation) -> None:
        asked = approvals.request(action="test.act", subject=subject, by=_person("ada"), at=AT)
        approvals.approve(approval=asked, by=_person("bea"), at=AT)

        with pytest.raises(approvals.AlreadyDecided):
            approvals.approve(approval=asked, by=_person("carla"), at=AT)


class TestRefuse:
    def test_leaves_the_act_undone(self, subject: Organisation) -> None:
        asked = approvals.request(action="test.act", subject=subject, by=_person("ada"), at=AT)

        approvals.refuse(approval=asked, by=_person("bea"), at=AT, reason="too dear")

        assert done == []
        assert not approvals.is_approved(action="test.act", subject=subject)


class TestPendingFor:
    def test_shows_what_others_of_the_organisation_asked(self, subject: Organisation) -> None:
        ada, bea = _person("ada"), _person("bea")
        approvals.request(action="test.act", subject=subject, by=ada, at=AT)

        assert list(approvals.pending_for(ada, at=AT)) == []
        assert approvals.pending_for(bea, at=AT).count() == 1

    def test_asks_once_while_one_waits(self, subject: Organisation) -> None:
        ada = _person("ada")
        first = approvals.request(action="test.act", subject=subject, by=ada, at=AT)
        again = approvals.request(action="test.act", subject=subject, by=ada, at=AT)

        assert first.pk == again.pk
