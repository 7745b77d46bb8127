"""A thorough look at a library: what is wrong with it, in words, and what kind of mending each trouble wants.

Nothing is written here. ``mending`` puts right what can be put right in its place, ``salvage`` makes a new library.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import apsw

from reader import errors
from reader.store import feeds, migrations, parts
from reader.store.connection import Connection
from reader.store.schema import SCHEMA
from reader.store.upkeep import REAL_COUNTS
from reader.text import plural

DAY = 86400
ASLEEP = 40 * DAY
"""Nothing that a feed or its server may ask for lets it sleep so long: the clock was wrong when that was written."""
_AHEAD = DAY  # what is dated further ahead than this was written under another clock

_OF_INDEX = re.compile(r"missing from index|entries in index|non-unique entry in index")
_OF_SEARCH = re.compile(r"\b(?:search_\d+|titles)\b|fts5", re.IGNORECASE)
_TREE = re.compile(r"^Tree (\d+) page (\d+)")
_SEARCH_TABLE = re.compile(r"^(?:search_\d+|titles)(?:_(?:data|idx|content|docsize|config))?$")
_MALFORMED = "database disk image is malformed"
DERIVED = {"counts", "search_parts", "search_queue"}
_KEPT_COUNTS = "SELECT feed_id, section, unread, total, bookmarked FROM counts WHERE total OR unread OR bookmarked"
_DIFFERENT_COUNTS = f"""
SELECT count(*) FROM (
    SELECT * FROM ({REAL_COUNTS} EXCEPT {_KEPT_COUNTS}) UNION SELECT * FROM ({_KEPT_COUNTS} EXCEPT {REAL_COUNTS})
)
"""


class Kind(Enum):
    """What kind of trouble it is, the worst first; so they are mended in this order."""

    FILE = "file"  # rows that cannot be read: a new library is made of the others
    INDEX = "index"  # an index can be made anew
    SCHEMA = "schema"  # an index, a trigger or a table of what is derived is not there
    ORPHANS = "orphans"
    BODIES = "bodies"
    SEARCH = "search"
    COUNTS = "counts"
    REMOVAL = "removal"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong, in words."""

    kind: Kind
    words: str


def inspect(connection: Connection) -> list[Trouble]:
    """What is wrong with the file and its tables; empty if it is sound. Takes seconds on a large library."""
    connection.run("BEGIN")
    try:
        return _guarded(connection)
    finally:
        if connection.in_transaction:  # a disk that fails ends it
            connection.run("ROLLBACK")


def clocks(connection: Connection, now: int) -> list[Trouble]:
    """What was written under a clock that was wrong; it is no damage."""
    found = []
    if asleep := connection.value(f"SELECT count(*) FROM checks WHERE {ASLEEP_WHERE}", now + ASLEEP, now + _AHEAD):
        found.append(Trouble(Kind.CLOCK, f"{plural(asleep, 'feed')} asleep for months, as if the clock had been wrong"))
    if ahead := connection.value(f"SELECT count(*) FROM articles WHERE {AHEAD_WHERE}", now + _AHEAD):
        found.append(Trouble(Kind.CLOCK, f"{plural(ahead, 'article')} dated in the future"))
    return found


ASLEEP_WHERE = "(max(ifnull(next_at, 0), ifnull(retry_at, 0)) > ? OR checked_at > ?) AND result IS NOT 'gone'"
AHEAD_WHERE = "sort_at > ?"


def missing(connection: Connection) -> dict[str, tuple[str, str]]:
    """What a library of today has and this one has not: names with their type and SQL."""
    fresh = Connection(":memory:")
    fresh.run(SCHEMA)
    sql = "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    there = {row[0] for row in connection.rows(sql)}
    return {name: (kind, made or "") for name, kind, made in fresh.rows(sql) if name not in there}


def miscounted(connection: Connection) -> int:
    """In how many feeds and sections the kept counts are not those of the articles; reads all articles."""
    found: int = connection.value(_DIFFERENT_COUNTS)
    return found


def unreadable_bodies(connection: Connection) -> list[tuple[str, int]]:
    """The tables and articles whose bodies are no longer what was packed; reads all of them."""
    found = []
    for table in ("contents", "full_texts"):
        for article_id, html in connection.execute(f"SELECT article_id, html FROM {table} WHERE html IS NOT NULL"):
            try:
                zlib.decompress(html)
            except (zlib.error, TypeError):
                found.append((table, article_id))
    return found


def unreadable_texts(connection: Connection) -> list[str]:
    """The tables with a text that is no UTF-8 any more; reads all of the narrow ones."""
    found = []
    for table in ("feeds", "articles", "contents", "actions", "memory"):
        columns = "article_id, summary" if table == "contents" else "*"
        try:
            for _ in connection.execute(f"SELECT {columns} FROM {table}"):
                pass
        except UnicodeDecodeError:
            found.append(table)
    return found


