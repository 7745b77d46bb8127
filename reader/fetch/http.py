"""Documents over http and https with libcurl: many at once, each bounded in time, size and redirects.

Redirects are followed here and not by libcurl, so that each hop is counted at its own host, may only lead to http or
https, and is known as permanent or not. All work happens in ``poll``, on the caller's thread.
"""

from __future__ import annotations

import errno
import os
import time
from dataclasses import dataclass, field, replace
from functools import partial

import pycurl

from reader import __version__
from reader.fetch import headers, words
from reader.fetch.address import for_wire, host, is_here, is_web
from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.queue import HostQueue
from reader.text import size
from reader.times import now

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8, text/html;q=0.6, */*;q=0.2"
)
MOST_REDIRECTS = 10
_GOOD = {200, 203, 304}
_POURED = {200, 206}
_MOST_ASIDE = 1_000_000  # of a body that nobody wants, such as that of an error
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_SLOW_BYTES, _SLOW_SECONDS = 30, 20  # fewer bytes a second for so long: a trickle, stopped
_E_PROXY, _E_TOO_LARGE = 97, 100  # which pycurl does not name
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


@dataclass(slots=True)
class _Transfer:
    """A request under way, over all its hops."""

    request: Request
    url: str
    seconds: float  # for all hops together
    chunks: list[bytes] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    size: int = 0
    status: int = 0  # by the last status line
    has_begun: bool = False
    received: int = 0
    spent: float = 0.0
    hops: int = 0
    permanent: bool = True
    too_big: bool = False
    lane: str = ""


class Http:
    """The client: ``submit`` what is wanted, ``poll`` until ``pending`` is 0, ``close``."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._queue: HostQueue[_Transfer] = HostQueue(self._limits.per_host)
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, self._limits.parallel)
        self._under_way: dict[pycurl.Curl, _Transfer] = {}
        self._spare: list[pycurl.Curl] = []
        self._refused: list[Fetched] = []
        self._resting: dict[str, Fetched] = {}  # the answer of a host that asked us to wait
        self._authorities = _authorities()

    @property
    def pending(self) -> int:
        """How many answers are still owed."""
        return len(self._queue) + len(self._under_way) + len(self._refused)

    @property
    def under_way(self) -> int:
        """How many requests were sent and not answered."""
        return len(self._under_way)

    def submit(self, request: Request) -> None:
        """Lets a request wait for its turn."""
        self._enqueue(
            _Transfer(request, request.url, min(self._limits.seconds, request.seconds or self._limits.seconds))
        )

    def poll(self, timeout: float, room: int = 1 << 30) -> list[Fetched]:
        """The answers that came within ``timeout`` seconds, perhaps none; starts at most ``room`` further requests."""
        self._start(room)
        self._multi.perform()
        done = self._collect()
        if done or not self._under_way:
            return done
        before = time.monotonic()
        self._multi.select(timeout)
        if time.monotonic() - before < 0.0005:
            time.sleep(min(timeout, 0.002))  # names being looked up have nothing to wait on
        self._multi.perform()
        return self._collect()

    def close(self) -> None:
        """Drops everything under way and all connections."""
        for curl in self._under_way:
            self._multi.remove_handle(curl)
            curl.close()
        self._under_way.clear()
        for curl in self._spare:
            curl.close()
        self._multi.close()

    def _enqueue(self, transfer: _Transfer, *, first: bool = False) -> None:
        transfer.lane = host(transfer.url)
        self._queue.put(transfer.lane, transfer, first=first)

    def _start(self, room: int) -> None:
        while room > 0 and len(self._under_way) < self._limits.parallel:
            taken = self._queue.take()
            if taken is None:
                return
            room -= 1
            transfer = taken[1]
            if self._is_spared(transfer):
                continue
            curl = self._spare.pop() if self._spare else pycurl.Curl()
            try:
                self._prepare(curl, transfer)
            except (pycurl.error, UnicodeError):
                self._queue.free(transfer.lane)
                self._refused.append(_answer(transfer, error="The address cannot be used"))
                curl.close()
                continue
            self._under_way[curl] = transfer
            self._multi.add_handle(curl)

    def _is_spared(self, transfer: _Transfer) -> bool:
        """Answers for a host that asked us to wait; each feed has a patience of its own, and is asked."""
        said = self._resting.get(transfer.lane)
        if said is None or not transfer.request.accept:
            return False
        self._queue.free(transfer.lane)
        self._refused.append(replace(said, key=transfer.request.key, url=transfer.url, received=0, ms=0))
        return True

    def _prepare(self, curl: pycurl.Curl, transfer: _Transfer) -> None:
        """Sets a handle up for one hop."""
        limits, request = self._limits, transfer.request
        curl.reset()
        curl.setopt(pycurl.URL, for_wire(transfer.url))
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.USERAGENT, limits.user_agent or f"Reader/{__version__} (+news reader)")
        curl.setopt(pycurl.ACCEPT_ENCODING, "" if request.into is None else "identity")
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(limits.connect_seconds * 1000))
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int((transfer.seconds - transfer.spent) * 1000)))
        curl.setopt(pycurl.LOW_SPEED_LIMIT, _SLOW_BYTES)
        curl.setopt(pycurl.LOW_SPEED_TIME, _SLOW_SECONDS)
        curl.setopt(pycurl.MAXFILESIZE_LARGE, limits.size)
        if self._authorities:
            curl.setopt(pycurl.CAINFO, self._authorities)
        curl.setopt(pycurl.HTTPHEADER, [line.encode("latin-1", "replace") for line in _asked(request)])
        curl.setopt(pycurl.HEADERFUNCTION, partial(_take_header, transfer))
        curl.setopt(pycurl.WRITEFUNCTION, partial(_take, transfer, limits.size))

    def _collect(self) -> list[Fetched]:
        done, self._refused = self._refused, []
        while True:
            _, good, bad = self._multi.info_read()
            for curl, code, text in [*((each, 0, "") for each in good), *bad]:
                answer = self._finish(curl, code, text)
                if answer:
                    done.append(answer)
            if not good and not bad:
                return done

    def _finish(self, curl: pycurl.Curl, code: int, text: str) -> Fetched | None:
        """The answer of a handle that is done, None when it was a redirect that is now followed."""
        transfer = self._under_way.pop(curl)
        transfer.spent += curl.getinfo(pycurl.TOTAL_TIME)
        transfer.received += int(curl.getinfo(pycurl.SIZE_DOWNLOAD_T))
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        target = curl.getinfo(pycurl.REDIRECT_URL) if status in _REDIRECTS else None
        error, unreached = _failure(curl, transfer, code, text, self._limits) if code else ("", False)
        self._multi.remove_handle(curl)
        self._spare.append(curl)
        self._queue.free(transfer.lane)
        if target and not transfer.too_big:
            error = self._follow(transfer, target, status)
            if not error:
                return None
        elif status not in _wanted(transfer) and (not error or _is_aside(transfer, code)):
            error = words.status(status)
        elif not error and not transfer.has_begun:
            _pour(transfer, b"")
        answer = _answer(transfer, status=status or None, error=error, unreached=unreached)
        if status == 429 or (status == 503 and answer.retry_at):
            self._resting[transfer.lane] = answer
        return answer

    def _follow(self, transfer: _Transfer, target: str, status: int) -> str:
        """Sends a transfer on to where the server points; the reason when that cannot be done."""
        transfer.hops += 1
        transfer.permanent = transfer.permanent and status in _PERMANENT
        if transfer.hops > MOST_REDIRECTS:
            return f"The server redirects more than {MOST_REDIRECTS} times"
        if not is_web(target):
            return "The server redirects to an address that is not http or https"
        if transfer.request.is_public and is_here(target):
            return "The server redirects to a private network"
        if transfer.spent >= transfer.seconds:
            return f"The server did not answer within {words.duration(transfer.seconds)}"
        transfer.url, transfer.size, transfer.has_begun = target, 0, False
        transfer.chunks.clear()
        transfer.lines.clear()
        self._enqueue(transfer, first=True)
        return ""


def _wanted(transfer: _Transfer) -> set[int]:
    """The statuses of what was asked for."""
    return _GOOD if transfer.request.into is None else _POURED


def _is_aside(transfer: _Transfer, code: int) -> bool:
    """Whether we ended the transfer ourselves, because the page that says why there is no document is too long."""
    return transfer.request.into is not None and code == pycurl.E_WRITE_ERROR


def _asked(request: Request) -> list[str]:
    """The lines that a request brings along."""
    if request.into is not None:
        return ["Accept: */*", *request.into.asks()]
    lines = [f"Accept: {request.accept or ACCEPT}"]
    if request.etag:
        lines.append(f"If-None-Match: {request.etag}")
    if request.last_modified:
        lines.append(f"If-Modified-Since: {request.last_modified}")
    return lines


