"""The check of a feed on the network, from its address to the record of what it came to."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from typing import Any

from reader import times
from reader.fetch import words
from reader.fetch.address import is_web
from reader.fetch.fetched import Fetched
from reader.fetch.file import digest
from reader.fetch.schedule import DAY, HOUR, chance, next_check
from reader.model import FoundFeeds, Outcome, Parsed, ParsedFeed, Result, Unreadable
from reader.parse.source import Source
from reader.store import checks, feeds
from reader.store.records import CheckRecord, FeedFacts, Kept
from reader.text import clean_line
from reader.worker import networks
from reader.worker.child import Stopped
from reader.worker.desk import Desk, keep_feed
from reader.worker.effects import AnyoneThere, Check, Effect, Fetch, Parse, Write

DOUBTFUL = 2  # failures in a row after which a server is taken for dead
SHORT = 8.0  # seconds that it gets then
HELD = 3 * DAY  # so long a server says that a feed has moved for good before its address is changed
_MOVED = "The feed has moved to "
_GOOD = {Result.UPDATED, Result.NOT_MODIFIED, Result.MOVED}


def check(desk: Desk, feed: FeedFacts) -> Check:
    """Asks the server and keeps what it has; never one that is paused or gone, nor before it allows us to ask."""
    if (unasked := _unasked(feed, desk.now())) is not None:
        return desk.report(feed, unasked)
    validators = (feed.kept.etag, feed.kept.last_modified) if feed.succeeded_at is not None else (None, None)
    fetched: Fetched = yield Fetch(feed.url, *validators, patience(feed.failures))
    if fetched.unreached and not (yield AnyoneThere()):
        why = words.NO_PROXY if fetched.error == words.NO_PROXY else words.NO_NETWORK
        outcome = _outcome(fetched, Result.OFFLINE, why)
        yield desk.record(feed, CheckRecord(feed.id, outcome, desk.now(), feed.next_at))
        return desk.report(feed, outcome)
    record = judged(feed, fetched, desk.now(), desk.interval)
    if record.outcome.result in _GOOD and not fetched.not_modified and record.kept.body_hash != feed.kept.body_hash:
        parsed: Parsed | Stopped = (yield Parse((source(fetched, feed),)))[0]
        if isinstance(parsed, ParsedFeed) and not desk.has(feed, parsed.unchanged):
            parsed = (yield Parse((source(fetched),)))[0]
        fetched = replace(fetched, body=b"")  # read; while others are waited for, it need not be held
        if isinstance(parsed, ParsedFeed):
            yield from networks.note(desk, feed.url, fetched)
            record = yield from keep_feed(desk, feed, parsed, heeding(feed, record, parsed, fetched, desk.interval))
            return desk.report(feed, (yield from _followed(desk, feed, record)))
        why = desk.stopped(feed.url, parsed) if isinstance(parsed, Stopped) else no_feed(parsed)
        record = failed(feed, fetched, why, desk.now(), desk.interval, named(parsed))
    yield desk.record(feed, record)
    return desk.report(feed, (yield from _followed(desk, feed, record)))


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
    if isinstance(parsed, FoundFeeds) and parsed.notice:
        return parsed.notice
    found = named(parsed)
    return f"The address gives a web page and no feed{f'; the feed it names is {found}' if found else ''}"


def named(parsed: Parsed | Stopped) -> str | None:
    """The feed that a page names which stands where a feed was."""
    found = parsed.feeds if isinstance(parsed, FoundFeeds) else ()
    return found[0].url if found else None


def judged(feed: FeedFacts, fetched: Fetched, now: int, interval: int) -> CheckRecord:
    """What an answer comes to before its document is read. Pure."""
    if fetched.status == 410 and fetched.permanent:
        gone = _outcome(fetched, Result.GONE, "410: the feed is gone for good, says its server")
        return CheckRecord(feed.id, gone, now, None, _kept(feed))
    if fetched.status == 429 or (fetched.status in {503, 403} and fetched.retry_at is not None):
        return _told_to_wait(feed, fetched, now, interval)
    if fetched.error:
        return failed(feed, fetched, fetched.error, now, interval)
    if fetched.not_modified and feed.succeeded_at is None:
        return failed(feed, fetched, "The server said that nothing changed, but we have nothing yet", now, interval)
    known = fetched.not_modified
    body_hash = feed.kept.body_hash if known else digest(fetched.body)
    result, message = Result.UPDATED, ""
    if known or body_hash == feed.kept.body_hash:
        result = Result.NOT_MODIFIED
        message = remark(feed.result, feed.message, feed.kept.moved_to)
    if fetched.moved_to:
        result, message = Result.MOVED, _said(fetched.moved_to, message)
    kept = replace(
        feed.kept,
        etag=(fetched.etag or feed.kept.etag) if known else fetched.etag,
        last_modified=(fetched.last_modified or feed.kept.last_modified) if known else fetched.last_modified,
        body_hash=body_hash,
        moved_to=fetched.moved_to,
        moved_since=feed.kept.moved_since if fetched.moved_to == feed.kept.moved_to else now,
        found_url=None,
    )
    record = CheckRecord(feed.id, _outcome(fetched, result, message), now, None, kept)
    return timed(feed, record, fetched, interval)


def heeding(feed: FeedFacts, record: CheckRecord, parsed: ParsedFeed, fetched: Fetched, interval: int) -> CheckRecord:
    """A record of success with what the document itself wishes. Pure.

    Of one that broke off the validators are forgotten, so that the next check asks for all of it.
    """
    kept = replace(record.kept, refresh_after=parsed.refresh_after, skip=parsed.skip)
    if not parsed.is_whole:
        kept = replace(kept, etag=None, last_modified=None)
    outcome = replace(record.outcome, message=_said(kept.moved_to, parsed.remark))
    return timed(feed, replace(record, outcome=outcome, kept=kept), fetched, interval)


def remark(result: Result | None, message: str, moved_to: str | None) -> str:
    """What a good check said of the document itself, from its whole message. Pure."""
    if result not in _GOOD:
        return ""
    if not message.startswith(_MOVED):
        return message
    moved = _said(moved_to, "")
    return message.removeprefix(moved).removeprefix(". ") if moved and message.startswith(moved) else ""


def _said(moved_to: str | None, remark: str) -> str:
    """The message of a good check: where it is read, and what there is to say of the document."""
    moved = f"{_MOVED}{moved_to} and is read there" if moved_to else ""
    return ". ".join(each for each in (moved, remark) if each)


def timed(feed: FeedFacts, record: CheckRecord, fetched: Fetched, interval: int) -> CheckRecord:
    """A record of success with the moment of the next check. Pure."""
    now = record.checked_at
    after = next_check(
        now,
        interval=interval,
        wish=record.kept.refresh_after,
        fresh_until=fetched.fresh_until,
        every=feed.every,
        posted_at=feed.posted_at,
        skip=record.kept.skip,
        chance=chance(feed.url, now),
    )
    return replace(record, next_at=after)


def failed(
    feed: FeedFacts, fetched: Fetched, why: str, now: int, interval: int, found_url: str | None = None
) -> CheckRecord:
    """A record of failure: what we have is kept, validators included, and the next check waits longer. Pure."""
    after = next_check(
        now,
        interval=interval,
        wish=feed.kept.refresh_after,
        retry_at=fetched.retry_at,
        failures=feed.failures + 1,
        skip=feed.kept.skip,
        chance=chance(feed.url, now),
    )
    kept = replace(_kept(feed), found_url=found_url)
    return CheckRecord(feed.id, _outcome(fetched, Result.FAILED, why), now, after, kept, fetched.retry_at)


def _kept(feed: FeedFacts) -> Kept:
    """What stays known of a document while it cannot be had.

    One of which there was something to say is read anew then, as that gives way to what is wrong now.
    """
    if not remark(feed.result, feed.message, feed.kept.moved_to):
        return feed.kept
    return replace(feed.kept, etag=None, last_modified=None, body_hash=None)


def waiting(until: int, now: int) -> str:
    """That the server wants us to wait, until when."""
    when = times.local(until)
    day = "" if times.midnight(until) == times.midnight(now) else f"{when.day} {when:%b} "
    return f"The server asked us to wait until {day}{when:%H:%M}"


def has_settled(feed: FeedFacts, record: CheckRecord) -> bool:
    """Whether a feed has been elsewhere for so long that it is asked there from now on. Pure.

    Never from https to http: whoever stands between could have said so.
    """
    moved_to, since = record.kept.moved_to, record.kept.moved_since
    if moved_to is None or since is None or record.outcome.result is not Result.MOVED:
        return False
    is_weaker = feed.url.startswith("https:") and not moved_to.startswith("https:")
    return is_web(moved_to) and not is_weaker and record.checked_at - since >= HELD


def _followed(desk: Desk, feed: FeedFacts, record: CheckRecord) -> Generator[Effect, Any, Outcome]:
    """Changes the address of a feed that has moved for good; what its check came to, in the words that hold then."""
    moved_to = record.kept.moved_to
    if moved_to is None or not has_settled(feed, record):
        return record.outcome
    message: str = yield Write(partial(_follow, desk, feed, record.outcome, moved_to))
    return replace(record.outcome, message=message)


def _follow(desk: Desk, feed: FeedFacts, outcome: Outcome, moved_to: str) -> str:
    """Has a feed asked elsewhere, unless somebody changed that meanwhile; what there is to say of it.

    Of a feed that is where it belongs the library keeps but what was said of its document.
    """
    known = feeds.by_url(desk.connection, feed.url)
    if known is None or known.id != feed.id:
        return outcome.message
    other = feeds.set_address(desk.connection, feed.id, moved_to, desk.now())
    if other is None:
        checks.say(desk.connection, feed.id, remark(outcome.result, outcome.message, moved_to))
        return clean_line(f"{_MOVED}{moved_to}, and is followed there", 500)
    message = clean_line(f"{_MOVED}{moved_to}, where you follow “{other.title}”: one of both can go", 500)
    checks.say(desk.connection, feed.id, message)
    return message


def _unasked(feed: FeedFacts, now: int) -> Outcome | None:
    """Why a feed is not asked now, None where it may be."""
    if feed.paused_at is not None:
        return Outcome(Result.WAIT, "The feed is paused", status=feed.status)
    if feed.result is Result.GONE:
        return Outcome(Result.GONE, feed.message, status=feed.status)
    if feed.retry_at is not None and feed.retry_at > now:
        return Outcome(Result.WAIT, waiting(feed.retry_at, now), status=feed.status)
    return None


def _told_to_wait(feed: FeedFacts, fetched: Fetched, now: int, interval: int) -> CheckRecord:
    """A record of being asked to come less often.

    Without a time it is twice our interval, at least an hour, and each time that we are told so again twice as long.
    """
    last = feed.retry_at - feed.checked_at if feed.result is Result.WAIT and feed.retry_at and feed.checked_at else 0
    until = fetched.retry_at or now + max(interval * 2, HOUR, min(2 * last, DAY))
    outcome = _outcome(fetched, Result.WAIT, waiting(until, now))
    return CheckRecord(feed.id, outcome, now, max(until, now + interval), _kept(feed), until)


def _outcome(fetched: Fetched, result: Result, message: str) -> Outcome:
    return Outcome(result, clean_line(message, 500), status=fetched.status, bytes=fetched.received, ms=fetched.ms)
