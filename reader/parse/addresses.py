"""Addresses as feeds write them into absolute ones that are safe to keep."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from reader.text import clean

SCHEMES = frozenset(("http", "https", "mailto", "gemini", "gopher", "magnet"))
_HOSTED = frozenset(("http", "https", "gemini", "gopher"))
_LONGEST = 8000
_JUNK = re.compile("[\t\n\r\x00-\x1f\x7f]")
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
_USER = re.compile(r"\A((?:https?|gemini|gopher)://)[^/?#\\]*@")
_SPACE = re.compile(r"\s")
_PLAIN = re.compile(
    r"https?://(?!:)[^\x00-\x20\x7f-\U0010ffff/?#\\@\[\]]+(?:[/?#][^\x00-\x20\x7f-\U0010ffff]{0,2000})?"
)
_PLAIN_HOST = re.compile(r"https?://(?:www\.)?([a-z0-9][a-z0-9.-]*[a-z0-9])(?:[/?#]|\Z)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def is_web(address: str | None) -> bool:
    """Whether an address is one that a browser fetches."""
    return address is not None and address.startswith(("http://", "https://"))


def is_plain(address: str) -> bool:
    """Whether an address is a whole one of the web with nothing odd in it, which stays as it is."""
    return _PLAIN.fullmatch(address) is not None


def absolute(address: str, base: str | None) -> str | None:
    """An address resolved against ``base``; None where it cannot be or its scheme is none of ours.

    Relative addresses of a local document (``base`` is a path or a file URL) become file URLs; nothing else does.
    """
    if _PLAIN.fullmatch(address):
        return address
    address = _JUNK.sub("", address).strip()
    if not address or len(address) > _LONGEST:
        return None
    base = _file_url(base) if base and base.startswith("/") else base
    try:
        joined = address if _is_whole(address) else urljoin(base or "", address)
        return _kept(joined, base)
    except ValueError:
        return None


def without_user(address: str) -> str:
    """An address without the name and password before its host: a link's are a trick, or those of the feed itself."""
    return _USER.sub(r"\1", address)


def host(address: str) -> str:
    """The host's name without "www.", empty where there is none."""
    if found := _PLAIN_HOST.match(address):
        return found[1]
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_whole(address: str) -> bool:
    found = _SCHEME.match(address)
    return found is not None and (found[1].lower() not in _HOSTED or address.startswith("//", found.end()))


def _kept(address: str, base: str | None) -> str | None:
    found = _SCHEME.match(address)
    scheme = found[1].lower() if found else ""
    is_local = scheme == "file" and base is not None and base.startswith("file:")
    if not (scheme in SCHEMES or is_local) or found is None:
        return None
    if scheme in _HOSTED and not urlsplit(address).hostname:
        return None
    return scheme + _seen(address[found.end() - 1 :])


def _seen(address: str) -> str:
    """An address in which blanks and what would have to go from a text are percent-encoded."""
    address = _SPACE.sub("%20", address)
    if clean(address) == address:
        return address
    seen = "".join(quote(char, errors="replace") if clean(f"x{char}x") != f"x{char}x" else char for char in address)
    return seen if clean(seen) == seen else quote(seen, safe=_PRINTED)


def _file_url(path: str) -> str:
    return "file://" + quote(path)
