"""ETags of published pages and files: the hash of what they tell, so that who has it is told 304.

A page carries its reader too: who is logged in, in which language, with which token for forms, and
whether a message waits.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from backend.reporting import programme_data

Made = TypeVar("Made", str, bytes, dict[str, Any])

KEPT_SECONDS = 3600


def of(known: str) -> str:
    """The tag of what is known by a text."""
    return programme_data.etag(known)


def to_reader(request: HttpRequest, known: str) -> str:
    """The tag of a page that tells what is known by a text, to one reader."""
    get_token(request)  # gives who comes first the secret that the page's forms will carry
    secret = request.META["CSRF_COOKIE"]
    reader = f"{request.user.pk}:{get_language()}:{secret}:{'messages' in request.COOKIES}"
    return of(f"{known}:{reader}")


def once(key: str, make: Callable[[], Made]) -> Made:
    """What was made under a key that says all it tells; made now where it was not."""
    made: Made | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, KEPT_SECONDS)
    return made


def kept(answer: HttpResponse) -> HttpResponse:
    """A file that is the same for all, which caches may keep for an hour."""
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    return answer
