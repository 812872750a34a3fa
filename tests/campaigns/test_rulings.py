"""What the rules of law say about a campaign: the set of its regime, and what each computed."""

import datetime as dt

import pytest
from django.utils import translation

from backend.core import law
from backend.core.models import Parameter
from backend.core.money import euro
from campaigns import cases, ceilings, lifecycle, reliefs, rulings
from campaigns.cases import Finding
from campaigns.models import Campaign, IssuerStatus
from campaigns.rules import tax_relief
from campaigns.suspensions import Standstill
from investors import conflicts
from investors.models import Conflict
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.ahead.with_args(Scene.open_campaign)]


def found(scene: Scene, campaign: Campaign, rule: str, *, for_staff: bool = True) -> Finding | None:
    listed = rulings.of(campaign=campaign, at=scene.at, for_staff=for_staff)
    return next(each.finding for each in listed if each.rule.id == rule)


def translated(finding: Finding) -> str:
    with translation.override("en"):
        return finding.sentence


def ids(scene: Scene, campaign: Campaign) -> set[str]:
    return {each.rule.id for each in rulings.of(campaign=campaign, at=scene.at, for_staff=True)}


class TestOf:
    def test_another_regime_shows_another_set(self, scene: Scene) -> None:
        european = scene.draft()
        italian = scene.draft(regime="consob_2020", opens_on=dt.date(2020, 9, 1))

        assert {"R47", "R20", "R52"} <= ids(scene, european)
        assert not {"I1", "I3", "I5"} & ids(scene, european)
        assert {"I1", "I3", "I5"} <= ids(scene, italian)
        assert not any(rule.startswith("R") for rule in ids(scene, italian))

    @pytest.mark.parametrize(
        ("regime", "rule", "days"), [("ecspr", "R47", 4), ("consob_2020", "I3", 7)]
    )
    def test_an_order_placed_now_may_be_taken_back_until(
        self, scene: Scene, regime: str, rule: str, days: int
    ) -> None:
        campaign = scene.draft(regime=regime)

        finding = found(scene, campaign, rule)

        assert finding is not None
        assert finding.values["last_day"] == scene.day + dt.timedelta(days=days)

    def test_what_is_internal_is_not_told_to_everyone(self, scene: Scene) -> None:
        campaign = scene.draft()

        assert found(scene, campaign, "R2") is not None
        assert found(scene, campaign, "R2", for_staff=False) is None

    def test_a_suspension_counts_down(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        campaign.suspensions.create(
            kind="other", reason="x", began_at=scene.at, ends_before=scene.at + dt.timedelta(30)
        )
        scene.wait(10)

        finding = found(scene, campaign, "R17")

        assert finding is not None
        assert finding.values["days"] == 20
        assert finding.holds

    def test_a_standstill_without_an_error_goes_on_by_itself(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        why = Standstill("The notary is ill.")
        lifecycle.suspend(campaign=campaign, why=why, by=scene.cast.owner, at=scene.at)

        finding = found(scene, scene.fresh(campaign), "R17")

        assert finding is not None
        assert "then it goes on" in translated(finding)

    def test_the_sheet_that_was_published_is_looked_at(self, scene: Scene) -> None:
        campaign = scene.open_campaign()

        told = {
            rule: found(scene, campaign, rule) for rule in ("R13", "R13.footnotes", "R13.annex")
        }

        assert told["R13"] is not None
        assert told["R13"].values == {"count": 2, "languages": ["en", "it"]}
        assert [each.holds for each in told.values() if each] == [True, True, None]
        assert found(scene, scene.draft(), "R13") is None

    @pytest.mark.rule("R45")
    def test_large_orders_are_counted_with_those_who_were_warned(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        for shares in (10, 11, 21):  # of people who have 40,000 euro: 5 % are 2,000
            scene.pledge(campaign, shares=shares)

        finding = found(scene, campaign, "R45")

        assert finding is not None
        assert (finding.values["above"], finding.values["warned"]) == (2, 1)
        assert found(scene, campaign, "R45", for_staff=False) is None

    def test_every_finding_is_a_sentence(self, scene: Scene) -> None:
        for campaign in (scene.open_campaign(), scene.draft(regime="consob_2020")):
            for ruling in rulings.of(campaign=campaign, at=scene.at, for_staff=True):
                sentence = ruling.finding.sentence if ruling.finding else "."

                assert "%" not in sentence.replace(" %", "")
                assert sentence.endswith(".")


@pytest.mark.rule("I14")
class TestCertificateOfTheRegister:
    def test_counts_from_the_close(self, scene: Scene) -> None:
        campaign = scene.open_campaign(deadline_on=scene.day + dt.timedelta(days=10))
        foreseen = found(scene, campaign, "I14")
        pledge = scene.pledge(campaign, shares=10)
        scene.transfer(pledge)
        scene.wait(40)
        Campaign.objects.filter(pk=campaign.pk).update(state="collecting")
        closed = lifecycle.close(campaign=campaign, by=scene.cast.owner, at=scene.at)

        finding = found(scene, scene.fresh(closed), "I14")

        assert foreseen is not None
        assert finding is not None
        days = (finding.values["day"] - foreseen.values["day"]).days
        assert 27 <= days <= 32


class TestBlocking:
    def test_names_the_ceiling_that_is_exceeded(self, scene: Scene) -> None:
        campaign = scene.draft()
        elsewhere = ceilings.Elsewhere("loan", scene.day, euro("5000000.00"), "Elsewhere")
        ceilings.record(issuer=scene.cast.issuer, told=elsewhere, by=scene.cast.owner, at=scene.at)

        blocking = {each.rule.id for each in rulings.blocking(campaign=campaign, at=scene.at)}

        assert {"R2", "R2.ceiling"} <= blocking

    def test_names_a_regime_that_has_ended(self, scene: Scene) -> None:
        campaign = scene.draft(regime="consob_2020", opens_on=dt.date(2026, 11, 2))

        assert "I7" in {each.rule.id for each in rulings.blocking(campaign=campaign, at=scene.at)}


class TestFind:
    def test_knows_only_rules_that_are_filed(self) -> None:
        assert set(cases.FINDERS) <= {rule.id for rule in law.rules()}


@pytest.mark.rule("I9", "I10.de_minimis")
class TestScheme:
    @pytest.mark.parametrize(
        ("name", "is_person", "on", "told"),
        [
            (tax_relief.ORDINARY, True, dt.date(2020, 9, 1), ("30", "1000000.00")),
            (tax_relief.ORDINARY, False, dt.date(2026, 9, 1), ("30", "1800000.00")),
            (tax_relief.DE_MINIMIS, True, dt.date(2024, 12, 31), ("50", "100000.00")),
            (tax_relief.DE_MINIMIS, True, dt.date(2025, 1, 1), ("65", "100000.00")),
            (tax_relief.DE_MINIMIS, True, dt.date(2020, 5, 18), None),
            (tax_relief.DE_MINIMIS, False, dt.date(2025, 1, 1), None),
        ],
    )
    def test_is_dated_data(
        self, name: str, is_person: bool, on: dt.date, told: tuple[str, str] | None
    ) -> None:
        scheme = reliefs.scheme(name, is_person=is_person, on=on)

        assert (
            (str(scheme.rate_percent), str(scheme.yearly_ceiling.amount)) if scheme else None
        ) == told

    def test_names_the_source_of_each_rate(self) -> None:
        rates = Parameter.objects.filter(code__startswith="tax_relief.")

        assert all(rate.source for rate in rates)


@pytest.mark.rule("I10")
class TestStartUp:
    def test_is_one_while_it_stands_in_the_register(self, scene: Scene) -> None:
        since, until = dt.date(2020, 6, 15), dt.date(2025, 6, 15)
        IssuerStatus.objects.create(
            issuer=scene.cast.issuer,
            status=IssuerStatus.Status.STARTUP,
            since=since,
            until=until,
            evidence="register",
            recorded_at=scene.at,
        )

        at_last = reliefs.start_up(scene.cast.issuer, on=until - dt.timedelta(days=1))

        assert at_last.registered_on == since
        assert reliefs.start_up(scene.cast.issuer, on=until).registered_on is None


@pytest.mark.rule("R7.disclosure")
class TestDisclosure:
    def test_tells_that_people_of_the_platform_invest_and_never_who(self, scene: Scene) -> None:
        campaign, insider = scene.open_campaign(), scene.investor()
        Campaign.objects.filter(pk=campaign.pk).update(platform=scene.cast.rival)
        conflicts.declare(
            investor=insider,
            organisation=scene.cast.rival,
            tie=Conflict.Tie.EMPLOYEE,
            by=scene.cast.owner,
            at=scene.at,
        )
        before = found(scene, scene.fresh(campaign), "R7.disclosure", for_staff=False)
        scene.pledge(campaign, investor=insider)

        after = found(scene, scene.fresh(campaign), "R7.disclosure", for_staff=False)

        assert before is not None
        assert before.values == {}
        assert after is not None
        assert ": 1." in after.sentence
        assert insider.name not in after.sentence
