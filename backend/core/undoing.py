"""What takes back what: a sentence of success carries the way back to the page that shows it.

Apps register which page undoes an act in their urls.py. A view that did one says so
(`pages.done(…, undo=undoing.of("line.explained", act.pk))`); the message keeps the address, and the
shell draws it as a form of its own, for those who may open that page. It is shown once, as the message
is: what is found out later is undone where it stands, with a reason typed by hand.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from backend.core import pages
from backend.core.models import User

Value = str | int | Sequence[str]

_ways: dict[str, str] = {}


@dataclass(frozen=True)
class Back:
    """Where to post what, to undo what a message tells of."""

    action: str
    fields: list[tuple[str, str]]


def register(act: str, url_name: str) -> None:
    """Say which page takes an act back; it is sent a POST with `reason`, and what the act adds."""
    _ways[act] = url_name


def ways() -> dict[str, str]:
    """Every act that can be undone from its message, and the page that does it."""
    return dict(_ways)


def of(act: str, *keys: int | str, **fields: Value) -> str:
    """What a message keeps, so that the act can be undone: the page of its keys, and its fields."""
    told = {name: _texts(value) for name, value in fields.items()}
    return json.dumps({"to": reverse(_ways[act], args=keys), "fields": told})


def back(message: Message, user: User | AnonymousUser) -> Back | None:
    """The way back that a message carries; None where there is none, or another may go it."""
    try:
        kept = json.loads(message.extra_tags or "null")
        view = resolve(kept["to"]).func if isinstance(kept, dict) else None
    except (ValueError, KeyError, Resolver404):  # what somebody else says with these words
        return None
    if view is None or not pages.is_open_to(user, getattr(view, "permission", "")):
        return None
    fields = [(name, text) for name, texts in kept["fields"].items() for text in texts]
    if "reason" not in kept["fields"]:
        fields.append(("reason", _("Undone at once: it was a mistake.")))
    return Back(kept["to"], fields)


def _texts(value: Value) -> list[str]:
    return [str(value)] if isinstance(value, str | int) else [str(each) for each in value]
