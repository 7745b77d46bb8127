"""What a checkup of a feed says to people, and what helps. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from reader import times
from reader.logins import without
from reader.model import Answer, Checkup, Feed, HealthState, Kind, Result
from reader.sites import Site, site_for
from reader.store.health import rhythm
from reader.text import plural, size

UNVERIFIED = "its certificate is not checked"
_ORDER = (HealthState.FAILING, HealthState.GONE, HealthState.WAITING, HealthState.PAUSED, HealthState.OK)
_RESULTS = {
    Result.UPDATED: "read",
    Result.NOT_MODIFIED: "nothing new",
    Result.MOVED: "moved, read there",
    Result.GONE: "gone",
    Result.WAIT: "told to wait",
    Result.FAILED: "failed",
}


class Cure(StrEnum):
    """What can be done for a feed."""

    CHECK = "check"
    RETRY = "retry"
    FOLLOW = "follow"
    FIND = "find"
    RESUME = "resume"
    REMOVE = "remove"
    ARCHIVE = "archive"
    PAUSE = "pause"
    SITE = "site"


WORDS = {
    Cure.CHECK: "looks for news now",
    Cure.RETRY: "asks it again",
    Cure.FOLLOW: "follows the new address",
    Cure.FIND: "looks for its new address",
    Cure.RESUME: "asks it again from now on",
    Cure.REMOVE: "removes it, as you follow it where it is now",
}


def cure(checkup: Checkup) -> Cure:
    """The sensible thing to do."""
    feed, status = checkup.feed, checkup.answers[0].status if checkup.answers else None
    if feed.is_paused:
        return Cure.RESUME
    if checkup.found_url is not None:
        return Cure.FOLLOW
    if checkup.is_twin:
        return Cure.REMOVE
    if feed.kind is Kind.FEED and (feed.health.state is HealthState.GONE or (_is_failing(feed) and status == 404)):
        return Cure.FIND
    return Cure.RETRY if _is_failing(feed) else Cure.CHECK


def _is_failing(feed: Feed) -> bool:
    return feed.health.state is HealthState.FAILING


def in_order(feeds: list[Feed]) -> list[Feed]:
    """Those that are not well first, then those of which there is something to say, then the others."""
    return sorted(feeds, key=lambda feed: (_ORDER.index(feed.health.state), not feed.health.message))


def needs_a_look(feed: Feed) -> bool:
    """Whether there is anything to say of a feed."""
    return feed.health.state is not HealthState.OK or bool(feed.health.message)


def facts(checkup: Checkup, now: int, sites: Sequence[Site] = ()) -> Iterator[tuple[str, str]]:
    """What is known, in pairs of a name and words; ``sites`` are those of the config."""
    feed = checkup.feed
    yield "address", feed.url
    if is_unverified(feed, sites):
        yield "certificate", "not checked, as your config says (verify = false)"
    if checkup.former_url:
        yield "before", without(checkup.former_url)
    if checkup.found_url or checkup.moved_to:
        yield "new address", str(checkup.found_url or checkup.moved_to)
    yield "last read", _ago(checkup.succeeded_at, now) if checkup.succeeded_at is not None else "never"
    if checkup.posted_at is not None:
        often = f", {rhythm(checkup.every)}" if checkup.every is not None else ""
        yield "last post", f"{_ago(checkup.posted_at, now)}{often}"
    if checkup.failures:
        yield "failed", f"{plural(checkup.failures, 'time')} in a row"
    yield "next", _next(feed, now)


def is_unverified(feed: Feed, sites: Sequence[Site]) -> bool:
    """Whether the config makes an exception of the certificate of a feed's site."""
    site = site_for(sites, feed.url)
    return site is not None and not site.verify and feed.url.startswith("https:")


def answers(checkup: Checkup, now: int) -> Iterator[tuple[str, str, str, str]]:
    """The last checks, the newest first: when, what came of it, how much and how long."""
    for each in checkup.answers:
        yield _ago(each.at, now), _result(each), size(each.bytes) if each.bytes else "", _took(each.ms)


def _result(answer: Answer) -> str:
    words = _RESULTS.get(answer.result, answer.result.value)
    return f"{answer.status} {words}" if answer.status is not None else words


def _took(ms: int) -> str:
    return "" if not ms else f"{ms} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def _ago(moment: int, now: int) -> str:
    age = times.age(moment, now)
    return f"{age} ago" if age.endswith((" min", " h", " d")) else "just now" if age == "now" else age


def _next(feed: Feed, now: int) -> str:
    if feed.is_paused:
        return "not while it is paused"
    if feed.health.state is HealthState.GONE:
        return "never, unless you ask for it"
    if feed.next_check is None or feed.next_check <= now:
        return "with the next refresh"
    return f"not before {times.when(feed.next_check, now)}"
