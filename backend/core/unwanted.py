"""Mails that nobody owes: the way out of them in each, and who took it.

Owed is everything that an order, a payment, a report or a duty causes; that is sent to everyone, and
has no way out. An app names the templates of its news in its wiring.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Missing
from backend.core.models import UnwantedMail

SALT = "mattone.unwanted"
_news: set[str] = set()


class Letter(Protocol):
    @property
    def to(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def language(self) -> str: ...


L = TypeVar("L", bound=Letter)


class NoSuchAddress(Missing):
    code = "mail.no_such_address"


def register(template: str) -> None:
    """Say that mails of a template are news, which one may refuse."""
    _news.add(template)


def wanted(letters: Sequence[L]) -> list[L]:
    """The letters without news to those who refused them; one query where there are news."""
    addresses = {each.to.lower() for each in letters if each.template in _news}
    if not addresses:
        return list(letters)
    rows = UnwantedMail.objects.filter(address__in=addresses)
    refused = set(rows.values_list("address", flat=True))
    return [
        each for each in letters if each.template not in _news or each.to.lower() not in refused
    ]


def stop(token: str, *, at: dt.datetime) -> str:
    """Send no more news to the address of a link; return it. Raises NoSuchAddress. Repeatable."""
    address = address_of(token)
    UnwantedMail.objects.get_or_create(address=address, defaults={"since": at})
    return address


def address_of(token: str) -> str:
    """The address that a link is for. Raises NoSuchAddress for a link that is not ours."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature as problem:
        raise NoSuchAddress(_("This link is not valid.")) from problem


def link(address: str) -> str:
    """Where one refuses news, without a login."""
    token = signing.dumps(address.lower(), salt=SALT)
    return settings.SITE_URL + reverse("mail-stop", args=[token])


def headers(template: str, address: str) -> dict[str, str]:
    """What lets a mail program offer the way out with one click (RFC 8058); nothing for what is owed."""
    if template not in _news:
        return {}
    return {
        "List-Unsubscribe": f"<{link(address)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def foot(letter: Letter) -> str:
    """The last line of news; empty for what is owed."""
    if letter.template not in _news:
        return ""
    with translation.override(letter.language):
        return "\n" + gettext("No more news by mail: %(link)s") % {"link": link(letter.to)} + "\n"


def forget(address: str) -> None:
    """Take an address out of the list, when its owner is erased."""
    UnwantedMail.objects.filter(address=address.lower()).delete()
