"""Which addresses may be called: https and public ones, so that nobody makes us ask our own network.

A name is looked up anew at each try, every answer must be public, and what was looked up is what is
called: a name that changes in between leads nowhere else. A demo may call this machine, by http too.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused

PORTS = {"https": 443, "http": 80}
# IPv6 that carries an IPv4 address to a translator (RFC 6052, RFC 8215).
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(Refused):
    """An address that is not called; `facts["field"]` is `url`."""

    code = "webhook.bad_address"


@dataclass(frozen=True)
class Target:
    """Where a message goes: the name that is asked for, and the one address that is called."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def check(url: str) -> None:
    """Refuse what can be seen to be no good without looking a name up. Raises BadAddress."""
    _parts(url)


def resolve(url: str) -> Target:
    """Look an address up. Raises BadAddress when it is nobody's, or not public."""
    scheme, host, port, path = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise _bad(_("Nobody knows the name in this address.")) from problem
    ips = [str(each[4][0]) for each in found]
    if not all(_may_be_called(ip) for ip in ips):
        raise _bad(_("This address is not a public one."))
    return Target(scheme, host, port, ips[0], path)


def is_public(text: str) -> bool:
    """Whether an internet address is anybody's on the internet, also the one that it carries."""
    ip = ipaddress.ip_address(text.split("%")[0])
    inner = _carried(ip)
    return ip.is_global and not ip.is_multicast and (inner is None or is_public(str(inner)))


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise _bad(_("This is no web address.")) from problem
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url) or not url.isascii():
        raise _bad(_("This is no web address."))
    if parts.scheme not in (PORTS if settings.WEBHOOKS_STAY_HERE else ("https",)):
        raise _bad(_("The address must begin with https://."))
    if not host or parts.username is not None or parts.fragment:
        raise _bad(_("The address is a host and a path, without a name or a password in it."))
    if _is_literal(host) and not _may_be_called(host):
        raise _bad(_("This address is not a public one."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or PORTS[parts.scheme], path


def _may_be_called(ip: str) -> bool:
    return is_public(ip) or (settings.WEBHOOKS_STAY_HERE and ipaddress.ip_address(ip).is_loopback)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _carried(ip: IP) -> IP | None:
    """The IPv4 address that an IPv6 address stands for, on some way."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if any(ip in network for network in TRANSLATED):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _bad(sentence: object) -> BadAddress:
    return BadAddress(str(sentence), field="url")
