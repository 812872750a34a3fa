"""Columns that lie encrypted in the database and are opened when somebody asks for the value.

A row that is loaded carries tokens; the first look at an attribute opens that one. Nothing can be
searched in such a column: where equal values must be found or refused, a `PrintField` beside it holds
the keyed hash (`prints`). Tables of which nothing may be changed cannot be rotated: no such column there.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.lookups import Exact, IsNull, Lookup
from django.db.models.query_utils import DeferredAttribute

from backend.core import encryption

BATCH = 500


class Token(str):
    """A value as it stands in the database: still sealed."""

    __slots__ = ()


class _Opening(DeferredAttribute):
    """Opens the token of a row at the first look, and keeps what it said."""

    field: "Sealed"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        found = super().__get__(instance, cls)
        if isinstance(found, Token):
            found = instance.__dict__[self.field.attname] = self.field.opened(found)
        return found

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Without it Python would take what lies in the row, and ask nobody."""
        instance.__dict__[self.field.attname] = value


class _Unset(Exact[Any]):
    """Whether nothing is told: the one comparison that a sealed column knows."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("A sealed column cannot be searched: look for its print.")
        return self.rhs


class Sealed(models.Field[Any, Any]):
    """What sealed columns share; nothing and the empty text stay as they are."""

    descriptor_class = _Opening

    def get_internal_type(self) -> str:
        return "TextField"

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        return {"exact": _Unset, "isnull": IsNull}.get(lookup_name)

    def get_transform(self, name: str) -> Any:
        """Nothing of what is inside can be asked for in a query."""
        return None

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return Token(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A token that nobody opened goes back as it came."""
        known = model_instance.__dict__
        name = self.attname
        return known[name] if name in known else super().pre_save(model_instance, add)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Token):
            return str(value)
        if value is None or value == "":
            return value
        return encryption.encrypt(self.as_text(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def as_text(self, value: Any) -> str:
        """A value as it is sealed."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value that a text is of."""
        return text

    def opened(self, token: Token) -> Any:
        """What a token says. Raises Unreadable."""
        return self.read(encryption.decrypt(token))


class SealedText(Sealed, models.TextField[Any, Any]):
    """A text under the key."""


class SealedDay(Sealed, models.DateField[Any, Any]):
    """A day under the key."""

    def as_text(self, value: Any) -> str:
        return self.read(str(value)).isoformat()

    def read(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)


class SealedFacts(Sealed, models.JSONField[Any, Any]):
    """What JSON can say, under the key."""

    def as_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> Any:
        return json.loads(text)


class PrintField(models.CharField[Any, Any]):
    """The keyed hash of a sealed column of the same row, written with it; nothing where it is empty.

    Which column it is goes into the hash, so that two tables of one person do not meet in a stolen copy.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"max_length": 64, "null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["null"], kwargs["editable"]
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        told = model_instance.__dict__.get(self.of, Token())
        if not isinstance(told, Token):
            setattr(model_instance, self.attname, (*self.prints(told or ""), None)[0])
        return super().pre_save(model_instance, add)

    def prints(self, text: str) -> list[str]:
        """The hashes of a text under every key, newest first; none of an empty one."""
        label = f"{self.model._meta.label_lower}.{self.of}:"
        return encryption.fingerprints(f"{label}{text}") if text.strip() else []


def prints(model: type[models.Model], name: str, text: str) -> list[str]:
    """Under what a text may stand in a print column: its hash by every key, newest first."""
    field = model._meta.get_field(name)
    assert isinstance(field, PrintField), f"{name} is no print"
    return field.prints(text)


def opened(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """A row of `values()` with its tokens opened and without its prints."""
    told = {}
    for name, value in row.items():
        field = model._meta.get_field(name)
        if isinstance(field, PrintField):
            continue
        is_token = isinstance(field, Sealed) and isinstance(value, Token)
        told[name] = field.opened(value) if is_token else value  # type: ignore[union-attr]
    return told


def rotate_all(*, dry_run: bool = False) -> int:
    """Write every sealed column and its print anew under the newest key; how many rows. Safe to repeat.

    In batches, each a transaction of its own; `dry_run` only opens. Raises Unreadable.
    """
    return sum(_rotate(model, dry_run=dry_run) for model in sealed_models())


def sealed_models() -> list[type[models.Model]]:
    """The models that have sealed columns."""
    return [each for each in apps.get_models() if _names(each, Sealed)]


def seal_plain(model: type[models.Model]) -> int:
    """Seal what lies plain in the columns of a model, for the migration that makes them sealed; how many
    rows. What is sealed already stays: safe to repeat."""
    names, done = _names(model, Sealed), 0
    for ids in _batches(model):
        rows = model._base_manager.filter(pk__in=ids).values("pk", *names)
        fresh = [
            model(**_plain(model, row)) for row in rows if any(_is_plain(row[n]) for n in names)
        ]
        _write(model, fresh)
        done += len(fresh)
    return done


def _rotate(model: type[models.Model], *, dry_run: bool) -> int:
    names, done = _names(model, Sealed), 0
    for ids in _batches(model):
        with transaction.atomic():
            rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=ids)
            fresh = list(rows)
            for row, name in ((row, name) for row in fresh for name in names):
                getattr(row, name)
            if not dry_run:
                _write(model, fresh)
            done += len(fresh)
    return done


def _write(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fresh, kept = list(rows), _names(model, PrintField)
    for row, name in ((row, name) for row in fresh for name in kept):
        model._meta.get_field(name).pre_save(row, False)  # type: ignore[union-attr]
    model._base_manager.bulk_update(fresh, [*_names(model, Sealed), *kept], batch_size=BATCH)


def _batches(model: type[models.Model]) -> Iterable[list[Any]]:
    ids = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _names(model: type[models.Model], kind: type[models.Field[Any, Any]]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, kind)]


def _is_plain(value: str | None) -> bool:
    """Whether a text is none of our tokens: those begin with their version and a time of this century."""
    return bool(value) and not str(value).startswith("gAAAAA")


def _plain(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """A row with what is plain as the values that its columns hold."""
    told = dict(row)
    for name in (name for name, value in row.items() if name != "pk" and _is_plain(value)):
        told[name] = model._meta.get_field(name).read(str(row[name]))  # type: ignore[union-attr]
    return told
