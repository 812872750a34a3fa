"""A model field of Money: set and read as Money."""

from typing import Any, TypeVar

from django.db.models import Field
from django.db.models.expressions import Combinable
from djmoney.money import Money

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

class MoneyField(Field[_ST, _GT]):
    _pyi_private_set_type: Money | Combinable
    _pyi_private_get_type: Money
    def __init__(
        self,
        verbose_name: Any = ...,
        name: str | None = ...,
        max_digits: int | None = ...,
        decimal_places: int | None = ...,
        *,
        default: Any = ...,
        default_currency: str | None = ...,
        null: bool = ...,
        blank: bool = ...,
        editable: bool = ...,
        help_text: Any = ...,
        validators: Any = ...,
    ) -> None: ...
