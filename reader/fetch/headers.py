"""What the headers of an answer say about when to come back (RFC 9110 10.2.3, RFC 9111 5.2 and 5.3). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST_WAIT = 30 * 86400  # a server that asks for more is taken at 30 days: nobody means "in the year 2100"
_LONGEST = 2000  # characters of a header's value
_EPOCH = 1_000_000_000  # what is more counts from 1970
_PACKED = re.compile(r'((?:W/)?"[^"]+)-(?:gzip|br)"')
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


def read(lines: list[bytes]) -> dict[str, str]:
    """The header lines of one answer by name in lower case; the last of a repeated one counts, but for lists.

    Values that are overlong or hold control characters are left out: they are nothing to be kept and sent back.
    """
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        key, text = name.strip().lower(), value.strip()
        if colon and len(text) <= _LONGEST and not _CONTROL.search(text):
            found[key] = f"{found[key]}, {text}" if key == "cache-control" and key in found else text
    return found


def known_tags(etag: str) -> str:
    """The value of If-None-Match for an ETag: as it came and, of one that says how it was packed, the plain one too.

    Apache's mod_deflate and mod_brotli put "-gzip" and "-br" behind the tag of what they pack, and then compare what we
    send with the tag as it was before: a packed document would never be unchanged (DeflateAlterETag, BrotliAlterETag).
    """
    found = _PACKED.fullmatch(etag)
    return f'{etag}, {found[1]}"' if found else etag


def exhausted(headers: Mapping[str, str], now: int) -> int | None:
    """The moment until which nothing is left of what the server allows us; None where it does not say so.

    X-RateLimit-Remaining and X-RateLimit-Reset, in seconds as of Reddit or as a moment as of GitHub: no standard.
    """
    left, reset = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
    if not (_NUMBER.fullmatch(left) and _NUMBER.fullmatch(reset)) or float(left) >= 1:
        return None
    moment = int(float(reset)) + (0 if float(reset) > _EPOCH else now)
    return min(moment, now + LONGEST_WAIT) if moment > now else None


def retry_at(headers: Mapping[str, str], now: int) -> int | None:
    """The moment that Retry-After names, in seconds or as a date, at most 30 days ahead."""
    value = headers.get("retry-after", "")
    moment = now + int(value) if value.isascii() and value.isdigit() else _date(value)
    return None if moment is None or moment <= now else min(moment, now + LONGEST_WAIT)


def fresh_until(headers: Mapping[str, str], now: int) -> int | None:
    """How long the answer is fresh by Cache-Control's max-age, else by Expires; None where neither says so."""
    directives = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return None
    for directive in directives:
        name, _, value = directive.partition("=")
        value = value.strip('" ')
        if name == "max-age" and value.isascii() and value.isdigit():
            return now + min(max(int(value) - _age(headers), 0), LONGEST_WAIT)
    expires = _date(headers.get("expires", ""))
    if expires is None:
        return None
    served = _date(headers.get("date", ""))
    return now + min(max(expires - (now if served is None else served), 0), LONGEST_WAIT)


def _age(headers: Mapping[str, str]) -> int:
    """How long the answer lay in caches on the way, in seconds."""
    value = headers.get("age", "")
    return int(value) if value.isascii() and value.isdigit() else 0


def _date(value: str) -> int | None:
    """A date of HTTP as a moment, None when it is none."""
    if not value or value == "0":
        return None
    from email.utils import mktime_tz, parsedate_tz

    try:
        parts = parsedate_tz(value)
        return None if parts is None else int(mktime_tz(parts))
    except (ValueError, OverflowError, TypeError):
        return None