def unsearched(connection: Connection) -> str:
    """The condition that picks the articles which are neither in the search index nor waiting for it."""
    tables = [f"{part.table}_docsize" for part in parts.parts(connection)]
    known = " UNION ALL ".join(f"SELECT id FROM {table}" for table in tables)
    return f"id NOT IN ({known}) AND id NOT IN (SELECT article_id FROM search_queue)"


def _guarded(connection: Connection) -> list[Trouble]:
    """All looks; the first that cannot be finished says so and ends them."""
    found: list[Trouble] = []
    try:
        if migrations.version(connection) != migrations.VERSION:
            return [*_of_file(connection)]
        found += _lacking(connection)
        if any(trouble.kind in (Kind.FILE, Kind.SCHEMA) for trouble in found):
            return [*found, *_of_file(connection)]
        found += [] if found else _of_search(connection)
        found += _of_file(connection)
        if not any(trouble.kind in (Kind.FILE, Kind.INDEX) for trouble in found):
            found += _of_rows(connection)
    except (errors.Damaged, apsw.Error, UnicodeDecodeError) as problem:
        found.append(Trouble(Kind.FILE, f"file: {problem.__cause__ or problem}"))
    return found


def _lacking(connection: Connection) -> list[Trouble]:
    found = []
    lacks = missing(connection)
    for name, (kind, _) in lacks.items():
        if name.rpartition("_")[0] in lacks and _SEARCH_TABLE.match(name):
            continue  # a part of what is not there either
        if _SEARCH_TABLE.match(name):
            trouble = Trouble(Kind.SEARCH, f"{name}: the search index cannot be read, as this part is not there")
        elif kind != "table" or name in DERIVED:
            trouble = Trouble(Kind.SCHEMA, f"{name}: this {kind} is not there")
        else:
            trouble = Trouble(Kind.FILE, f"{name}: this table is not there")
        found.append(trouble)
    return found


def _of_file(connection: Connection) -> Iterator[Trouble]:
    """What SQLite's own check finds."""
    roots = dict(connection.rows("SELECT rootpage, name FROM sqlite_schema WHERE rootpage > 0"))
    indexes = {row[0] for row in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    lines = list(_checked(connection))
    for line in lines:
        at = _TREE.match(line)
        name = roots.get(int(at[1]), "") if at else ""
        words = f"page {at[2]} of {name} cannot be read" if at and name else line
        if line != _MALFORMED or len(lines) == 1:
            yield Trouble(_kind(line, name, indexes), f"file: {words}")


def _checked(connection: Connection) -> Iterator[str]:
    """The lines of SQLite's check; where it breaks off that is a line, too, and those before it say why."""
    try:
        for (said,) in connection.execute("PRAGMA integrity_check"):
            line = said.rpartition("***\n")[2].replace("\n", "; ")
            if line != "ok":
                yield line
    except (apsw.Error, UnicodeDecodeError):
        yield _MALFORMED


def _kind(line: str, name: str, indexes: set[str]) -> Kind:
    if name:
        if _SEARCH_TABLE.match(name):
            return Kind.SEARCH
        return Kind.INDEX if name in indexes and not name.startswith("sqlite_autoindex_action") else Kind.FILE
    if _OF_INDEX.search(line):
        return Kind.INDEX
    return Kind.SEARCH if _OF_SEARCH.search(line) else Kind.FILE


def _of_search(connection: Connection) -> Iterator[Trouble]:
    """Search tables that cannot be asked. To have been asked is also what makes FTS5's own check look at them anew."""
    broken = False
    for table in (*(each.table for each in parts.parts(connection)), parts.TITLES):
        try:
            connection.run(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1")
        except (errors.Damaged, apsw.Error):
            broken = True
            yield Trouble(Kind.SEARCH, f"{table}: the search index cannot be read")
    if not broken:
        lost = connection.value(f"SELECT count(*) FROM articles WHERE {unsearched(connection)}")
        if lost:
            yield Trouble(Kind.SEARCH, f"search: {lost} articles are not in the index")


def _of_rows(connection: Connection) -> Iterator[Trouble]:
    """What is wrong with rows that can all be read."""
    for table, row, *_ in connection.rows("PRAGMA foreign_key_check"):
        yield Trouble(Kind.ORPHANS, f"table {table}: row {row} belongs to nothing")
    for table in unreadable_texts(connection):
        yield Trouble(Kind.FILE, f"table {table}: a text in it cannot be read")
    if miscounted(connection):
        yield Trouble(Kind.COUNTS, "counts: they are not those of the articles")
    if lacking := connection.value("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM contents)"):
        yield Trouble(Kind.BODIES, f"contents: {lacking} articles have no body")
    if broken := len(unreadable_bodies(connection)):
        yield Trouble(Kind.BODIES, f"contents: {broken} texts cannot be read")
    if halves := len(feeds.unfinished_removals(connection)):
        yield Trouble(Kind.REMOVAL, f"feeds: {halves} are removed half-way")
