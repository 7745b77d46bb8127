"""The check of a local source: one file, a directory of files, the guide."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from reader.fetch import directory, file, guide
from reader.fetch.directory import Found, Listing
from reader.model import Entry, Kind, Outcome, Parsed, ParsedFeed, Result, Unreadable
from reader.parse.source import Source
from reader.store import checks, files
from reader.store.records import CheckRecord, FeedFacts, Kept, SeenFile
from reader.text import clean_line, first_words
from reader.worker import moves
from reader.worker.child import Stopped
from reader.worker.desk import Desk, keep, keep_feed, last_check
from reader.worker.effects import Check, Parse, Task, Turn, Write
from reader.worker.ingest import measure

ARTICLES = frozenset({"text", "markdown", "html"})  # the formats of one article
_BATCH = 32  # files that are read at once
_BATCH_SIZE = 4_000_000  # bytes of them


def check(desk: Desk, feed: FeedFacts) -> Check:
    """Looks at a local source again; it costs a look at its names and times when nothing changed."""
    yield Turn()
    if feed.kind is Kind.DIRECTORY:
        return (yield from check_directory(desk, feed))
    return (yield from check_file(desk, feed))


def check_file(desk: Desk, feed: FeedFacts) -> Check:
    """A feed document or one article."""
    if not os.path.isabs(feed.url):  # noqa: PTH117
        return (yield from _failed(desk, feed, "Reader cannot follow such an address"))
    stamp = file.stamp(feed.url)
    if stamp is not None and stamp == feed.kept.etag and feed.result in {Result.UPDATED, Result.NOT_MODIFIED}:
        return (yield from _unchanged(desk, feed, stamp))
    found = file.read(feed.url, desk.size_limit)
    if isinstance(found, file.Refused):
        return (yield from _failed(desk, feed, f"The file cannot be read: {found.reason}"))
    if file.digest(found.data) == feed.kept.body_hash:
        return (yield from _unchanged(desk, feed, found.stamp(desk.now())))
    parsed: Parsed | Stopped = (yield Parse((file_source(feed.url, found, feed.kind),)))[0]
    if not isinstance(parsed, ParsedFeed):
        why = desk.stopped(feed.url, parsed) if isinstance(parsed, Stopped) else reason(parsed)
        return (yield from _failed(desk, feed, why))
    if feed.kind is Kind.FEED and parsed.format in ARTICLES:
        return (yield from _failed(desk, feed, "The file holds no feed any more"))
    return (yield from keep_file(desk, feed, parsed, found))


def keep_file(desk: Desk, feed: FeedFacts, parsed: ParsedFeed, found: file.Read) -> Check:
    """Writes what a file says, and reports it; a file of one article lends the feed its headline."""
    titled = replace(parsed, title=headline(parsed, feed.url)) if parsed.format in ARTICLES else parsed
    outcome = Outcome(Result.UPDATED, bytes=len(found.data))
    now = desk.now()
    record = CheckRecord(feed.id, outcome, now, now, Kept(found.stamp(now), None, file.digest(found.data)))
    record = yield from keep_feed(desk, feed, titled, record)
    return desk.report(feed, record.outcome)


def file_source(path: str, found: file.Read, kind: Kind | None) -> Source:
    """A file as the child is asked to read it: an article where we know it for one, else whatever is in it."""
    expect = "article" if kind is Kind.FILE else "file"
    return Source(found.data, path, expect, None, clean_line(os.path.basename(path)), found.mtime)  # noqa: PTH119


def headline(parsed: ParsedFeed, path: str) -> str:
    """What the feed of one article is called: its headline, else its first words, else the file's name."""
    entry = parsed.entries[0] if parsed.entries else None
    title = entry and (entry.title or first_words(entry.text))
    return title or clean_line(os.path.basename(path))  # noqa: PTH119


