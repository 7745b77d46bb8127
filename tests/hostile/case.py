"""One case of the hostile web, and the ways to answer that the cases are made of."""

from __future__ import annotations

import asyncio
import gzip
import re
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.worker.running import Home

SECRET = "the-secret-of-this-computer"
RSS_TYPE = "application/rss+xml"
_PIECE = 1 << 18


@dataclass(slots=True)
class Wire:
    """The connection that a request came over: its path, the server's addresses, and the way back."""

    writer: asyncio.StreamWriter
    path: str
    here: str  # the address of the case's host, without a slash at its end
    canary: str  # an address that nobody must ask
    secret: str  # the path of a file that nobody must read

    async def send(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            self.writer.write(data[start : start + _PIECE])
            await self.writer.drain()


Serve = Callable[[Wire], Awaitable[None]]
Body = bytes | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """What is served under a name, what the check comes to, how many articles there are, and what is said of it.

    ``says`` may hold ``{here}``, the address of the case's host, ``{n}`` for a number, ``{time}`` for a moment and
    ``{clean}`` for anything without controls. ``check`` looks at what was kept.
    """

    name: str
    serve: Serve
    outcome: str
    articles: int
    says: str
    check: Callable[[Home, int], None] | None = None

    def is_said_by(self, message: str, here: str) -> bool:
        """Whether a message is the sentence."""
        pattern = re.escape(self.says.replace("{here}", here))
        for name, what in (("n", r"\d+"), ("time", r"[\w: ]+"), ("clean", r"[ -~]*")):
            pattern = pattern.replace(re.escape("{" + name + "}"), what)
        return re.fullmatch(pattern, message) is not None


def fine(
    name: str, serve: Serve, articles: int, says: str = "", check: Callable[[Home, int], None] | None = None
) -> Case:
    """A case that looks bad but can be read."""
    return Case(name, serve, "updated", articles, says, check)


def bad(name: str, serve: Serve, says: str, outcome: str = "failed") -> Case:
    """A case that brings no articles."""
    return Case(name, serve, outcome, 0, says)


def head(length: int | None, status: str = "200 OK", kind: str | None = RSS_TYPE, **others: str) -> bytes:
    """The head of an answer; underscores in the names of further headers are hyphens."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] * (kind is not None) + [f"Content-Length: {length}"] * (length is not None)
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in others.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def page(body: Body, status: str = "200 OK", kind: str | None = RSS_TYPE, **others: str) -> Serve:
    """An ordinary answer with a body, which may be made when it is asked for."""

    async def serve(wire: Wire) -> None:
        data = body if isinstance(body, bytes) else await asyncio.to_thread(body)
        await wire.send(head(len(data), status, kind, **others) + data)

    return serve


def of_place(body: Callable[[Wire], bytes]) -> Serve:
    """A body that knows where it is served."""

    async def serve(wire: Wire) -> None:
        data = body(wire)
        await wire.send(head(len(data)) + data)

    return serve


def raw(data: Body) -> Serve:
    """Bytes as they are, then the end of the connection."""

    async def serve(wire: Wire) -> None:
        await wire.send(data if isinstance(data, bytes) else data())

    return serve


def endless(start: bytes, piece: bytes) -> Serve:
    """A start, then a piece again and again."""

    async def serve(wire: Wire) -> None:
        await wire.send(start)
        many = piece * max(1, 65536 // len(piece))
        while True:
            await wire.send(many)

    return serve


def drip(start: bytes, piece: bytes, pause: float = 0.1) -> Serve:
    """A start, then a piece now and then, without end."""

    async def serve(wire: Wire) -> None:
        await wire.send(start)
        while True:
            await wire.send(piece)
            await asyncio.sleep(pause)

    return serve


def stall(start: bytes) -> Serve:
    """A start, and no more."""

    async def serve(wire: Wire) -> None:
        await wire.send(start)
        await asyncio.sleep(3600)

    return serve


def redirect(target: str, status: str = "302 Found") -> Serve:
    """A redirect; the target may hold ``{here}``, ``{canary}`` and ``{secret}``."""

    async def serve(wire: Wire) -> None:
        place = target.format(here=wire.here, canary=wire.canary, secret=wire.secret)
        await wire.send(head(0, status, None, Location=place))

    return serve


def item(number: int, title: str | bytes = "Story", body: str | bytes = "", more: str | bytes = "") -> bytes:
    """One item of RSS; title and body are markup."""
    told = [each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in (title, body, more)]
    return b"<item><guid isPermaLink='false'>g%d</guid><link>http://example.org/%d</link>" % (
        number,
        number,
    ) + b"<title>%s %d</title><description>%s</description>%s</item>" % (told[0], number, told[1], told[2])


def feed(*items: bytes, before: bytes = b'<?xml version="1.0"?>', channel: bytes = b"", rss: bytes = b"") -> bytes:
    """A document of RSS."""
    start = before + b'<rss version="2.0"' + rss + b"><channel><title>Feed</title><link>http://example.org/</link>"
    return start + channel + b"".join(items) + b"</channel></rss>"


def stories(count: int, body: str = "Some text.") -> list[bytes]:
    return [item(number, "Story", body) for number in range(count)]


def html_item(body: str | bytes, number: int = 1) -> bytes:
    """An item whose body is HTML as it stands."""
    told = body.encode() if isinstance(body, str) else body
    return item(number, "Story", b"<![CDATA[" + told.replace(b"]]>", b"") + b"]]>")


def packed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def bomb(megabytes: int, start: bytes = b"", wbits: int = 31, fill: bytes = b" ") -> bytes:
    """Something packed that unpacks to so many megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    piece = fill * ((1 << 20) // len(fill))
    return b"".join([packer.compress(start), *(packer.compress(piece) for _ in range(megabytes)), packer.flush()])
