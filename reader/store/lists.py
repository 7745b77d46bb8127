"""What the screen lists: ids, newest first, and the numbers beside them.

Every view is a covering index read backwards, in pieces that SQLite joins to one text: half the time and a tenth of the
memory of a row for each id. A page goes on where the last one ended (``sort_at``, ``id``), never by counting rows.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reader.model import Counts, View, ViewKind
from reader.store.connection import Connection, bound
from reader.store.feeds import folder_text

_PIECE = 20_000
Key = tuple[int, int]
_TOP: Key = (2**63 - 1, 2**63 - 1)

_COUNTS = """
SELECT feed_id, section, unread, counts.total, bookmarked, removed_at IS NOT NULL
FROM counts CROSS JOIN feeds ON feeds.id = feed_id
"""
_TODAY = "SELECT count(*) FROM articles INDEXED BY articles_all WHERE is_hidden = 0 AND sort_at >= ?"


@dataclass(frozen=True, slots=True)
class _Choice:
    """An index and the condition that picks a view's articles from it; ``is_sorted``: they have to be sorted then."""

    index: str
    where: str
    values: tuple[Any, ...] = ()
    is_sorted: bool = False


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
    start = _TOP if after is None else key(connection, after)
    found = array("q")
    if start is not None:
        for piece, _ in _pieces(connection, view, midnight, limit, start, unread):
            found += piece
    return found


def chunks(
    connection: Connection, view: View, midnight: int, first: int = 1000, *, unread: bool = False
) -> Iterator[array[int]]:
    """All ids of a view, newest first: first ones at once, then larger pieces. An empty view is one empty piece."""
    length, start = 0, _TOP
    for piece, reached in _pieces(connection, view, midnight, first, _TOP, unread):
        length, start = length + len(piece), reached
        yield piece
    if length == first:
        for piece, _ in _pieces(connection, view, midnight, None, start, unread):
            yield piece


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
    today = connection.value(_TODAY, midnight)
    return Counts(sums[0], sums[1], today, sums[2], sums[3], feeds, sections)


def _with_parents(section: str) -> list[str]:
    names = section.split("/") if section else []
    return ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]


def key(connection: Connection, article_id: int) -> Key | None:
    """An article's place in lists; None if it is no more."""
    sort_at = connection.value("SELECT sort_at FROM articles WHERE id = ?", article_id)
    return None if sort_at is None else (sort_at, article_id)


def _pieces(
    connection: Connection, view: View, midnight: int, limit: int | None, start: Key, unread: bool
) -> Iterator[tuple[array[int], Key]]:
    """The ids behind ``start``, in pieces of at most ``_PIECE``, each with the key of its last; at least one piece."""
    choice = _choice(connection, view, midnight, unread, limit)
    if choice is None:
        yield array("q"), start
        return
    if choice.is_sorted:
        yield _gathered(connection, choice, limit, start)
        return
    left = sys.maxsize if limit is None else limit
    while True:
        wanted = min(left, _PIECE)
        piece, start = _page(connection, choice, wanted, start)
        yield piece, start
        left -= len(piece)
        if len(piece) < wanted or left == 0:
            return


def _page(connection: Connection, choice: _Choice, limit: int, start: Key) -> tuple[array[int], Key]:
    """A page of ids that come behind ``start``, and the key of its last."""
    sql = f"SELECT group_concat(id), min(sort_at) FROM ({_select(choice)})"
    text, last = connection.rows(sql, *choice.values, *start, limit)[0]
    if text is None:
        return array("q"), start
    piece = array("q", map(int, text.split(",")))
    return piece, (last, piece[-1])


def _gathered(connection: Connection, choice: _Choice, limit: int | None, start: Key) -> tuple[array[int], Key]:
    """The ids of several feeds, from each feed's own list and then sorted, and the key of the last."""
    rows = connection.rows(_select(choice), *choice.values, *start, -1 if limit is None else limit)
    last = (rows[-1][1], rows[-1][0]) if rows else start
    return array("q", [row[0] for row in rows]), last


def _select(choice: _Choice) -> str:
    return (
        f"SELECT id, sort_at FROM articles INDEXED BY {choice.index} WHERE {choice.where} AND (sort_at, id) < (?, ?)"
        " ORDER BY sort_at DESC, id DESC LIMIT ?"
    )


def _choice(connection: Connection, view: View, midnight: int, unread: bool, limit: int | None) -> _Choice | None:
    """The index that serves a view; None if the view can hold nothing."""
    shown = "is_hidden = 0 AND is_read = 0" if unread else "is_hidden = 0"
    by_time, by_feed = ("articles_unread", "articles_feed_unread") if unread else ("articles_all", "articles_feed")
    match view.kind:
        case ViewKind.ALL:
            return _Choice(by_time, shown)
        case ViewKind.UNREAD:
            return _Choice("articles_unread", "is_hidden = 0 AND is_read = 0")
        case ViewKind.TODAY:
            return _Choice(by_time, f"{shown} AND sort_at >= ?", (midnight,))
        case ViewKind.BOOKMARKS:
            unless = " AND is_read = 0" if unread else ""
            return _Choice("articles_bookmarked", f"is_hidden = 0 AND is_bookmarked = 1{unless}")
        case ViewKind.FEED:
            return _Choice(by_feed, f"{shown} AND feed_id = ?", (view.feed_id,))
        case ViewKind.SECTION:
            below = "(section = ?2 OR substr(section, 1, length(?2) + 1) = ?2 || '/')"
            return _Choice(by_feed, f"{shown} AND feed_id = ?1 AND {below}", (view.feed_id, view.section))
        case ViewKind.FOLDER | ViewKind.ARCHIVE:
            return _of_feeds(connection, view, shown, by_time, by_feed, limit)
        case ViewKind.SEARCH:
            raise ValueError("a search is asked of search.ids")


def _of_feeds(
    connection: Connection, view: View, shown: str, by_time: str, by_feed: str, limit: int | None
) -> _Choice | None:
    """Of many feeds' articles, walk the list of all and pick; of few, gather the feeds' own lists and sort."""
    feed_ids = _removed(connection) if view.kind is ViewKind.ARCHIVE else folder_feeds(connection, view.folder)
    if not feed_ids:
        return None
    where = f"{shown} AND feed_id IN (SELECT value FROM carray(?))"
    sql = "SELECT sum(total), sum(total) FILTER (WHERE feed_id IN (SELECT value FROM carray(?))) FROM counts"
    every, here = connection.rows(sql, bound(feed_ids))[0]
    to_gather = here or 0
    to_walk = every or 0
    if limit is not None and here:
        to_walk = min(to_walk, 4 * limit * to_walk // here)
    # sorting a row costs some four times what passing one by does
    is_sorted = 4 * to_gather <= to_walk
    return _Choice(by_feed if is_sorted else by_time, where, (bound(feed_ids),), is_sorted)


def folder_feeds(connection: Connection, folder: Sequence[str]) -> list[int]:
    """The feeds that are followed in a folder and below."""
    kept = folder_text(folder)
    below = "[" if kept == "[]" else kept[:-1] + ", "
    sql = "SELECT id FROM feeds WHERE removed_at IS NULL AND (folder = ?1 OR substr(folder, 1, length(?2)) = ?2)"
    return [row[0] for row in connection.rows(sql, kept, below)]


def _removed(connection: Connection) -> list[int]:
    return [row[0] for row in connection.rows("SELECT id FROM feeds WHERE removed_at IS NOT NULL")]
