"""A library of feeds that do not do well, each in its own way."""

from __future__ import annotations

from pathlib import Path

from reader.model import Kind, Outcome, Result
from reader.store import checks, feeds
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.records import CheckRecord, Kept

DAY = 86400
_WELL = ("Harbour Gazette", "Kernel & Kettle", "The Slow Train", "Orchard & Field", "Notes from a Lighthouse")


def fill(home: Path, now: int) -> None:
    """Make the library."""
    connection = Database(home / "reader.db").connect()
    for title in _WELL:
        _checked(connection, _feed(connection, title, now), now, Result.NOT_MODIFIED, status=304)
    refusing = _feed(connection, "The Gatekeeper", now)
    for days in (205, 201, 120, 30, 7, 2, 1):
        status = 200 if days > 201 else 403
        result, said = (Result.UPDATED, "") if status == 200 else (Result.FAILED, "403: the server refuses us")
        _checked(connection, refusing, now - days * DAY, result, said, status)
    new = "https://cartographer.example/posts.xml"
    page = _feed(connection, "The Cartographer", now)
    said = f"The address gives a web page and no feed; the feed it names is {new}"
    _checked(connection, page, now - 3600, Result.FAILED, said, kept=Kept(found_url=new))
    gone = _feed(connection, "Ink & Tide", now)
    _checked(connection, gone, now - 9 * DAY, Result.GONE, "410: the feed is gone for good, says its server", 410)
    busy = _feed(connection, "Busy Bee Bulletin", now)
    _checked(connection, busy, now - 900, Result.WAIT, "The server asked us to wait until 14:10", 429)
    feeds.set_paused(connection, _feed(connection, "Every Cricket Score", now), True, now - 3 * DAY)
    moved = _feed(connection, "Wandering Albatross", now)
    _checked(connection, moved, now, Result.UPDATED)
    feeds.set_address(connection, moved, "https://albatross.example/feed", now - 3 * DAY)
    silent = _feed(connection, "A Year in Moss", now)
    _checked(connection, silent, now, Result.NOT_MODIFIED, status=304)
    connection.run("UPDATE checks SET every = ?, posted_at = ? WHERE feed_id = ?", 7 * DAY, now - 280 * DAY, silent)
    connection.close()


def _feed(connection: Connection, title: str, now: int) -> int:
    host = "".join(each for each in title.lower() if each.isalpha())
    with transaction(connection):
        return feeds.add(connection, f"https://{host}.example/feed.xml", Kind.FEED, title, (), now - 400 * DAY)[0]


def _checked(
    connection: Connection, feed_id: int, at: int, result: Result, said: str = "", status: int = 200,
    kept: Kept | None = None,
) -> None:  # fmt: skip
    size = {200: 24_310, 304: 0, 403: 612}.get(status, 431)
    outcome = Outcome(result, said, status=status, bytes=size, ms=80 + feed_id * 17)
    with transaction(connection):
        checks.record(connection, CheckRecord(feed_id, outcome, at, at + 3600, kept or Kept()))
