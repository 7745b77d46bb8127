"""The farm's own process: an HTTP server that hands out bytes. Its orders come as JSON lines; it ends with them."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import resource
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from tests.benchmarks.crops import TYPES, Grower, document

_HOUR = 3600
_SLOW_SECONDS = 3.0


@dataclass(slots=True)
class Yard:
    """The documents as answers ready to be sent, and what was asked."""

    feeds: int
    entries: int
    kinds: list[str]
    dead: int
    slow: int
    latency: float = 0.0
    newest: int = 0
    requests: int = 0
    not_modified: int = 0
    sent: int = 0
    bodies: int = 0
    plain: list[bytes] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)
    known: list[bytes] = field(default_factory=list)
    modified: bytes = b""

    def grow(self, grower: Grower, start: int, newest: int) -> None:
        """Make the documents as they are when entry ``newest`` has come out."""
        self.newest = newest
        self.bodies = 0
        self.modified = formatdate(start + newest, usegmt=True).encode()
        answers = [self._answers(grower, feed, start) for feed in range(self.feeds)]
        self.plain, self.packed, self.known = (list(each) for each in zip(*answers, strict=True))

    def _answers(self, grower: Grower, feed: int, start: int) -> tuple[bytes, bytes, bytes]:
        numbers = range(self.newest, self.newest - self.entries, -1)
        entries = [grower.entry(feed, number, _moment(number, self.entries, start)) for number in numbers]
        self.bodies += sum(len(entry.html.encode()) for entry in entries)
        kind = self.kinds[feed % len(self.kinds)]
        body = document(kind, f"Feed {feed}", entries)
        small = gzip.compress(body, 3)
        head = f'ETag: "{feed}-{self.newest}"\r\nLast-Modified: {self.modified.decode()}\r\nVary: Accept-Encoding\r\n'
        said = f"HTTP/1.1 200 OK\r\n{head}Content-Type: {TYPES[kind]}\r\nContent-Length: "
        return (
            f"{said}{len(body)}\r\n\r\n".encode() + body,
            f"{said}{len(small)}\r\nContent-Encoding: gzip\r\n\r\n".encode() + small,
            f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode(),
        )

    def answer(self, request: bytes) -> tuple[bytes | None, float]:
        """What to send for a request, None for never, and after how many seconds."""
        self.requests += 1
        number = request[5 : request.index(b".", 5)] if request.startswith(b"GET /") else b""
        feed = int(number) if number.isdigit() else self.feeds
        if feed >= self.feeds:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0.0
        if feed >= self.feeds - self.dead:
            return None, 0.0
        wait = self.latency + (_SLOW_SECONDS if feed >= self.feeds - self.dead - self.slow else 0.0)
        lower = request.lower()
        if self._is_known(feed, request, lower):
            self.not_modified += 1
            return self.known[feed], wait
        is_packed = b"gzip" in _header(lower, b"accept-encoding")
        answer = (self.packed if is_packed else self.plain)[feed]
        self.sent += len(answer)
        return answer, wait

    def _is_known(self, feed: int, request: bytes, lower: bytes) -> bool:
        tag = _header(lower, b"if-none-match")
        if tag:
            return tag == f'"{feed}-{self.newest}"'.encode()
        return _header(request, b"If-Modified-Since") == self.modified


def _header(request: bytes, name: bytes) -> bytes:
    at = request.find(b"\r\n" + name + b":")
    return request[at + len(name) + 3 : request.find(b"\r\n", at + 2)].strip() if at >= 0 else b""


def _moment(number: int, entries: int, start: int) -> int:
    """When an entry came out: those of the first document an hour apart, the later ones since."""
    return start + number if number >= entries else start - (entries - 1 - number) * _HOUR


class Line(asyncio.Protocol):
    """One connection: requests one after the other, kept open."""

    def __init__(self, yard: Yard) -> None:
        self._yard = yard
        self._rest = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Only the loopback is served, whatever else may reach the socket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if not str((transport.get_extra_info("peername") or ("",))[0]).startswith("127."):
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            request, self._rest = self._rest[: end + 2], self._rest[end + 4 :]
            answer, wait = self._yard.answer(request)
            if answer is not None and wait:
                asyncio.get_running_loop().call_later(wait, self._transport.write, answer)
            elif answer is not None:
                self._transport.write(answer)


def _socket() -> socket.socket:
    """A listening socket for the whole of 127.0.0.0/8 and, where the system lets us say so, for nothing else."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with contextlib.suppress(OSError, AttributeError):
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    listening.bind(("0.0.0.0", 0))
    listening.listen(1024)
    listening.setblocking(False)
    return listening


async def _serve(yard: Yard, grow: Callable[[int], None]) -> None:
    loop = asyncio.get_running_loop()
    listening = _socket()
    server = await loop.create_server(lambda: Line(yard), sock=listening, backlog=1024)
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    _say(port=listening.getsockname()[1])
    cost = time.process_time()
    while line := await orders.readline():
        word, value = json.loads(line)
        if word == "publish":
            grow(yard.newest + int(value))
            cost = time.process_time()
        elif word == "latency":
            yard.latency = float(value)
        now = time.process_time()
        counts = {"requests": yard.requests, "not_modified": yard.not_modified, "bytes": yard.sent}
        _say(counts={**counts, "seconds": now - cost}, bodies=yard.bodies)
        if word == "counts":
            yard.requests = yard.not_modified = yard.sent = 0
            cost = time.process_time()
    server.close()


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def main(options: dict[str, Any]) -> None:
    """Make the documents, then serve them until the orders end."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    yard, grower, start = Yard(**options), Grower(), int(time.time()) - _HOUR
    yard.grow(grower, start, yard.entries - 1)
    asyncio.run(_serve(yard, lambda newest: yard.grow(grower, start, newest)))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
