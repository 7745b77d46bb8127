"""A web of publishers on loopback that lives in simulated time, counts who asks when, and remembers what it asked for.

    with Publishers(1000, clock) as web:
        web.urls()          # half of the feeds at hosts of their own, the others ten to a host
        web.asked           # every request: moment, host, feed, status
        web.trespasses      # those that a server had asked not to get, each with the reason

Feeds post at every pace from hourly to never. Of twenty, in turn, some have validators of both kinds, one or none; say
how long they are fresh (Cache-Control, Expires, ``ttl``), in which hours not to come (``skipHours``), that they move
for good, are gone, are not found or fail for two days; and some ask to wait, by Retry-After in seconds or as a date, or
by a bare 429.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from types import TracebackType
from typing import Self

HOUR, DAY = 3600, 86400
_PACES = (HOUR, 6 * HOUR, DAY, DAY, 3 * DAY, 7 * DAY, 7 * DAY, 30 * DAY, 365 * DAY, 2 * HOUR)
KINDS = (
    "etag", "modified", "both", "both", "etag", "both", "both", "none", "max-age", "expires",
    "ttl", "skip", "moves", "gone", "missing", "fails", "waits", "waits-until", "hurried", "both",
)  # fmt: skip
VALIDATING = frozenset(KINDS) - {"none"}
_NIGHT = range(6)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and its answer; ``is_known`` where the document was what the one before it was."""

    at: int
    host: str
    feed: int
    status: int
    is_known: bool


@dataclass(slots=True)
class Publisher:
    """One feed: what it is like, and until when it does not want to be asked."""

    number: int
    kind: str
    every: int
    quiet_until: int = 0
    last: int = -(10**10)
    sent: int = -1  # the newest post of the document that was asked for last

    def document(self, now: int) -> str:
        """The feed as it is now: its last ten posts."""
        newest = now - now % self.every
        items = "".join(
            f"<item><guid>{self.number}-{at}</guid><title>Post of {at}</title><pubDate>{formatdate(at, usegmt=True)}"
            f"</pubDate><description>What there is to say at {at}.</description></item>"
            for at in range(newest, newest - 10 * self.every, -self.every)
        )
        more = "<ttl>240</ttl>" if self.kind == "ttl" else ""
        if self.kind == "skip":
            more = f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in _NIGHT)}</skipHours>"
        return f"<rss version='2.0'><channel><title>Feed {self.number}</title>{more}{items}</channel></rss>"


