"""Following something new: what a person named, from the words to the first articles."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import BadTarget
from reader.fetch import directory, file, target
from reader.fetch.address import is_here
from reader.fetch.fetched import Fetched
from reader.logins import hidden
from reader.model import GUIDE_URL, TEXTS, Kind, Outcome, Parsed, ParsedFeed
from reader.store import checks, feeds
from reader.store.connection import transaction
from reader.store.records import FeedFacts
from reader.text import clean_line
from reader.worker import local, logins, networks, remote
from reader.worker.child import Stopped
from reader.worker.desk import Desk, keep_feed
from reader.worker.effects import Effect, Fetch, Parse, Task

if TYPE_CHECKING:
    from reader.fetch.services import Services
    from reader.worker.candidates import Candidate
    from reader.worker.finding import Finder


@dataclass(frozen=True, slots=True)
class Wish:
    """How to follow: ``folder`` None is where such things belong, ``fetch`` whether to ask the network at all.

    ``all`` takes every feed of a page that names several.
    """

    folder: tuple[str, ...] | None = None
    title: str | None = None
    fetch: bool = True
    all: bool = False


def add(desk: Desk, wish: Wish, words: str, services: Services) -> Task:
    """Follows what the words name, or says why not."""
    if words == GUIDE_URL:
        yield from _add_guide(desk, wish)
        return
    from reader.worker.finding import Finder

    try:
        found = target.read(words)
    except BadTarget as error:
        _refuse(desk, words, error.message, error.hint)
        return
    match found:
        case target.Remote(url, is_guess):
            bare = logins.take_out(desk, url)
            finder = Finder(desk, services, words if bare == url else bare, may_be_http=is_guess)
            yield from _add_remote(desk, wish, finder, bare)
            if bare != url:
                logins.forget_unused(desk, bare)
        case target.Local(path):
            yield from _add_local(desk, wish, words, path)


def _add_remote(desk: Desk, wish: Wish, finder: Finder, url: str) -> Task:
    """A feed's address, or a page's: its one feed, all of them, or the choice."""
    words = finder.words
    if (yield from _is_followed(desk, wish, words, url)):
        return
    if not wish.fetch:
        feed, existed = _follow(desk, wish, url, Kind.FEED)
        _added(desk, words, feed, 0, existed=existed)
        return
    found = yield from finder.search(url)
    if not found.feeds:
        _refuse(desk, words, found.message, found.hint)
    elif len(found.feeds) == 1 or wish.all:
        for each in found.feeds:
            yield from _add_found(desk, wish, words, each, is_public=not is_here(url))
    else:
        desk.events.say("candidates", target=words, feeds=as_events(desk, found.feeds))


def as_events(desk: Desk, found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Feeds to choose from, each with the id under which it is followed already."""
    known = [feeds.by_url(desk.connection, each.url) for each in found]
    return [each.as_event(feed.id if feed else None) for each, feed in zip(found, known, strict=True)]


def _add_found(desk: Desk, wish: Wish, words: str, found: Candidate, *, is_public: bool) -> Task:
    """A feed that was found; what of its document is still in hand need not be asked for again."""
    if (yield from _is_followed(desk, wish, words, found.url)):
        return
    if found.fetched is not None and found.parsed is not None:
        yield from _add_feed(desk, wish, words, found.url, found.fetched, found.parsed)
        return
    fetched: Fetched = yield Fetch(found.url, is_public=is_public)
    if not fetched.ok:
        _refuse(desk, words, f"{clean_line(found.url, 300)}: {fetched.error}")
        return
    parsed: Parsed | Stopped = (yield Parse((remote.source(fetched),)))[0]
    if isinstance(parsed, ParsedFeed):
        yield from _add_feed(desk, wish, words, found.url, fetched, parsed)
    else:
        why = desk.stopped(found.url, parsed) if isinstance(parsed, Stopped) else remote.no_feed(parsed)
        _refuse(desk, words, f"{clean_line(found.url, 300)}: {why}")


def _add_feed(desk: Desk, wish: Wish, words: str, url: str, fetched: Fetched, parsed: ParsedFeed) -> Task:
    """A feed that answered; it is followed where it has moved to for good."""
    address = fetched.moved_to or url
    if address != url and (yield from _is_followed(desk, wish, words, address)):
        return
    feed, existed = _follow(desk, wish, address, Kind.FEED)
    record = remote.judged(feed, replace(fetched, moved_to=None), desk.now(), desk.interval)
    record = remote.heeding(feed, record, parsed, fetched, desk.interval)
    yield from networks.note(desk, feed.url, fetched)
    record = yield from keep_feed(desk, feed, parsed, record)
    desk.report(feed, record.outcome)
    _added(desk, words, feed, record.outcome.new, existed=existed)


