"""Lo.C.A.Re.: who may, who comes first, and a lease that is put under it once."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import euro
from properties import lettings, locare
from properties.models import CadastralKey, LocareTerms, Tenancy
from tests.properties.scene import Scene

ON = dt.date(2025, 5, 1)
LIMITS = locare.Limits(
    barred=frozenset({"A1", "A7", "A8", "A9"}),
    certificate=dt.timedelta(days=365),
    residence=dt.timedelta(days=365),
)
FITS = locare.Case(
    on=ON,
    contract="3+2",
    has_agreed_rent=True,
    isee="to_10310",
    categories=frozenset({"A3"}),
    certificate_on=dt.date(2025, 1, 20),
    in_turin_since=dt.date(2019, 1, 1),
)
WRONG = {
    "kind": replace(FITS, contract="4+4"),
    "agreed_most": replace(FITS, has_agreed_rent=False),
    "isee": replace(FITS, isee="over_26000"),
    "category": replace(FITS, categories=frozenset({"A3", "A8"})),
    "certificate_on": replace(FITS, certificate_on=dt.date(2024, 4, 30)),
    "in_turin_since": replace(FITS, in_turin_since=dt.date(2024, 5, 2)),
}


class TestFindings:
    def test_nothing_speaks_against_who_fits(self) -> None:
        assert locare.findings(FITS, LIMITS) == []

    @pytest.mark.parametrize("field", WRONG)
    def test_each_edge_is_told_by_its_field(self, field: str) -> None:
        assert [name for name, _says in locare.findings(WRONG[field], LIMITS)] == [field]

    @given(st.lists(st.sampled_from(sorted(WRONG)), unique=True))
    def test_all_that_speaks_against_it_is_told_at_once(self, fields: list[str]) -> None:
        case = FITS
        for field in fields:
            changed = {
                name: value
                for name, value in vars(WRONG[field]).items()
                if value != getattr(FITS, name)
            }
            case = replace(case, **changed)

        assert {name for name, _says in locare.findings(case, LIMITS)} == set(fields)

    @pytest.mark.parametrize("isee", ["REFUSED", "UNKNOWN", "NOT_COLLECTED"])
    def test_an_income_that_is_not_known_is_not_within_the_limit(self, isee: str) -> None:
        assert locare.findings(replace(FITS, isee=isee), LIMITS)


class TestPriority:
    @pytest.mark.parametrize(
        ("isee", "is_case", "found"),
        [
            ("to_6241", False, "first"),
            ("to_10310", True, "second"),
            ("to_10310", False, "none"),
            ("to_26000", True, "none"),
        ],
    )
    def test_is_by_band_and_case(self, isee: str, is_case: bool, found: str) -> None:
        assert locare.priority(isee=isee, is_case=is_case) == found


@pytest.fixture
def lease(scene: Scene) -> Tenancy:
    """A home let at an agreed rent to a household of the second band."""
    unit = scene.unit("A1")
    CadastralKey.objects.create(unit=unit, sheet="1", key="L219//1///F", category="A/3")
    scene.buy(unit)
    new = lettings.NewTenancy(
        unit=unit,
        household=scene.household("H1", isee="to_10310"),
        contract_no="C-1",
        kind="3+2",
        rent=euro("260.00"),
        agreed_most=euro("290.00"),
        starts_on=scene.day,
    )
    return lettings.let(new=new, by=scene.cast.caseworker, at=scene.at)


TERMS = {"certificate_on": "2024-12-02", "in_turin_since": "2015-09-01", "is_case": "on"}


@pytest.mark.money
class TestAgree:
    def test_a_lease_is_put_under_it_once(self, scene: Scene, lease: Tenancy) -> None:
        new = locare.NewTerms(
            certificate_on=dt.date(2024, 12, 2),
            in_turin_since=dt.date(2015, 9, 1),
            is_case=True,
            tenant_grant=euro("1500.00"),
        )
        by = scene.cast.caseworker
        terms = locare.agree(tenancy=lease, new=new, by=by, at=scene.at)

        assert (terms.priority, terms.owner_grant) == ("second", euro("2000.00"))
        with pytest.raises(locare.AgreedAlready):
            locare.agree(tenancy=lease, new=new, by=by, at=scene.at)

    def test_a_barred_category_is_refused(self, scene: Scene, lease: Tenancy) -> None:
        CadastralKey.objects.update(category="A/7")
        new = locare.NewTerms(
            certificate_on=dt.date(2024, 12, 2), in_turin_since=dt.date(2015, 9, 1)
        )

        with pytest.raises(locare.NotEligible) as refusal:
            locare.agree(tenancy=lease, new=new, by=scene.cast.caseworker, at=scene.at)

        assert refusal.value.facts["findings"] == ["category"]

    def test_a_caseworker_agrees_on_the_page(self, scene: Scene, lease: Tenancy) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)
        address = reverse("tenancy-locare", args=[lease.pk])
        refused = client.post(address, {**TERMS, "certificate_on": "2023-01-02"})

        client.post(address, TERMS)

        assert refused.context["locare_form"].errors["certificate_on"]
        page = client.get(reverse("household-page", args=[lease.household_id]))
        assert LocareTerms.objects.get().get_priority_display() in page.content.decode()

    def test_the_endpoint_agrees_once_per_key(self, scene: Scene, lease: Tenancy) -> None:
        client = Client()
        client.force_login(scene.cast.caseworker)
        path = f"/api/v1/tenancies/{lease.pk}/locare/"
        told = {**TERMS, "is_case": True}

        answers = [
            client.post(
                path,
                told,
                content_type="application/json",
                headers={"Idempotency-Key": "locare-1"},
            )
            for _again in range(2)
        ]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert LocareTerms.objects.count() == 1
