"""The feeds that are followed. A removed one keeps its row and its articles, out of sight, so that it can come back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from reader import errors, times
from reader.logins import without
from reader.model import Answer, Checkup, Feed, Health, Kind, Result
from reader.store import health
from reader.store.connection import Connection, bound, transaction
from reader.text import clean_line, fold

_SLICE = 250
"""So many articles go out of sight in one transaction: some twenty milliseconds."""
_TURN_SECONDS = 0.001
_REMOVING = "removing:"
_LEAVING = "reader:leaving/"  # the address of a feed while two change places
_HIDING, _SHOWING = "1", "0"  # what is under way with the articles of such a feed
_KINDS = {kind.value: kind for kind in Kind}
_RESULTS = {result.value: result for result in Result}
_SUMS = "(SELECT feed_id, sum(unread) AS unread, sum(total) AS total FROM counts GROUP BY feed_id)"
_CONDITION = "result, ifnull(message, ''), status, since, paused_at, moved_at, every, posted_at"
_FEEDS = f"""
SELECT feeds.id, url, kind, coalesce(given_title, title, url), folder, site_url, ifnull(unread, 0), ifnull(total, 0),
    next_at, is_full, {_CONDITION}
FROM feeds LEFT JOIN checks ON checks.feed_id = feeds.id LEFT JOIN {_SUMS} AS sums ON sums.feed_id = feeds.id
"""


def add(
    connection: Connection, url: str, kind: Kind, title: str | None, folder: Sequence[str], now: int
) -> tuple[int, bool]:
    """Follow a feed: its id, and whether it was followed already, which then stays as it is.

    ``title`` is the user's, if any. A removed feed comes back under its old id with its articles, its title and its
    folder, unless others are given.
    """
    found = connection.first("SELECT id, removed_at FROM feeds WHERE url = ?", url)
    if found is None:
        connection.run(
            "INSERT INTO feeds (url, kind, title, given_title, folder, added_at) VALUES (?, ?, ?, ?, ?, ?)",
            url, kind.value, _stand_in(url), title, folder_text(folder), now,
        )  # fmt: skip
        return connection.last_insert_rowid(), False
    feed_id, removed_at = found
    if removed_at is None:
        return feed_id, True
    restore(connection, feed_id)
    if folder:
        move(connection, feed_id, folder)
    if title is not None:
        rename(connection, feed_id, title)
    return feed_id, False


def followed(connection: Connection) -> list[Feed]:
    """Every feed that is followed, by folder and then by title, those at the top first."""
    rows = connection.rows(_FEEDS + "WHERE removed_at IS NULL")
    return sorted((_feed(row) for row in rows), key=_place)


def in_trouble(connection: Connection) -> dict[int, Health]:
    """The health of those feeds that are not well."""
    which = ", ".join(f"'{result.value}'" for result in health.TROUBLED)
    rows = connection.rows(
        f"SELECT feeds.id, {_CONDITION} FROM feeds LEFT JOIN checks ON feed_id = feeds.id"
        f" WHERE result IN ({which}) OR paused_at IS NOT NULL"
    )
    return {feed_id: _health(condition) for feed_id, *condition in rows}


def never_checked(connection: Connection, now: int) -> int:
    """How many feeds from outside were followed a day ago and have not been asked once."""
    sql = (
        "SELECT count(*) FROM feeds LEFT JOIN checks ON feed_id = feeds.id"
        " WHERE removed_at IS NULL AND paused_at IS NULL AND added_at < ? AND checked_at IS NULL"
        " AND url NOT LIKE 'reader:%'"
    )
    found: int = connection.value(sql, now - 86400)
    return found


def one(connection: Connection, feed_id: int) -> Feed:
    """A feed that is followed. Raises NotFound."""
    row = connection.first(_FEEDS + "WHERE feeds.id = ? AND removed_at IS NULL", feed_id)
    if row is None:
        raise errors.NotFound(f"There is no feed {feed_id}", "reader feeds lists them")
    return _feed(row)


def by_url(connection: Connection, url: str) -> Feed | None:
    """The feed that is followed at an address, if any."""
    row = connection.first(_FEEDS + "WHERE url = ? AND removed_at IS NULL", url)
    return None if row is None else _feed(row)


def with_login(connection: Connection) -> list[tuple[int, str]]:
    """The ids and addresses of feeds, removed ones too, whose address has a login in it."""
    found = connection.rows("SELECT id, url FROM feeds WHERE url LIKE 'http%@%'")
    return [(feed_id, url) for feed_id, url in found if without(url) != url]


def readdress(connection: Connection, feed_id: int, url: str) -> bool:
    """Give a feed another address; False where another feed has it."""
    return connection.run("UPDATE OR IGNORE feeds SET url = ? WHERE id = ?", url, feed_id) > 0


def was_ever(connection: Connection, url: str) -> bool:
    """Whether an address is followed or was once."""
    return connection.first("SELECT 1 FROM feeds WHERE url = ?", url) is not None


def rename(connection: Connection, feed_id: int, title: str | None) -> None:
    """Give a feed a title of the user's; None goes back to the publisher's."""
    connection.run("UPDATE feeds SET given_title = ? WHERE id = ?", title, feed_id)


def move(connection: Connection, feed_id: int, folder: Sequence[str]) -> None:
    """File a feed in another folder."""
    connection.run("UPDATE feeds SET folder = ? WHERE id = ?", folder_text(folder), feed_id)


def set_full(connection: Connection, feed_id: int, is_full: bool) -> bool:
    """Have the pages of a feed's articles fetched as they come in, or not; whether that is a change."""
    sql = "UPDATE feeds SET is_full = ?1 WHERE id = ?2 AND is_full <> ?1"
    return connection.run(sql, is_full, feed_id) > 0