def _add_local(desk: Desk, wish: Wish, words: str, path: Path) -> Task:
    """A directory, a feed in a file, or one article."""
    url = str(path)
    if not file.is_text(url):
        _refuse(desk, words, f"{clean_line(words, 300)}: its name is no UTF-8", "give it another name")
    elif (yield from _is_followed(desk, wish, words, url)):
        return
    elif os.path.isdir(url):  # noqa: PTH112
        yield from _add_directory(desk, wish, words, path)
    else:
        yield from _add_file(desk, wish, words, url)


def _add_directory(desk: Desk, wish: Wish, words: str, path: Path) -> Task:
    if reason := directory.unreadable(str(path)):
        _refuse(desk, words, f"{clean_line(words, 300)} cannot be read: {reason}")
        return
    feed, existed = _follow(desk, wish, str(path), Kind.DIRECTORY, clean_line(path.name) or str(path))
    outcome = yield from local.check_directory(desk, feed)
    _added(desk, words, feed, outcome.new, existed=existed)


def _add_file(desk: Desk, wish: Wish, words: str, url: str) -> Task:
    found = file.read(url, desk.size_limit)
    if isinstance(found, file.Refused):
        _refuse(desk, words, f"{clean_line(words, 300)} cannot be read: {found.reason}")
        return
    parsed: Parsed | Stopped = (yield Parse((local.file_source(url, found, None),)))[0]
    if not isinstance(parsed, ParsedFeed) or (parsed.format in local.ARTICLES and not parsed.entries):
        why = desk.stopped(url, parsed) if isinstance(parsed, Stopped) else local.reason(parsed)
        _refuse(desk, words, f"{clean_line(words, 300)} cannot be read: {why}")
        return
    kind = Kind.FILE if parsed.format in local.ARTICLES else Kind.FEED
    feed, existed = _follow(desk, wish, url, kind)
    outcome = yield from local.keep_file(desk, feed, parsed, found)
    _added(desk, words, feed, outcome.new, existed=existed)


def _add_guide(desk: Desk, wish: Wish) -> Task:
    """The guide, which every library gets once."""
    feed, existed = _follow(desk, wish, GUIDE_URL, Kind.DIRECTORY)
    outcome = yield from local.check_guide(desk, feed)
    _added(desk, GUIDE_URL, feed, outcome.new, existed=existed)


def _is_followed(desk: Desk, wish: Wish, words: str, url: str) -> Generator[Effect, Any, bool]:
    """Whether we follow the address already; then it is filed as asked and looked at again instead."""
    known = feeds.by_url(desk.connection, url)
    if known is None:
        return False
    _refile(desk, wish, known.id)
    feed = checks.chosen(desk.connection, [known.id])[0]
    new = 0
    if wish.fetch or feed.kind is not Kind.FEED:
        outcome: Outcome = yield from check(desk, feed)
        new = outcome.new
        if outcome.status == 401 and logins.put_back(desk, url):
            _refuse(desk, words, f"{clean_line(url, 300)}: the login was refused, and the one before stays")
            return True
    _added(desk, words, feed, new, existed=True)
    return True


def _refile(desk: Desk, wish: Wish, feed_id: int) -> None:
    """A title or folder that is asked for holds for what is followed already, too."""
    with transaction(desk.connection):
        if wish.title is not None:
            feeds.rename(desk.connection, feed_id, wish.title)
        if wish.folder is not None:
            feeds.move(desk.connection, feed_id, wish.folder)


def check(desk: Desk, feed: FeedFacts) -> Generator[Effect, Any, Outcome]:
    """The check that a feed needs."""
    if target.is_remote(feed.url):
        return (yield from remote.check(desk, feed))
    return (yield from local.check(desk, feed))


def _follow(desk: Desk, wish: Wish, url: str, kind: Kind, title: str | None = None) -> tuple[FeedFacts, bool]:
    """The feed, followed from now on, and whether it was already; ``title`` is what it calls itself."""
    belongs = (TEXTS,) if kind is Kind.FILE and not feeds.was_ever(desk.connection, url) else ()
    folder = wish.folder if wish.folder is not None else belongs
    with transaction(desk.connection):
        feed_id, existed = feeds.add(desk.connection, url, kind, wish.title, folder, desk.now())
        if title is not None:
            feeds.set_source(desk.connection, feed_id, title, None, None)
    feeds.finish_removals(desk.connection)  # of one that was removed once, all articles come back
    known = checks.chosen(desk.connection, [feed_id])
    return (known[0] if known else FeedFacts(feed_id, url, kind, title or url)), existed


def _added(desk: Desk, words: str, feed: FeedFacts, new: int, *, existed: bool) -> None:
    """Says that a target is followed, under the title that it has by now."""
    title = feeds.one(desk.connection, feed.id).title
    note = {"note": logins.KEPT} if desk.logins is not None and desk.logins.find(feed.url) else {}
    desk.events.say("added", target=words, feed_id=feed.id, title=title, new=new, existed=existed, **note)


def _refuse(desk: Desk, words: str, message: str, hint: str = "") -> None:
    desk.tally.failed += 1
    desk.events.say("refused", target=hidden(words), message=clean_line(hidden(message), 500), hint=hint)
