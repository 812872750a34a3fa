"""Deputies: a small team always has a second person, and never the same one twice."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts import deputies
from backend.accounts.models import Deputy
from backend.core import approvals
from backend.core.models import Approval, AuditEvent, Organisation, User
from backend.core.roles import MayNot
from tests import undone
from tests.cast import Cast

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SPAN = deputies.Span(dt.date(2026, 3, 1), dt.date(2026, 3, 14))


def _nothing(subject: Any, *, by: User, at: dt.datetime) -> None:
    return None


approvals.register("test.deputised", _nothing)


def name(cast: Cast, deputy: User, span: deputies.Span = SPAN, by: User | None = None) -> Deputy:
    return deputies.name(
        principal=cast.owner, deputy=deputy, span=span, reason="away", by=by or cast.owner, at=AT
    )


def ask(cast: Cast, by: User) -> Approval:
    return approvals.request(action="test.deputised", subject=cast.issuer, by=by, at=AT)


@pytest.mark.django_db
class TestName:
    def test_lets_a_colleague_decide_what_the_principal_asked(self, cast: Cast) -> None:
        name(cast, cast.finance)
        asked = ask(cast, cast.owner)

        assert asked in approvals.pending_for(cast.finance, at=AT)
        approvals.approve(approval=asked, by=cast.finance, at=AT)

        facts = AuditEvent.objects.get(action="test.deputised.approved").facts
        assert facts == {"in_stead_of": cast.owner.pk}

    def test_lets_nobody_decide_what_they_asked_themselves(self, cast: Cast) -> None:
        name(cast, cast.finance)
        asked = ask(cast, cast.finance)

        with pytest.raises(approvals.SamePerson):
            approvals.approve(approval=asked, by=cast.finance, at=AT)

    @pytest.mark.parametrize("days", [-2, 13])
    def test_counts_on_its_days_alone(self, cast: Cast, days: int) -> None:
        name(cast, cast.finance)
        asked = ask(cast, cast.owner)
        other_day = AT + dt.timedelta(days=days)

        with pytest.raises(MayNot):
            approvals.approve(approval=asked, by=cast.finance, at=other_day)
        assert not approvals.pending_for(cast.finance, at=other_day).exists()

    def test_of_another_body_or_an_investor_is_refused(self, cast: Cast) -> None:
        for outsider in (cast.stranger, cast.investor, cast.owner):
            with pytest.raises(deputies.NotADeputy):
                name(cast, outsider)

    def test_for_another_is_an_administrators(self, cast: Cast) -> None:
        with pytest.raises(MayNot):
            name(cast, cast.finance, by=cast.colleague)
        assert name(cast, cast.finance, by=cast.administrator)

    def test_backwards_or_for_ever_is_refused(self, cast: Cast) -> None:
        for last_on in (dt.date(2026, 2, 1), dt.date(2028, 1, 1)):
            with pytest.raises(deputies.NotADeputy):
                name(cast, cast.finance, deputies.Span(dt.date(2026, 3, 1), last_on))

    def test_of_oneself_is_refused_by_the_database_too(self, cast: Cast) -> None:
        row = name(cast, cast.finance)

        with pytest.raises(IntegrityError), transaction.atomic():
            Deputy.objects.filter(pk=row.pk).update(deputy=cast.owner)


@pytest.mark.django_db
class TestEnd:
    def test_ends_it_at_once_and_once(self, cast: Cast) -> None:
        row = name(cast, cast.finance)
        deputies.end(row=row, by=cast.owner, at=AT)

        assert deputies.principals_of(cast.finance, AT) == []
        with pytest.raises(deputies.EndedAlready):
            deputies.end(row=row, by=cast.owner, at=AT)


@pytest.mark.django_db
class TestPage:
    def test_names_one_and_undoes_it_from_the_message(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.owner)
        told = {"deputy": cast.finance.pk, "reason": "away"}
        days = {"first_on": "2026-03-01", "last_on": "2026-03-14"}
        page = client.post("/deputies/", {**told, **days}, follow=True)

        client.post(*undone.form(page))

        assert Deputy.objects.get().ended_at is not None


@pytest.mark.django_db
class TestPrincipalsOf:
    def test_forgets_a_principal_who_left_the_body(self, cast: Cast) -> None:
        name(cast, cast.finance)
        User.objects.filter(pk=cast.owner.pk).update(
            organisation=Organisation.objects.get(name=cast.rival.name)
        )

        assert deputies.principals_of(cast.finance, AT) == []