def set_paused(connection: Connection, feed_id: int, is_paused: bool, now: int) -> bool:
    """Ask a feed no more, or ask it again; whether that is a change."""
    sql = "UPDATE feeds SET paused_at = ?1 WHERE id = ?2 AND (paused_at IS NULL) = ?3"
    return connection.run(sql, now if is_paused else None, feed_id, is_paused) > 0


def set_address(connection: Connection, feed_id: int, url: str, now: int, *, has_moved: bool = True) -> Feed | None:
    """Ask a feed at another address from now on; the feed that is followed there already, which hinders that.

    A removed one that has the address does not: both change places. ``has_moved``: its server says that it is the same
    feed, so that what is known of its document holds.
    """
    other = by_url(connection, url)
    if other is not None and other.id != feed_id:
        return other
    with transaction(connection):
        _change_address(connection, feed_id, url, now, has_moved=has_moved)
    return None


def _change_address(connection: Connection, feed_id: int, url: str, now: int, *, has_moved: bool) -> None:
    from reader.store import checks

    removed = _make_room(connection, feed_id, url)
    before = connection.value("SELECT url FROM feeds WHERE id = ?", feed_id)
    connection.run(
        "UPDATE feeds SET former_url = url, url = ?, moved_at = ? WHERE id = ? AND url <> ?", url, now, feed_id, url
    )
    if removed is not None:
        connection.run("UPDATE feeds SET url = ? WHERE id = ?", before, removed)
        checks.forget(connection, removed)
    if has_moved:
        connection.run("UPDATE checks SET moved_to = NULL, moved_since = NULL WHERE feed_id = ?", feed_id)
    else:
        checks.forget(connection, feed_id)


def _make_room(connection: Connection, feed_id: int, url: str) -> int | None:
    """Take an address from the removed feed that has it, if any; its id."""
    removed: int | None = connection.value("SELECT id FROM feeds WHERE url = ? AND id <> ?", url, feed_id)
    if removed is not None:
        connection.run("UPDATE feeds SET url = ?, former_url = url WHERE id = ?", f"{_LEAVING}{removed}", removed)
    return removed


def checkup(connection: Connection, feed_id: int) -> Checkup:
    """All that is known of how a feed does. Raises NotFound."""
    feed = one(connection, feed_id)
    row = connection.first(
        "SELECT answers, succeeded_at, failures, retry_at, every, posted_at, moved_to, former_url, found_url,"
        " EXISTS (SELECT 1 FROM feeds AS other WHERE other.url = moved_to AND other.removed_at IS NULL)"
        " FROM checks JOIN feeds ON id = feed_id WHERE feed_id = ?", feed_id,
    )  # fmt: skip
    if row is None:
        return Checkup(feed)
    answers = tuple(Answer(at, Result(result), *rest) for at, result, *rest in json.loads(row[0]))
    return Checkup(feed, answers, *row[1:])


def set_source(
    connection: Connection, feed_id: int, title: str | None, site_url: str | None, language: str | None
) -> None:
    """Keep what the publisher says of the feed; None leaves what was said before."""
    title = clean_line(title or "") or None
    connection.run(
        "UPDATE feeds SET title = ifnull(?1, title), site_url = ifnull(?2, site_url), language = ifnull(?3, language)"
        " WHERE id = ?4 AND (ifnull(?1, title) IS NOT title OR ifnull(?2, site_url) IS NOT site_url"
        " OR ifnull(?3, language) IS NOT language)",
        title, site_url, language, feed_id,
    )  # fmt: skip


