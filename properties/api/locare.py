"""Leases under Lo.C.A.Re.: `tenancies/{id}/locare/`."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Idempotent, Input, MoneyField
from properties import locare
from properties.api import listing
from properties.models import LocareTerms, Tenancy


class LocareInput(Input):
    certificate_on = DayField(help_text="day of the income certificate (ISEE)")
    in_turin_since = DayField(help_text="living or working in Turin since")
    is_case = serializers.BooleanField(
        default=False, help_text="over 70, a minor, a disability of 74 % or more, social services"
    )
    tenant_grant = MoneyField(required=False, allow_null=True)


class LocareSerializer(serializers.ModelSerializer[LocareTerms]):
    owner_grant = MoneyField()
    tenant_grant = MoneyField(allow_null=True)

    class Meta:
        model = LocareTerms
        fields = (
            "tenancy", "certificate_on", "in_turin_since", "is_case", "priority", "agreed_on",
            "owner_grant", "tenant_grant",
        )  # fmt: skip


class TenancyLocare(Idempotent):
    permission = "tenancy.edit"

    @extend_schema(request=LocareInput, responses={201: LocareSerializer})
    def create(self, request: Request, pk: int) -> Response:
        """Put a lease under the city's scheme, once; what speaks against it is told whole."""
        rows = Tenancy.objects.visible_to(self.person).select_related("household", "unit")
        terms = locare.agree(
            tenancy=listing.one(rows, pk),
            new=locare.NewTerms(**self.read(LocareInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(LocareSerializer(terms).data, status=201)
