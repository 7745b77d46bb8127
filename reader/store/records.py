"""What goes into the store and what the path in asks of it, as plain values.

Hashes are signed 64-bit numbers, as SQLite keeps them; moments are seconds since 1970. ``source_hash`` is that of an
entry as it stood in its document: where it is known and the same, the entry need not even be parsed.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.model import Entry, Kind, Outcome, Result


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What of a stored article decides whether an entry is new, changed or the same."""

    id: int
    guid: str
    entry_hash: int
    text_hash: int
    title: str | None
    link: str | None
    source_hash: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a feed already has of the entries of one document.

    ``by_text`` holds the articles (newest first, at most a thousand of one text) whose text is that of an entry, for
    guids that change. ``tombstones`` are the guids of articles that were removed.
    """

    by_guid: Mapping[str, KnownArticle] = field(default_factory=dict)
    by_text: Mapping[int, tuple[KnownArticle, ...]] = field(default_factory=dict)
    tombstones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An entry that becomes an article; ``sort_at`` is its place in lists and never lies in the future."""

    entry: Entry
    sort_at: int
    entry_hash: int
    text_hash: int
    words: int
    is_read: bool = False
    is_bookmarked: bool = False
    source_hash: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article whose entry changed in guid, text or anything else; its state and place stay."""

    id: int
    entry: Entry
    entry_hash: int
    text_hash: int
    words: int
    source_hash: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What one check leaves for the next: pass on what did not change.

    The validators go out exactly as they came in. ``body_hash`` is of the bytes last parsed; ``refresh_after`` and
    ``skip`` are the publisher's wishes as in ``ParsedFeed``. ``moved_to`` is where the server says that the feed has
    moved to for good, ``moved_since`` when it first said so; ``found_url`` as in ``Checkup``.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    refresh_after: int | None = None
    skip: tuple[int, ...] = ()
    moved_to: str | None = None
    moved_since: int | None = None
    found_url: str | None = None


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a check needs to know of a feed. ``result`` is None before the first check.

    ``failures`` counts those in a row; before ``retry_at`` the feed must not be asked, nor when it is ``paused_at``
    some moment. ``every`` and ``posted_at`` are as in ``Checkup``. ``source_hashes`` are those of the entries of the
    document last read.
    """

    id: int
    url: str
    kind: Kind
    title: str
    result: Result | None = None
    status: int | None = None
    message: str = ""
    since: int | None = None
    checked_at: int | None = None
    succeeded_at: int | None = None
    next_at: int | None = None
    failures: int = 0
    retry_at: int | None = None
    every: int | None = None
    posted_at: int | None = None
    paused_at: int | None = None
    kept: Kept = field(default_factory=Kept)
    source_hashes: array[int] | None = None


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What is kept of one check, in place of the last one; ``source_hashes`` stay as they are where there are none."""

    feed_id: int
    outcome: Outcome
    checked_at: int
    next_at: int | None
    kept: Kept = field(default_factory=Kept)
    retry_at: int | None = None
    source_hashes: array[int] | None = None


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of a directory feed at its last scan; ``path`` is relative, with "/"; ``reason`` is why it was skipped."""

    path: str
    mtime_ns: int
    size: int
    content_hash: bytes
    reason: str | None = None
