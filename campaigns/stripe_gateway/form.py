"""Where one pays through Stripe: its own form on a page of ours, or in the demo the stand-in's page.

Stripe wants its script from its own host, of the release that the API version names; so it is never
copied. It is loaded on the page that pays alone, and only where a publishable key is set.
"""

from urllib.parse import urlencode

from django.conf import settings

from campaigns.stripe_gateway.client import PINNED_VERSION, is_configured

HOST = "https://js.stripe.com"
# What docs.stripe.com/security/guide asks of a content security policy for Stripe.js and Elements.
POLICY = {
    "script-src": [HOST, "https://*.js.stripe.com"],
    "frame-src": [HOST, "https://*.js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
}


def has_form() -> bool:
    """Whether cards and debits can be paid here; transfers to the provider need no form."""
    return is_configured() and bool(settings.STRIPE_PUBLISHABLE_KEY or _has_stand_in())


def form_key() -> str:
    """The publishable key that the form is opened with; it is no secret."""
    return str(settings.STRIPE_PUBLISHABLE_KEY)


def form_script() -> str:
    """The address of the script, of the release that the library pins."""
    release = PINNED_VERSION.partition(".")[2]
    return f"{HOST}/{release}/stripe.js"


def pay_url(provider_id: str, *, return_url: str, language: str) -> str:
    """Where a visitor of the demo pays: the stand-in's page. Empty where there is a publishable key:
    the provider's form is then shown on our own page with the client secret."""
    if form_key() or not _has_stand_in():
        return ""
    query = urlencode({"lang": language, "return_url": return_url})
    return f"{settings.STRIPE_API_BASE}/pay/{provider_id}?{query}"


def _has_stand_in() -> bool:
    return bool(settings.DEMO and settings.STRIPE_API_BASE)
