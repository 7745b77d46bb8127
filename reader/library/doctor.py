"""What is wrong with a library and all that belongs to it, in words, the most important first; and its mending.

It works where the library itself cannot be opened, and it changes nothing unless it is asked to mend.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reader import config, times
from reader.errors import ConfigError, StoreError
from reader.model import Feed, HealthState
from reader.paths import Paths
from reader.store import care, copying, feeds, migrations
from reader.store.care import Look, Mended
from reader.store.database import Database
from reader.store.inspection import Kind, Trouble
from reader.store.migrations import Progress
from reader.store.salvage import Salvaged
from reader.text import clean_line, plural, size

_FIX = "to mend it: reader doctor --fix"
_LITTLE_ROOM = 100_000_000
_OLD_SECONDS = 3600  # a copy that is being made is written to all the time
_UNFINISHED = (".part", ".part-wal", ".part-shm", ".part-journal")
_NAMED = 3
_KEPT = ("v*.bak", "damaged-*", "before-restore-*")
_FILE_WORDS = 4  # of a damaged file so many lines are told


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, in a sentence, and what to do. ``can_mend``: ``mend`` sees to it."""

    area: str
    message: str
    hint: str = ""
    can_mend: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, the most important first, and a word on each area that was looked at and is sound."""

    findings: tuple[Finding, ...]
    sound: tuple[tuple[str, str], ...]


def examine(where: Paths, progress: Progress | None = None) -> Report:
    """Look at everything but the terminal. Takes seconds on a large library."""
    now = times.now()
    look = care.look(where.database, now, progress)
    findings: list[Finding] = []
    sound: list[tuple[str, str]] = []
    for area, found, words in (
        ("database", list(_database(where, look)), _sound_database(look)),
        ("config", list(_config(where)), str(where.config) if where.config.exists() else "none, so all is as it comes"),
        ("feeds", list(_feeds(where, look, now)), plural(look.feeds, "feed")),
        ("disk", list(_disk(where, look)), f"{size(copying.room(_nearest(where.database)))} are free"),
        ("files", list(_leftovers(where, now)), _kept_words(where)),
    ):
        findings += found
        if not found:
            sound.append((area, words))
    return Report(tuple(findings), tuple(sound))


def mend(where: Paths, progress: Progress | None = None) -> list[str]:
    """Mend what can be mended; what was done, in words. Raises StoreError where the library cannot be mended."""
    now = times.now()
    unfinished = _unfinished(where, now)
    for path in unfinished:
        path.unlink(missing_ok=True)
    said = (f"removed {path.name}, a copy that was not finished" for path in unfinished)
    return [*said, *_mended(care.mend(where.database, now, progress))]


def _mended(done: Mended) -> Iterator[str]:
    if done.salvaged is not None:
        yield from _salvaged(done.salvaged)
    else:
        for trouble in done.gone:
            yield f"mended: {trouble.words}"
    for kept in done.kept:
        yield f"the library as it was before is kept: {kept}"


def _salvaged(found: Salvaged) -> Iterator[str]:
    """What a salvage saved and lost, in numbers."""
    articles, anew = found.rows.get("articles", 0) + found.articles_anew, found.articles_anew
    yield f"a new library was made of what could be read: {plural(articles, 'article')} with their marks"
    if anew:
        yield f"{plural(anew, 'article')} kept only their marks; titles come back with the next refresh"
    if found.bodies_lost:
        yield f"the texts of {plural(found.bodies_lost, 'article')} are lost; what feeds still have comes back"
    if found.feeds_anew:
        yield f"{plural(found.feeds_anew, 'feed')} lost their titles and folders"
    for table, gaps in found.gaps.items():
        if table not in ("articles", "contents", "feeds"):
            yield f"{table.replace('_', ' ')}: {plural(gaps, 'place')} could not be read"


# What is looked at


def _database(where: Paths, look: Look) -> Iterator[Finding]:
    if look.refusal is not None:
        hint = look.refusal.hint
        yield Finding("database", look.refusal.message, "" if "reader doctor" in hint else hint)
    by_kind: dict[Kind, list[Trouble]] = {}
    for trouble in look.troubles:
        by_kind.setdefault(trouble.kind, []).append(trouble)
    for kind, troubles in by_kind.items():
        area = {Kind.SEARCH: "search", Kind.CLOCK: "clock"}.get(kind, "database")
        for trouble in troubles[:_FILE_WORDS]:
            yield Finding(area, clean_line(trouble.words, 300), _FIX, can_mend=True)
        if len(troubles) > _FILE_WORDS:
            yield Finding(area, f"and {len(troubles) - _FILE_WORDS} more of this kind", _FIX, can_mend=True)


def _sound_database(look: Look) -> str:
    if not look.is_there:
        return "there is no library yet"
    words = f"{plural(look.articles, 'article')}, {size(look.size)}, version {look.version}"
    return words if look.version == migrations.VERSION else f"{words}, which is brought up when Reader opens it"


def _config(where: Paths) -> Iterator[Finding]:
    try:
        settings = config.load(where)
    except ConfigError as problem:
        yield Finding("config", problem.message, problem.hint)
        return
    for line in settings.problems:
        yield Finding("config", line)


def _feeds(where: Paths, look: Look, now: int) -> Iterator[Finding]:
    """How the feeds are doing, where the library can be read."""
    if look.version != migrations.VERSION or any(trouble.kind is Kind.FILE for trouble in look.troubles):
        return
    try:
        with closing(Database(where.database).connect()) as connection:
            followed = feeds.followed(connection)
            never = feeds.never_checked(connection, now)
    except StoreError:
        return  # what is wrong with it was told already
    for state, words in ((HealthState.FAILING, "cannot be fetched"), (HealthState.GONE, "are gone for good")):
        ill = [feed for feed in followed if feed.health.state is state]
        if ill:
            yield Finding("feeds", _ill(ill, len(followed), words), "see: reader feeds")
    if never:
        yield Finding("feeds", f"{plural(never, 'feed')} of {len(followed)} were never checked", "reader refresh")


def _ill(ill: list[Feed], total: int, words: str) -> str:
    """Some feeds in a sentence, those first that are ill the longest."""
    ill = sorted(ill, key=lambda feed: feed.health.since or 0)
    named = "; ".join(f"{feed.title}: {feed.health.message}" for feed in ill[:_NAMED])
    since = f", the first since {times.day(ill[0].health.since)}" if ill[0].health.since else ""
    more = f"; and {len(ill) - _NAMED} more" if len(ill) > _NAMED else ""
    return clean_line(f"{len(ill)} of {total} {words}{since} ({named}{more})", 500)


def _disk(where: Paths, look: Look) -> Iterator[Finding]:
    place = _nearest(where.database)
    free = copying.room(place)
    if free < max(_LITTLE_ROOM, look.size // 10):
        yield Finding("disk", f"only {size(free)} are free in {place}", "free some space")
    for needed in (where.database.parent, where.state):
        if not os.access(_nearest(needed), os.W_OK):
            yield Finding("disk", f"{_nearest(needed)} cannot be written", "see its permissions")


def _leftovers(where: Paths, now: int) -> Iterator[Finding]:
    for path in _unfinished(where, now):
        words = f"{path.name} is a copy that was not finished ({size(path.stat().st_size)})"
        yield Finding("files", words, _FIX, can_mend=True)


def _unfinished(where: Paths, now: int) -> list[Path]:
    """Copies beside the library that nobody goes on with."""
    found = where.database.parent.glob(f"{where.database.name}.*")
    copies = [path for path in found if path.name.endswith(_UNFINISHED) and path.is_file()]
    return [path for path in copies if now - path.stat().st_mtime > _OLD_SECONDS]


def _kept_words(where: Paths) -> str:
    """The copies of the library that are kept and may be deleted."""
    name = where.database.name
    kept = sorted(path for end in _KEPT for path in where.database.parent.glob(f"{name}.{end}"))
    if not kept:
        return "nothing is left over"
    return "kept, and yours to delete: " + ", ".join(f"{path.name} ({size(path.stat().st_size)})" for path in kept)


def _nearest(path: Path) -> Path:
    """A directory that is there: the path's own, or the nearest above it."""
    return next(each for each in (path, *path.parents) if each.is_dir())
