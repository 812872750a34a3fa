"""The register of members, changes of holder, filings, and the proofs of members."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Idempotent, IdField, Input, each
from campaigns import allotments, certificates, members
from campaigns.api.campaigns import of_staff
from campaigns.members import Change, Filing
from campaigns.models import (
    Allotment,
    Campaign,
    Certificate,
    ChangeOfHolder,
    Pledge,
    RegisterFiling,
)
from campaigns.rules import tax_relief
from investors import reads
from investors.models import Investor


class HoldingSerializer(serializers.Serializer[Any]):
    """What one holder has of one register entry."""

    register_number = serializers.IntegerField(source="allotment.register_number")
    allotment = serializers.IntegerField(source="allotment.pk")
    holder = serializers.IntegerField(source="holder.pk")
    name = serializers.CharField(source="holder.name")
    shares = serializers.IntegerField()


class HolderChangeInput(Input):
    register_number = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    giver = IdField()
    taker = IdField(help_text="an investor who is known to the issuer")
    shares = serializers.IntegerField(min_value=1, max_value=10**9)
    kind = serializers.ChoiceField(ChangeOfHolder.Kind.choices)
    happened_on = DayField()
    evidence = serializers.CharField(max_length=300)


class ChangeSerializer(serializers.ModelSerializer[ChangeOfHolder]):
    register_number = serializers.IntegerField(source="allotment.register_number")

    class Meta:
        model = ChangeOfHolder
        fields = (
            "id",
            "register_number",
            "giver",
            "taker",
            "shares",
            "kind",
            "happened_on",
            "evidence",
        )


class FilingInput(Input):
    filed_on = DayField()
    protocol = serializers.CharField(max_length=60)
    change = IdField(required=False, help_text="without it the allotments of the campaign")


class RegisterFilingSerializer(serializers.ModelSerializer[RegisterFiling]):
    class Meta:
        model = RegisterFiling
        fields = ("id", "filed_on", "protocol", "change", "recorded_at")


class CertificateInput(Input):
    kind = serializers.ChoiceField(certificates.BY_HAND)
    scheme = serializers.ChoiceField(tax_relief.SCHEMES, required=False, default="")


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """A proof; `withdrawn_at` and `reason` where it no longer stands."""

    pledge = serializers.IntegerField(source="allotment.pledge_id")
    withdrawn_at = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = (
            "id", "kind", "number", "pledge", "holder", "data", "content_hash", "issued_at", "replaces",
            "withdrawn_at", "reason",
        )  # fmt: skip

    def get_withdrawn_at(self, certificate: Certificate) -> dt.datetime | None:
        gone = getattr(certificate, "withdrawal", None)
        return gone.withdrawn_at if gone else None

    def get_reason(self, certificate: Certificate) -> str:
        gone = getattr(certificate, "withdrawal", None)
        return gone.reason if gone else ""


class Members(Endpoint):
    permission = "campaign.view"

    @extend_schema(
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="as of; else today")],
        responses=HoldingSerializer(many=True),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Who holds how many shares at the end of a day."""
        told = request.query_params.get("on")
        on = DayField().run_validation(told) if told else clock.today()
        found = members.holdings(of_staff(self, slug), on=on)
        return self.paged(found, each(HoldingSerializer))


