"""What the first picture needs, read at one glance: rows as plain tuples, without the rest of the house being loaded.

It imports the driver and nothing else, because every module costs a part of the start. What a view lists is said here
for ``lists`` as well, so that there is one such sentence for each view.
"""

from __future__ import annotations

import apsw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from typing import Any, Protocol

    Row = tuple[Any, ...]
    # An index, the condition that picks a view's articles from it and its values, and whether they must be sorted then.
    Choice = tuple[str, str, tuple[Any, ...], bool]

    class Reading(Protocol):
        """A connection that statements are asked of."""

        def rows(self, sql: str, *values: Any) -> list[Row]:
            """All rows of a statement."""
            ...


ROW_FIELDS = """articles.id, feed_id, coalesce(given_title, feeds.title, url), coalesce(articles.title, stand_in, ''),
    author, published, sort_at, words, is_read, is_bookmarked"""
# CROSS JOIN keeps the order in which the ids were asked for.
LISTED = """
FROM carray(?) AS asked CROSS JOIN articles ON articles.id = asked.value CROSS JOIN feeds ON feeds.id = feed_id
"""
_ROWS = f"SELECT {ROW_FIELDS}, json_extract(folder, '$[#-1]') {LISTED}"
_SUMS = """
SELECT sum(counts.total), sum(unread), sum(bookmarked), sum(counts.total) FILTER (WHERE removed_at IS NOT NULL)
FROM counts JOIN feeds ON feeds.id = feed_id
"""
TODAY = "SELECT count(*) FROM articles INDEXED BY articles_all WHERE is_hidden = 0 AND sort_at >= ?"
_OF_FEEDS = """
SELECT feed_id, ifnull(sum(unread), 0), ifnull(sum(total), 0),
    (SELECT result FROM checks JOIN feeds ON id = feed_id WHERE feed_id = asked.value AND paused_at IS NULL)
FROM carray(?) AS asked CROSS JOIN counts ON feed_id = asked.value GROUP BY feed_id
"""
_OF_FOLDERS = """
SELECT folder, sum(unread), sum(counts.total) FROM counts JOIN feeds ON feeds.id = feed_id
WHERE removed_at IS NULL GROUP BY folder
"""
_IN_FOLDER = """
SELECT id FROM feeds WHERE removed_at IS NULL AND (folder = ?1 OR substr(folder, 1, length(?2)) = ?2)
"""
_SHARE = """
SELECT sum(total), sum(total) FILTER (WHERE feed_id IN (SELECT value FROM carray(?))) FROM counts
"""
TREE = "tree"  # a number that triggers raise when what the sidebar is made of changes
TOP = (2**63 - 1, 2**63 - 1)


class Glance(apsw.Connection):
    """A library looked at once; whatever is wrong with it, the driver's own error says so."""

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a statement."""
        return self.execute(sql, values).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None if there is none."""
        found = self.rows(sql, *values)
        return found[0][0] if found else None


def look(path: str) -> Glance:
    """Open a library that is there, to read it. Raises the driver's errors."""
    glance = Glance(path, apsw.SQLITE_OPEN_READWRITE)  # a library with its log can only be read by who may write
    glance.execute("PRAGMA query_only = ON")
    return glance


def recall(glance: Glance, key: str) -> str | None:
    """The JSON that the screen kept under a name."""
    found: str | None = glance.value("SELECT value FROM memory WHERE key = ?", key)
    return found


def rows(glance: Glance, ids: array[int]) -> list[Row]:
    """What a list shows of these articles (as ``model.Row``), and the innermost folder of each one's feed."""
    return glance.rows(_ROWS, apsw.carray(ids)) if ids else []


def sums(glance: Glance, midnight: int) -> tuple[int, int, int, int, int]:
    """All, unread, today, bookmarked, archived."""
    total, unread, bookmarked, archived = (number or 0 for number in glance.rows(_SUMS)[0])
    return total, unread, glance.value(TODAY, midnight), bookmarked, archived


def of_feeds(glance: Glance, feed_ids: array[int]) -> dict[int, tuple[int, int, str | None]]:
    """Unread, total and the result of the last check of some feeds; those without articles are left out."""
    return {row[0]: row[1:] for row in glance.rows(_OF_FEEDS, apsw.carray(feed_ids))} if feed_ids else {}


