"""Why a household fell into arrears, and what of it is opened for a purpose alone.

`households/{id}/hardships/`, `households/{id}/special/`.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input
from properties import blameless, identities
from properties.api import listing
from properties.api.household_facts import told
from properties.api.household_shapes import TraitAnswerSerializer
from properties.api.households import PurposeInput
from properties.models import Hardship, Household


class HardshipInput(Input):
    cause = serializers.ChoiceField(Hardship.Cause.choices)
    on = DayField()


class HardshipSerializer(serializers.ModelSerializer[Hardship]):
    """A cause, and what a claim for blameless arrears still lacks."""

    claim_lacks = serializers.SerializerMethodField(help_text="sentences, in the reader's language")

    class Meta:
        model = Hardship
        fields = ("id", "cause", "on", "claim_lacks")

    def get_claim_lacks(self, hardship: Hardship) -> list[str]:
        return blameless.lacks(hardship.household, on=clock.day_of(hardship.at))


Hardships = told(
    "Hardships", "Write down why a household fell into arrears; for its caseworker alone.",
    HardshipInput, HardshipSerializer, blameless.tell,
)  # fmt: skip


class SpecialSerializer(serializers.Serializer[Any]):
    traits = TraitAnswerSerializer(many=True)
    hardships = HardshipSerializer(many=True)


class OpenSpecial(Endpoint):
    permission = "identity.view"

    @extend_schema(request=PurposeInput, responses=SpecialSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Open what was answered of special categories; who asks, when and for what is written down."""
        traits, hardships = identities.read_special(
            household=listing.one(Household.objects.visible_to(self.person), pk),
            purpose=self.read(PurposeInput)["purpose"],
            by=self.person,
            at=clock.now(),
        )
        return Response(SpecialSerializer({"traits": traits, "hardships": hardships}).data)
