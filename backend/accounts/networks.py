"""Where a request comes from, as far as it can be trusted: what limits and lockouts count by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_BITS = 64


def network(request: HttpRequest) -> str:
    """The network that asks; behind proxies of ours, the one that the outermost of them saw."""
    remote = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        remote = seen[-settings.PROXIES] if len(seen) >= settings.PROXIES else remote
    return network_of(remote)


def network_of(remote: str) -> str:
    """Whose network an internet address is in: an IPv4 address itself, of IPv6 the first 64 bits."""
    try:
        found = ipaddress.ip_address(remote.strip())
    except ValueError:
        return remote
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, IPV6_BITS), strict=False))
