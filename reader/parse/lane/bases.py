"""Addresses joined as feedparser joins them, with the bases that a document declares.

It is not told the document's own address, so that most often there is no base, and an address stays as it is written.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from reader.parse.lane.decline import Declined

_SLASHES = re.compile("^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_WEB = ("http://", "https://")


def joined(base: str, address: str) -> str:
    """An address against a base; superfluous slashes behind its scheme are dropped, what cannot be joined is empty."""
    if ":///" in address:
        address = _SLASHES.sub(r"\1\3", address)
    if not base:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def declared(base: str, written: str) -> str:
    """The base within an element that declares one. Raises Declined where it is no plain address of the web."""
    found = joined(base, written)
    if not found.startswith(_WEB) or joined(found, found) != found:
        raise Declined("an odd base")
    return found
