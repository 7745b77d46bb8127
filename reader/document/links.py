"""Addresses of a document: their numbers, links that lead into the document itself, which may go to a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from reader.document.nodes import Document

_SAFE = ("http", "https", "mailto", "gemini", "gopher", "magnet")


def is_safe(address: str) -> bool:
    """Whether an address may go to a browser: never a file, never a script."""
    try:
        return urlsplit(address).scheme.lower() in _SAFE
    except ValueError:
        return False


def numbered(document: Document) -> dict[str, int]:
    """The number of every address, counted from 1 in the order of the text."""
    return {href: number for number, href in enumerate(document.links, 1)}


def target(document: Document, href: str, own: str | None = None) -> int | None:
    """The leaf that a link within the document leads to, such as a footnote; nothing where it leads elsewhere.

    ``own`` is the article's own address: a link to it with a fragment stays in the document where the id is known.
    """
    address, _, fragment = href.partition("#")
    if not fragment or (address and address != (own or "").partition("#")[0]):
        return None
    found = document.anchors.get(fragment)
    return document.anchors.get(unquote(fragment)) if found is None else found
