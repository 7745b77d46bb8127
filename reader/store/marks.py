"""The user's actions and the one journal in which all windows and commands write them, so that any can take them back.

The journal is a line of actions. Undo takes back the newest that is not undone, redo does the oldest undone one again,
a new action forgets what was undone. It holds exactly the articles whose state an action changed. All functions here
commit by themselves; an action on very many articles does so in slices, each with its part of the record, so that other
writers get their turn and a crash in the middle leaves what was done undoable. What was said of single articles since
such an action began holds: the slices that are still to come leave them alone.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reader.model import Change, Mark
from reader.store import feeds
from reader.store.bodies import packed_ids, unpacked_ids
from reader.store.connection import Connection, bound, transaction

KEPT_ACTIONS = 1000
SLICE = 1000
"""So many articles are marked in one transaction: some ten milliseconds."""
LOOKED_AT = 20_000
"""So many are looked at in one step for those that have to be marked at all."""
_TURN_SECONDS = 0.001
_REMOVED, _ARCHIVED = "removed", "archived"
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


def mark(
    connection: Connection,
    ids: Sequence[int],
    mark: Mark,
    label: str,
    now: int,
    between: Callable[[], object] | None = None,
) -> Change:
    """Mark those of the articles that are not so yet; the change holds them. Without any nothing is written down.

    ``between`` is called between two slices, and may itself write; what it raises ends this, and what was marked by
    then stays marked, one action to take back.
    """
    changed = array("q")
    action_id: int | None = None
    began = _last_action(connection)
    for part, some in enumerate(_slices(connection, ids, mark)):
        if part:
            _let_others(between)
        with transaction(connection):
            if action_id is not None and not _is_so(connection, action_id, is_undone=False):
                break
            these = _set(connection, some, mark, now, began if action_id is None else action_id)
            if these:
                action_id = action_id or _write_down(connection, mark.value, label, now)
                _write_part(connection, action_id, part, these)
        changed += these
    return Change(label, len(changed), changed)


def remove_feed(
    connection: Connection,
    feed_id: int,
    label: str,
    now: int,
    between: Callable[[], object] | None = None,
    *,
    keeps: bool = False,
) -> Change:
    """Follow a feed no more; the change counts the feed. ``between`` as in ``mark``. Raises NotFound.

    With ``keeps`` its articles stay where they are seen.
    """
    with transaction(connection):
        feeds.one(connection, feed_id)
        feeds.remove(connection, feed_id, now, keeps=keeps)
        _write_down(connection, _ARCHIVED if keeps else _REMOVED, label, now, feed_id)
    feeds.finish_removals(connection, between or _nothing)
    return Change(label, 1)


def undo(connection: Connection, now: int, between: Callable[[], object] | None = None) -> Change | None:
    """Take back the newest action that is not undone; None if there is none. ``between`` as in ``mark``."""
    return _turn(connection, "is_undone = 0 ORDER BY id DESC", now, between, is_undone=True)


def redo(connection: Connection, now: int, between: Callable[[], object] | None = None) -> Change | None:
    """Do the oldest undone action again; None if there is none. ``between`` as in ``mark``."""
    return _turn(connection, "is_undone = 1 ORDER BY id", now, between, is_undone=False)


def _turn(
    connection: Connection, which: str, now: int, between: Callable[[], object] | None, *, is_undone: bool
) -> Change | None:
    with transaction(connection):
        row = connection.first(f"SELECT id, verb, label, feed_id FROM actions WHERE {which} LIMIT 1")
        if row is None:
            return None
        action = _Action(*row)
        connection.run("UPDATE actions SET is_undone = ? WHERE id = ?", is_undone, action.id)
        if action.feed_id is not None:
            turned = _turn_feed(connection, action, action.feed_id, now, is_undone=is_undone)
        else:
            mark = _OPPOSITES[Mark(action.verb)] if is_undone else Mark(action.verb)
            began = _last_action(connection)
            parts = _parts(connection, action.id)
            changed = _set(connection, unpacked_ids(parts[0]), mark, now, began)
    if action.feed_id is not None:
        feeds.finish_removals(connection, between or _nothing)
        return turned
    for part in parts[1:]:
        try:
            _let_others(between)
        except BaseException:
            # stopped half-way: the next undo, or redo, goes on with what is left
            sql = "UPDATE actions SET is_undone = ? WHERE id = ? AND is_undone = ?"
            connection.run(sql, not is_undone, action.id, is_undone)
            raise
        with transaction(connection):
            if _is_so(connection, action.id, is_undone=not is_undone):
                break
            changed += _set(connection, unpacked_ids(part), mark, now, began)
    return Change(action.label, len(changed), changed)


def _turn_feed(connection: Connection, action: _Action, feed_id: int, now: int, *, is_undone: bool) -> Change:
    if is_undone:
        return Change(action.label, int(feeds.restore(connection, feed_id)))
    keeps = action.verb == _ARCHIVED
    return Change(action.label, int(feeds.remove(connection, feed_id, now, keeps=keeps)))


def _set(connection: Connection, ids: Sequence[int], mark: Mark, now: int, action_id: int) -> array[int]:
    """Mark these articles but for those that were marked since an action; the ids of those that were not so before."""
    column, value = _COLUMNS[mark]
    moment = "read_at" if column == "is_read" else "bookmarked_at"
    changed = _not_so(connection, ids, mark)
    since = _marked_since(connection, action_id, mark)
    if since:
        changed = array("q", [each for each in changed if each not in since])
    connection.run(
        f"UPDATE articles SET {column} = ?, {moment} = ? WHERE id IN (SELECT value FROM carray(?))",
        value, now, bound(changed),
    )  # fmt: skip
    return changed


def _not_so(connection: Connection, ids: Sequence[int], mark: Mark) -> array[int]:
    """Those of some articles that a mark would change, in the order given."""
    column, value = _COLUMNS[mark]
    sql = f"SELECT id AS hit FROM carray(?) AS asked CROSS JOIN articles ON id = asked.value WHERE {column} <> ?"
    found = connection.numbers(sql, bound(ids), value)
    return found if len(found) < 2 else array("q", dict.fromkeys(found))


def _slices(connection: Connection, ids: Sequence[int], mark: Mark) -> Iterator[Sequence[int]]:
    """Those of many articles that a mark would change, in slices."""
    if len(ids) <= SLICE:
        yield ids
        return
    waiting = array("q")
    for start in range(0, len(ids), LOOKED_AT):
        waiting += _not_so(connection, ids[start : start + LOOKED_AT], mark)
        while len(waiting) >= SLICE:
            yield waiting[:SLICE]
            waiting = waiting[SLICE:]
    yield waiting


def _nothing() -> None:
    """What is done between two slices where nobody waits."""


def _let_others(between: Callable[[], object] | None) -> None:
    """Give other writers their turn, which the lock of SQLite does not do by itself."""
    if between is not None:
        between()
    time.sleep(_TURN_SECONDS)


def _marked_since(connection: Connection, action_id: int, mark: Mark) -> set[int]:
    """The articles of later actions of this kind that hold."""
    sql = (
        "SELECT ids FROM action_articles CROSS JOIN actions ON id = action_id"
        " WHERE action_id > ? AND verb IN (?, ?) AND is_undone = 0"
    )
    found: set[int] = set()
    for row in connection.rows(sql, action_id, mark.value, _OPPOSITES[mark].value):
        found.update(unpacked_ids(row[0]))
    return found


def _last_action(connection: Connection) -> int:
    """The id of the newest action there ever was."""
    found: int = connection.value("SELECT seq FROM sqlite_sequence WHERE name = 'actions'") or 0
    return found


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


def _parts(connection: Connection, action_id: int) -> list[bytes]:
    """An action's articles by slices, still packed."""
    sql = "SELECT ids FROM action_articles WHERE action_id = ? ORDER BY part"
    return [row[0] for row in connection.rows(sql, action_id)]
