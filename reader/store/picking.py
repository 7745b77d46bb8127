"""What a search asks of articles beside their words: their state, their feeds, their age.

Where few articles can fit at all, they are picked first, from the index of a list, and hits are looked up among them;
otherwise the rows of the hits are asked, most of which fit then.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from reader.store import lists, terms
from reader.store.connection import Connection, bound
from reader.store.glance import TOP
from reader.store.parts import parts
from reader.store.plan import SearchPlan

FEW = 20_000
"""Up to so many articles are picked first."""

_TOP = 2**63 - 2


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on hits with its values; no article fits that is older than ``oldest`` or newer than ``newest``."""

    condition: str = "TRUE"
    values: tuple[Any, ...] = ()
    of_rows: bool = False
    oldest: int = 0
    newest: int = _TOP

    def join(self, table: str) -> str:
        """What the hits of a table have to be joined with."""
        return f"CROSS JOIN articles ON articles.id = {table}.rowid" if self.of_rows else ""


NOTHING = Where("FALSE", oldest=_TOP, newest=0)


def where(connection: Connection, plan: SearchPlan, *, in_index: bool = True) -> Where:
    """The plan but for its words; with ``in_index`` the index is asked for its feeds and for words not to be there."""
    condition, values = _of_rows(connection, plan, in_index)
    index = _selective(connection, plan)
    if index is not None:
        sql = f"SELECT id AS hit FROM articles INDEXED BY {index} WHERE {condition} LIMIT {FEW + 1}"
        picked = connection.numbers(sql, *values)
        if not picked:
            return NOTHING
        if len(picked) <= FEW:
            # the sign keeps SQLite from asking FTS5 for one id after the other
            only = "+{table}.rowid IN (SELECT value FROM carray(?))"
            return Where(only, (bound(picked),), oldest=min(picked), newest=max(picked))
    is_all = condition == "is_hidden = 0" and not _has_hidden(connection)
    return Where() if is_all else Where(condition, values, of_rows=True)


def picked(connection: Connection, plan: SearchPlan, limit: int | None, after: int | None) -> array[int]:
    """The articles that fit a plan without words that must be there, by ``sort_at``, newest first."""
    place = TOP if after is None else lists.key(connection, after)
    if place is None:
        return array("q")
    condition, values = _of_rows(connection, plan, in_index=False)
    index = _selective(connection, plan) or "articles_all"
    sql = (
        f"SELECT id AS hit FROM articles INDEXED BY {index} WHERE {condition} AND (sort_at, id) < (?, ?)"
        " ORDER BY sort_at DESC, id DESC LIMIT ?"
    )
    return connection.numbers(sql, *values, *place, -1 if limit is None else limit)


def _of_rows(connection: Connection, plan: SearchPlan, in_index: bool) -> tuple[str, tuple[Any, ...]]:
    conditions, values = ["is_hidden = 0"], list[Any]()
    if plan.is_read is not None:
        conditions.append(f"is_read = {plan.is_read:d}")
    if plan.is_bookmarked is not None:
        conditions.append(f"is_bookmarked = {plan.is_bookmarked:d}")
    if plan.since is not None:
        conditions.append("sort_at >= ?")
        values.append(plan.since)
    if plan.section is not None:
        conditions.append("(section = ? OR substr(section, 1, length(?) + 1) = ? || '/')")
        values += [plan.section] * 3
    if plan.feed_ids is not None and not (in_index and terms.names_feeds(plan)):
        conditions.append("feed_id IN (SELECT value FROM carray(?))")
        values.append(bound(plan.feed_ids))
    without = terms.unwanted(plan)
    if without and not in_index:
        tables = [part.table for part in parts(connection)]
        hits = " UNION ALL ".join(f"SELECT rowid FROM {table} WHERE {table} MATCH ?" for table in tables)
        conditions.append(f"articles.id NOT IN ({hits})")
        values += [without] * len(tables)
    return " AND ".join(conditions), tuple(values)


def _selective(connection: Connection, plan: SearchPlan) -> str | None:
    """The index from which the few that may fit can be picked, if there is one."""
    if plan.is_bookmarked:
        return "articles_bookmarked"
    is_for_rows = plan.feed_ids is not None and (not terms.names_feeds(plan) or plan.section is not None)
    if is_for_rows and _articles_of(connection, plan.feed_ids or ()) <= FEW:
        return "articles_feed_unread" if plan.is_read is False else "articles_feed"
    if plan.is_read is False:
        return "articles_unread"
    return None if plan.since is None else "articles_all"


def _articles_of(connection: Connection, feed_ids: tuple[int, ...]) -> int:
    sql = "SELECT ifnull(sum(total), 0) FROM carray(?) AS asked CROSS JOIN counts ON feed_id = asked.value"
    found: int = connection.value(sql, bound(feed_ids))
    return found


def _has_hidden(connection: Connection) -> bool:
    """Whether articles may be hidden at all: some feed is not followed any more."""
    return bool(connection.value("SELECT EXISTS (SELECT 1 FROM feeds WHERE removed_at IS NOT NULL)"))
