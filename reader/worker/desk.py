"""What every check works with: the library, the settings, the clock, the way to say what happened, and the tallies."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reader.config import Config
from reader.model import Outcome, ParsedFeed, Result
from reader.store import arrivals, checks, feeds
from reader.store.connection import Connection, transaction
from reader.store.records import CheckRecord, FeedFacts
from reader.worker.child import Stopped
from reader.worker.effects import Effect, Turn
from reader.worker.events import Events
from reader.worker.ingest import Measured, decide, measure

SLICE = 50  # entries in one transaction, so that a key press need not wait for a whole feed
SLICE_SIZE = 500_000  # characters of bodies in one transaction


@dataclass(slots=True)
class Tally:
    """What a job came to; ``offline`` says what keeps us from the network, empty when nothing does."""

    checked: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    offline: str = ""


@dataclass(slots=True)
class Desk:
    """See above. ``now`` gives the time, so that a week can be simulated."""

    connection: Connection
    config: Config
    events: Events
    now: Callable[[], int]
    tally: Tally = field(default_factory=Tally)

    @property
    def interval(self) -> int:
        """The least time between two checks of a feed, in seconds."""
        return self.config.refresh.interval_minutes * 60

    @property
    def size_limit(self) -> int:
        """How big a document may be, in bytes."""
        return self.config.fetch.max_megabytes * 1_000_000

    def record(self, check: CheckRecord) -> None:
        """Keeps what a check came to, in the caller's transaction or its own."""
        with transaction(self.connection):
            checks.record(self.connection, check)

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
            url=feed.url,
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
        self.events.say("killed", pid=what.pid, url=url, message=what.reason)
        return what.reason


Done = Callable[[int, int], None]
"""Told how many are new and changed, inside the last transaction."""


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
    parts = list(_slices(entries)) or [entries]
    for number, part in enumerate(parts):
        if number:
            yield Turn()
        with transaction(desk.connection):
            if part:
                counts = _apply(desk, feed.id, part, present, moved or {})
                new, changed = new + counts[0], changed + counts[1]
            if number == len(parts) - 1:
                done(new, changed)
    return new, changed


def keep_feed(
    desk: Desk, feed: FeedFacts, parsed: ParsedFeed, record: CheckRecord
) -> Generator[Effect, Any, CheckRecord]:
    """Writes a whole document and the record of its check; the record with its numbers filled in."""
    kept = record

    def done(new: int, changed: int) -> None:
        nonlocal kept
        kept = replace(record, outcome=replace(record.outcome, new=new, changed=changed))
        feeds.set_source(desk.connection, feed.id, parsed.title, parsed.site_url, parsed.language)
        checks.record(desk.connection, kept)

    yield from keep(desk, feed, measure(parsed.entries, desk.now(), last_check(feed)), done)
    return kept


def last_check(feed: FeedFacts) -> int | None:
    """The moment of the last check that brought the feed's articles, None before the first."""
    return feed.checked_at if feed.succeeded_at is not None else None


def _apply(
    desk: Desk, feed_id: int, part: Sequence[Measured], present: frozenset[str], moved: Mapping[str, str]
) -> tuple[int, int]:
    """Decides about some entries by what the library has of them at this moment, and writes that."""
    guids = [each.entry.guid for each in part]
    guids += [moved[guid] for guid in guids if guid in moved]
    known = arrivals.known(desk.connection, feed_id, guids, {each.text_hash for each in part})
    decision = decide(known, part, present, moved)
    now = desk.now()
    if decision.new:
        arrivals.insert(desk.connection, feed_id, decision.new, now)
    changed = arrivals.update(desk.connection, decision.changed, now) if decision.changed else 0
    return len(decision.new), changed


def _slices(entries: Sequence[Measured]) -> Iterator[Sequence[Measured]]:
    """The entries in runs of a bounded number and size."""
    start = size = 0
    for position, each in enumerate(entries):
        if position - start >= SLICE or (size > SLICE_SIZE and position > start):
            yield entries[start:position]
            start, size = position, 0
        size += len(each.entry.html)
    if start < len(entries):
        yield entries[start:]
