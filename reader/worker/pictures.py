"""The pictures of an article: fetched like anything else, read by the parse child, kept small in the cache.

A picture on the network is asked for as any document is, on the same lane and with the same patience: a host that asks
us to wait is left alone until then, and one of a private network only asked for feeds of one. One on the disk is shown
only where it lies under the directory of the feed whose article names it: the text of a file that came from
elsewhere must not open others.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from reader.fetch import file
from reader.fetch.address import host, is_here, is_web
from reader.fetch.fetched import STRANGER, Fetched
from reader.model import Picture, Unreadable
from reader.parse.source import Source
from reader.store import checks
from reader.store.pictures import Kept, PictureCache, Refused
from reader.store.records import FeedFacts
from reader.text import clean_line
from reader.worker import networks
from reader.worker.desk import Desk
from reader.worker.effects import Effect, Fetch, Parse

ACCEPT = "image/avif, image/webp, image/png, image/jpeg, image/gif, image/*;q=0.5, */*;q=0.1"
HOUR, DAY = 3600, 86400
SECONDS = 20.0
_WAIT = frozenset((429, 503))
_LESS_OFTEN = "The server asks us to come less often"
_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Why there is no picture; for how many seconds it need not be asked for again, 0 where that says nothing of it."""

    reason: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Wall:
    """Where the pictures of an article go: the cache, and the directory that local ones must lie under.

    ``is_public``: the article is not of this computer or a private network, and has none of theirs asked. ``resting``
    are the hosts that asked us to wait when we were there for feeds.
    """

    cache: PictureCache
    root: str | None
    limit: int  # bytes of one picture as it comes
    is_public: bool
    feed_url: str = ""
    resting: frozenset[str] = frozenset()


def wall_of(desk: Desk, cache: PictureCache, feed: FeedFacts | None, limit: int) -> Wall:
    """The wall for the articles of a feed; None is one that is followed no more."""
    url = feed.url if feed is not None else ""
    resting = frozenset(map(host, checks.resting(desk.connection, desk.now())))
    return Wall(cache, root_of(feed), limit, networks.is_public(desk, url) if url else True, url, resting)


def root_of(feed: FeedFacts | None) -> str | None:
    """The directory of a feed on the disk, with symbolic links resolved; None for one of the network."""
    if feed is None or not Path(feed.url).is_absolute():
        return None
    path = os.path.realpath(feed.url)
    return path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120 - a path as text, as it is kept


def bring(desk: Desk, wall: Wall, address: str) -> Generator[Effect, Any, None]:
    """Has one picture in the cache, or the reason why not, and says so."""
    found: bytes | Picture | Kept | _Nothing
    found = (yield from _fetched(desk, wall, address)) if is_web(address) else _opened(wall, address)
    if isinstance(found, bytes):
        answer = (yield Parse((Source(found, address, "picture"),)))[0]
        found = answer if isinstance(answer, Picture) else _unread(desk, address, answer)
    is_new = isinstance(found, Picture)
    if isinstance(found, Picture):
        found = _kept(desk, wall, address, found)
    if isinstance(found, _Nothing):
        if found.seconds:
            _remember(wall, address, desk.now(), found.seconds)
        desk.events.say("image", url=address, size=None, is_new=False, message=found.reason)
    elif isinstance(found, Kept):
        desk.events.say("image", url=address, size=list(found.size), is_new=is_new, message="")


def _fetched(desk: Desk, wall: Wall, address: str) -> Generator[Effect, Any, bytes | _Nothing]:
    """The bytes of a picture on the network."""
    if wall.is_public and is_here(address):
        return _Nothing("The picture lies in a private network", 0)
    if host(address) in wall.resting:
        return _Nothing(_LESS_OFTEN, 0)
    resting = wall.cache.look(_host_key(address))
    if isinstance(resting, Refused) and resting.until > desk.now():
        return _Nothing(_LESS_OFTEN, resting.until - desk.now())
    fetched: Fetched = yield Fetch(
        address, seconds=SECONDS, accept=ACCEPT, is_public=wall.is_public, source=wall.feed_url or STRANGER
    )
    if fetched.status in _WAIT and fetched.retry_at:
        _remember(wall, _host_key(fetched.url), desk.now(), fetched.retry_at - desk.now())
    if fetched.error or not fetched.body:
        wait = HOUR if fetched.status is None or fetched.status >= 429 else DAY
        wait = max(wait, (fetched.retry_at or 0) - desk.now())
        return _Nothing(fetched.error or "The server sent nothing", 0 if fetched.unreached else wait)
    kind = (fetched.content_type or "image/").lower()
    if not kind.startswith(_TYPES):
        return _Nothing(f"The server sent no picture ({clean_line(kind, 60)})", DAY)
    return fetched.body


def _host_key(address: str) -> str:
    """What a host is remembered by beside its pictures; no picture has such an address."""
    return f"//{host(address)}"


def _opened(wall: Wall, address: str) -> bytes | Kept | _Nothing:
    """The bytes of a picture on the disk, or what we have of it where the file is older."""
    path = _path(address)
    if path is None or wall.root is None or not Path(path).is_relative_to(wall.root):
        return _Nothing("The picture lies outside of the feed's directory", 0)
    read = file.read(path, wall.limit)
    if isinstance(read, file.Refused):
        return _Nothing(f"The picture cannot be read: {read.reason}", 0)
    known = wall.cache.look(address)
    return known if isinstance(known, Kept) and known.at > read.mtime + 2 else read.data


def _path(address: str) -> str | None:
    """The path of a file's address, with symbolic links resolved; None where it is none of this machine."""
    try:
        parts = urlsplit(address)
        path = url2pathname(parts.path)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not Path(path).is_absolute():
            return None
        return os.path.realpath(path)
    except ValueError:
        return None


def _unread(desk: Desk, address: str, answer: Any) -> _Nothing:
    """What the child's answer comes to where it is no picture."""
    if isinstance(answer, Unreadable):
        return _Nothing(answer.reason, DAY)
    return _Nothing(desk.stopped(address, answer), 7 * DAY)


def _kept(desk: Desk, wall: Wall, address: str, picture: Picture) -> Kept | _Nothing:
    now = desk.now()
    try:
        wall.cache.keep(address, picture, now)
    except OSError as error:
        return _Nothing(f"The picture cannot be kept: {error.strerror}", 0)
    return Kept(picture.size, now)


def _remember(wall: Wall, address: str, now: int, seconds: int) -> None:
    """Has an address left alone for a while; a picture of the network that is there stays, whatever its server says."""
    try:
        if not (is_web(address) and wall.cache.renew(address, now)):
            wall.cache.refuse(address, now + seconds)
    except OSError:
        return  # then it is asked for again, which is all that this was to spare
