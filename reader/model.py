"""The nouns of the house, as frozen values.

A *feed* is a source that is followed. An *entry* is one item as its publisher gave it, just parsed. An *article* is an
entry once it is ours: it has an id, a state and a place in lists. A *view* is what is listed. An *outcome* is what a
check of a feed came to. Times are whole seconds since 1970 in UTC; ``times`` writes and reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

GUIDE_URL = "reader:guide"
ARCHIVE = "Archive"
TEXTS = "Texts"


class Kind(StrEnum):
    """What a feed is made of."""

    FEED = "feed"
    FILE = "file"
    DIRECTORY = "directory"


class Result(StrEnum):
    """What a check of a feed came to, in one word; the words of ``reader refresh --json``."""

    UPDATED = "updated"
    NOT_MODIFIED = "not_modified"
    MOVED = "moved"
    GONE = "gone"
    WAIT = "wait"
    FAILED = "failed"
    OFFLINE = "offline"


class HealthState(StrEnum):
    """How a feed is doing; the words of ``reader feeds --json``."""

    OK = "ok"
    WAITING = "waiting"
    FAILING = "failing"
    GONE = "gone"
    PAUSED = "paused"


class ViewKind(StrEnum):
    """What a view lists."""

    ALL = "all"
    UNREAD = "unread"
    TODAY = "today"
    BOOKMARKS = "bookmarks"
    ARCHIVE = "archive"
    FOLDER = "folder"
    FEED = "feed"
    SECTION = "section"
    SEARCH = "search"


class Mark(StrEnum):
    """What a person can say of an article with one key; the words of ``reader mark``."""

    READ = "read"
    UNREAD = "unread"
    BOOKMARKED = "bookmarked"
    UNBOOKMARKED = "unbookmarked"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an article; ``length`` in bytes as the publisher says."""

    url: str
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """An enclosure and what was done with it: where it lies on the disk, and where one stopped playing it."""

    enclosure: Enclosure
    path: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the reporter was, and for which agency."""

    place: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its publisher gave it, cleaned: text fields are one plain line without markup or control characters.

    ``html`` is our own HTML subset (``parse.clean``), ``text`` the same as plain paragraphs set apart by blank lines.
    ``published`` and ``updated`` are what the publisher says; ``mtime`` is a local file's. ``section`` is the path of
    names, joined by "/", of the sub-directories that a local file lies in. ``source_hash`` is that of the entry as it
    stood in its document (``parse.unchanged``), where that was asked for.
    """

    guid: str
    title: str | None
    html: str
    text: str
    author: str | None = None
    link: str | None = None
    comments_link: str | None = None
    published: int | None = None
    updated: int | None = None
    language: str | None = None
    dateline: Dateline | None = None
    enclosures: tuple[Enclosure, ...] = ()
    mtime: int | None = None
    section: str | None = None
    source_hash: int | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An entry of a document that is as it was when it was last read, and was not read again."""

    guid: str
    source_hash: int


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A document as entries in document order; ``format`` names what it was ("rss", "atom", "text" ...).

    ``refresh_after`` is the publisher's wish in seconds (``ttl``, ``sy:updatePeriod``), ``skip`` the hours of the week
    in which not to come (``skipHours``, ``skipDays``): 0 is the first of Monday, 167 the last of Sunday, in UTC. Not
    ``is_whole``: it broke off; there may be more. ``remark`` says what was left out, ``unchanged`` is no entry.
    """

    format: str
    title: str | None
    entries: tuple[Entry, ...]
    site_url: str | None = None
    language: str | None = None
    refresh_after: int | None = None
    is_whole: bool = True
    unchanged: tuple[Unchanged, ...] = ()
    skip: tuple[int, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page points to."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFeeds:
    """The feeds that a page names, others that it links to, its own address if that is another, and what else it is."""

    feeds: tuple[FoundFeed, ...]
    linked: tuple[FoundFeed, ...] = ()
    canonical: str | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that is none of ours; ``reason`` is a sentence for people."""

    reason: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that we made of foreign bytes: its ``size`` in pixels, ``png``, scaled down if it is large.

    ``sample`` is a small copy for screens that draw in cells: ``sample_size`` pixels of four bytes, red, green, blue
    and how solid they are, row by row.
    """

    size: tuple[int, int]
    png: bytes
    sample_size: tuple[int, int]
    sample: bytes


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text of a web page: our HTML subset, and the same as paragraphs set apart by blank lines."""

    html: str
    text: str


Parsed = ParsedFeed | FoundFeeds | MainText | Picture | Unreadable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check of a feed came to; ``message`` is a sentence for people, empty when all is well."""

    result: Result
    message: str = ""
    new: int = 0
    changed: int = 0
    status: int | None = None
    bytes: int = 0
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """A feed's health in plain words; ``since`` when it became so."""

    state: HealthState
    message: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check of a feed came to: ``at`` when, ``bytes`` over the wire, ``ms`` in all."""

    at: int
    result: Result
    status: int | None
    bytes: int
    ms: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed. ``folder`` is a path of names; ``is_full``: pages of its articles are fetched, too."""

    id: int
    url: str
    kind: Kind
    title: str
    folder: tuple[str, ...]
    site_url: str | None
    unread: int
    total: int
    health: Health
    next_check: int | None
    is_full: bool = False
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Checkup:
    """All that is known of how a feed does; ``answers`` are those of its last checks, the newest first.

    It posts once in ``every`` seconds, last at ``posted_at``. ``former_url`` is where it was asked before it moved,
    ``found_url`` a feed that the page at its address names. ``is_twin``: another feed is followed where it moved to.
    """

    feed: Feed
    answers: tuple[Answer, ...] = ()
    succeeded_at: int | None = None
    failures: int = 0
    retry_at: int | None = None
    every: int | None = None
    posted_at: int | None = None
    moved_to: str | None = None
    former_url: str | None = None
    found_url: str | None = None
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article; ``title`` is its first words where it has none."""

    id: int
    feed_id: int
    feed_title: str
    title: str
    author: str | None
    published: int | None
    sort_at: int
    words: int
    is_read: bool
    is_bookmarked: bool


@dataclass(frozen=True, slots=True)
class FullText:
    """What came of fetching an article's page: a main text of so many ``words``, or a ``message`` that says why not.

    ``is_shown``: it is what one reads, rather than the feed's text.
    """

    fetched_at: int
    is_shown: bool
    words: int = 0
    message: str = ""

    @property
    def is_there(self) -> bool:
        """Whether there is a text."""
        return not self.message


@dataclass(frozen=True, slots=True)
class Article:
    """One article but for its body; ``folder`` is its feed's, ``full_text`` None until its page was asked for."""

    id: int
    guid: str
    feed_id: int
    feed_title: str
    folder: tuple[str, ...]
    title: str | None
    author: str | None
    link: str | None
    comments_link: str | None
    published: int | None
    arrived: int
    updated: int | None
    sort_at: int
    is_read: bool
    is_bookmarked: bool
    words: int
    language: str | None
    dateline: Dateline | None
    enclosures: tuple[Enclosure, ...]
    summary: str
    site_url: str | None = None
    section: str | None = None
    full_text: FullText | None = None

    @property
    def is_full(self) -> bool:
        """Whether what one reads is the text of its page."""
        return self.full_text is not None and self.full_text.is_there and self.full_text.is_shown

    @property
    def shown_words(self) -> int:
        """How many words there are to read."""
        return self.full_text.words if self.full_text is not None and self.is_full else self.words


@dataclass(frozen=True, slots=True)
class Place:
    """A character of an article's document: its leaf, counted from 0, and the offset in that leaf's text.

    An offset below 0 is that many blank lines before the leaf; ``percent`` of the article lies above.
    """

    block: int
    start: int
    percent: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of an article and when it was replaced."""

    replaced_at: int
    title: str | None
    html: str


@dataclass(frozen=True, slots=True)
class View:
    """What is listed: ``kind``, and of FEED, FOLDER, SECTION and SEARCH which; folders and sections with all below."""

    kind: ViewKind
    feed_id: int | None = None
    folder: tuple[str, ...] = ()
    section: str | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the sidebar. ``sections`` maps (feed id, section) to unread, for directory feeds only."""

    all: int
    unread: int
    today: int
    bookmarks: int
    archive: int
    feeds: dict[int, tuple[int, int]]
    sections: dict[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Change:
    """What an action, an undo or a redo did: a phrase for the status line and the articles it touched."""

    label: str
    count: int
    ids: Sequence[int] = ()