def _take_header(transfer: _Transfer, line: bytes) -> None:
    """One header line; a new status line begins the headers of the next answer."""
    if line.startswith(b"HTTP/"):
        transfer.lines.clear()
        code = line.split(maxsplit=2)[1:2]
        transfer.status = int(code[0]) if code and code[0].isdigit() else 0
    elif len(transfer.lines) < 200:
        transfer.lines.append(line)


def _take(transfer: _Transfer, most: int, data: bytes) -> int:
    """A piece of the unpacked body; anything but its length stops the transfer."""
    transfer.size += len(data)
    if transfer.request.into is not None:
        return len(data) if _pour(transfer, data) else 0
    if transfer.size > most:
        transfer.too_big = True
        return 0
    transfer.chunks.append(data)
    return len(data)


def _pour(transfer: _Transfer, data: bytes) -> bool:
    """Hand a piece of the body on, if it is that of a document; whether more is wanted."""
    sink = transfer.request.into
    if sink is None or transfer.status not in _POURED:
        return transfer.size <= _MOST_ASIDE
    if not transfer.has_begun:
        transfer.has_begun = True
        if not sink.begin(transfer.status, headers.read(transfer.lines)):
            return False
    return sink.take(data)


def _answer(transfer: _Transfer, status: int | None = None, error: str = "", unreached: bool = False) -> Fetched:
    """What the caller gets of a transfer that is over."""
    found, moment = headers.read(transfer.lines), now()
    good = not error
    moved = good and transfer.hops > 0 and transfer.permanent
    return Fetched(
        transfer.request.key,
        transfer.url,
        status,
        b"".join(transfer.chunks) if good else b"",
        found.get("content-type"),
        found.get("etag"),
        found.get("last-modified"),
        headers.retry_at(found, moment) if status and status != 200 else None,
        headers.fresh_until(found, moment) if good else None,
        transfer.url if moved else None,
        error,
        unreached,
        transfer.received,
        round(transfer.spent * 1000),
    )


