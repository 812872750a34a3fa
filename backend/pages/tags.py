"""ETags of published pages and files: the hash of what they tell, so that who has it is told 304.

A page carries its reader too: who is logged in, in which language, with which token for forms, and
whether a message waits.
"""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from backend.reporting import kept as keeping

of = keeping.tag
once = keeping.once


def to_reader(request: HttpRequest, known: str) -> str:
    """The tag of a page that tells what is known by a text, to one reader."""
    get_token(request)  # gives who comes first the secret that the page's forms will carry
    secret = request.META["CSRF_COOKIE"]
    reader = f"{request.user.pk}:{get_language()}:{secret}:{'messages' in request.COOKIES}"
    return of(f"{known}:{reader}")


def kept(answer: HttpResponse) -> HttpResponse:
    """A file that is the same for all, which caches may keep for an hour."""
    patch_cache_control(answer, public=True, max_age=keeping.SECONDS)
    return answer