def of_folders(glance: Glance) -> list[tuple[str, int, int]]:
    """Each folder as it is kept, with the unread and all articles of the feeds directly in it."""
    return glance.rows(_OF_FOLDERS)


def of_section(glance: Glance, feed_id: int, section: str) -> int:
    """How many unread articles lie in a section and below."""
    sql = "SELECT ifnull(sum(unread), 0) FROM counts WHERE feed_id = ?1 AND "
    return int(glance.value(sql + "(section = ?2 OR substr(section, 1, length(?2) + 1) = ?2 || '/')", feed_id, section))


# What a view lists


def choice(
    connection: Reading,
    kind: str,
    which: Any,
    midnight: int,
    *,
    unread: bool = False,
    limit: int | None = None,
) -> Choice | None:
    """The index that serves a view; None if the view can hold nothing.

    ``which`` is a feed's id, a folder as it is kept, a feed's id and a section, or None for the other kinds.
    """
    shown = "is_hidden = 0 AND is_read = 0" if unread else "is_hidden = 0"
    by_time, by_feed = ("articles_unread", "articles_feed_unread") if unread else ("articles_all", "articles_feed")
    if kind == "all":
        return _choice(by_time, shown)
    if kind == "unread":
        return _choice("articles_unread", "is_hidden = 0 AND is_read = 0")
    if kind == "today":
        return _choice(by_time, f"{shown} AND sort_at >= ?", midnight)
    if kind == "bookmarks":
        unless = " AND is_read = 0" if unread else ""
        return _choice("articles_bookmarked", f"is_hidden = 0 AND is_bookmarked = 1{unless}")
    if kind == "feed":
        return _choice(by_feed, f"{shown} AND feed_id = ?", which)
    if kind == "section":
        inside = "(section = ?2 OR substr(section, 1, length(?2) + 1) = ?2 || '/')"
        return _choice(by_feed, f"{shown} AND feed_id = ?1 AND {inside}", *which)
    if kind not in ("folder", "archive"):
        raise ValueError(f"no list of its own: {kind}")
    feeds = _removed(connection) if kind == "archive" else folder_feeds(connection, which)
    return _of_many(connection, feeds, shown, by_time, by_feed, limit) if feeds else None


def _choice(index: str, where: str, *values: Any, is_sorted: bool = False) -> Choice:
    return index, where, values, is_sorted


def _of_many(
    connection: Reading, feed_ids: Iterable[int], shown: str, by_time: str, by_feed: str, limit: int | None
) -> Choice:
    """Of many feeds' articles, walk the list of all and pick; of few, gather the feeds' own lists and sort."""
    from array import array

    chosen = apsw.carray(array("q", feed_ids))
    every, here = connection.rows(_SHARE, chosen)[0]
    to_gather = here or 0
    to_walk = every or 0
    if limit is not None and here:
        to_walk = min(to_walk, 4 * limit * to_walk // here)
    # sorting a row costs some four times what passing one by does
    is_sorted = 4 * to_gather <= to_walk
    where = f"{shown} AND feed_id IN (SELECT value FROM carray(?))"
    return _choice(by_feed if is_sorted else by_time, where, chosen, is_sorted=is_sorted)


def select(found: Choice) -> str:
    """The statement that lists behind a place (``sort_at``, ``id``), newest first: its values, the place, a limit."""
    index, where, _, _ = found
    return (
        f"SELECT id, sort_at FROM articles INDEXED BY {index} WHERE {where} AND (sort_at, id) < (?, ?)"
        " ORDER BY sort_at DESC, id DESC LIMIT ?"
    )


def first_ids(glance: Glance, found: Choice | None, most: int) -> array[int]:
    """The first ids of a view, newest first."""
    from array import array

    if found is None:
        return array("q")
    return array("q", [row[0] for row in glance.rows(select(found), *found[2], *TOP, most)])


def folder_feeds(connection: Reading, folder: str) -> list[int]:
    """The feeds that are followed in a folder, written as it is kept, and below."""
    return [row[0] for row in connection.rows(_IN_FOLDER, folder, below(folder))]


def below(folder: str) -> str:
    """What the folders below one begin with, as they are kept."""
    return "[" if folder == "[]" else folder[:-1] + ", "


def _removed(connection: Reading) -> list[int]:
    return [row[0] for row in connection.rows("SELECT id FROM feeds WHERE removed_at IS NOT NULL")]
