"""The check of a feed on the network, from its address to the record of what it came to."""

from __future__ import annotations

from dataclasses import replace

from reader import times
from reader.fetch import words
from reader.fetch.fetched import Fetched
from reader.fetch.file import digest
from reader.fetch.schedule import chance, next_check
from reader.model import FoundFeeds, Outcome, Parsed, ParsedFeed, Result, Unreadable
from reader.parse.source import Source
from reader.store.records import CheckRecord, FeedFacts
from reader.text import clean_line
from reader.worker.child import Stopped
from reader.worker.desk import Desk, keep_feed
from reader.worker.effects import AnyoneThere, Check, Fetch, Parse

HOUR = 3600
DOUBTFUL = 2  # failures in a row after which a server is taken for dead
SHORT = 8.0  # seconds that it gets then
_GOOD = {Result.UPDATED, Result.NOT_MODIFIED, Result.MOVED}


def check(desk: Desk, feed: FeedFacts) -> Check:
    """Asks the server and keeps what it has; never before the moment that it asked us to wait for."""
    if feed.retry_at is not None and feed.retry_at > desk.now():
        outcome = Outcome(Result.WAIT, waiting(feed.retry_at, desk.now()), status=feed.status)
        return desk.report(feed, outcome)
    validators = (feed.etag, feed.last_modified) if feed.succeeded_at is not None else (None, None)
    fetched: Fetched = yield Fetch(feed.url, *validators, patience(feed.failures))
    if fetched.unreached and not (yield AnyoneThere()):
        why = words.NO_PROXY if fetched.error == words.NO_PROXY else words.NO_NETWORK
        outcome = _outcome(fetched, Result.OFFLINE, why)
        yield desk.record(CheckRecord(feed.id, outcome, desk.now(), feed.next_at))
        return desk.report(feed, outcome)
    record = judged(feed, fetched, desk.now(), desk.interval)
    if record.outcome.result in _GOOD and not fetched.not_modified and record.body_hash != feed.body_hash:
        parsed: Parsed | Stopped = (yield Parse((source(fetched, feed),)))[0]
        if isinstance(parsed, ParsedFeed) and not desk.has(feed, parsed.unchanged):
            parsed = (yield Parse((source(fetched),)))[0]
        fetched = replace(fetched, body=b"")  # read; while others are waited for, it need not be held
        if isinstance(parsed, ParsedFeed):
            record = yield from keep_feed(desk, feed, parsed, heeding(feed, record, parsed, fetched, desk.interval))
            return desk.report(feed, record.outcome)
        why = desk.stopped(feed.url, parsed) if isinstance(parsed, Stopped) else no_feed(parsed)
        record = failed(feed, fetched, why, desk.now(), desk.interval)
    yield desk.record(record)
    return desk.report(feed, record.outcome)


def patience(failures: int) -> float | None:
    """How long to wait for a server that has failed several times in a row, in seconds; now and then as for others.

    Those that are dead would otherwise set the length of every refresh, and the slow ones never come back.
    """
    return SHORT if failures >= DOUBTFUL and failures % 4 else None


def source(fetched: Fetched, feed: FeedFacts | None = None) -> Source:
    """A fetched document as the child is asked to read it, but for what the feed has of it already."""
    known = frozenset(feed.source_hashes or ()) if feed is not None else frozenset()
    return Source(fetched.body, fetched.url, "feed", fetched.content_type, known=known)


def no_feed(parsed: Parsed) -> str:
    """Why a document brings no articles."""
    if isinstance(parsed, Unreadable):
        return parsed.reason.rstrip(".")
    feeds = parsed.feeds if isinstance(parsed, FoundFeeds) else ()
    named = f"; the feed it names is {feeds[0].url}" if feeds else ""
    return f"The address gives a web page and no feed{named}"


