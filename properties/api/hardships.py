"""Why a household fell into arrears: `households/{id}/hardships/`."""

from rest_framework import serializers

from backend.core import clock
from backend.core.api import DayField, Input
from properties import blameless
from properties.api.household_facts import told
from properties.models import Hardship


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
