"""A feed that is none any more: from the page that it became, and its site, to where it may be now."""

from __future__ import annotations

from collections.abc import Callable

from reader.fetch import target
from reader.fetch.services import Services
from reader.model import Result
from reader.store import checks, feeds
from reader.store.records import FeedFacts
from reader.text import clean_line
from reader.worker.adding import as_events
from reader.worker.desk import Desk
from reader.worker.effects import Task
from reader.worker.finding import Finder
from reader.worker.remote import waiting

_ADVICE = "open its site in the browser and look whether it has a feed still"


def look(desk: Desk, feed_id: int, services: Services) -> Task:
    """Says which feeds may be the one that is lost, or why none is found; nothing is changed."""
    known = checks.chosen(desk.connection, [feed_id])
    if not known or not target.is_remote(known[0].url):
        refuse(desk, feed_id, f"There is no feed {feed_id} on the network", "reader feeds lists them")
        return
    url, site = known[0].url, feeds.one(desk.connection, feed_id).site_url
    barred = _barred(known[0], desk.now())
    reasons = [barred] if barred else []
    for place in dict.fromkeys(each for each in (not barred and url, site) if each and target.is_remote(each)):
        found = yield from Finder(desk, services, url, but=url).search(place)
        if found.feeds:
            desk.events.say("candidates", target=url, feed_id=feed_id, feeds=as_events(desk, found.feeds))
            return
        reasons.append(found.message)
    refuse(desk, feed_id, "; ".join(reasons), _ADVICE)


def _barred(feed: FeedFacts, now: int) -> str:
    """Why the feed's own address may not be asked now, empty where it may be."""
    if feed.result is Result.GONE:
        return feed.message
    return waiting(feed.retry_at, now) if feed.retry_at is not None and feed.retry_at > now else ""


def mistaken(desk: Desk, feed_id: int) -> Callable[[Exception], None]:
    """What to say when we made a mistake with the search."""

    def failed(error: Exception) -> None:
        refuse(desk, feed_id, f"Reader made a mistake with this feed ({type(error).__name__})", "the log says more")

    return failed


def refuse(desk: Desk, feed_id: int, message: str, hint: str) -> None:
    """Says that nothing was found."""
    desk.events.say("refused", feed_id=feed_id, message=clean_line(message, 500), hint=hint)
