"""What the screen lists: ids, newest first, and the numbers beside them.

Every view (``glance.choice``) is a covering index read backwards, in pieces that SQLite joins to one text: half the
time and a tenth of the memory of a row for each id, and the screen, which shares the interpreter, gets its turn. A page
goes on where the last one ended (``sort_at``, ``id``), never by counting rows.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from reader.model import Counts, View, ViewKind
from reader.store import glance
from reader.store.connection import DIGITS, Connection, bound, from_digits
from reader.store.feeds import folder_text
from reader.store.glance import TODAY, TOP

_PIECE = 20_000
_FEW = 1000
Key = tuple[int, int]

_COUNTS = """
SELECT feed_id, section, unread, counts.total, bookmarked, removed_at IS NOT NULL
FROM counts CROSS JOIN feeds ON feeds.id = feed_id
"""
# the rows of a carray are numbered from 1, in its own order
_UNREAD_OF_FEW = """
SELECT asked.rowid FROM carray(?) AS asked CROSS JOIN articles ON id = asked.value WHERE is_read = 0 LIMIT 1
"""
_UNREAD_OF_MANY = """
SELECT rowid FROM carray(?) WHERE +value IN
    (SELECT id FROM articles INDEXED BY articles_unread WHERE is_read = 0 AND is_hidden = 0)
LIMIT 1
"""


def ids(
    connection: Connection,
    view: View,
    midnight: int,
    limit: int | None = None,
    after: int | None = None,
    *,
    unread: bool = False,
) -> array[int]:
    """The ids of a view, newest first; at most ``limit``, beginning behind the article ``after``.

    ``midnight`` is the start of today. ``unread`` leaves out what is read. A SEARCH view is ``search.ids``.
    """
    start = TOP if after is None else key(connection, after)
    found = array("q")
    if start is not None:
        for piece, _ in _pieces(connection, view, midnight, limit, start, unread):
            found += piece
    return found


def chunks(
    connection: Connection, view: View, midnight: int, first: int = 1000, *, unread: bool = False
) -> Iterator[array[int]]:
    """All ids of a view, newest first: first ones at once, then larger pieces. An empty view is one empty piece."""
    length, start = 0, TOP
    for piece, reached in _pieces(connection, view, midnight, first, TOP, unread):
        length, start = length + len(piece), reached
        yield piece
    if length == first:
        for piece, _ in _pieces(connection, view, midnight, None, start, unread):
            yield piece


def first_unread(connection: Connection, ids: Sequence[int]) -> int | None:
    """The index of the first unread article among these, None without one; a few tens of milliseconds for a million."""
    sql = _UNREAD_OF_FEW if len(ids) <= _FEW else _UNREAD_OF_MANY
    number = connection.value(sql, bound(ids))
    return None if number is None else number - 1


def counts(connection: Connection, midnight: int) -> Counts:
    """The numbers of the sidebar. A section's are those of what lies in it and below, as in its view."""
    feeds: dict[int, tuple[int, int]] = {}
    sections: dict[tuple[int, str], int] = {}
    sums = [0, 0, 0, 0]
    for feed_id, section, unread, total, bookmarked, is_removed in connection.rows(_COUNTS):
        sums = [sums[0] + total, sums[1] + unread, sums[2] + bookmarked, sums[3] + is_removed * total]
        if is_removed or not total:
            continue
        before = feeds.get(feed_id, (0, 0))
        feeds[feed_id] = before[0] + unread, before[1] + total
        for path in _with_parents(section):
            sections[feed_id, path] = sections.get((feed_id, path), 0) + unread
    today = connection.value(TODAY, midnight)
    return Counts(sums[0], sums[1], today, sums[2], sums[3], feeds, sections)


def _with_parents(section: str) -> list[str]:
    names = section.split("/") if section else []
    return ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]


def key(connection: Connection, article_id: int) -> Key | None:
    """An article's place in lists; None if it is no more."""
    sort_at = connection.value("SELECT sort_at FROM articles WHERE id = ?", article_id)
    return None if sort_at is None else (sort_at, article_id)


def folder_feeds(connection: Connection, folder: Sequence[str]) -> list[int]:
    """The feeds that are followed in a folder and below."""
    return glance.folder_feeds(connection, folder_text(folder))


def removed_feeds(connection: Connection) -> list[int]:
    """The feeds that are not followed any more."""
    return [row[0] for row in connection.rows("SELECT id FROM feeds WHERE removed_at IS NOT NULL")]


def _pieces(
    connection: Connection, view: View, midnight: int, limit: int | None, start: Key, unread: bool
) -> Iterator[tuple[array[int], Key]]:
    """The ids behind ``start``, in pieces of at most ``_PIECE``, each with the key of its last; at least one piece."""
    if view.kind is ViewKind.SEARCH:
        raise ValueError("a search is asked of search.ids")
    choice = glance.choice(connection, view.kind.value, which(view), midnight, unread=unread, limit=limit)
    if choice is None:
        yield array("q"), start
        return
    # what has to be sorted is sorted once, whole
    size = sys.maxsize if choice[3] else _PIECE
    left = sys.maxsize if limit is None else limit
    while True:
        wanted = min(left, size)
        piece, start = _page(connection, choice, wanted, start)
        yield piece, start
        left -= len(piece)
        if len(piece) < wanted or left == 0:
            return


def which(view: View) -> Any:
    """What ``glance.choice`` wants to know beside the kind."""
    match view.kind:
        case ViewKind.FOLDER:
            return folder_text(view.folder)
        case ViewKind.SECTION:
            return view.feed_id, view.section
        case _:
            return view.feed_id


def _page(connection: Connection, choice: glance.Choice, limit: int, start: Key) -> tuple[array[int], Key]:
    """A page of ids that come behind ``start``, and the key of its last."""
    selected = glance.select(choice).replace("SELECT id,", "SELECT id AS hit,", 1)
    text, last = connection.rows(f"SELECT {DIGITS}, min(sort_at) FROM ({selected})", *choice[2], *start, limit)[0]
    piece = from_digits(text)
    return piece, (last, piece[-1]) if piece else start
