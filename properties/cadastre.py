"""What identifies homes in the cadastre: begin a key, end it, split one or merge several on a day.

Which key was of which home on a day stays known, and no key is of two homes at a time: the database
refuses that, here it gets a sentence.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.users import Actor
from properties.models import CadastralKey, Unit
from properties.models.cadastre import TURIN


class KeyTaken(Conflict):
    code = "cadastre.key_taken"


class NotInForce(Conflict):
    code = "cadastre.not_in_force"


class NothingNew(Refused):
    code = "cadastre.nothing_new"


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A key of the cadastre; without a first day it has been in force since ever."""

    sheet: str
    parcel: str = ""
    subunit: str = ""
    section: str = ""
    comune: str = TURIN
    register: str = "F"
    category: str = ""
    income: Money | None = None
    starts_on: dt.date | None = None

    @property
    def key(self) -> str:
        """All its parts in one text, as two keys are compared."""
        parts = (self.comune, self.section, self.sheet, self.parcel, self.subunit, self.register)
        return "/".join(part.strip().upper() for part in parts)


Placed = tuple[int, NewKey]


def begin_many(new: Sequence[tuple[Unit, NewKey]]) -> list[CadastralKey]:
    """Write down keys of homes, once `problems` has found nothing against them."""
    return CadastralKey.objects.bulk_create(
        CadastralKey(unit=unit, key=one.key, **dataclasses.asdict(one)) for unit, one in new
    )


@transaction.atomic
def replace(
    *,
    ended: Sequence[CadastralKey],
    begun: Sequence[tuple[Unit, NewKey]],
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> list[CadastralKey]:
    """End some keys and begin others on the same day: one by several is a split, several by one a
    merger. The homes of the new keys may be others than those of the old.

    Raises NotInForce for a key that is over or not begun, KeyTaken, NothingNew.
    """
    users.require(by, "unit.edit")
    if not begun:
        raise NothingNew(_("Say which keys come in their place."), field="sheet")
    for key in ended:
        _end(key, on)
    new = [(unit, dataclasses.replace(one, starts_on=on)) for unit, one in begun]
    for _place, problem in problems([(place, one) for place, (_unit, one) in enumerate(new)]):
        raise problem
    found = begin_many(new)
    facts = {"ended": [str(key) for key in ended], "begun": [str(key) for key in found]}
    for unit in {key.unit_id: key.unit for key in [*ended, *found]}.values():
        audit.record(action="unit.cadastre_changed", subject=unit, by=by, at=at, facts=facts)
    return found


def problems(new: Sequence[Placed], *, field: str = "sheet") -> list[tuple[int, RuleBroken]]:
    """The keys of a list that another home has in the same time, there or in the list itself."""
    taken: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for row in CadastralKey.objects.filter(key__in={one.key for _place, one in new}):
        taken[row.key].append((row.starts_on or dt.date.min, row.ends_on or dt.date.max))
    found: list[tuple[int, RuleBroken]] = []
    for place, one in new:
        begins = one.starts_on or dt.date.min
        if any(ends > begins for _starts, ends in taken[one.key]):
            sentence = _("Another home has this cadastral key.")
            found.append((place, KeyTaken(sentence, field=field)))
        taken[one.key].append((begins, dt.date.max))
    return found


def _end(key: CadastralKey, on: dt.date) -> None:
    won = CadastralKey.objects.filter(pk=key.pk, ends_on=None).exclude(starts_on__gte=on)
    if not won.update(ends_on=on):
        raise NotInForce(
            _("%(key)s is not in force on that day.") % {"key": key}, field="on", key=key.pk
        )
    key.ends_on = on
