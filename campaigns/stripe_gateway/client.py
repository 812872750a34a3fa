"""HTTP with Stripe, through its own library: keys, retries, pages, and its errors as one of ours.

Answers are plain dicts: the library's objects cost more to make than the request to wait for.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict, RuleBroken

RETRIES = 2
PAGE = 100
# The library's release pins it; webhook endpoints are made with the same one.
PINNED_VERSION: str = stripe.api_version

Obj = dict[str, Any]


class ProviderUnreachable(RuleBroken):
    """The provider did not answer; nothing happened that we know of. Try again."""

    code = "provider.unreachable"
    status = 503


class ProviderRefused(Conflict):
    """The provider knows no such object, or refuses what was asked of it."""

    code = "provider.refused"


def get(path: str, **params: Any) -> Obj:
    """One object. Raises ProviderUnreachable (no answer, 429, 5xx, a key that is
    refused), ProviderRefused."""
    return _ask("get", path, params)


def post(path: str, *, key: str = "", **params: Any) -> Obj:
    """Make or change an object; with a key a repeat is no second one. Raises as `get` does."""
    options = {"idempotency_key": key} if key else {}
    return _ask("post", path, params | options)


def listed(path: str, **params: Any) -> Iterator[Obj]:
    """Every object of a list, newest first, a hundred a request."""
    after: dict[str, str] = {}
    while True:
        page = get(path, limit=PAGE, **params, **after)
        yield from page["data"]
        if not page["has_more"]:
            return
        after = {"starting_after": page["data"][-1]["id"]}


def is_configured() -> bool:
    """Whether the provider can be used at all; everything also works with bank transfers alone."""
    return bool(settings.STRIPE_SECRET_KEY)


def _ask(method: str, path: str, params: Obj) -> Obj:
    try:
        answer = _client().raw_request(method, f"/v1/{path}", **params)
        found: Obj = answer.data
        return found
    except (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError) as problem:
        sentence = _("The card payment service refused: %(why)s")
        raise ProviderRefused(sentence % {"why": problem.user_message or problem}) from problem
    except stripe.StripeError as problem:
        raise ProviderUnreachable(
            _("The card payment service does not answer. Please try again."),
            why=type(problem).__name__,
        ) from problem


def _client() -> stripe.StripeClient:
    return _client_of(
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT_SECONDS
    )


@cache
def _client_of(key: str, base: str, timeout_seconds: float) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=timeout_seconds),
    )