@dataclass
class Publishers:
    """All of them; a context that ends with its thread. Without ``names_times`` no server says when to come again."""

    count: int
    clock: Callable[[], int]
    names_times: bool = True
    begun: int = 0
    asked: list[Asked] = field(default_factory=list)
    trespasses: list[tuple[Asked, str]] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.feeds = [Publisher(n, KINDS[n % len(KINDS)], _PACES[n * 7 % len(_PACES)]) for n in range(self.count)]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self.lines: set[asyncio.Transport] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        self.begun = self.clock()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def urls(self) -> list[str]:
        """The addresses of all feeds."""
        return [f"http://{self.host(each.number)}:{self.port}/{each.number}.xml" for each in self.feeds]

    def host(self, number: int) -> str:
        """Where a feed lies: half of them ten to a host."""
        place = number if number < self.count // 2 else self.count // 2 + (number - self.count // 2) // 10
        return f"127.2.{place // 250}.{place % 250 + 1}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(self._loop.create_server(lambda: _Line(self), "0.0.0.0", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for line in tuple(self.lines):
            line.abort()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def answer(self, host: str, head: str) -> bytes:
        """The answer to a request, which is written down."""
        path = head.split(" ", 2)[1]
        feed = self.feeds[int(path.strip("/").partition(".")[0])]
        now = self.clock()
        status, headers, body = self._answer(feed, path, _named(head), now)
        newest = now - now % feed.every
        asked = Asked(now, host, feed.number, status, status in (200, 304) and feed.sent == newest)
        feed.sent = newest if status in (200, 304) else feed.sent
        self.asked.append(asked)
        if reason := self._trespass(feed, path, now):
            self.trespasses.append((asked, reason))
        if status in (429, 503) and self.names_times:
            feed.quiet_until = max(feed.quiet_until, now + _retry_after(headers, now))
        elif status == 410:
            feed.quiet_until = 1 << 40
        feed.last = now
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        data = b"" if status == 304 else body.encode()
        return f"HTTP/1.1 {status} X\r\n{lines}Content-Length: {len(data)}\r\n\r\n".encode() + data

    def _trespass(self, feed: Publisher, path: str, now: int) -> str:
        if path.endswith(".new"):
            return ""
        if now < feed.quiet_until:
            return "gone" if feed.quiet_until == 1 << 40 else "before Retry-After"
        is_night = now // HOUR % 24 in _NIGHT
        return "in skipHours" if feed.kind == "skip" and is_night and feed.last > 0 else ""

    def _answer(self, feed: Publisher, path: str, sent: dict[str, str], now: int) -> tuple[int, dict[str, str], str]:
        age = now - self.begun
        headers = {"Date": formatdate(now, usegmt=True), "Content-Type": "application/rss+xml"}
        match feed.kind:
            case "gone" if age > DAY:
                return 410, headers, ""
            case "missing" if age > 2 * DAY:
                return 404, headers, ""
            case "moves" if age > DAY and not path.endswith(".new"):
                return 301, {**headers, "Location": path.replace(".xml", ".new")}, ""
            case "fails" if 2 * DAY < age < 4 * DAY:
                wait = {"Retry-After": str(4 * HOUR)} if self.names_times else {}
                return 503, {**headers, **wait}, ""
            case "waits" | "waits-until" | "hurried" if now - feed.last < 3 * HOUR:
                return 429, {**headers, **self._wait(feed, now)}, ""
        return self._document(feed, sent, headers, now)

    def _wait(self, feed: Publisher, now: int) -> dict[str, str]:
        if feed.kind == "hurried" or not self.names_times:
            return {}
        moment = now + 5 * HOUR
        return {"Retry-After": str(5 * HOUR) if feed.kind == "waits" else formatdate(moment, usegmt=True)}

    def _document(
        self, feed: Publisher, sent: dict[str, str], headers: dict[str, str], now: int
    ) -> tuple[int, dict[str, str], str]:
        newest = now - now % feed.every
        tag, date = f'"{feed.number}-{newest}"', formatdate(newest, usegmt=True)
        if feed.kind != "none" and feed.kind != "modified":
            headers["ETag"] = tag
        if feed.kind in ("modified", "both", "expires"):
            headers["Last-Modified"] = date
        if feed.kind == "max-age":
            headers["Cache-Control"] = "max-age=14400"
        if feed.kind == "expires":
            headers["Expires"] = formatdate(now + 4 * HOUR, usegmt=True)
        is_known = sent.get("if-none-match") == tag or (
            "if-none-match" not in sent and sent.get("if-modified-since") == date
        )
        return (304 if is_known and feed.kind != "none" else 200), headers, feed.document(now)


class _Line(asyncio.Protocol):
    def __init__(self, web: Publishers) -> None:
        self._web = web
        self._rest = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._web.lines.add(transport)
        self._host = str((transport.get_extra_info("sockname") or ("",))[0])
        if not self._host.startswith("127."):
            transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        self._web.lines.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            head, self._rest = self._rest[:end].decode("latin-1"), self._rest[end + 4 :]
            self._transport.write(self._web.answer(self._host, head))


def _named(head: str) -> dict[str, str]:
    lines = (line.partition(":") for line in head.split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _retry_after(headers: dict[str, str], now: int) -> int:
    said = headers.get("Retry-After", "0")
    return int(said) if said.isdigit() else 5 * HOUR
