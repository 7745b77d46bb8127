"""Through which proxy an address is fetched. Pure.

The rules for the environment are libcurl's, applied here because whoever watches where a connection goes must know
whether it is one to a proxy: ``http_proxy`` in lower case only (a server's environment may hold HTTP_PROXY from the
header of a request), the others in both, ``no_proxy`` with hosts, domains and networks.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from reader.sites import DIRECT


def chosen(url: str, told: str, environ: Mapping[str, str]) -> str:
    """The proxy for an address, empty for none; ``told`` by the settings, empty where the environment decides."""
    if told:
        return "" if told == DIRECT else told
    try:
        parts = urlsplit(url)
        scheme, name = parts.scheme.lower(), parts.hostname or ""
    except ValueError:
        return ""
    names = ("http_proxy",) if scheme == "http" else (f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
    proxy = next((environ[each] for each in (*names, "all_proxy", "ALL_PROXY") if environ.get(each)), "")
    return "" if not proxy or _is_spared(name, environ.get("no_proxy") or environ.get("NO_PROXY") or "") else proxy


def _is_spared(name: str, spared: str) -> bool:
    """Whether a host is one of those that need no proxy."""
    from ipaddress import ip_address

    if spared.strip() == "*":
        return True
    words = [word.strip(".").lower() for word in spared.replace(",", " ").split()]
    try:
        number = ip_address(name)
    except ValueError:
        bare = name.rstrip(".")
        return any(bare == word or bare.endswith(f".{word}") for word in words if word)
    return any(_holds(word.strip("[]"), number) for word in words)


def _holds(network: str, number: object) -> bool:
    from ipaddress import ip_network

    try:
        return number in ip_network(network, strict=False)
    except (ValueError, TypeError):
        return False
