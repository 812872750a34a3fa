"""What identifies a home, its certificates and papers, the days that follow, and finding it again."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.core.documents import NotAPaper
from backend.core.models import Notice, User
from properties import cadastre, documents, energy, hard_dates, reminders, searching
from properties.cadastre import KeyTaken, NewKey, NothingNew, NotInForce
from properties.documents import NewDocument
from properties.energy import BadCertificate, NewCertificate
from properties.models import CadastralKey, HomeDocument, Unit
from properties.searching import Wish
from tests.properties.scene import Scene

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 invented"
DAY = dt.date(2025, 3, 3)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(scene: Scene, unit: Unit, *keys: str, ended: Sequence[CadastralKey] = ()) -> None:
    new = [(unit, NewKey(sheet="12", parcel=key)) for key in keys]
    by, at = scene.cast.owner, scene.at
    cadastre.replace(ended=ended, begun=new, on=DAY, by=by, at=at)


class TestCadastre:
    def test_a_key_is_split_and_the_old_one_stays_known(self, scene: Scene) -> None:
        first, second = scene.unit("A1"), scene.unit("A2")
        cadastre.begin_many([(first, NewKey(sheet="12", parcel="100"))])
        halves = [
            (first, NewKey(sheet="12", parcel="101")),
            (second, NewKey(sheet="12", parcel="102")),
        ]
        old = first.keys.get()

        cadastre.replace(ended=[old], begun=halves, on=DAY, by=scene.cast.owner, at=scene.at)

        old.refresh_from_db()
        assert old.ends_on == DAY
        assert second.keys.get().starts_on == DAY

    def test_two_keys_are_merged(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        cadastre.begin_many([(unit, NewKey(sheet="12", parcel=one)) for one in ("100", "101")])

        begin(scene, unit, "102", ended=list(unit.keys.all()))

        assert [key.parcel for key in unit.keys.filter(ends_on=None)] == ["102"]

    def test_a_key_of_another_home_is_refused(self, scene: Scene) -> None:
        begin(scene, scene.unit("A1"), "100")

        with pytest.raises(KeyTaken):
            begin(scene, scene.unit("A2"), "100")

    def test_a_key_may_come_to_another_home_when_it_ended(self, scene: Scene) -> None:
        first, second = scene.unit("A1"), scene.unit("A2")
        cadastre.begin_many([(first, NewKey(sheet="12", parcel="100"))])

        begin(scene, second, "100", ended=list(first.keys.all()))

        assert second.keys.count() == 1

    def test_the_database_refuses_two_homes_of_one_key(self, scene: Scene) -> None:
        key = NewKey(sheet="12", parcel="100")

        with pytest.raises(IntegrityError), transaction.atomic():
            cadastre.begin_many([(scene.unit("A1"), key), (scene.unit("A2"), key)])

    def test_a_key_that_is_over_does_not_end_again(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        begin(scene, unit, "100")

        with pytest.raises(NotInForce):
            begin(scene, unit, "101", ended=list(unit.keys.all()))

    def test_nothing_ends_without_a_new_key(self, scene: Scene) -> None:
        with pytest.raises(NothingNew):
            begin(scene, scene.unit("A1"))


class TestCertify:
    @given(years=st.integers(0, 12), days=st.integers(-3, 3))
    def test_it_holds_for_more_than_a_day_and_at_most_ten_years(
        self, years: int, days: int
    ) -> None:
        expires = DAY.replace(year=DAY.year + years) + dt.timedelta(days=days)
        new = NewCertificate(energy_class="F", issued_on=DAY, expires_on=expires)

        fits = DAY < expires <= DAY.replace(year=DAY.year + 10)

        assert bool(energy.problems([(0, new)])) != fits

    def test_one_day_alone_is_refused(self, scene: Scene) -> None:
        new = NewCertificate(energy_class="F", issued_on=DAY)

        with pytest.raises(BadCertificate):
            energy.certify(unit=scene.unit("A1"), new=new, by=scene.cast.owner, at=scene.at)


class TestKeep:
    def test_the_same_file_is_kept_once(self, scene: Scene) -> None:
        unit = scene.unit("A1")

        first, again = keep(scene, unit), keep(scene, unit)

        assert first == again
        assert len(first.sha256) == 64

    def test_what_is_no_paper_is_refused(self, scene: Scene) -> None:
        with pytest.raises(NotAPaper):
            keep(scene, scene.unit("A1"), raw=b"MZ")

    def test_papers_about_former_owners_stay_with_the_purchase(self, scene: Scene) -> None:
        document = keep(scene, scene.unit("A1"), kind="expert_report")
        address = reverse("home-document", args=[document.pk])

        assert browser(scene.cast.finance).get(address).status_code == 200
        assert browser(scene.cast.caseworker).get(address).status_code == 404
        assert browser(scene.cast.stranger).get(address).status_code == 404

    def test_a_manager_keeps_a_paper_a_certificate_and_a_key_on_the_page(
        self, scene: Scene
    ) -> None:
        client, unit = browser(scene.cast.owner), scene.unit("A1")
        file = SimpleUploadedFile("decree.pdf", PDF)
        days = {"issued_on": "2025-01-07", "expires_on": "2035-01-07"}
        typed = {"kind": "title", "title": "Decree", "file": file}

        client.post(reverse("home-document-add", args=[unit.pk]), typed)
        client.post(reverse("home-certificate", args=[unit.pk]), {"energy_class": "D", **days})
        client.post(reverse("home-key", args=[unit.pk]), {"on": "2025-01-07", "sheet": "12"})
        page = client.get(reverse("home-page", args=[unit.pk])).content.decode()

        assert "Decree" in page
        assert "L219 12" in page
        assert unit.certificates.get().energy_class == "D"

    def test_a_refused_file_comes_back_with_its_error(self, scene: Scene) -> None:
        unit, file = scene.unit("A1"), SimpleUploadedFile("x.exe", b"MZ")
        typed = {"kind": "title", "title": "Decree", "file": file}

        page = browser(scene.cast.owner).post(reverse("home-document-add", args=[unit.pk]), typed)

        assert page.context["document_form"].errors["file"]


class TestUpcoming:
    def test_the_days_of_purchases_certificates_and_papers_stand_in_order(
        self, scene: Scene
    ) -> None:
        unit = scene.unit("A1")
        scene.auction(unit)
        certify(scene, unit, years=1)
        keep(scene, unit, kind="insurance", expires_on=scene.day + dt.timedelta(days=90))

        found = hard_dates.upcoming(Unit.objects.all(), until=dt.date(2030, 1, 1))

        assert [date.kind for date in found] == ["offer", "paper", "energy"]

    def test_an_older_certificate_no_longer_counts(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        certify(scene, unit, years=1)
        certify(scene, unit, years=9)

        (date,) = hard_dates.upcoming(Unit.objects.all(), until=dt.date(2040, 1, 1))

        assert date.on.year == scene.day.year + 9

    def test_they_stand_on_a_page_and_in_the_list(self, scene: Scene) -> None:
        scene.auction(scene.unit("A1"))
        client = browser(scene.cast.owner)

        for name in ("homes", "home-dates"):
            page = client.get(reverse(name))
            assert [date.kind for date in page.context["dates"]] == ["offer"]


class TestRemind:
    @pytest.mark.parametrize(
        ("left", "told"), [(31, None), (30, 30), (8, 30), (7, 7), (1, 1), (0, 1), (-1, None)]
    )
    def test_each_distance_is_reached_in_turn(self, left: int, told: int | None) -> None:
        assert reminders.distance(DAY + dt.timedelta(days=left), DAY) == told

    def test_managers_are_told_once_per_distance(self, scene: Scene) -> None:
        scene.auction(scene.unit("A1"))

        for days in (0, 1, 22, 1):
            scene.wait(days)
            reminders.remind(at=scene.at)

        mails = Notice.objects.filter(template="home_date")
        readers = {scene.cast.owner.email, scene.cast.colleague.email}
        assert set(mails.values_list("to", flat=True)) == readers
        assert mails.count() == 2 * 2
        assert "A1" in mails[0].subject


class TestNarrow:
    def test_words_are_found_in_code_address_and_key(self, scene: Scene) -> None:
        first, second = scene.unit("A1"), scene.unit("B2", district=5)
        begin(scene, second, "777")

        assert narrowed(words="via inventata a1") == [first]
        assert narrowed(words="/777/") == [second]
        assert narrowed(district="5") == [second]
        assert narrowed(words="a1", district="5") == []

    def test_the_newest_certificate_counts(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        certify(scene, unit, years=1, energy_class="G")
        certify(scene, unit, years=2, energy_class="B", later=5)

        assert narrowed(energy_class="G") == []
        assert narrowed(energy_class="B") == [unit]

    def test_what_is_not_known_asks_for_nothing(self) -> None:
        assert searching.wish_of({"district": "99", "source": "x", "page": "2"}) == Wish()

    def test_five_hundred_homes_are_shown_page_by_page(self, scene: Scene) -> None:
        for number in range(60):
            scene.unit(f"T{number:03}")

        page = browser(scene.cast.owner).get(reverse("homes"), {"page": "2", "words": "T0"})

        assert len(page.context["rows"]) == 10


def keep(scene: Scene, unit: Unit, *, raw: bytes = PDF, **more: object) -> HomeDocument:
    new = NewDocument(raw=raw, **{"kind": "title", "title": "Decree", **more})  # type: ignore[arg-type]
    return documents.keep(unit=unit, new=new, by=scene.cast.owner, at=scene.at)


def certify(
    scene: Scene, unit: Unit, *, years: int, energy_class: str = "F", later: int = 0
) -> None:
    issued = scene.day + dt.timedelta(days=later)
    new = NewCertificate(
        energy_class=energy_class,
        issued_on=issued,
        expires_on=issued.replace(year=issued.year + years),
    )
    energy.certify(unit=unit, new=new, by=scene.cast.owner, at=scene.at)


def narrowed(**wish: str) -> list[Unit]:
    return list(searching.narrow(Unit.objects.order_by("code"), Wish(**wish)))
