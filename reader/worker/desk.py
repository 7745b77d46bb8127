"""What every check works with: the library, the settings, the clock, the way to say what happened, and the tallies."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from reader.config import Config
from reader.logins import Logins, without
from reader.model import Entry, Outcome, ParsedFeed, Result, Unchanged
from reader.store import arrivals, checks, feeds
from reader.store.connection import Connection
from reader.store.indexing import Indexed
from reader.store.records import CheckRecord, FeedFacts
from reader.worker.child import Stopped
from reader.worker.effects import Effect, Write
from reader.worker.events import Events
from reader.worker.ingest import Measured, decide, is_certain, measure
from reader.worker.pace import Measure, Pace

MOST_KNOWN = 10_000  # entries of a feed that the child is told of


@dataclass(slots=True)
class Tally:
    """What a job came to; ``offline`` says what keeps us from the network, empty when nothing does.

    ``pages`` are those whose text was kept, ``missed`` those that gave none.
    """

    checked: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    offline: str = ""
    pages: int = 0
    missed: int = 0


@dataclass(slots=True)
class Desk:
    """See above. ``now`` gives the time, so that a week can be simulated."""

    connection: Connection
    config: Config
    events: Events
    now: Callable[[], int]
    pace: Pace
    logins: Logins | None = None
    tally: Tally = field(default_factory=Tally)
    fresh: list[Indexed] = field(default_factory=list)
    """New articles that are to be found with the transaction that they are written in."""

    @property
    def interval(self) -> int:
        """The least time between two checks of a feed, in seconds."""
        return self.config.refresh.interval_minutes * 60

    @property
    def size_limit(self) -> int:
        """How big a document may be, in bytes."""
        return self.config.fetch.max_megabytes * 1_000_000

    def has(self, feed: FeedFacts, unchanged: Sequence[Unchanged]) -> bool:
        """Whether we have what a document is said to hold unchanged, and have it as it is there."""
        if not unchanged:
            return True
        return is_certain(arrivals.known(self.connection, feed.id, [each.guid for each in unchanged], ()), unchanged)

    def record(self, feed: FeedFacts, check: CheckRecord) -> Write:
        """What keeps what a check came to, unless the feed got another address meanwhile."""
        return Write(partial(checks.record, self.connection, check, feed.url))

    def report(self, feed: FeedFacts, outcome: Outcome) -> Outcome:
        """Counts what was committed and says so; the outcome itself."""
        self.tally.checked += outcome.result is not Result.OFFLINE
        self.tally.new += outcome.new
        self.tally.changed += outcome.changed
        self.tally.failed += outcome.result in {Result.FAILED, Result.GONE}
        if outcome.result is Result.OFFLINE:
            self.tally.offline = outcome.message
        self.events.say(
            "feed",
            feed_id=feed.id,
            url=without(feed.url),
            outcome=outcome.result.value,
            new=outcome.new,
            changed=outcome.changed,
            status=outcome.status,
            bytes=outcome.bytes,
            ms=outcome.ms,
            message=outcome.message,
        )
        return outcome

    def stopped(self, url: str, what: Stopped) -> str:
        """Says that the parse child was the victim of a document; the reason."""
        self.events.say("killed", pid=what.pid, url=without(url), message=what.reason)
        return what.reason


Done = Callable[[int, int], None]
"""Told how many are new and changed, inside the last transaction; writes, and leaves everything else as it is."""


def keep(
    desk: Desk,
    feed: FeedFacts,
    entries: Sequence[Measured],
    done: Done,
    present: frozenset[str] | None = None,
    moved: Mapping[str, str] | None = None,
) -> Generator[Effect, Any, tuple[int, int]]:
    """Writes what is new and changed, in transactions of some articles each; how many of both.

    ``done`` records the check with the last of them: when we are killed in between, the document is read again.
    """
    present = frozenset(each.entry.guid for each in entries) if present is None else present
    new = changed = 0
    parts = list(_slices(entries, desk.pace.measure)) or [entries]
    for number, part in enumerate(parts, 1):
        apply = partial(_apply, desk, feed.id, part, present, moved or {})
        last = done if number == len(parts) else None
        new, changed = yield Write(partial(_one_after, apply, (new, changed), last), len(part))
    return new, changed


def _one_after(apply: Callable[[], tuple[int, int]], before: tuple[int, int], done: Done | None) -> tuple[int, int]:
    """Writes a part, and the record with the last one; how many were new and changed so far."""
    counts = apply()
    new, changed = before[0] + counts[0], before[1] + counts[1]
    if done is not None:
        done(new, changed)
    return new, changed


def keep_feed(
    desk: Desk, feed: FeedFacts, parsed: ParsedFeed, record: CheckRecord
) -> Generator[Effect, Any, CheckRecord]:
    """Writes a whole document and the record of its check; the record with its numbers filled in."""
    seen: list[Entry | Unchanged] = [*parsed.unchanged, *parsed.entries]
    hashes = [each.source_hash for each in seen if each.source_hash is not None]
    record = replace(record, source_hashes=array("q", hashes[:MOST_KNOWN]))
    present = frozenset(each.guid for each in seen)

    def counted(new: int, changed: int) -> CheckRecord:
        return replace(record, outcome=replace(record.outcome, new=new, changed=changed))

    def done(new: int, changed: int) -> None:
        feeds.set_source(desk.connection, feed.id, parsed.title, parsed.site_url, parsed.language)
        checks.record(desk.connection, counted(new, changed), feed.url)

    measured = measure(parsed.entries, desk.now(), last_check(feed))
    return counted(*(yield from keep(desk, feed, measured, done, present)))


def last_check(feed: FeedFacts) -> int | None:
    """The moment of the last check that brought the feed's articles, None before the first."""
    return feed.checked_at if feed.succeeded_at is not None else None


def _apply(
    desk: Desk, feed_id: int, part: Sequence[Measured], present: frozenset[str], moved: Mapping[str, str]
) -> tuple[int, int]:
    """Decides about some entries by what the library has of them at this moment, and writes that."""
    if not part:
        return 0, 0
    guids = [each.entry.guid for each in part]
    guids += [moved[guid] for guid in guids if guid in moved]
    known = arrivals.known(desk.connection, feed_id, guids, {each.text_hash for each in part})
    decision = decide(known, part, present, moved)
    now, fresh = desk.now(), desk.fresh if desk.pace.measure.is_whole else None
    if decision.sources:
        arrivals.change_sources(desk.connection, decision.sources)
    if decision.new:
        arrivals.insert(desk.connection, feed_id, decision.new, now, fresh)
    changed = arrivals.update(desk.connection, decision.changed, now) if decision.changed else 0
    return len(decision.new), changed


def _slices(entries: Sequence[Measured], most: Measure) -> Iterator[Sequence[Measured]]:
    """The entries in runs of a bounded number and size."""
    start = size = 0
    for position, each in enumerate(entries):
        if position - start >= most.entries or (size > most.size and position > start):
            yield entries[start:position]
            start, size = position, 0
        size += len(each.entry.html)
    if start < len(entries):
        yield entries[start:]
