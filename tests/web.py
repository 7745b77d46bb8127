"""A real HTTP server on loopback for tests: polite, slow, broken or hostile, page by page.

    with Web() as web:
        url = web.put("/news.xml", RSS, etag='"1"')              # http://127.0.0.1:PORT/news.xml
        other = web.put("/news.xml", RSS, host=7)                # http://127.0.0.7:PORT/news.xml, a host of its own
        web.put("/old", location=url, status=301)
        assert web.asked("/news.xml")[0].headers["user-agent"]   # what was requested, in order

The fixture ``web`` (``from tests.web import web``) does the same for one test. One thread serves everything, keeps
connections alive and ends with the context, however many requests hang.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import pytest

RSS_TYPE = "application/rss+xml"


@dataclass(slots=True)
class Page:
    """What the server answers under one path of one host.

    ``behave`` is one of "" (as told), "hang" (accepts, never answers), "endless" (sends for ever), "drip" (a byte each
    tenth of a second), "cut" (promises more bytes than it sends), "close" (hangs up without a word), "garbage" (no
    HTTP), "bomb" (gzip that unpacks to ``bomb`` bytes).
    """

    body: bytes = b""
    status: int = 200
    type: str | None = RSS_TYPE
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    gzip: bool = False
    behave: str = ""
    bomb: int = 1 << 30
    ranges: bool = False  # whether a part can be asked for (Range, If-Range)
    cut_at: int | None = None  # the connection ends after so many bytes of the body
    length: int | None = None  # what is said of the length instead of the truth
    times: int | None = None  # after so many answers the page below it (``then``) stands here
    then: Page | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came, names of headers in lower case, and the status that it was answered with."""

    host: str
    path: str
    headers: dict[str, str]
    status: int