@dataclass(slots=True)
class _Walk:
    """A directory on its way in: what changed, what was where before, and what came of it so far."""

    feed: FeedFacts
    listing: Listing
    known: dict[str, SeenFile]
    new: int = 0
    changed: int = 0
    size: int = 0
    present: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    unread: list[str] = field(default_factory=list)
    moved_away: dict[bytes, str] = field(default_factory=dict)  # content to the path where it was before

    def __post_init__(self) -> None:
        here = {each.path for each in self.listing.files}
        gone = [path for path in self.known if path not in here and not self._unseen(path)]
        self.moved_away = {self.known[path].content_hash: path for path in gone if self.known[path].reason is None}
        self.present = frozenset(here | {path for path in self.known if self._unseen(path)})
        self.gone = frozenset(gone)

    def _unseen(self, path: str) -> bool:
        """Whether a path lies where the scan could not look."""
        return any(path.startswith(place) for place in self.listing.blind)

    def forget(self, paths: set[str]) -> None:
        """Takes files for new ones."""
        self.known = {path: each for path, each in self.known.items() if path not in paths}
        self.moved_away = {content: path for content, path in self.moved_away.items() if path not in paths}

    def changes(self) -> Iterator[Found]:
        """The files that are not as they were."""
        for found in self.listing.files:
            if not self._is_as_it_was(found):
                yield found

    def still_unread(self) -> list[str]:
        """What to say of the files that were refused before and are as they were."""
        return [
            f"{found.path}: {self.known[found.path].reason}"
            for found in self.listing.files
            if self._is_as_it_was(found) and self.known[found.path].reason
        ]

    def _is_as_it_was(self, found: Found) -> bool:
        before = self.known.get(found.path)
        return before is not None and (before.mtime_ns, before.size) == (found.mtime_ns, found.size)


def check_directory(desk: Desk, feed: FeedFacts) -> Check:
    """All articles below a directory; files that are as they were are not opened, moved ones keep their article."""
    listing = directory.scan(feed.url)
    if isinstance(listing, file.Refused):
        return (yield from _failed(desk, feed, f"The directory cannot be read: {listing.reason}"))
    walk = _Walk(feed, listing, files.seen(desk.connection, feed.id))
    yield from _settle_moves(desk, walk)
    for batch in _batches(walk.changes()):
        yield from _take_in(desk, walk, batch)
        yield Turn()
    anything = walk.new or walk.changed
    message = directory.summary(listing, [*walk.still_unread(), *walk.unread])
    result = Result.UPDATED if anything or feed.succeeded_at is None else Result.NOT_MODIFIED
    outcome = Outcome(result, message, walk.new, walk.changed, bytes=walk.size)
    now = desk.now()

    def done() -> None:
        if walk.gone:
            files.record(desk.connection, feed.id, (), walk.gone)
        checks.record(desk.connection, CheckRecord(feed.id, outcome, now, now), feed.url)

    yield Write(done)
    return desk.report(feed, outcome)


def _settle_moves(desk: Desk, walk: _Walk) -> Task:
    """Lets articles follow their texts where files changed places; only that needs all contents beforehand."""
    changed = list(walk.changes())
    if not any(found.path in walk.known for found in changed):
        return
    contents: dict[str, bytes] = {}
    for batch in _batches(changed):
        for found in batch:
            read = file.read(os.path.join(walk.feed.url, found.path), desk.size_limit)  # noqa: PTH118
            if isinstance(read, file.Read):
                contents[found.path] = file.digest(read.data)
        yield Turn()
    if found_moves := moves.find(walk.known, contents, walk.gone):
        yield Write(partial(moves.settle, desk.connection, walk.feed.id, found_moves), len(found_moves))
        walk.forget({*found_moves, *found_moves.values()})


