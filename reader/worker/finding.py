"""From an address to the feeds behind it: the rules of services, the page, what it names, and the usual places.

Whatever is found is fetched and read before it is offered, so that it is a feed and can be chosen by what is in it.
Every server is asked as little as can be: each address once, those of one page side by side as far as its host allows,
those that are only guessed one after the other until one is a feed or the host refuses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from reader.fetch.address import for_wire, host, is_here, is_web
from reader.fetch.fetched import Fetched
from reader.fetch.services import Services
from reader.model import FoundFeed, FoundFeeds, Parsed, ParsedFeed, Unreadable
from reader.text import clean_line, plural
from reader.worker import logins, remote
from reader.worker.candidates import Candidate, seen, sorted_out, without_twins
from reader.worker.child import Stopped
from reader.worker.desk import Desk
from reader.worker.effects import Effect, Fetch, Parse, Together

MOST_ASKED = 20  # feeds that a page names are looked at; the others are offered unseen
MOST_IN_ALL = 40  # addresses of one search, so that a page cannot aim many requests at somebody else
MOST_GUESSED = 16  # addresses that nobody named
MOST_PAGES = 3  # in the place of feeds, of one host
SECONDS = 12.0  # for one candidate
_HEAVY = 1_000_000  # bytes; a larger document is fetched again rather than held
_REFUSING = frozenset((401, 403, 429, 503))
_ADVICE = "look on its pages for a link to a feed, often called RSS, and add that; or try another page of the site"
_UNSEEN = "check the address, or follow it unseen with --no-fetch"


@dataclass(frozen=True, slots=True)
class Found:
    """The feeds behind an address, the likeliest first; where there is none, why, and what to do."""

    feeds: tuple[Candidate, ...]
    message: str = ""
    hint: str = ""


Search = Generator[Effect, Any, Found]
Asking = Generator[Effect, Any, tuple[Candidate, ...]]


@dataclass(slots=True)
class Finder:
    """One search.

    ``words`` are what the person named, ``may_be_http`` where https was our guess; ``but`` is an address that is not
    wanted. ``asked`` are the addresses that were asked by now; beside the page itself ``tried`` of them were begun and
    ``answered`` are done. Hosts that are ``refusing`` are asked for nothing more but what the page itself names;
    ``pages`` counts what they gave in place of feeds. ``is_known``: it is a service's page, so that nothing has to be
    guessed.
    """

    desk: Desk
    services: Services
    words: str
    but: str = ""
    may_be_http: bool = False
    is_public: bool = True
    is_known: bool = False
    asked: set[str] = field(default_factory=set)
    tried: int = 0
    answered: int = 0
    guessed: int = 0
    failures: list[str] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    pages: Counter[str] = field(default_factory=Counter)

    def search(self, url: str) -> Search:
        """The feeds behind an address; what it tells of itself counts before what is guessed."""
        self.is_public = not is_here(url)
        if found := (yield from self._by_service(url)):
            return Found(found)
        url, fetched = yield from self._fetch(url)
        if not fetched.ok:
            return Found((), f"{clean_line(url, 300)}: {fetched.error}", _UNSEEN)
        parsed: Parsed | Stopped = (yield Parse((remote.source(fetched),)))[0]
        match parsed:
            case ParsedFeed() if url != self.but:
                return Found((seen(FoundFeed(url), fetched, parsed, self.desk.now(), light=_is_light(fetched)),))
            case FoundFeeds():
                logins.share(self.desk, url, (each.url for each in parsed.feeds))
                found = yield from self._behind(fetched.url, parsed)
                return Found(found) if found else self._nothing(url, parsed.notice)
            case Unreadable(reason):
                return _none(url, reason)
            case Stopped():
                return Found((), f"{clean_line(url, 300)}: {self.desk.stopped(url, parsed)}")
            case _:
                return self._nothing(url)

    def _fetch(self, url: str) -> Generator[Effect, Any, tuple[str, Fetched]]:
        """What stands at the address, and the address; where https was our guess and nobody answers to it, by http."""
        fetched: Fetched = yield Fetch(url, is_public=self.is_public)
        if self.may_be_http and fetched.status is None and not fetched.unreached:
            url = url.replace("https://", "http://", 1)
            fetched = yield Fetch(url, is_public=self.is_public)
        self.asked |= {_key(url), _key(fetched.url)}
        return url, fetched

    def _by_service(self, url: str) -> Asking:
        """The feeds that the service has which a page belongs to."""
        service = self.services.of_host(url)
        for problem in self.services.problems:
            self.desk.events.say("warning", message=problem)
        self.services.problems.clear()
        if service is None:
            return ()
        self.is_known = True
        return (yield from self._named(FoundFeed(each) for each in service.feeds))

    def _behind(self, url: str, page: FoundFeeds) -> Asking:
        """The feeds of a page: its service's, those it names, those of the page it calls itself, the usual places."""
        if found := (yield from self._by_service(url)):
            return found
        own_first = sorted(page.linked, key=lambda feed: host(feed.url) != host(url))
        for named in (page.feeds, own_first):
            if found := (yield from self._named(named)):
                return found
        if page.canonical and (found := (yield from self._elsewhere(page.canonical))):
            return found
        return () if self.is_known else (yield from self._guessed(url))

    def _elsewhere(self, url: str) -> Asking:
        """The feeds of another page that belongs to this one."""
        if _key(url) in self.asked or not self._may_ask(url) or not self._left():
            return ()
        if found := (yield from self._by_service(url)):
            return found
        page = yield from self._page(url)
        for named in (page.feeds, page.linked) if page else ():
            if found := (yield from self._named(named)):
                return found
        return ()

    def _guessed(self, url: str) -> Asking:
        """The first feed of those that the page did not name."""
        if not host(url):
            return ()
        root = urljoin(url, "/")
        software = self.services.of_software(url)
        here = [urljoin(url, path) for path in self.services.paths] if urljoin(url, ".") != root else []
        for each in (software.feeds if software else ()) + tuple(here):
            if found := (yield from self._guess(each)):
                return found
        if host(url) not in self.refusing and (found := (yield from self._elsewhere(root))):
            return found
        for path in self.services.paths:
            if found := (yield from self._guess(root + path)):
                return found
        return ()

    def _guess(self, url: str) -> Asking:
        if self.guessed >= MOST_GUESSED or host(url) in self.refusing:
            return ()
        self.guessed += 1
        return (yield from self._named((FoundFeed(url),)))

    def _named(self, feeds: Iterable[FoundFeed]) -> Asking:
        """Those of some feeds that are feeds indeed, sorted out; the first ones are asked, all at once."""
        asked, others = self._reserved(feeds)
        if not asked:
            return ()
        self._tell(f"Looking at {clean_line(asked[0].url, 200) if len(asked) == 1 else plural(len(asked), 'feed')}")
        answers: list[tuple[Candidate, ...] | None] = yield Together(tuple(self._ask(feed) for feed in asked))
        good = [candidate for answer in answers for candidate in answer or ()]
        unseen = [Candidate(feed.url, feed.title) for feed in others] if good else []
        return sorted_out([*good, *unseen])

    def _reserved(self, feeds: Iterable[FoundFeed]) -> tuple[list[FoundFeed], list[FoundFeed]]:
        """Those of some feeds that are to be asked now, which nobody else asks then, and those that are too many."""
        printable = without_twins(map(_printable, feeds))
        wanted = [feed for feed in printable if self._may_ask(feed.url) and _key(feed.url) not in self.asked]
        count = min(MOST_ASKED, self._left())
        self.asked.update(_key(feed.url) for feed in wanted[:count])
        return wanted[:count], wanted[count:]

    def _left(self) -> int:
        """How many addresses this search may ask still."""
        return max(0, MOST_IN_ALL - len(self.asked))

    def _ask(self, feed: FoundFeed, *, deeper: bool = True) -> Asking:
        """One candidate: itself if it is a feed, or the feeds that it names as a page or as a directory."""
        self.tried += 1
        fetched: Fetched = yield Fetch(feed.url, seconds=SECONDS, is_public=self.is_public)
        self.answered += 1
        if self.answered < self.tried:
            self._tell(f"Looking at {plural(self.tried, 'feed')}, {self.answered:,} answered")
        if not fetched.ok or fetched.url == self.but:
            self._failed(feed.url, fetched)
            return ()
        parsed: Parsed | Stopped = (yield Parse((remote.source(fetched),)))[0]
        if isinstance(parsed, ParsedFeed):
            return (seen(feed, fetched, parsed, self.desk.now(), light=_is_light(fetched)),)
        if isinstance(parsed, Stopped):
            self.failures.append(f"{clean_line(feed.url, 300)}: {self.desk.stopped(feed.url, parsed)}")
        if not isinstance(parsed, FoundFeeds) or not deeper:
            return ()
        if not parsed.notice:
            self._count_page(feed.url)
        further, _ = self._reserved(each for each in parsed.feeds if host(each.url) not in self.refusing)
        answers = yield Together(tuple(self._ask(each, deeper=False) for each in further))
        return tuple(candidate for answer in answers for candidate in answer or ())

    def _page(self, url: str) -> Generator[Effect, Any, FoundFeeds | None]:
        self.asked.add(_key(url))
        self.tried, self.answered = self.tried + 1, self.answered + 1
        self._tell(f"Looking at {clean_line(url, 200)}")
        fetched: Fetched = yield Fetch(url, seconds=SECONDS, is_public=self.is_public)
        if not fetched.ok:
            self._failed(url, fetched)
            return None
        parsed = (yield Parse((remote.source(fetched),)))[0]
        return parsed if isinstance(parsed, FoundFeeds) else None

    def _may_ask(self, url: str) -> bool:
        """A page of the public network cannot have us ask computers of a private one, nor have us read a file."""
        return is_web(url) and bool(host(url)) and url != self.but and not (self.is_public and is_here(url))

    def _failed(self, url: str, fetched: Fetched) -> None:
        if fetched.error:
            self.failures.append(f"{clean_line(url, 300)}: {fetched.error}")
        if fetched.unreached or fetched.status is None or fetched.status in _REFUSING:
            self.refusing.add(host(url))

    def _count_page(self, url: str) -> None:
        """A host that has a page for anything has one for whatever else we would guess."""
        self.pages[host(url)] += 1
        if self.pages[host(url)] == MOST_PAGES:
            self.refusing.add(host(url))

    def _tell(self, message: str) -> None:
        self.desk.events.say("looking", target=self.words, message=message)

    def _nothing(self, url: str, notice: str = "") -> Found:
        """A sentence that says what the page is, or else what was tried."""
        if notice:
            return _none(url, notice)
        said = f"{clean_line(url, 300)} is a web page that names no feed"
        if self.failures and not self.guessed:
            said += f" that can be read ({self.failures[0]})"
        elif self.tried:
            said += (
                f", and there is none at {plural(self.tried, 'other address', 'other addresses')} where feeds often lie"
            )
        return Found((), said, _ADVICE)


def _none(url: str, reason: str) -> Found:
    return Found((), f"{clean_line(url, 300)} is no feed: {reason.rstrip('.')}", _ADVICE)


def _is_light(fetched: Fetched) -> bool:
    return len(fetched.body) <= _HEAVY


def _printable(feed: FoundFeed) -> FoundFeed:
    """With an address that can be shown as it is; the server gets the same."""
    return feed if clean_line(feed.url, len(feed.url)) == feed.url else FoundFeed(for_wire(feed.url), feed.title)


def _key(url: str) -> str:
    """An address as it is compared: http and https, with and without a slash at the end, are one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
