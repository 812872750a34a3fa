"""What is done for a household, decided once; consents; the eviction clock; the end of a case."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from backend.core import audit
from backend.core.money import euro
from backend.core.roles import MayNot
from backend.core.states import WrongState
from properties import consents, evictions, households, referrals, support
from properties.consents import GivenAlready, NoAdult, NotWithdrawn, WithdrawnAlready
from properties.evictions import BackInTime, Step, TooLong, TooOften
from properties.history import people
from properties.models import Aid, Consent, Debt, EvictionCase, Household, Tenancy
from properties.support import BadAmount, BadDay, DecidedAlready, NoBasis, ToldAlready
from tests.properties.scene import Scene
from tests.properties.threats import threaten

DAY = dt.date(2025, 1, 7)

pytestmark = pytest.mark.money


@pytest.fixture
def household(scene: Scene) -> Household:
    return scene.household("H1")


class TestAid:
    def asked(self, scene: Scene, household: Household) -> Aid:
        return support.ask_for_aid(
            household=household,
            kind="LOCARE",
            on=scene.day,
            by=scene.cast.caseworker,
            at=scene.at,
        )

    def test_is_granted_once(self, scene: Scene, household: Household) -> None:
        aid = self.asked(scene, household)
        told = {"on": scene.day, "by": scene.cast.caseworker, "at": scene.at}
        support.decide_aid(aid=aid, granted=euro("900.00"), **told)

        with pytest.raises(DecidedAlready):
            support.decide_aid(aid=aid, granted=None, **told)
        assert aid.amount == euro("900.00")

    def test_of_nothing_is_no_aid(self, scene: Scene, household: Household) -> None:
        aid = self.asked(scene, household)

        with pytest.raises(BadAmount):
            support.decide_aid(
                aid=aid,
                granted=euro("0.00"),
                on=scene.day,
                by=scene.cast.caseworker,
                at=scene.at,
            )

    def test_the_database_refuses_a_grant_without_an_amount(
        self, scene: Scene, household: Household
    ) -> None:
        aid = self.asked(scene, household)

        with pytest.raises(IntegrityError), transaction.atomic():
            Aid.objects.filter(pk=aid.pk).update(decision="granted", decided_on=scene.day)


class TestDebt:
    @pytest.mark.parametrize("amount", ["8000.01", "-1.00"])
    def test_is_settled_for_no_more_than_is_owed(
        self, scene: Scene, household: Household, amount: str
    ) -> None:
        who = {"by": scene.cast.caseworker, "at": scene.at}
        debt = support.find_debt(
            household=household, creditor="Banca", owed=euro("8000.00"), on=scene.day, **who
        )

        with pytest.raises(BadAmount):
            support.settle_debt(debt=debt, settled_for=euro(amount), on=scene.day, **who)
        with pytest.raises(IntegrityError), transaction.atomic():
            Debt.objects.filter(pk=debt.pk).update(settled_for="8000.01", settled_on=scene.day)


class TestTrait:
    def test_needs_a_service_and_a_law(self, scene: Scene, household: Household) -> None:
        new = support.NewTrait(
            kind="DISABILITY",
            said="YES",
            service=" ",
            legal_basis="GDPR 9(2)(h)",
            source="interview",
            on=scene.day,
        )

        with pytest.raises(NoBasis):
            support.tell_trait(household=household, new=new, by=scene.cast.caseworker, at=scene.at)

    def test_is_not_for_a_manager(self, scene: Scene, household: Household) -> None:
        with pytest.raises(MayNot):
            support.record_result(
                household=household, code="STABLE", on=scene.day, by=scene.cast.owner, at=scene.at
            )


class TestFacts:
    def test_a_day_before_the_referral_is_refused(self, scene: Scene, household: Household) -> None:
        with pytest.raises(BadDay):
            support.pass_milestone(
                household=household,
                kind="CONTACT",
                on=household.referred_on - dt.timedelta(days=1),
                by=scene.cast.caseworker,
                at=scene.at,
            )

    def test_who_is_asked_twice_on_a_day_answers_once(
        self, scene: Scene, household: Household
    ) -> None:
        told = {"on": scene.day, "by": scene.cast.caseworker, "at": scene.at}
        support.ask_satisfaction(household=household, score=None, **told)

        with pytest.raises(ToldAlready):
            support.ask_satisfaction(household=household, score=9, **told)


class TestConsent:
    def given(self, scene: Scene, household: Household, **more: bool) -> Consent:
        new = consents.NewConsent(
            scope="STORY",
            given_on=scene.day,
            ends_on=scene.day + dt.timedelta(days=365),
            document="folder 3",
            **more,
        )
        return consents.give(household=household, new=new, by=scene.cast.caseworker, at=scene.at)

    def test_minors_are_never_shown(self, scene: Scene, household: Household) -> None:
        with pytest.raises(NoAdult):
            self.given(scene, household, shows_minors=True)

    def test_holds_once_at_a_time(self, scene: Scene, household: Household) -> None:
        self.given(scene, household)

        with pytest.raises(GivenAlready):
            self.given(scene, household)

    def test_is_taken_back_once_and_then_removed(self, scene: Scene, household: Household) -> None:
        consent = self.given(scene, household)
        told = {"on": scene.day, "by": scene.cast.caseworker, "at": scene.at}
        with pytest.raises(NotWithdrawn):
            consents.confirm_removed(consent=consent, **told)
        consents.withdraw(consent=consent, **told)

        with pytest.raises(WithdrawnAlready):
            consents.withdraw(consent=consent, **told)
        assert consents.confirm_removed(consent=consent, **told).removed_on == scene.day


class TestTakenBack:
    """What a consent carried leaves what is told next; nobody asks again without a new one (P16)."""

    def take_back(self, scene: Scene, household: Household, scope: str) -> Consent:
        told = {"by": scene.cast.caseworker, "at": scene.at}
        ends_on = scene.day + dt.timedelta(days=365)
        new = consents.NewConsent(
            scope=scope, given_on=scene.day, ends_on=ends_on, document="folder 3"
        )
        given = consents.give(household=household, new=new, **told)
        return consents.withdraw(consent=given, on=scene.day, **told)

    def test_answers_leave_the_figures(self, scene: Scene, household: Household) -> None:
        told = {"on": scene.day, "by": scene.cast.caseworker, "at": scene.at}
        support.ask_satisfaction(household=household, score=9, **told)
        assert people.facts(scene.cast.issuer, as_of=scene.day)["answers"]

        self.take_back(scene, household, "SURVEY")

        assert people.facts(scene.cast.issuer, as_of=scene.day)["answers"] == ()
        with pytest.raises(consents.TakenBack):
            support.ask_satisfaction(household=household, score=None, **told)

    def test_the_city_is_told_no_more_of_its_referral(self, scene: Scene) -> None:
        every = [scene.household(f"C{n}", is_referred_by_city=True) for n in range(9)]
        issuer = scene.cast.issuer.pk
        first, later = dt.date(2025, 3, 31), dt.date(2025, 6, 30)
        assert referrals.dossier(organisation=issuer, as_of=first).total.value == 9

        scene.wait(90)
        self.take_back(scene, every[0], "CITY")
        assert referrals.dossier(organisation=issuer, as_of=later).total.value == 9, (
            "one alone waits"
        )
        for other in every[1:3]:
            self.take_back(scene, other, "CITY")

        assert referrals.dossier(organisation=issuer, as_of=later).total.value == 6

    def test_no_words_of_a_year_go_out_before_a_story_is_gone(
        self, scene: Scene, household: Household
    ) -> None:
        taken = self.take_back(scene, household, "STORY")
        assert list(consents.to_remove(scene.cast.issuer)) == [taken]

        consents.confirm_removed(consent=taken, on=scene.day, by=scene.cast.caseworker, at=scene.at)

        assert not consents.to_remove(scene.cast.issuer).exists()


class TestAuditRows:
    def test_say_who_asked_how_satisfied_they_are(self, scene: Scene, household: Household) -> None:
        told = {"on": scene.day, "by": scene.cast.caseworker, "at": scene.at}
        support.ask_satisfaction(household=household, score=9, **told)

        assert audit.history(household).filter(action="household.asked").exists()


class TestEviction:
    def case(self, scene: Scene, household: Household) -> EvictionCase:
        return threaten(scene, household)

    def go(self, scene: Scene, case: EvictionCase, *steps: Step) -> None:
        for step in steps:
            evictions.move(case=case, step=step, by=scene.cast.caseworker, at=scene.at)

    def heard(self, scene: Scene, household: Household) -> EvictionCase:
        case = self.case(scene, household)
        self.go(scene, case, Step(to="INTIMAZIONE", on=scene.day), Step(to="HEARING", on=scene.day))
        return case

    @pytest.mark.parametrize(
        ("days", "has_hardship", "is_allowed"),
        [(90, False, True), (91, False, False), (120, True, True), (121, True, False)],
    )
    def test_grace_is_ninety_days_or_a_hundred_and_twenty(
        self, scene: Scene, household: Household, days: int, has_hardship: bool, is_allowed: bool
    ) -> None:
        case = self.heard(scene, household)
        until = scene.day + dt.timedelta(days=days)
        step = Step(to="GRACE", on=scene.day, next_on=until, has_hardship=has_hardship)
        if is_allowed:
            self.go(scene, case, step)
            assert (case.state, case.next_on) == ("GRACE", until)
            return

        with pytest.raises(TooLong):
            self.go(scene, case, step)

    def test_arrears_are_cured_in_court_three_times_in_four_years(
        self, scene: Scene, household: Household
    ) -> None:
        for _time in range(3):
            case = self.heard(scene, household)
            self.go(scene, case, Step(to="CURED_IN_COURT", on=scene.day))
        case = self.heard(scene, household)

        with pytest.raises(TooOften):
            self.go(scene, case, Step(to="CURED_IN_COURT", on=scene.day))

    def test_steps_are_neither_skipped_nor_taken_back_in_time(
        self, scene: Scene, household: Household
    ) -> None:
        case = self.case(scene, household)

        with pytest.raises(WrongState):
            self.go(scene, case, Step(to="EXECUTED", on=scene.day))
        with pytest.raises(BackInTime):
            self.go(scene, case, Step(to="INTIMAZIONE", on=scene.day - dt.timedelta(days=1)))

    @pytest.mark.parametrize(
        ("late", "charges", "is_allowed"),
        [
            (19, None, False),
            (20, None, True),
            (None, "640.00", False),
            (None, "640.01", True),
            (19, "640.01", True),
            (None, None, False),
        ],
    )
    def test_begins_with_a_rent_twenty_days_late_or_charges_above_two_rents(
        self, late: int | None, charges: str | None, is_allowed: bool
    ) -> None:
        new = evictions.Threat(
            landlord="Altro",
            on=DAY,
            rent_due_on=None if late is None else DAY - dt.timedelta(days=late),
            charges_owed=euro(charges) if charges else None,
            monthly_rent=euro("320.00") if charges else None,
        )

        assert evictions.is_allowed(new) is is_allowed

    def test_is_refused_without_arrears_by_the_rule_and_by_the_database(
        self, scene: Scene, household: Household
    ) -> None:
        late, by = scene.day - dt.timedelta(days=19), scene.cast.caseworker
        new = evictions.Threat(landlord="Altro", on=scene.day, rent_due_on=late)
        with pytest.raises(evictions.NoArrears):
            evictions.open_case(household=household, new=new, by=by, at=scene.at)

        case = self.case(scene, household)
        told = pytest.raises(IntegrityError, match="eviction_begins_with_arrears")
        with told, transaction.atomic():
            EvictionCase.objects.filter(pk=case.pk).update(rent_due_on=late)

    def test_a_household_has_one_threat_at_a_time(self, scene: Scene, household: Household) -> None:
        self.case(scene, household)

        with pytest.raises(evictions.OneAlready):
            self.case(scene, household)


class TestClose:
    def test_not_while_it_lives_with_us(self, scene: Scene, household: Household) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, household)

        with pytest.raises(households.StillHoused):
            close(scene, household)

    def test_once(self, scene: Scene, household: Household) -> None:
        close(scene, household)

        with pytest.raises(households.ClosedAlready):
            close(scene, household)


class TestHandOver:
    def test_only_to_a_caseworker_of_ours(self, scene: Scene, household: Household) -> None:
        for other in (scene.cast.owner, scene.cast.other_caseworker):
            with pytest.raises(households.NotOurCaseworker):
                households.hand_over(
                    household=household, to=other, by=scene.cast.caseworker, at=scene.at
                )


class TestDatabase:
    def test_refuses_a_household_of_nobody(self, scene: Scene, household: Household) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Household.objects.filter(pk=household.pk).update(people_35_54=0)

    def test_refuses_a_rent_above_the_agreement(self, scene: Scene, household: Household) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, household, rent="320.00")

        with pytest.raises(IntegrityError), transaction.atomic():
            Tenancy.objects.update(agreed_most="319.99")


def close(scene: Scene, household: Household) -> None:
    households.close(
        household=household,
        reason="WITHDREW",
        on=scene.day,
        by=scene.cast.caseworker,
        at=scene.at,
    )