def _take_in(desk: Desk, walk: _Walk, batch: list[Found]) -> Task:
    """Reads some files, has the child read what is new in them, and writes their articles and what we saw."""
    sources: list[Source] = []
    seen: list[SeenFile] = []
    moved: dict[str, str] = {}
    for found in batch:
        kept, source = _open(desk, walk, found)
        seen.append(kept)
        if source is not None:
            sources.append(source)
            if before := walk.moved_away.pop(kept.content_hash, None):
                moved[kept.path] = before
    parsed: list[Parsed | Stopped] = (yield Parse(tuple(sources))) if sources else []
    entries, reasons = [], {}
    for source, answer in zip(sources, parsed, strict=True):
        if isinstance(answer, ParsedFeed) and answer.entries:
            entries.append(_placed(answer.entries[0], str(source.name)))
        else:
            path = os.path.join(walk.feed.url, str(source.name))  # noqa: PTH118
            reasons[str(source.name)] = desk.stopped(path, answer) if isinstance(answer, Stopped) else reason(answer)
    seen = [replace(each, reason=reasons.get(each.path, each.reason)) for each in seen]
    walk.unread += [f"{each.path}: {each.reason}" for each in seen if each.reason]
    measured = measure(entries, desk.now(), last_check(walk.feed))

    def done(_new: int, _changed: int) -> None:
        files.record(desk.connection, walk.feed.id, seen)

    new, changed = yield from keep(desk, walk.feed, measured, done, walk.present, moved)
    walk.new, walk.changed = walk.new + new, walk.changed + changed


def _open(desk: Desk, walk: _Walk, found: Found) -> tuple[SeenFile, Source | None]:
    """A file as we see it now, and what the child shall read of it: nothing where the bytes are as they were."""
    path = os.path.join(walk.feed.url, found.path)  # noqa: PTH118
    read = file.read(path, desk.size_limit)
    before = walk.known.get(found.path)
    if isinstance(read, file.Refused):
        return SeenFile(found.path, found.mtime_ns, found.size, b"", read.reason), None
    walk.size += len(read.data)
    seen = SeenFile(found.path, read.settled(desk.now()), len(read.data), file.digest(read.data))
    if before is not None and before.content_hash == seen.content_hash:
        return replace(seen, reason=before.reason), None
    return seen, Source(read.data, path, "article", None, found.path, read.mtime)


def _placed(entry: Entry, path: str) -> Entry:
    """An article under its path, in the section of its sub-directories."""
    return replace(entry, guid=path, section=moves.section(path))


def _batches(changes: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for found in changes:
        batch.append(found)
        if len(batch) >= _BATCH or sum(each.size for each in batch) > _BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch


def check_guide(desk: Desk, feed: FeedFacts) -> Check:
    """The guide as it comes with this version; its articles have no date and stand in reading order."""
    documents = guide.documents()
    sources = tuple(Source(data, feed.url, "article", None, name) for name, data in documents)
    parsed: list[Parsed | Stopped] = yield Parse(sources)
    entries = tuple(
        replace(answer.entries[0], guid=name, published=None, mtime=None, section=None)
        for (name, _), answer in zip(documents, parsed, strict=True)
        if isinstance(answer, ParsedFeed)
    )
    now = desk.now()
    record = CheckRecord(feed.id, Outcome(Result.UPDATED), now, None)
    kept = yield from keep_feed(desk, feed, ParsedFeed("markdown", "The guide to Reader", entries), record)
    return desk.report(feed, kept.outcome)


def _unchanged(desk: Desk, feed: FeedFacts, stamp: str) -> Check:
    """Records that a file is as it was."""
    now = desk.now()
    outcome = Outcome(Result.NOT_MODIFIED)
    yield desk.record(feed, CheckRecord(feed.id, outcome, now, now, Kept(stamp, None, feed.kept.body_hash)))
    return desk.report(feed, outcome)


def _failed(desk: Desk, feed: FeedFacts, why: str) -> Check:
    """Records why a local source could not be read; its articles stay."""
    now = desk.now()
    outcome = Outcome(Result.FAILED, clean_line(why, 500))
    yield desk.record(feed, CheckRecord(feed.id, outcome, now, now, feed.kept))
    return desk.report(feed, outcome)


def reason(parsed: object) -> str:
    """Why the child made no article of a file."""
    return parsed.reason.rstrip(".") if isinstance(parsed, Unreadable) else "it holds no article"
