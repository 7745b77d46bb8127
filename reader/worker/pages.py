"""The page that an article links to, from its address to the main text that is kept beside the feed's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from reader.errors import NotFound
from reader.fetch import words
from reader.fetch.address import host, is_here, is_web
from reader.fetch.fetched import Fetched
from reader.model import MainText, Parsed, Unreadable
from reader.parse.source import Source
from reader.store import checks, fulltexts, memory
from reader.store.fulltexts import Wanted
from reader.text import clean_line
from reader.worker import ingest, networks
from reader.worker.child import Stopped
from reader.worker.desk import Desk
from reader.worker.effects import AnyoneThere, Fetch, Parse, Task, Write
from reader.worker.remote import waiting

ACCEPT = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.2"
MOST = 20  # pages of one feed that one run fetches without being asked for them
_LONGEST = 100_000  # characters of the feed's text that the child is told
_WAIT = frozenset((403, 429, 503))
_HOSTS = "hosts that wait"

NO_LINK = "The article has no link to a page"
NO_WEB = "The article's link leads to no web page"


def page(desk: Desk, article_id: int) -> Task:
    """Fetches the page of an article that somebody asked for, whatever came of it, unless its host wants us to wait."""
    wanted = _known(desk, article_id)
    if wanted is None:
        _say(desk, article_id, None, f"There is no article {article_id}")
    elif until := _told(desk).get(host(wanted.link or "")):
        _say(desk, article_id, wanted, waiting(until, desk.now()))
    else:
        yield from _page(desk, wanted, set())


def unasked(desk: Desk, article_ids: list[int], refusing: set[str]) -> Task:
    """Fetches the pages of new articles of a feed that is read in full, one after the other; the first one is in hand.

    Hosts that are ``refusing``, or do not answer, are left alone. A feed of the public network cannot have us ask
    computers of a private one.
    """
    while article_ids:
        wanted = _known(desk, article_ids[0])
        is_public = wanted is not None and networks.is_public(desk, wanted.feed_url)
        if wanted is not None and not _is_left_alone(wanted, refusing, is_public=is_public):
            yield from _page(desk, wanted, refusing, is_public=is_public)
        del article_ids[0]


def refusing(desk: Desk) -> set[str]:
    """The hosts that asked us to wait, when we were at them for their feeds or for pages."""
    return {host(url) for url in checks.resting(desk.connection, desk.now())} | set(_told(desk))


def _told(desk: Desk) -> dict[str, int]:
    """Until when hosts asked us to wait for their pages, as far as that is still to come."""
    told: dict[str, int] = memory.recall(desk.connection, _HOSTS, {})
    return {name: until for name, until in told.items() if until > desk.now()}


def _wait_for(desk: Desk, name: str, until: int) -> None:
    memory.remember(desk.connection, _HOSTS, {**_told(desk), name: until})


def untried(desk: Desk, feed_ids: Iterable[int]) -> list[list[int]]:
    """The new articles of those feeds that are read in full, at most ``MOST`` of each."""
    connection, now = desk.connection, desk.now()
    full = fulltexts.feeds(connection)
    found = [fulltexts.untried(connection, feed, now, MOST) for feed in feed_ids if feed in full]
    return [each for each in found if each]


def mistaken(desk: Desk, article_ids: Sequence[int]) -> Callable[[Exception], None]:
    """What to do when we made a mistake with the first of some pages: it is not tried again unasked."""

    def failed(error: Exception) -> None:
        message = f"Reader made a mistake with this page ({type(error).__name__})"
        fulltexts.fail(desk.connection, article_ids[0], message, desk.now())
        _say(desk, article_ids[0], None, message)

    return failed


def _known(desk: Desk, article_id: int) -> Wanted | None:
    try:
        return fulltexts.wanted(desk.connection, article_id)
    except NotFound:
        return None


def _is_left_alone(wanted: Wanted, refusing: set[str], *, is_public: bool) -> bool:
    link = wanted.link or ""
    return host(link) in refusing or (is_public and is_here(link))


def _page(desk: Desk, wanted: Wanted, refusing: set[str], *, is_public: bool = False) -> Task:
    if not wanted.link or not is_web(wanted.link):
        yield from _fail(desk, wanted, NO_WEB if wanted.link else NO_LINK)
        return
    fetched: Fetched = yield Fetch(wanted.link, accept=ACCEPT, is_public=is_public, source=wanted.feed_url)
    if fetched.unreached and not (yield AnyoneThere()):
        _say(desk, wanted.id, wanted, words.NO_PROXY if fetched.error == words.NO_PROXY else words.NO_NETWORK, fetched)
        return
    if not fetched.ok or fetched.not_modified:
        if fetched.status in _WAIT or (fetched.status is None and not fetched.unasked):
            refusing |= {host(wanted.link), host(fetched.url)}
            if fetched.retry_at:
                yield Write(partial(_wait_for, desk, host(fetched.url), fetched.retry_at))
        yield from _fail(desk, wanted, refusal(fetched), fetched)
        return
    parsed: Parsed | Stopped = (yield Parse((source(fetched, wanted),)))[0]
    if isinstance(parsed, MainText):
        count = ingest.words(parsed.text)
        yield Write(partial(fulltexts.keep, desk.connection, wanted.id, parsed.html, count, desk.now()))
        _say(desk, wanted.id, wanted, "", fetched, count)
    elif isinstance(parsed, Stopped):
        yield from _fail(desk, wanted, desk.stopped(wanted.link, parsed), fetched)
    else:
        reason = parsed.reason if isinstance(parsed, Unreadable) else NO_WEB
        yield from _fail(desk, wanted, reason.rstrip("."), fetched)


def source(fetched: Fetched, wanted: Wanted) -> Source:
    """A fetched page as the child is asked to read it."""
    text = wanted.text[:_LONGEST]
    return Source(fetched.body, fetched.url, "page", fetched.content_type, title=wanted.title, text=text)


def refusal(fetched: Fetched) -> str:
    """Why a page was not given to us. Pure."""
    if fetched.status is None or fetched.error != words.status(fetched.status):
        return f"The page cannot be had: {fetched.error or 'the server said that nothing changed'}"
    return f"The page cannot be had: {fetched.error.partition(': ')[2]} ({fetched.status})"


def _fail(desk: Desk, wanted: Wanted, message: str, fetched: Fetched | None = None) -> Task:
    message = clean_line(message, 500)
    yield Write(partial(fulltexts.fail, desk.connection, wanted.id, message, desk.now()))
    _say(desk, wanted.id, wanted, message, fetched)


def _say(
    desk: Desk, article_id: int, wanted: Wanted | None, message: str, fetched: Fetched | None = None, count: int = 0
) -> None:
    """Counts what was committed and says so; no message is success."""
    desk.tally.pages += not message
    desk.tally.missed += bool(message)
    desk.events.say(
        "page",
        article_id=article_id,
        feed_id=wanted.feed_id if wanted else None,
        url=wanted.link if wanted else None,
        words=count,
        message=message,
        status=fetched.status if fetched else None,
        ms=fetched.ms if fetched else 0,
    )