def judged(feed: FeedFacts, fetched: Fetched, now: int, interval: int) -> CheckRecord:
    """What an answer comes to before its document is read. Pure."""
    if fetched.status == 410:
        gone = _outcome(fetched, Result.GONE, "410: the feed is gone for good, says its server")
        return CheckRecord(feed.id, gone, now, None, feed.etag, feed.last_modified, feed.body_hash)
    if fetched.status == 429 or (fetched.status in {503, 403} and fetched.retry_at is not None):
        return _told_to_wait(feed, fetched, now, interval)
    if fetched.error:
        return failed(feed, fetched, fetched.error, now, interval)
    if fetched.not_modified and feed.succeeded_at is None:
        return failed(feed, fetched, "The server said that nothing changed, but we have nothing yet", now, interval)
    known = fetched.not_modified
    body_hash = feed.body_hash if known else digest(fetched.body)
    result, message = Result.UPDATED, ""
    if known or body_hash == feed.body_hash:
        result = Result.NOT_MODIFIED
        message = feed.message if feed.result in {Result.UPDATED, Result.NOT_MODIFIED} else ""
    if fetched.moved_to:
        result, message = Result.MOVED, f"The feed has moved to {fetched.moved_to} and is read there"
    etag = (fetched.etag or feed.etag) if known else fetched.etag
    modified = (fetched.last_modified or feed.last_modified) if known else fetched.last_modified
    outcome = _outcome(fetched, result, message)
    record = CheckRecord(feed.id, outcome, now, None, etag, modified, body_hash, None, feed.refresh_after)
    return timed(feed, record, fetched, interval)


def heeding(feed: FeedFacts, record: CheckRecord, parsed: ParsedFeed, fetched: Fetched, interval: int) -> CheckRecord:
    """A record of success with what the document itself wishes. Pure.

    Of one that broke off the validators are forgotten, so that the next check asks for all of it.
    """
    if not parsed.is_whole:
        record = replace(record, etag=None, last_modified=None)
    if parsed.remark:
        said = ". ".join(each for each in (record.outcome.message, parsed.remark) if each)
        record = replace(record, outcome=replace(record.outcome, message=said))
    return timed(feed, replace(record, refresh_after=parsed.refresh_after), fetched, interval)


def timed(feed: FeedFacts, record: CheckRecord, fetched: Fetched, interval: int) -> CheckRecord:
    """A record of success with the moment of the next check. Pure."""
    now = record.checked_at
    after = next_check(
        now,
        interval=interval,
        wish=record.refresh_after,
        fresh_until=fetched.fresh_until,
        chance=chance(feed.url, now),
    )
    return replace(record, next_at=after)


def failed(feed: FeedFacts, fetched: Fetched, why: str, now: int, interval: int) -> CheckRecord:
    """A record of failure: what we have is kept, validators included, and the next check waits longer. Pure."""
    after = next_check(
        now,
        interval=interval,
        wish=feed.refresh_after,
        retry_at=fetched.retry_at,
        failures=feed.failures + 1,
        chance=chance(feed.url, now),
    )
    outcome = _outcome(fetched, Result.FAILED, why)
    return CheckRecord(
        feed.id,
        outcome,
        now,
        after,
        feed.etag,
        feed.last_modified,
        feed.body_hash,
        fetched.retry_at,
        feed.refresh_after,
    )


def waiting(until: int, now: int) -> str:
    """That the server wants us to wait, until when."""
    when = times.local(until)
    day = "" if times.midnight(until) == times.midnight(now) else f"{when.day} {when:%b} "
    return f"The server asked us to wait until {day}{when:%H:%M}"


def _told_to_wait(feed: FeedFacts, fetched: Fetched, now: int, interval: int) -> CheckRecord:
    """A record of being asked to come less often; without a time, twice our interval, at least an hour."""
    until = fetched.retry_at or now + max(interval * 2, HOUR)
    after = max(until, now + interval)
    outcome = _outcome(fetched, Result.WAIT, waiting(until, now))
    return CheckRecord(
        feed.id, outcome, now, after, feed.etag, feed.last_modified, feed.body_hash, until, feed.refresh_after
    )


def _outcome(fetched: Fetched, result: Result, message: str) -> Outcome:
    return Outcome(result, clean_line(message, 500), status=fetched.status, bytes=fetched.received, ms=fetched.ms)