def _authorities() -> str:
    """The file with the certificates that we trust: what the environment names, else Mozilla's list."""
    named = os.environ.get("SSL_CERT_FILE", "")
    if named:
        return named
    import certifi

    return certifi.where()


def _failure(curl: pycurl.Curl, transfer: _Transfer, code: int, text: str, limits: Limits) -> tuple[str, bool]:
    """Why a transfer failed, in plain words, and whether nothing of the server was reached."""
    name = host(transfer.url)
    if transfer.too_big or code == pycurl.E_FILESIZE_EXCEEDED:
        return f"The document is larger than {size(limits.size)}", False
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return _timeout(curl, transfer, limits, name)
    if code == pycurl.E_COULDNT_RESOLVE_PROXY or (code == pycurl.E_COULDNT_CONNECT and _is_by_proxy(curl, text)):
        return words.NO_PROXY, True
    if code == pycurl.E_COULDNT_CONNECT:
        unreached = curl.getinfo(pycurl.OS_ERRNO) in _NO_ROUTE
        why = "There is no way to the server" if unreached else "The server does not accept connections"
        return f"{why}: {name}", unreached
    if code == pycurl.E_COULDNT_RESOLVE_HOST:
        return f"No such host: {name}", True
    if code == pycurl.E_SSL_CACERT_BADFILE:
        return "The file of trusted certificates (SSL_CERT_FILE) cannot be read", False
    return _FAILURES.get(code) or f"The fetch failed: {text or code}", False


def _is_by_proxy(curl: pycurl.Curl, text: str) -> bool:
    """Whether the transfer should have gone by a proxy; libcurl before 8.7 does not say."""
    used = hasattr(pycurl, "USED_PROXY") and bool(curl.getinfo(pycurl.USED_PROXY))
    return used or text.startswith("Unsupported proxy")


def _timeout(curl: pycurl.Curl, transfer: _Transfer, limits: Limits, name: str) -> tuple[str, bool]:
    """Which of our patiences ended."""
    if not curl.getinfo(pycurl.PRIMARY_IP):
        if not curl.getinfo(pycurl.NAMELOOKUP_TIME):
            return f"The name of the server could not be looked up in time: {name}", True
        return f"The server cannot be reached: no connection within {words.duration(limits.connect_seconds)}", False
    if not transfer.size and not transfer.lines:
        spent = min(transfer.seconds, max(_SLOW_SECONDS, round(curl.getinfo(pycurl.TOTAL_TIME))))
        return f"The server did not answer within {words.duration(spent)}", False
    return f"The server sent too slowly and was stopped after {words.duration(round(transfer.spent))}", False


_FAILURES = {
    pycurl.E_PEER_FAILED_VERIFICATION: "The certificate of the server is not valid",
    pycurl.E_SSL_CONNECT_ERROR: "No secure connection to the server could be made",
    pycurl.E_SSL_CIPHER: "No secure connection to the server could be made",
    pycurl.E_GOT_NOTHING: "The server closed the connection without an answer",
    pycurl.E_PARTIAL_FILE: "The server stopped before the end of the document",
    pycurl.E_RECV_ERROR: "The connection broke off",
    pycurl.E_SEND_ERROR: "The connection broke off",
    pycurl.E_HTTP2: "The connection broke off",
    pycurl.E_BAD_CONTENT_ENCODING: "The document is packed in a way that cannot be unpacked",
    pycurl.E_URL_MALFORMAT: "The address cannot be used",
    pycurl.E_UNSUPPORTED_PROTOCOL: "The server does not speak HTTP",
    pycurl.E_WRITE_ERROR: "The document is packed in a way that cannot be unpacked",
    pycurl.E_FTP_WEIRD_SERVER_REPLY: "The answer of the server breaks the rules of HTTP",
    _E_PROXY: "The proxy that the environment names refuses us",
    _E_TOO_LARGE: "The answer of the server breaks the rules of HTTP",
}