class HolderChanges(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=ChangeSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Every change of holder, newest first."""
        rows = ChangeOfHolder.objects.filter(allotment__campaign=of_staff(self, slug))
        return self.paged(rows.select_related("allotment").order_by("-id"), each(ChangeSerializer))

    @extend_schema(request=HolderChangeInput, responses={201: ChangeSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Write down that shares passed on by gift, inheritance or sale."""
        told, campaign = self.read(HolderChangeInput), of_staff(self, slug)
        known = Investor.objects.visible_to(self.person)
        entry = get_object_or_404(campaign.allotments, register_number=told.pop("register_number"))
        change = Change(
            **told
            | {
                "allotment": entry,
                "giver": get_object_or_404(known, pk=told["giver"]),
                "taker": get_object_or_404(known, pk=told["taker"]),
            }
        )
        made = members.change_holder(change=change, by=self.person, at=clock.now())
        return Response(ChangeSerializer(made).data, status=201)


class Filings(Idempotent):
    def permission_for(self, request: Request) -> str:
        return "campaign.edit" if request.method == "POST" else "campaign.view"

    @extend_schema(responses=RegisterFilingSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What was filed at the business register, newest first."""
        return self.paged(
            of_staff(self, slug).filings.order_by("-id"), each(RegisterFilingSerializer)
        )

    @extend_schema(request=FilingInput, responses={201: RegisterFilingSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Note a filing."""
        told, campaign = self.read(FilingInput), of_staff(self, slug)
        ours = ChangeOfHolder.objects.filter(allotment__campaign=campaign)
        change = get_object_or_404(ours, pk=told["change"]) if "change" in told else None
        filing = Filing(told["filed_on"], told["protocol"], change)
        made = members.file(campaign=campaign, filing=filing, by=self.person, at=clock.now())
        return Response(RegisterFilingSerializer(made).data, status=201)


class AllottedSerializer(serializers.Serializer[Any]):
    allotted = serializers.IntegerField(help_text="pledges that got their shares now")


class AllotWaiting(Idempotent):
    """Allot to those whose identity was established since the close."""

    permission = "campaign.edit"

    @extend_schema(request=None, responses=AllottedSerializer)
    def create(self, request: Request, slug: str) -> Response:
        made = allotments.allot_waiting(
            campaign=of_staff(self, slug), by=self.person, at=clock.now()
        )
        return Response({"allotted": len(made)})


class Certificates(Endpoint):
    """The proofs one may see: of the investors one acts for, or of one's issuer's campaigns."""

    permission = ""

    @extend_schema(responses=CertificateSerializer(many=True))
    def get(self, request: Request) -> Response:
        seen = Certificate.objects.visible_to(self.person).select_related("allotment", "withdrawal")
        return self.paged(seen.defer("pdf").order_by("-id"), each(CertificateSerializer))


class CertificatePdf(Endpoint):
    """The document of a proof, as it was issued."""

    permission = ""

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        found = get_object_or_404(Certificate.objects.visible_to(self.person), pk=pk)
        reads.note(investors=[found.owner], place="proof", by=self.person, at=clock.now())
        return HttpResponse(bytes(found.pdf), content_type="application/pdf")


class PledgeCertificates(Idempotent):
    """Issue a proof for a pledge that has its shares."""

    permission = "campaign.edit"

    @extend_schema(request=CertificateInput, responses={201: CertificateSerializer})
    def create(self, request: Request, pk: int) -> Response:
        told = self.read(CertificateInput)
        ours = Allotment.objects.filter(pledge__in=_staffed(self))
        made = certificates.issue(
            allotment=get_object_or_404(ours, pledge=pk),
            kind=told["kind"],
            scheme=told["scheme"],
            by=self.person,
            at=clock.now(),
        )
        return Response(CertificateSerializer(made).data, status=201)


class WithdrawInput(Input):
    reason = serializers.CharField(max_length=300)


class CertificateWithdraw(Idempotent):
    """Withdraw a proof for good, with a reason."""

    permission = "campaign.edit"

    @extend_schema(request=WithdrawInput, responses=CertificateSerializer)
    def create(self, request: Request, pk: int) -> Response:
        ours = Certificate.objects.filter(allotment__pledge__in=_staffed(self))
        found = get_object_or_404(ours, pk=pk)
        reason = self.read(WithdrawInput)["reason"]
        certificates.withdraw(certificate=found, reason=reason, by=self.person, at=clock.now())
        found.refresh_from_db()
        return Response(CertificateSerializer(found).data)


def _staffed(view: Endpoint) -> Any:
    """The pledges of the campaigns that the person works on."""
    return Pledge.objects.filter(campaign__in=Campaign.objects.of_staff(view.person))
