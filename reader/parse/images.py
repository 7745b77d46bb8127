"""Pictures: which address is the picture's own, and which are no pictures at all."""

from __future__ import annotations

import re

from reader.parse import addresses

# Where scripts that load pictures late keep the address.
_LATE = ("data-src", "data-lazy-src", "data-lazy", "data-lazyload", "data-original", "data-orig-file", "data-full-src",
         "data-hi-res-src", "data-actualsrc", "data-echo")  # fmt: skip
ADDRESSES = (*_LATE, "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
# Of a ``srcset``: an address and what is said of it. Neither is gone back into, so that no attribute takes long.
_CANDIDATE = re.compile(r"([^\s,]\S*+)(?:(?<=,)|([^,]*+))")
_SIZE = re.compile(r"\s(\d{1,9}(?:\.\d{1,9})?)[wx](?!\S)")
_TINY = re.compile(r"(?:^|[\s;])(?:max-)?(?:width|height):\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)")
# Pictures that nobody sees: they count who reads.
_TRACKER = re.compile(
    r"https?://(?:feeds\.feedburner\.com/~r/|feeds\.wordpress\.com/1\.0/|pixel\.(?:wp|quantserve|newsit)\.|stats\.wordpress\.com/b\.gif"
    r"|(?:[\w-]+\.)*(?:google-analytics|doubleclick|feedsportal|scorecardresearch|2o7|omtrdc|statcounter|imrworldwide|rss\.buzzsprout)\."
    r"|blogger\.googleusercontent\.com/tracker/|medium\.com/_/stat|counter\.theconversation\.com/|www\.facebook\.com/tr\b"
    r"|[^?#]*/(?:piwik|matomo)\.php|[^?#]*/(?:tracking|track|count|counter|beacon|pixel|spacer|blank|clear)(?:[-_]?pixel)?\.(?:gif|png)\b)"
)
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d*)?(?:px)?\s*$")
_LONGEST_ALT = 1000


def picture(attributes: dict[str, str], base: str | None) -> tuple[str, str, int | None, int | None] | None:
    """Address, description, width and height in pixels of an ``<img>``; None for tracking pixels and blanks."""
    width, height = _number(attributes.get("width")), _number(attributes.get("height"))
    if (width is not None and width <= 1) or (height is not None and height <= 1):
        return None
    address = _address(attributes, base)
    if address is None or _TRACKER.match(address) or _TINY.search(attributes.get("style", "")):
        return None
    alt = " ".join((attributes.get("alt") or attributes.get("title") or "").split())[:_LONGEST_ALT].rstrip()
    return address, alt, width, height


def _address(attributes: dict[str, str], base: str | None) -> str | None:
    written = [attributes.get(name) for name in ADDRESSES]
    written += [_largest(attributes.get(name)) for name in _SETS]
    for address in written:
        found = addresses.absolute(address, base) if address else None
        if found is not None and not found.startswith("mailto:"):
            return found
    return None


def _largest(candidates: str | None) -> str | None:
    """The address of the largest picture of a ``srcset``."""
    if not candidates:
        return None
    found = [(_size(said), address.rstrip(",")) for address, said in _CANDIDATE.findall(candidates[:20_000])]
    return max(found, default=(0.0, None), key=lambda pair: pair[0])[1]


def _size(said: str) -> float:
    """How large a candidate is, in pixels or as a multiple."""
    found = _SIZE.search(said)
    return float(found[1]) if found else 1.0


def _number(text: str | None) -> int | None:
    found = _NUMBER.match(text) if text else None
    return int(found[1]) if found else None