class Web:
    """The server; ``requests`` is the log of everything that was asked."""

    def __init__(self, tls: tuple[str, str] | None = None) -> None:
        self.requests: list[Asked] = []
        self.most_at_once: dict[str, int] = {}  # per host
        self.most = 0
        self._at_once: dict[str, int] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._servers: dict[str, asyncio.Server] = {}
        self._tls = tls
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        self._open("127.0.0.1")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def url(self, path: str, host: int = 1) -> str:
        """The address of a path; hosts are numbered from 1 to 65534, 1 is 127.0.0.1."""
        name = f"127.0.{host >> 8}.{host & 255}"
        self._open(name)
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}{path}"

    def put(self, path: str, body: bytes | str = b"", *, host: int = 1, **what: Any) -> str:
        """Places a page and returns its address; ``what`` are the other fields of Page."""
        address = self.url(path, host)
        data = body.encode() if isinstance(body, str) else body
        self._pages[f"127.0.{host >> 8}.{host & 255}", path] = Page(data, **what)
        return address

    def page(self, path: str, host: int = 1) -> Page:
        """The page as it stands, to be changed in place."""
        return self._pages[f"127.0.{host >> 8}.{host & 255}", path]

    def asked(self, path: str | None = None) -> list[Asked]:
        """The requests so far, of one path or all."""
        return [each for each in self.requests if path is None or each.path == path]

    def forget(self) -> None:
        """Empties the log."""
        self.requests.clear()

    @staticmethod
    def dead() -> str:
        """An address where nothing listens."""
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            return f"http://127.0.0.1:{held.getsockname()[1]}/"

    def _open(self, name: str) -> None:
        if name in self._servers:
            return
        future = asyncio.run_coroutine_threadsafe(self._listen(name), self._loop)
        self._servers[name] = future.result(10)

    async def _listen(self, name: str) -> asyncio.Server:
        context = None
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self._tls)
        server = await asyncio.start_server(self._serve, name, self.port, ssl=context, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        return server

    def _run(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _loop, _context: None)  # clients that hang up are no news
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        for server in self._servers.values():
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self._answer_one(host, reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.transport.abort() if writer.is_closing() else writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer_one(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        page = self._pages.get((host, path), Page(b"nothing here", status=404, type="text/plain"))
        if page.times is not None:
            page.times -= 1
            if page.times <= 0 and page.then:
                self._pages[host, path] = page.then
        status = 304 if page.status == 200 and self._known(page, headers) else page.status
        start = _start(page, headers)
        if start is not None:
            status = 206 if start < len(page.body) else 416
        self.requests.append(Asked(host, path, headers, status))
        self._at_once[host] = self._at_once.get(host, 0) + 1
        self.most_at_once[host] = max(self.most_at_once.get(host, 0), self._at_once[host])
        self.most = max(self.most, sum(self._at_once.values()))
        try:
            if page.delay:
                await asyncio.sleep(page.delay)
            return await self._send(page, status, headers, writer)
        finally:
            self._at_once[host] -= 1

    @staticmethod
    def _known(page: Page, headers: dict[str, str]) -> bool:
        if page.etag and "if-none-match" in headers:
            return headers["if-none-match"] == page.etag
        return bool(page.last_modified and headers.get("if-modified-since") == page.last_modified)

    async def _send(self, page: Page, status: int, asked: dict[str, str], writer: asyncio.StreamWriter) -> bool:
        if page.behave == "hang":
            await asyncio.sleep(3600)
        if page.behave in {"close", "garbage"}:
            writer.write(b"" if page.behave == "close" else b"SSH-2.0-OpenSSH_9.2\r\n" * 20)
            await writer.drain()
            return False
        body = b"" if status == 304 else page.body
        head = dict(page.headers)
        if status == 206:
            start = _start(page, asked) or 0
            head.setdefault("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            body = body[start:]
        if page.behave == "bomb":
            body = b"".join(_bomb(page.bomb))
            head["Content-Encoding"] = "gzip"
        elif page.gzip and "gzip" in asked.get("accept-encoding", "") and status != 304:
            body = gzip.compress(body)
            head["Content-Encoding"] = "gzip"
        named = {"ETag": page.etag, "Last-Modified": page.last_modified, "Location": page.location}
        head |= {name: value for name, value in named.items() if value is not None}
        if page.type:
            head.setdefault("Content-Type", page.type)
        if page.behave != "endless" and status != 304:
            told = len(body) if page.length is None else page.length
            head["Content-Length"] = str(len(body) * 2 + 100 if page.behave == "cut" else told)
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        writer.write(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1"))
        await self._send_body(page, body if page.cut_at is None else body[: page.cut_at], writer)
        return page.behave == "" and page.cut_at is None and page.length is None

    @staticmethod
    async def _send_body(page: Page, body: bytes, writer: asyncio.StreamWriter) -> None:
        if page.behave == "endless":
            writer.write(body)
            while True:
                writer.write(b"<!-- and on it goes -->" * 1000)
                await writer.drain()
        elif page.behave == "drip":
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.1)
        else:
            writer.write(body)
            await writer.drain()


def _start(page: Page, asked: dict[str, str]) -> int | None:
    """Where the part begins that was asked for; None where all is to be sent (RFC 9110 13.1.5, 14.2)."""
    wanted = asked.get("range", "")
    if not page.ranges or page.status != 200 or not wanted.startswith("bytes=") or not wanted.endswith("-"):
        return None
    known = asked.get("if-range")
    return int(wanted[6:-1]) if known is None or known in (page.etag, page.last_modified) else None


def _bomb(size: int) -> Iterator[bytes]:
    """Gzip of that many spaces, in pieces."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(size >> 20):
        yield packer.compress(b" " * (1 << 20))
    yield packer.flush()


def rss(title: str, items: int, start: int = 0, *, day: int = 1, text: str = "") -> bytes:
    """A feed of so many made-up items, newest first; item n is dated n hours after the ``day`` of January 2024."""
    from email.utils import formatdate

    parts = [f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>http://example.org/</link>']
    for number in range(start + items - 1, start - 1, -1):
        when = formatdate(1704067200 + (day - 1) * 86400 + number * 3600, usegmt=True)
        parts.append(
            f"<item><title>{title}, story {number}</title><link>http://example.org/{title}/{number}</link>"
            f"<guid isPermaLink='false'>{title}-{number}</guid><pubDate>{when}</pubDate>"
            f"<description>&lt;p&gt;Story number {number} of {title}. {text}&lt;/p&gt;</description></item>"
        )
    parts.append("</channel></rss>")
    return "".join(parts).encode()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server for one test; a proxy of the environment is not asked."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Web() as server:
        yield server
