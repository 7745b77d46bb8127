"""A request under way, over all its hops: what came in of it so far, and the answer that it comes to."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reader.fetch import headers
from reader.fetch.access import Access
from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.shares import Shares
from reader.logins import Login
from reader.times import now

GOOD = {200, 203, 304}
_POURED = {200, 206}
_MOST_LINES = 200
_PAUSE = 0x10000001  # CURL_WRITEFUNC_PAUSE
_LOOKED_AT = 20_000
_CHALLENGE = (b"/cdn-cgi/challenge-platform/", b"cf_chl_opt", b"<title>Just a moment...</title>")
_MOST_ASIDE = 100_000  # of a body that nobody wants, such as that of an error or a redirect


@dataclass(slots=True)
class Transfer:
    """See above. ``access`` is what holds for the hop, ``lane`` what it is counted under.

    ``login`` came with the address. ``is_guarded``: it may reach no private network. ``is_barred``: it would have.
    """

    request: Request
    url: str
    seconds: float  # for all hops together
    access: Access
    login: Login | None = None
    secret: str = ""
    lane: str = ""
    is_guarded: bool = False
    is_barred: bool = False
    is_private: bool = False
    is_digest: bool = False
    sent_login: bool = False
    strayed: bool = False
    unverified: bool = False
    chunks: list[bytes] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    cookies: list[bytes] = field(default_factory=list)  # set on the way, for the way
    size: int = 0
    status: int = 0  # by the last status line
    has_head: bool = False
    has_begun: bool = False
    received: int = 0
    spent: float = 0.0
    hops: int = 0
    permanent: bool = True
    too_big: bool = False
    held: int = 0  # bytes that it has room for, of the ``Shares``
    folder: Any = None  # what packs it again
    wants: int = 0  # bytes that it waits for room for
    is_paused: bool = False
    started: float = 0.0  # when this hop was
    since: float = 0.0  # when it was paused
    clock: Callable[[], int] = now
    waited: float = 0.0  # seconds of this hop for which it was paused

    @property
    def is_wanted(self) -> bool:
        """Whether the status is that of what was asked for."""
        return self.status in (GOOD if self.request.into is None else _POURED)

    def lasted(self, now: float) -> float:
        """The seconds of this hop, without those for which it was paused."""
        return now - self.started - self.waited

    def again(self, url: str) -> None:
        """Forgets what the last hop said."""
        self.url, self.size, self.status, self.has_head, self.has_begun = url, 0, 0, False, False
        self.waited, self.folder = 0.0, None
        self.chunks.clear()
        self.lines.clear()

    def header(self, line: bytes) -> None:
        """One header line; a status line behind a whole head begins the next answer."""
        if line.startswith(b"HTTP/") and (self.has_head or not self.status):
            self.lines.clear()
            code = line.split(maxsplit=2)[1:2]
            self.status = int(code[0]) if code and code[0].isdigit() else 0
            self.has_head = False
        elif line in (b"\r\n", b"\n"):
            self.has_head = True
        elif len(self.lines) < _MOST_LINES:
            self.lines.append(line)

    def take(self, limits: Limits, shares: Shares | None, data: bytes) -> int:
        """A piece of the unpacked body; anything but its length stops the transfer, or lets it wait for room."""
        size = self.size + len(data)
        if self.is_wanted and self.request.into is None and size <= limits.size and shares is not None:
            self.is_paused = not self._has_room(shares, size)
            if self.is_paused:
                self.wants = size
                return _PAUSE
        self.size = size
        if not self.is_wanted:
            if size <= _LOOKED_AT:
                self.chunks.append(data)
            return len(data) if size <= _MOST_ASIDE else 0
        if self.request.into is not None:
            return len(data) if self.pour(data) else 0
        if size > limits.size:
            self.too_big = True
            return 0
        self.chunks.append(self.folder.compress(data) if self.folder else data)
        return len(data)

    def _has_room(self, shares: Shares, size: int) -> bool:
        """Whether the document can be held up to a size. One that came packed is packed again where there is no room.

        While it waits, libcurl would hold all that the piece in hand unpacks to, which of a bomb is very much.
        """
        if self.folder is None and shares.take(self.held, size):
            self.held = size
            return True
        if self.folder is None and self.is_packed:
            shares.give(self.held)
            self.held = 0
            self.folder = zlib.compressobj(1)
            self.chunks = [self.folder.compress(b"".join(self.chunks))]
        return self.folder is not None

    def unfold(self, shares: Shares | None) -> bool:
        """Unpacks what was packed again, if there is room for it by now."""
        if self.folder is None or (shares is not None and not shares.take(0, self.size)):
            return self.folder is None
        self.held = self.size
        self.chunks = [zlib.decompress(b"".join(self.chunks) + self.folder.flush())]
        self.folder = None
        return True

    @property
    def is_challenge(self) -> bool:
        """Whether a refusal is a page that checks for people."""
        if any(line[:13].lower() == b"cf-mitigated:" and b"challenge" in line for line in self.lines):
            return True
        return any(mark in b"".join(self.chunks) for mark in _CHALLENGE)

    @property
    def is_packed(self) -> bool:
        """Whether the server says that the document is packed."""
        return any(line[:17].lower() == b"content-encoding:" for line in self.lines)

    def pour(self, data: bytes) -> bool:
        """Hands a piece of the document on to its sink; whether more is wanted."""
        sink = self.request.into
        if sink is None:
            return True
        if not self.has_begun:
            self.has_begun = True
            if not sink.begin(self.status, headers.read(self.lines)):
                return False
        return sink.take(data)

    def answer(
        self, status: int | None = None, error: str = "", *, unreached: bool = False, unasked: bool = False
    ) -> Fetched:
        """What the caller gets of a transfer that is over."""
        found, moment = headers.read(self.lines), self.clock()
        good = not error
        body = b"".join(self.chunks) if good else b""
        self.chunks.clear()  # the handle keeps us until it is used again
        moved = good and self.hops > 0 and self.permanent
        return Fetched(
            self.request.key,
            self.url,
            status,
            body,
            found.get("content-type"),
            found.get("etag"),
            found.get("last-modified"),
            _retry_at(found, status, moment),
            headers.fresh_until(found, moment) if good else None,
            self.url if moved else None,
            error,
            unreached,
            self.received,
            round(self.spent * 1000),
            unasked,
            self.unverified,
            self.is_private,
            self.permanent,
        )


def _retry_at(found: dict[str, str], status: int | None, moment: int) -> int | None:
    if not status or status == 200:
        return None
    asked = headers.retry_at(found, moment)
    return headers.exhausted(found, moment) if asked is None and status == 429 else asked
