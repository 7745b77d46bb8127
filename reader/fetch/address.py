"""Addresses as they go over the wire: only ASCII, hosts in IDNA (the curl of the wheels knows none of it)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address, IPv6Network

_PLAIN = re.compile(r"[!-~]+")


def for_wire(url: str) -> str:
    """The address with its host in IDNA and everything else that is not plain ASCII percent-encoded.

    What cannot be a host is left for the client to refuse.
    """
    if _PLAIN.fullmatch(url):
        return url
    from urllib.parse import quote, urlsplit, urlunsplit

    kept = "%/:=&?~#+!$,;'@()*[]"
    try:
        parts = urlsplit(url)
        head, at, place = parts.netloc.rpartition("@")
        name, colon, port = place.partition(":") if not place.startswith("[") else (place, "", "")
        host = name if name.isascii() else name.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return quote(url, safe=kept, errors="replace")
    netloc = f"{quote(head, safe=kept, errors='replace')}{at}{host}{colon}{port}"
    rest = (quote(part, safe=kept, errors="replace") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, netloc, *rest))


def host(url: str) -> str:
    """The host and port of an address, to be counted by; empty when there is none."""
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port, which together say whose an address is (RFC 6454); ("", "", 0) when it has none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(for_wire(url))
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError:
        return "", "", 0
    name = parts.hostname or ""
    return (scheme, name, port or (443 if scheme == "https" else 80)) if name else ("", "", 0)


def is_here(url: str) -> bool:
    """Whether an address names this computer or a network that is not the public one, as far as it says."""
    from urllib.parse import unquote

    name = unquote(host(for_wire(url))).lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0].rstrip(".")
    number = _number(name)
    if number is not None:
        return _is_private(number)
    return "." not in name or name.endswith((".localhost", ".local", ".internal", ".home.arpa"))


def is_private(address: str) -> bool:
    """Whether the address of a connection, a number, is one of this computer or of a network that is not public."""
    number = _number(address.partition("%")[0])
    return number is None or _is_private(number)


def _is_private(number: IPv4Address | IPv6Address) -> bool:
    """Also what is wrapped into IPv6: mapped, 6to4, and NAT64 (RFC 6052)."""
    from ipaddress import IPv4Address, IPv6Address

    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and number in _nat64():
            inner = IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return _is_private(inner)
    return not number.is_global or number.is_multicast


@lru_cache(maxsize=1)
def _nat64() -> IPv6Network:
    from ipaddress import IPv6Network

    return IPv6Network("64:ff9b::/96")


def _number(name: str) -> IPv4Address | IPv6Address | None:
    """A host that is a number, also as only clients read it: 127.1, 0x7f.0.0.1; None for a name."""
    import socket
    from ipaddress import IPv4Address, IPv6Address

    try:
        return IPv6Address(name) if ":" in name else IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None


def is_web(url: str) -> bool:
    """Whether an address is one of http or https."""
    return url[:8].lower().startswith(("http://", "https://"))
