"""The register of complaints: numbered, due in ten working days, answered, seen by whom it concerns."""

import datetime as dt

import pytest

from backend.core.models import AuditEvent, Notice
from backend.core.roles import MayNot
from backend.core.states import WrongState
from investors import complaints
from investors.complaints import Grievance, Ruling
from investors.models import Complaint
from tests.cast import Cast
from tests.investors.people import AT

pytestmark = pytest.mark.django_db
YES = Ruling(True, contact="Marta", answer_due_on=dt.date(2026, 12, 10))


def leave(cast: Cast, at: dt.datetime = AT) -> Complaint:
    grievance = Grievance(cast.issuer, "Il mio rimborso", "Non è arrivato.", "Che arrivi.")
    return complaints.leave(grievance=grievance, user=cast.investor, by=cast.investor, at=at)


@pytest.mark.rule("R55")
class TestLeave:
    def test_it_is_numbered_within_its_year_and_confirmed(self, cast: Cast) -> None:
        found = [leave(cast), leave(cast), leave(cast, at=AT.replace(year=2027))]

        assert [each.number for each in found] == ["R-2026-0001", "R-2026-0002", "R-2027-0001"]
        assert Notice.objects.filter(template="complaint_received").count() == 3

    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("2026-11-12", "2026-11-26"),
            ("2026-11-27", "2026-12-14"),  # over the eighth of December
            ("2026-12-21", "2027-01-07"),  # over Christmas, New Year and the Epiphany
        ],
    )
    def test_it_is_due_in_ten_working_days(self, cast: Cast, received: str, due: str) -> None:
        at = dt.datetime.fromisoformat(received).replace(hour=12, tzinfo=dt.UTC)

        found = leave(cast, at=at)

        assert (found.acknowledge_by, found.due_on) == (dt.date.fromisoformat(due),) * 2


class TestRule:
    def test_admissible_it_names_a_day_and_is_told(self, cast: Cast) -> None:
        found = complaints.rule(complaint=leave(cast), ruling=YES, by=cast.owner, at=AT)

        assert (found.state, found.due_on) == ("admissible", dt.date(2026, 12, 10))
        assert Notice.objects.filter(template="complaint_admissible").count() == 1
        assert AuditEvent.objects.filter(state_after="admissible").count() == 1

    @pytest.mark.parametrize(
        ("ruling", "problem"),
        [
            (Ruling(False), complaints.NoReason),
            (Ruling(True), complaints.NoDay),
            (Ruling(True, answer_due_on=dt.date(2026, 11, 11)), complaints.NoDay),
        ],
    )
    def test_what_is_missing_is_said(
        self, cast: Cast, ruling: Ruling, problem: type[Exception]
    ) -> None:
        with pytest.raises(problem):
            complaints.rule(complaint=leave(cast), ruling=ruling, by=cast.owner, at=AT)

    def test_only_staff_who_handle_complaints_rule(self, cast: Cast) -> None:
        with pytest.raises(MayNot):
            complaints.rule(complaint=leave(cast), ruling=YES, by=cast.finance, at=AT)


class TestAnswer:
    def test_an_admissible_one_is_answered_once(self, cast: Cast) -> None:
        found = complaints.rule(complaint=leave(cast), ruling=YES, by=cast.owner, at=AT)

        complaints.answer(complaint=found, text="È partito ieri.", by=cast.owner, at=AT)

        assert found.due_on is None
        assert "È partito ieri." in Notice.objects.get(template="complaint_answered").body
        with pytest.raises(WrongState):
            complaints.answer(complaint=found, text="Ancora", by=cast.owner, at=AT)

    def test_a_received_one_is_ruled_on_first(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            complaints.answer(complaint=leave(cast), text="Ecco", by=cast.owner, at=AT)


class TestVisibleTo:
    def test_own_and_staff_of_whom_it_is_about(self, cast: Cast) -> None:
        leave(cast)

        for user, sees in (
            (cast.investor, True),
            (cast.owner, True),
            (cast.auditor, True),
            (cast.other_investor, False),
            (cast.stranger, False),
            (cast.caseworker, False),
        ):
            assert Complaint.objects.visible_to(user).exists() is sees, user
