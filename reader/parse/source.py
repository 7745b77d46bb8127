"""What the parse child is asked: a document's bytes and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read.

    ``url`` is its absolute address or path: the base of relative links. ``expect`` says what may be in it: "feed" (from
    the network: a feed, or a page that names feeds), "file" (a local file: a feed or one article), "article" (a file
    in a directory: always one article), "page" (a web page, of which the main text is wanted) or "picture". ``name`` is
    the guid of a local article; ``mtime`` its file's time. ``known`` are the ``source_hash`` of entries that we have:
    those are not read again. None: nobody asks for such hashes. Of a page ``title`` and ``text`` are what its feed
    says.
    """

    data: bytes
    url: str
    expect: str
    content_type: str | None = None
    name: str | None = None
    mtime: int | None = None
    known: frozenset[int] | None = None
    title: str | None = None
    text: str | None = None
