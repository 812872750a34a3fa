"""How often one network, or one person, may send a form that is open to all: enough for people.

Counted as calls of the API are (counts.py). Where the counts are away, forms pass.
"""

import logging

import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts import counts
from backend.accounts.networks import network
from backend.core import clock
from backend.core.errors import Refused

log = logging.getLogger(__name__)


class TooOften(Refused):
    """A form that is open to all was sent too often within a minute."""

    code = "form.too_often"
    status = 429


def keep(request: HttpRequest, form: str) -> None:
    """Count a form that was sent. Raises TooOften."""
    most = settings.PUBLIC_FORMS_PER_MINUTE
    if not most:
        return
    who = f"user:{request.user.pk}" if request.user.is_authenticated else network(request)
    try:
        sent = counts.hit(f"form:{form}:{who}", clock.wall().timestamp())
    except (DatabaseError, redis.RedisError):
        log.warning("forms are not counted: the counts are away")
        return
    if sent > most:
        raise TooOften(_("This was sent very often just now. Wait a minute, then send it again."))
