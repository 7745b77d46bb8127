"""The user's actions and the one journal in which all windows and commands write them, so that any can take them back.

The journal is a line of actions. Undo takes back the newest that is not undone, redo does the oldest undone one again,
a new action forgets what was undone. It holds exactly the articles whose state an action changed. All functions here
commit by themselves; an action on very many articles does so in slices, each with its part of the record, so that other
writers get their turn and a crash in the middle leaves what was done undoable.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.model import Change, Mark
from reader.store import feeds
from reader.store.bodies import packed_ids, unpacked_ids
from reader.store.connection import Connection, bound, transaction

KEPT_ACTIONS = 1000
SLICE = 1000
_REMOVED = "removed"
_COLUMNS = {
    Mark.READ: ("is_read", 1),
    Mark.UNREAD: ("is_read", 0),
    Mark.BOOKMARKED: ("is_bookmarked", 1),
    Mark.UNBOOKMARKED: ("is_bookmarked", 0),
}
_OPPOSITES = {
    Mark.READ: Mark.UNREAD,
    Mark.UNREAD: Mark.READ,
    Mark.BOOKMARKED: Mark.UNBOOKMARKED,
    Mark.UNBOOKMARKED: Mark.BOOKMARKED,
}


@dataclass(frozen=True, slots=True)
class _Action:
    id: int
    verb: str
    label: str
    feed_id: int | None


def mark(connection: Connection, ids: Sequence[int], mark: Mark, label: str, now: int) -> Change:
    """Mark those of the articles that are not so yet; the change holds them. Without any nothing is written down."""
    changed = array("q")
    action_id: int | None = None
    for part, some in enumerate(_slices(ids)):
        with transaction(connection):
            if action_id is not None and not _is_so(connection, action_id, is_undone=False):
                break
            these = _set(connection, some, mark, now)
            if these:
                action_id = action_id or _write_down(connection, mark.value, label, now)
                _write_part(connection, action_id, part, these)
        changed += these
    return Change(label, len(changed), tuple(changed))


def remove_feed(connection: Connection, feed_id: int, label: str, now: int) -> Change:
    """Follow a feed no more; the change counts the feed. Raises NotFound."""
    with transaction(connection):
        feeds.one(connection, feed_id)
        feeds.remove(connection, feed_id, now)
        _write_down(connection, _REMOVED, label, now, feed_id)
    return Change(label, 1)


def undo(connection: Connection, now: int) -> Change | None:
    """Take back the newest action that is not undone; None if there is none."""
    return _turn(connection, "is_undone = 0 ORDER BY id DESC", now, is_undone=True)


def redo(connection: Connection, now: int) -> Change | None:
    """Do the oldest undone action again; None if there is none."""
    return _turn(connection, "is_undone = 1 ORDER BY id", now, is_undone=False)


def _turn(connection: Connection, which: str, now: int, *, is_undone: bool) -> Change | None:
    with transaction(connection):
        row = connection.first(f"SELECT id, verb, label, feed_id FROM actions WHERE {which} LIMIT 1")
        if row is None:
            return None
        action = _Action(*row)
        connection.run("UPDATE actions SET is_undone = ? WHERE id = ?", is_undone, action.id)
        if action.feed_id is not None:
            return _turn_feed(connection, action.label, action.feed_id, now, is_undone=is_undone)
        mark = _OPPOSITES[Mark(action.verb)] if is_undone else Mark(action.verb)
        parts = _parts(connection, action.id)
        changed = _set(connection, parts[0], mark, now)
    for part in parts[1:]:
        with transaction(connection):
            if not _is_so(connection, action.id, is_undone=is_undone):
                break
            changed += _set(connection, part, mark, now)
    return Change(action.label, len(changed), tuple(changed))


def _turn_feed(connection: Connection, label: str, feed_id: int, now: int, *, is_undone: bool) -> Change:
    is_changed = feeds.restore(connection, feed_id) if is_undone else feeds.remove(connection, feed_id, now)
    return Change(label, int(is_changed))


def _set(connection: Connection, ids: Sequence[int], mark: Mark, now: int) -> array[int]:
    """Mark these articles in one statement; the ids of those that were not so before, in the order given."""
    column, value = _COLUMNS[mark]
    moment = "read_at" if column == "is_read" else "bookmarked_at"
    rows = connection.rows(
        f"UPDATE articles SET {column} = ?1, {moment} = ?2"
        f" WHERE id IN (SELECT value FROM carray(?3)) AND {column} <> ?1 RETURNING id",
        value, now, bound(ids),
    )  # fmt: skip
    changed = {row[0] for row in rows}
    return array("q", [article_id for article_id in ids if article_id in changed])


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    unique = array("q", dict.fromkeys(ids))
    for start in range(0, len(unique), SLICE):
        yield unique[start : start + SLICE]


def _is_so(connection: Connection, action_id: int, *, is_undone: bool) -> bool:
    """Whether an action still is as this slice expects; another window may have turned it meanwhile."""
    sql = "SELECT 1 FROM actions WHERE id = ? AND is_undone = ?"
    return connection.first(sql, action_id, is_undone) is not None


def _write_down(connection: Connection, verb: str, label: str, now: int, feed_id: int | None = None) -> int:
    connection.run("DELETE FROM actions WHERE is_undone = 1")
    connection.run("INSERT INTO actions (verb, label, done_at, feed_id) VALUES (?, ?, ?, ?)", verb, label, now, feed_id)
    action_id = connection.last_insert_rowid()
    connection.run(
        "DELETE FROM actions WHERE id < (SELECT min(id) FROM (SELECT id FROM actions ORDER BY id DESC LIMIT ?))",
        KEPT_ACTIONS,
    )
    return action_id


def _write_part(connection: Connection, action_id: int, part: int, ids: array[int]) -> None:
    connection.run(
        "INSERT INTO action_articles (action_id, part, ids) VALUES (?, ?, ?)", action_id, part, packed_ids(ids)
    )


def _parts(connection: Connection, action_id: int) -> list[array[int]]:
    sql = "SELECT ids FROM action_articles WHERE action_id = ? ORDER BY part"
    return [unpacked_ids(row[0]) for row in connection.rows(sql, action_id)]
