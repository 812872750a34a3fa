"""Find homes among five or five hundred: by words, place, source, ownership, occupancy, energy.

What a person sees at all is decided by `visible_to` before; here a list is only narrowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from properties.models import CadastralKey, EnergyCertificate, Unit
from properties.models.energy import CLASSES
from properties.models.unit import DISTRICTS

FIELDS = ("words", "district", "source", "ownership", "occupancy", "energy_class")


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; an empty text asks for nothing."""

    words: str = ""
    district: str = ""
    source: str = ""
    ownership: str = ""
    occupancy: str = ""
    energy_class: str = ""


def wish_of(asked: Mapping[str, str]) -> Wish:
    """The wish in an address; what is not known there asks for nothing."""
    known = {
        "district": {str(number) for number in DISTRICTS},
        "source": set(Unit.Source.values),
        "ownership": set(Unit.Ownership.values),
        "occupancy": set(Unit.Occupancy.values),
        "energy_class": set(CLASSES),
    }
    chosen = {name: asked.get(name, "") for name in known}
    told = {name: value for name, value in chosen.items() if value in known[name]}
    return Wish(words=asked.get("words", "").strip()[:100], **told)


def narrow(homes: QuerySet[Unit], wish: Wish) -> QuerySet[Unit]:
    """The homes that fit a wish: each word stands in the code, the address, the quarter or a key."""
    for word in wish.words.split():
        homes = homes.filter(_has(word))
    if wish.district:
        homes = homes.filter(building__district=wish.district)
    if wish.energy_class:
        homes = homes.annotate(newest_class=_newest_class())
        homes = homes.filter(newest_class=wish.energy_class)
    exact = {"source": wish.source, "ownership": wish.ownership, "occupancy": wish.occupancy}
    return homes.filter(**{name: value for name, value in exact.items() if value})


def _has(word: str) -> Q:
    keys = CadastralKey.objects.filter(unit=OuterRef("pk"), key__icontains=word)
    texts = ("code", "building__address", "building__quarter", "building__omi_zone")
    found = Q(Exists(keys))
    for text in texts:
        found |= Q(**{f"{text}__icontains": word})
    return found


def _newest_class() -> Subquery:
    own = EnergyCertificate.objects.filter(unit=OuterRef("pk"))
    newest = own.order_by(F("issued_on").desc(nulls_last=True), "-pk")
    return Subquery(newest.values("energy_class")[:1])
