"""What changes while an offer runs: a later deadline, filings with authorities, translations asked for."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import pace
from backend.core import clock
from backend.core.api import AskedSerializer, DayField, Endpoint, Input, each
from backend.core.models import User
from backend.core.users import SYSTEM
from campaigns import (
    documents,
    extensions,
)
from campaigns.api.campaigns import of_staff
from campaigns.api.shapes import DocumentSerializer
from campaigns.models import Campaign, TranslationRequest
from campaigns.regulator import filings
from campaigns.sheets import translation_requests


class LaterInput(Input):
    to_on = DayField()
    reason = serializers.CharField(max_length=1000)
    material = serializers.BooleanField(default=True)


class FilingSerializer(serializers.ModelSerializer[Campaign]):
    class Meta:
        model = Campaign
        fields = filings.FIELDS


class FilingInput(Input):
    offer_identifier = serializers.CharField(max_length=28, required=False)
    sheet_sent_on = DayField(required=False, allow_null=True)
    authority_told_on = DayField(required=False, allow_null=True)
    register_filed_on = DayField(required=False, allow_null=True)


class TranslationSerializer(serializers.ModelSerializer[TranslationRequest]):
    class Meta:
        model = TranslationRequest
        fields = (
            "id", "state", "wanted_language", "asked_at", "proven_at", "answered_at", "shown_at",
        )  # fmt: skip


class TranslationInput(Input):
    language = serializers.RegexField(r"^[a-z]{2,3}$", help_text="code of the language wanted")
    email = serializers.EmailField()
    letters_in = serializers.ChoiceField(choices=("it", "en"), default="it")


class DeliveryInput(Input):
    title = serializers.CharField(max_length=200)
    file = serializers.FileField(allow_empty_file=True)


class Extensions(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=LaterInput, responses={202: AskedSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Ask a second person to move the deadline of an open offer."""
        asked = self.read(LaterInput)
        wish = extensions.Later(asked["to_on"], asked["reason"], asked["material"])
        approval = extensions.ask(
            campaign=of_staff(self, slug), wish=wish, by=self.person, at=clock.now()
        )
        return Response(AskedSerializer(approval).data, status=202)


class Filings(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "campaign.view" if request.method == "GET" else "campaign.edit"

    @extend_schema(responses=FilingSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """What was filed with authorities, and when."""
        return Response(FilingSerializer(of_staff(self, slug)).data)

    @extend_schema(request=FilingInput, responses=FilingSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        """Write down what was filed; the identifier of an offer is given once."""
        campaign, facts = of_staff(self, slug), self.read(FilingInput)
        noted = filings.note(campaign=campaign, facts=facts, by=self.person, at=clock.now())
        return Response(FilingSerializer(noted).data)


class Translations(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return None if request.method == "POST" else "campaign.view"

    @extend_schema(responses=TranslationSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The translations that were asked for by whom the address belongs to, the oldest first."""
        found = of_staff(self, slug).translation_requests.proven()
        return self.paged(found, each(TranslationSerializer))

    @extend_schema(request=TranslationInput, responses={201: TranslationSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Ask for the sheet in another language: it is delivered, or you are advised not to invest.

        It counts once `proven_at` is set: at once for who is logged in with that address, else by the
        link that is mailed there.
        """
        campaign = get_object_or_404(Campaign.objects.public(), slug=slug)
        wanted = translation_requests.Wanted(**self.read(TranslationInput))
        pace.keep(request._request, "translation")
        by = request.user if isinstance(request.user, User) else SYSTEM
        asked = translation_requests.ask(campaign=campaign, wanted=wanted, by=by, at=clock.now())
        return Response(TranslationSerializer(asked).data, status=201)


class ProveTranslation(Endpoint):
    @extend_schema(request=None, responses=TranslationSerializer)
    def post(self, request: Request, token: str) -> Response:
        """Let a request count, by the token of the link that was mailed to its address."""
        found = translation_requests.prove(token=token, at=clock.now())
        return Response(TranslationSerializer(found).data)


class DeliverTranslation(Endpoint):
    permission = "campaign.edit"
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(
        request={"multipart/form-data": DeliveryInput}, responses={201: DocumentSerializer}
    )
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Publish the translation and tell whoever asked."""
        told = self.read(DeliveryInput)
        document = translation_requests.deliver(
            request=get_object_or_404(of_staff(self, slug).translation_requests.proven(), pk=pk),
            paper=(told["title"], told["file"].read(documents.MAX_BYTES + 1)),
            by=self.person,
            at=clock.now(),
        )
        return Response(DocumentSerializer(document).data, status=201)


class AdviseAgainst(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=None, responses=TranslationSerializer)
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Say that there will be no translation, and advise against investing."""
        asked = get_object_or_404(of_staff(self, slug).translation_requests.proven(), pk=pk)
        answered = translation_requests.advise(request=asked, by=self.person, at=clock.now())
        return Response(TranslationSerializer(answered).data)