def remove(connection: Connection, feed_id: int, now: int, *, keeps: bool = False) -> bool:
    """Follow a feed no more, and hide its articles but for bookmarked ones; False if it was not followed.

    Of very many articles only the first are hidden; ``finish_removals`` sees to the others. With ``keeps`` all stay.
    """
    if not connection.run("UPDATE feeds SET removed_at = ? WHERE id = ? AND removed_at IS NULL", now, feed_id):
        return False
    if not keeps:
        _turn_some(connection, feed_id, is_hiding=True)
    return True


def restore(connection: Connection, feed_id: int) -> bool:
    """Follow a removed feed again, with all its articles; False if it was not removed. The rest as in ``remove``."""
    if not connection.run("UPDATE feeds SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL", feed_id):
        return False
    _turn_some(connection, feed_id, is_hiding=False)
    return True


def finish_removals(connection: Connection, between: Callable[[], object] = lambda: None) -> None:
    """Hide, or show again, what is left of feeds removed or restored, in transactions of its own.

    ``between`` them other writers have their turn. Whoever was interrupted at it left a note, so that it goes on here.
    """
    for feed_id in unfinished_removals(connection):
        key = f"{_REMOVING}{feed_id}"
        while (wish := connection.value("SELECT value FROM memory WHERE key = ?", key)) is not None:
            between()
            time.sleep(_TURN_SECONDS)
            with transaction(connection):
                _turn_some(connection, feed_id, is_hiding=wish == _HIDING)


def unfinished_removals(connection: Connection) -> list[int]:
    """The feeds whose articles are still to be brought out of sight, or back into it."""
    rows = connection.rows("SELECT key FROM memory WHERE key >= ? AND key < ?", _REMOVING, _REMOVING[:-1] + ";")
    return [int(key.removeprefix(_REMOVING)) for (key,) in rows]


def _turn_some(connection: Connection, feed_id: int, *, is_hiding: bool) -> None:
    """Bring some of a feed's articles out of sight, or back into it; note whether there are more."""
    which = "is_hidden = 0 AND is_bookmarked = 0" if is_hiding else "is_hidden = 1"
    sql = f"SELECT id AS hit FROM articles WHERE feed_id = ? AND {which} LIMIT ?"
    found = connection.numbers(sql, feed_id, _SLICE)
    connection.run(
        "UPDATE articles SET is_hidden = ? WHERE id IN (SELECT value FROM carray(?))", is_hiding, bound(found)
    )
    if len(found) < _SLICE:
        connection.run("DELETE FROM memory WHERE key = ?", f"{_REMOVING}{feed_id}")
    else:
        note = (f"{_REMOVING}{feed_id}", _HIDING if is_hiding else _SHOWING)
        connection.run("INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", *note)


def folder_text(folder: Sequence[str]) -> str:
    """A folder as the store keeps it: a JSON list of names, which sorts and compares as text."""
    return json.dumps(list(folder), ensure_ascii=False)


@lru_cache(maxsize=1024)
def folder_path(kept: str) -> tuple[str, ...]:
    """The folder that ``folder_text`` wrote."""
    return () if kept == "[]" else tuple(json.loads(kept))


def _stand_in(url: str) -> str | None:
    """A title for an address that cannot be shown as it is, such as a path with control characters in it."""
    shown = clean_line(url)
    return None if shown == url else shown


def _feed(row: tuple[Any, ...]) -> Feed:
    feed_id, url, kind, title, folder, site_url, unread, total, next_at, is_full, *condition = row
    filed, is_paused = folder_path(folder), condition[4] is not None
    url, title = without(url), without(title)
    return Feed(
        feed_id, url, _KINDS[kind], title, filed, site_url, unread, total, _health(condition),
        None if is_paused else next_at, bool(is_full), is_paused,
    )  # fmt: skip


def _health(row: Sequence[Any]) -> Health:
    result, *condition = row
    return health.health(health.Condition(_RESULTS.get(result), *condition), times.now())


def _place(feed: Feed) -> tuple[tuple[str, ...], str, int]:
    return _folded(feed.folder), fold(feed.title), feed.id


@lru_cache(maxsize=1024)
def _folded(folder: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(name) for name in folder)
