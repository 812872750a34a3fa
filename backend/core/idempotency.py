"""What was asked once is done once: a key of the caller's own, kept with the first answer.

The API takes it as a header and repeats its answer (`api.once`). A form of a page carries it in a
hidden field (`{% once_key %}`), and who sends it again is shown what it made the first time.
"""

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from backend.core import clock, transactions
from backend.core.models import IdempotencyKey, User

View = Callable[..., HttpResponseBase]
FIELD = "once"
LONGEST = 64
ANEW = ("csrfmiddlewaretoken", FIELD)
"""What no two forms have in common, whatever was typed."""
DONE = _("You sent this form before: it was done once, and this is what came of it.")
OTHERWISE = _(
    "You sent this form before, filled in otherwise: what stands here is what it did then. For "
    "something else, open the form anew."
)


def taken(
    *, user: User | None, key: str, request_hash: str, at: dt.datetime
) -> tuple[IdempotencyKey, bool]:
    """The key's row, made unless it is there, and whether it is of this very request.

    Who asks at the same time waits for the first, within a transaction: a key and its answer are
    committed together, so one without an answer (no `status`) is this request's own.
    """
    new = IdempotencyKey(user=user, key=key, request_hash=request_hash, created_at=at)
    IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update().get(user=user, key=key)
    return row, row.request_hash == request_hash


def fingerprint(request: HttpRequest, told: Any) -> str:
    """What makes a request the same request: method, path and what is told."""
    body = json.dumps(told, sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()


def form_once(view: View) -> View:
    """Let a page do what a form asks once: sent again (a second tab, the back button), it leads to
    where the first one led. A form that was refused may be sent again."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get(FIELD, "")
        if not key or not isinstance(request.user, User):
            return view(request, *args, **kwargs)
        return _once(request, request.user, key, lambda: view(request, *args, **kwargs))

    return guarded


@transactions.repeated
def _once(
    request: HttpRequest, user: User, key: str, work: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    told = {name: request.POST.getlist(name) for name in request.POST if name not in ANEW}
    row, is_same = taken(
        user=user,
        key=f"form:{key[:LONGEST]}",
        request_hash=fingerprint(request, told),
        at=clock.now(),
    )
    if row.status is not None:
        messages.info(request, str(DONE if is_same else OTHERWISE))
        return HttpResponseRedirect(str(row.body))
    answer = work()
    if isinstance(answer, HttpResponseRedirect):
        row.status, row.body = answer.status_code, answer.url
        row.save(update_fields=["status", "body"])
    else:
        row.delete()
    return answer
