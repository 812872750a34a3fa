"""Privacy rules that hold by how things are built: nothing points at a name, nobody filters people."""

import json
from types import ModuleType

import pytest
from django.apps import apps
from django.db.models import CharField, ForeignKey, Model, TextField
from django.forms import CharField as FormCharField
from django.forms import Form

from backend.reporting import contents
from properties import disclosure, freezing, nightly, retention
from properties.api import households
from properties.indicators import REGISTRY
from properties.models import (
    EvictionCase,
    Hardship,
    Household,
    HouseholdIdentity,
    Income,
    RepaymentPlan,
    Snapshot,
    Tenancy,
    Trait,
)
from properties.models.household import AGE_BANDS
from properties.pages import glass, household_forms, support_forms
from properties.pages.free_words import NO_NAMES, FreeWords
from tests import described
from tests.house.access_table import TABLE
from tests.properties.scene import Scene
from tests.properties.test_snapshots import take


class TestAges:
    def test_outside_there_are_minors_and_nobody_elses_age(self) -> None:
        codes = {row.code for row in REGISTRY if row.is_about_people}

        assert "minors_housed" in codes
        assert not [code for code in codes if any(band in code for band in AGE_BANDS)]


class TestIdentityTable:
    def test_nothing_points_at_it_and_it_points_at_the_household_alone(self) -> None:
        keys = [
            (model, field.related_model)
            for model in apps.get_models()
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey)
        ]

        assert [model for model, to in keys if to is HouseholdIdentity] == []
        assert [to for model, to in keys if model is HouseholdIdentity] == [Household]


class TestFreeWordsOfRetention:
    """Whatever may be typed about a household is forgotten with its name, or is said here to stay."""

    KEPT = frozenset(
        {
            *("Household.code", "Household.referred_by", "Household.next_step"),  # emptied by name
            *("Tenancy.contract_no", "Tenancy.market_source"),  # contracts stay ten years
        }
    )

    def free(self) -> set[str]:
        about = {Household, Tenancy, EvictionCase, RepaymentPlan}
        return {
            f"{model.__name__}.{field.name}"
            for model in apps.get_app_config("properties").get_models()
            if model in about
            or any(each.related_model in about for each in model._meta.get_fields())
            for field in model._meta.get_fields()
            if isinstance(field, CharField | TextField)
            and not (field.choices or field.name in ("state", "by_label"))
            and (model in about or self.points_at(model, about))
        }

    def points_at(self, model: type[Model], about: set[type[Model]]) -> bool:
        fields = model._meta.get_fields()
        return any(isinstance(each, ForeignKey) and each.related_model in about for each in fields)

    def test_names_every_field_that_may_name_somebody(self) -> None:
        named = {
            f"{model.__name__}.{word}"
            for model, _who, words in retention.FREE_WORDS
            for word in words
        }
        removed = {HouseholdIdentity, Trait, Hardship, Income}
        gone = {name for name in self.free() if name.split(".")[0] in {m.__name__ for m in removed}}

        assert self.free() - gone - named == self.KEPT


class TestEvidence:
    def test_the_night_removes_four_kinds_of_things_and_no_evidence(self) -> None:
        assert set(nightly.JOBS) == {"plans", "expiries", "evidence", retention.KIND}
        assert retention.REMOVES == ("referrals", "households", "debtor_files", "access_logs")


class TestFilters:
    def test_the_public_asks_for_no_rows_of_people(self) -> None:
        """Whoever is nobody may send filters: to no address that tells of households or homes."""
        public = {name for name, (get, _post) in TABLE.items() if get is None}
        about = ("household", "tenanc", "unit", "referral", "indicator", "arrear", "acquisition")

        assert not [name for name in public if any(word in name for word in about)]

    def test_an_unknown_filter_is_no_way_in(self) -> None:
        filtered = {
            parameter["name"]
            for one in described.operations()
            if one.path in ("/api/v1/referrals/", "/api/v1/indicators/")
            for parameter in one.told.get("parameters", [])
        }

        assert filtered <= {"page", "page_size", "as_of"}

    def test_who_reads_rows_narrows_them_by_what_stands_in_them(self) -> None:
        asked = {name for name, _values in households.FILTERS.choices}
        asked |= {*households.FILTERS.days, *households.FILTERS.order}

        assert asked <= set(households.HouseholdSerializer.Meta.fields)


@pytest.mark.money
class TestFreeWords:
    APART = frozenset({"name", "phone", "tax_code", "contract_no", "market_source", "code"})
    """What is sealed, is of the contract, or is looked up."""

    @pytest.mark.parametrize("module", [glass, household_forms, support_forms])
    def test_are_asked_for_with_a_warning(self, module: ModuleType) -> None:
        asked = {
            name: field
            for form in vars(module).values()
            if isinstance(form, type) and issubclass(form, Form)
            for name, field in form.base_fields.items()
            if type(field) in (FormCharField, FreeWords) and name not in self.APART
        }

        assert asked
        for name, field in asked.items():
            assert isinstance(field, FreeWords), name
            assert str(field.help_text).endswith(str(NO_NAMES))

    def test_are_in_no_view_of_the_figures(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        household = scene.household("H1")
        scene.tenancy(unit, household)
        Household.objects.update(next_step="Secret words", referred_by="Secret referrer")

        snapshot = take(scene)

        for audience in disclosure.AUDIENCES:
            assert "Secret" not in json.dumps(freezing.view(snapshot.data, audience))


@pytest.mark.money
class TestReports:
    def test_say_nothing_of_people_but_what_the_view_says(self, scene: Scene) -> None:
        unit = scene.unit("A1")
        scene.buy(unit)
        scene.tenancy(unit, scene.household("H1", size=49))
        snapshot: Snapshot = take(scene)
        view = freezing.view(snapshot.data, disclosure.INVESTOR)
        shown = {each["code"]: each["shown"] for each in view["indicators"]}

        all_told = contents.shared(snapshot, kind="yearly", language="en")
        told = contents.to_reader(all_told, snapshot, contents.Reader("A"))

        assert told["figures"]
        assert all(each["shown"] == shown[each["code"]] for each in told["figures"])
        assert not {key for key in told["money"] if "people" in key or "household" in key}
