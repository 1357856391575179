"""Which addresses may be asked: http(s), and none inside our own network by a stranger's word.

What the user names may be anywhere. What a stranger names (the links of a feed, the feeds of a list
that was fetched, the aim of a redirect) may be inside our network only where the stranger is there
itself, or the user allows it: else any feed could make this machine ask its neighbours. A name is
looked up once and the connection goes to the address that was judged, so that a second look-up
cannot lead elsewhere. What is no host's address at all (link-local, as the metadata service of a
cloud; multicast; reserved) is asked by nobody's word.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from detente.errors import UnreachableError

__all__ = [
    "PASSWORD",
    "Address",
    "Resolve",
    "Target",
    "addresses_of",
    "joined",
    "look_up",
    "target_of",
    "without_password",
]

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000
_AUTH = re.compile("//[^/?#]*@")
PASSWORD = "has a user name or password in it; none is ever sent"
# IPv6 addresses that carry an IPv4 address behind a translator (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a connection goes.

    Attributes:
        ip: the numerical address.
        port: the port.
        inside: whether it is of this machine or of a private network.
    """

    ip: str
    port: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of an address that may be asked.

    Attributes:
        url: the address in normal form, without fragment.
        scheme: "http" or "https".
        host: the host, without brackets.
        port: the port.
        path: path and query.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """The part before the path, as "https://example.org:8443"."""
        return self.url[: len(self.url) - len(self.path)]


# From host and port to the addresses that the host has; raises OSError without any.
Resolve = Callable[[str, int], list[Address]]


def target_of(url: str) -> Target:
    """Return the parts of an address.

    Raises:
        UnreachableError: when it is none that may be asked.
    """
    url = url.strip()
    if len(url) > _LONGEST or not url.isprintable():
        shown = "".join(char if char.isprintable() else " " for char in url[:80])
        raise _refused(shown, "no address: too long, or with characters that none has")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        reason = "no address; expected http(s)://host/path"
        raise _refused(without_password(url), reason) from error
    if parts.scheme not in _PORTS or not parts.host:
        raise _refused(without_password(url), "only http and https addresses are asked")
    if parts.auth is not None:
        bare = parts._replace(auth=None).url
        raise _refused(bare, PASSWORD)
    whole = Url(**{**parts._asdict(), "fragment": None, "path": parts.path or "/"})
    return Target(
        url=whole.url,
        scheme=parts.scheme,
        host=parts.host.strip("[]"),
        port=parts.port or _PORTS[parts.scheme],
        path=whole.request_uri,
    )


def without_password(url: str) -> str:
    """Return an address without the user name and the password that may be in it."""
    return _AUTH.sub("//", url, count=1)


def joined(base: str, link: str) -> str:
    """Return where a link leads from an address; what is no link leads to itself."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _refused(url: str, reason: str) -> UnreachableError:
    return UnreachableError(url, reason, lasting=True)


def look_up(host: str, port: int) -> list[Address]:
    """Return the addresses of a host, as the system's resolver knows them.

    Raises:
        OSError: when it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = dict.fromkeys(str(entry[4][0]) for entry in found)
    return [Address(number, port, is_inside(number)) for number in numbers]


def addresses_of(target: Target, *, inside: bool, resolve: Resolve) -> list[Address]:
    """Return the addresses to which a connection may go.

    Args:
        target: what is asked.
        inside: whether it may be of this machine or of a private network.
        resolve: from a host to its addresses.

    Raises:
        UnreachableError: when there is none.
    """
    try:
        found = resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such host"
        raise UnreachableError(target.url, f"host {target.host!r}: {reason}") from error
    usable = [one for one in found if not _is_no_host(one.ip) and (inside or not one.inside)]
    if not usable:
        reason = f"host {target.host!r} is inside the own network; --inside allows what feeds link"
        if inside or not any(one.inside for one in found):
            reason = f"host {target.host!r} has no address that may be asked"
        raise _refused(target.url, reason)
    return usable


def is_inside(number: str) -> bool:
    """Tell whether a numerical address is one that the public network cannot reach."""
    return not _real(number).is_global


def _is_no_host(number: str) -> bool:
    address = _real(number)
    return (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (address.is_reserved and not address.is_loopback)
    )


def _real(number: str) -> IPv4Address | IPv6Address:
    """Return the address that is meant: of one wrapped in another, the inner one."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        return inner or address
    return address
