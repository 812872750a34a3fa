"""A person's own data: whole in the archive, erased as far as the law lets it go, later the rest."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.test import Client

from backend.accounts import api_tokens
from backend.accounts.models import ApiToken, LoginSession
from backend.core.models import Notice, User
from backend.core.money import euro
from backend.core.roles import Role
from backend.reporting import erasure, personal_data
from backend.treasury.models import Expectation
from campaigns import interests, pledges
from campaigns.models import Interest, Payment, Question, TranslationRequest
from campaigns.sheets import translation_requests
from investors.models import Investor, LossComponents
from tests.campaigns.scene import Scene, build
from tests.campaigns.test_members import pass_on, succeeded
from tests.cast import Cast, api_key, person

pytestmark = pytest.mark.money


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return build(cast)


def unpack(user: User) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(personal_data.archive(user)))


def paid_pledge(scene: Scene, user: User) -> Investor:
    """A pledge that was paid, and taken back with its money."""
    campaign, investor = scene.open_campaign(), scene.investor(user)
    pledge = scene.pledge(campaign, investor=investor)
    scene.transfer(pledge)
    return investor


@pytest.mark.rule("R53")
class TestArchive:
    def test_holds_everything_twice_readable(self, scene: Scene) -> None:
        user = scene.cast.investor
        paid_pledge(scene, user)

        packed = unpack(user)
        told = json.loads(packed.read("data.json"))

        assert told["account"][0]["email"] == user.email
        assert "password" not in told["account"][0]
        assert [len(told[name]) for name in ("pledges", "payments", "knowledge_tests")] == [1, 1, 1]
        for name, rows in told.items():
            table = list(csv.DictReader(io.StringIO(packed.read(f"csv/{name}.csv").decode())))
            assert len(table) == len(rows), name

    def test_holds_nothing_of_others(self, scene: Scene) -> None:
        paid_pledge(scene, scene.cast.investor)

        told = json.loads(unpack(scene.cast.other_investor).read("data.json"))

        assert {name for name, rows in told.items() if rows} == {"account"}

    def test_a_formula_is_text(self, scene: Scene) -> None:
        scene.investor(scene.cast.investor, name="=HYPERLINK(1)")

        table = unpack(scene.cast.investor).read("csv/investors.csv").decode()

        assert "'=HYPERLINK(1)" in table

    def test_tells_of_logins_and_tokens_but_not_what_opens_the_account(self, scene: Scene) -> None:
        user = scene.cast.investor
        key = api_key(user, "mat_opens")
        Client().force_login(user)

        told = json.loads(unpack(user).read("data.json"))

        assert [len(told[name]) for name in ("logins", "api_tokens")] == [1, 1]
        assert not {"session_key", "session_data"} & set(told["logins"][0])
        assert api_tokens.hash_of(key) not in json.dumps(told)


class TestErase:
    def test_leaves_nothing_that_opens_the_account(self, scene: Scene) -> None:
        user = person("leaver", Role.INVESTOR)
        api_key(user, "mat_opens")
        Client().force_login(user)

        erasure.erase(user=user, by=user, at=scene.at)

        assert not LoginSession.objects.filter(user=user).exists()
        assert not ApiToken.objects.filter(user=user).exists()

    def test_who_never_ordered_is_gone_at_once(self, scene: Scene) -> None:
        user = person("leaver", Role.INVESTOR)
        scene.investor(user)

        erasure.erase(user=user, by=user, at=scene.at)

        investor = Investor.objects.get()
        assert (investor.name, investor.tax_code, investor.iban) == ("—", "", "")
        user.refresh_from_db()
        assert not user.is_active
        assert "leaver" not in user.email
        assert not Notice.objects.filter(to="leaver@example.org").exists()

    def test_what_its_address_left_without_an_account_is_nameless_too(self, scene: Scene) -> None:
        user, campaign = person("leaver", Role.INVESTOR), scene.publish(scene.draft())
        wish = interests.Wish(email=user.email.upper(), amount=euro("500.00"), name="Lea")
        interests.express(campaign=campaign, wish=wish, at=scene.at)
        wanted = translation_requests.Wanted("ro", user.email)
        translation_requests.ask(campaign=campaign, wanted=wanted, at=scene.at)
        Question.objects.create(campaign=campaign, text="Why?", email=user.email, asked_at=scene.at)

        erasure.erase(user=user, by=user, at=scene.at)

        assert Interest.objects.get().state == Interest.State.WITHDRAWN
        for rows in (Interest.objects, TranslationRequest.objects, Question.objects):
            assert "leaver" not in rows.get().email.lower()

    @pytest.mark.rule("R53")
    def test_who_paid_is_kept_ten_years_and_told_so(self, scene: Scene) -> None:
        user = scene.cast.investor
        investor = paid_pledge(scene, user)
        pledges.revoke(pledge=investor.pledges.get(), by=user, at=scene.at)
        assert erasure.plan(user).unfinished  # money is on its way back

        with pytest.raises(erasure.NotFinished):
            erasure.erase(user=user, by=user, at=scene.at)
        assert Investor.objects.get(pk=investor.pk).name == investor.name

    def test_a_member_is_kept_until_ten_years_after_the_last_share(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        giver, heir = allotment.pledge.investor, scene.investor()
        user = giver.representations.get().user
        assert [kept.until for kept in erasure.plan(user).stays] == [None]

        pass_on(scene, allotment, heir, 10)
        assert [kept.until for kept in erasure.plan(user).stays] == [None]
        scene.wait(30)
        pass_on(scene, allotment, heir, 20)
        done = erasure.erase(user=user, by=user, at=scene.at)

        last = scene.day.replace(year=scene.day.year + 10)
        assert [kept.until for kept in done.stays] == [last]
        found = []
        for day in (last, last + dt.timedelta(days=1)):
            at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
            found.append(erasure.finish(at=at))
        assert found == [0, 1]
        assert Investor.objects.get(pk=giver.pk).name != giver.name

    def test_a_standing_order_is_ended_first(self, scene: Scene) -> None:
        user = scene.cast.investor
        scene.pledge(scene.open_campaign(), investor=scene.investor(user))

        with pytest.raises(erasure.NotFinished, match=r"."):
            erasure.erase(user=user, by=user, at=scene.at)

    def test_an_order_without_money_is_kept_five_years_and_then_goes(self, scene: Scene) -> None:
        user = scene.cast.investor
        pledge = scene.pledge(scene.open_campaign(), investor=scene.investor(user))
        pledges.revoke(pledge=pledge, by=user, at=scene.at)

        done = erasure.erase(user=user, by=user, at=scene.at)

        last = scene.day.replace(year=scene.day.year + 5)
        assert [kept.until for kept in done.stays] == [last]
        expected = Expectation.objects.get(reference=pledge.reference)
        assert expected.counterparty == pledge.investor.name
        found = []
        for day in (scene.day, last, last + dt.timedelta(days=1), last + dt.timedelta(days=2)):
            at = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
            found.append(erasure.finish(at=at))
        assert found == [0, 0, 1, 0]
        assert Investor.objects.get(pk=pledge.investor_id).erased_at is not None
        assert Expectation.objects.get(reference=pledge.reference).counterparty == ""
        assert Payment.objects.count() == 0

    def test_what_was_kept_by_consent_goes_at_once(self, scene: Scene) -> None:
        user = scene.cast.investor
        investor = scene.investor(user)
        simulation = investor.loss_simulations.get()
        LossComponents.objects.create(simulation=simulation, figures={"labour": "1.00"})

        erasure.erase(user=user, by=user, at=scene.at)

        assert not LossComponents.objects.exists()


class TestClaim:
    def test_the_link_of_one_brings_all_of_the_address(self, scene: Scene) -> None:
        user = person("wish-1", Role.INVESTOR)
        first = scene.wish(scene.publish(scene.draft()))
        scene.numbers["wish"] = 0
        second = scene.wish(scene.publish(scene.draft()))

        attached = interests.claim(interest=first, user=user, at=scene.at)
        again = interests.claim(interest=first, user=user, at=scene.at)

        assert (attached, again) == (2, 0)
        assert set(user.interests.all()) == {first, second}

    def test_another_address_is_refused(self, scene: Scene) -> None:
        wish = scene.wish(scene.publish(scene.draft()))

        with pytest.raises(interests.NotYourAddress):
            interests.claim(interest=wish, user=scene.cast.investor, at=scene.at)

    def test_an_erased_account_leaves_no_address(self, scene: Scene) -> None:
        user = person("wish-1", Role.INVESTOR)
        wish = scene.wish(scene.publish(scene.draft()))
        interests.claim(interest=wish, user=user, at=scene.at)

        erasure.erase(user=user, by=user, at=scene.at)

        left = Interest.objects.get()
        assert (left.state, left.name) == ("withdrawn", "")
        assert left.email.endswith("@invalid.example")
        assert left.token != wish.token
