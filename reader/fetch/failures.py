"""Why a transfer failed, in plain words, by what libcurl says of it. Pure."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from reader.fetch import words
from reader.fetch.address import host
from reader.fetch.fetched import Limits
from reader.fetch.transfer import Transfer
from reader.text import size

SLOW_BYTES, SLOW_SECONDS = 30, 20  # fewer bytes a second for so long: a trickle, stopped
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_CONNECT_PROXY, _RESOLVE_PROXY, _RESOLVE, _CONNECT, _TIMEDOUT = 97, 5, 6, 7, 28
_WRITE, _ENCODING = 23, 61
_CERTIFICATE, _BAD_AUTHORITIES, _TOO_LARGE_FILE, _RECEIVE = 60, 77, 63, 56


@dataclass(frozen=True, slots=True)
class Failure:
    """What libcurl says: its code (CURLE_…) and text, and what it noted by then; ``seconds`` of this hop."""

    code: int
    text: str
    by_proxy: bool = False
    errno: int = 0
    has_ip: bool = False
    looked_up: bool = False
    certificate: int = 0  # X509_V_ERR_… of OpenSSL
    seconds: float = 0.0


def sentence(failure: Failure, transfer: Transfer, limits: Limits) -> tuple[str, bool]:
    """Why a transfer failed, and whether nothing of the server was reached."""
    name, code = host(transfer.url), failure.code
    if transfer.is_barred:
        return (words.TO_PRIVATE if transfer.hops else words.PRIVATE), False
    if transfer.too_big or code == _TOO_LARGE_FILE:
        unpacked = transfer.is_packed and transfer.received < limits.size
        return f"The document {'unpacks to more' if unpacked else 'is larger'} than {size(limits.size)}", False
    if code == _TIMEDOUT:
        return _timeout(failure, transfer, limits, name)
    if code == _RESOLVE_PROXY or (code == _CONNECT and failure.by_proxy):
        return words.NO_PROXY, True
    if code == _CONNECT:
        return _unconnected(failure, name)
    if code == _RESOLVE:
        return f"No such host: {name}", True
    if code == _CERTIFICATE:
        return _certificate(failure), False
    return _broken_off(failure) or _FAILURES.get(code) or f"The fetch failed: {failure.text or code}", False


def _broken_off(failure: Failure) -> str:
    """What is told by words alone where libcurl has one code for much."""
    if "response headers" in failure.text:
        return _ENDLESS
    if failure.code in (_WRITE, _ENCODING) and "ulti-member" in failure.text:
        return "The document is packed in several parts (gzip), which cannot be unpacked"
    if failure.code in (_WRITE, _ENCODING) and "Transfer-Encoding" in failure.text:
        return _BROKEN
    if failure.code == _ENCODING and "ontent encoding" not in failure.text:
        return "The document is not packed as the server says"
    if "Unsupported response code" in failure.text:
        return words.status(0)
    if failure.code != _RECEIVE:
        return ""
    if failure.text.startswith("chunk hex-length"):
        return _BROKEN
    if "CONNECT tunnel failed" in failure.text:
        return words.status(407) if "response 407" in failure.text else words.PROXY_REFUSES
    return ""


def _unconnected(failure: Failure, name: str) -> tuple[str, bool]:
    unreached = failure.errno in _NO_ROUTE
    why = "There is no way to the server" if unreached else "The server does not accept connections"
    return f"{why}: {name}", unreached


def _certificate(failure: Failure) -> str:
    """What is wrong with a certificate."""
    reason = _CERTIFICATES.get(failure.certificate, "")
    if "subject name" in failure.text:  # libcurl looks at the name itself
        reason = _OTHER_HOST
    return f"The certificate of the server is not valid{f': {reason}' if reason else ''}"


def _timeout(failure: Failure, transfer: Transfer, limits: Limits, name: str) -> tuple[str, bool]:
    """Which of our patiences ended."""
    if not failure.has_ip:
        if not failure.looked_up:
            return f"The name of the server could not be looked up in time: {name}", True
        return f"The server cannot be reached: no connection within {words.duration(limits.connect_seconds)}", False
    if not transfer.size and not transfer.lines:
        spent = min(transfer.seconds, max(SLOW_SECONDS, round(failure.seconds)))
        return f"The server did not answer within {words.duration(spent)}", False
    return f"The server sent too slowly and was stopped after {words.duration(round(transfer.spent))}", False


_OTHER_HOST = "it is that of another host"
_CERTIFICATES = {
    9: "its time has not come yet",
    10: "it has expired",
    18: "it is signed by itself",
    19: "it is signed by somebody who is not trusted",
    20: "it is signed by somebody who is not trusted",
    21: "it is signed by somebody who is not trusted",
    23: "it was revoked",
    62: _OTHER_HOST,
    64: _OTHER_HOST,
}
_NO_TLS = "No secure connection to the server could be made"
_BROKE_OFF = "The connection broke off"
_UNPACKABLE = "The document is packed in a way that cannot be unpacked"
_BROKEN = "The answer of the server breaks the rules of HTTP"
_ENDLESS = "The server sends headers without end"
_FAILURES = {
    1: "The server does not speak HTTP",  # UNSUPPORTED_PROTOCOL
    3: "The address cannot be used",  # URL_MALFORMAT
    8: _BROKEN,  # WEIRD_SERVER_REPLY
    16: _BROKE_OFF,  # HTTP2
    18: "The server stopped before the end of the document",  # PARTIAL_FILE
    _WRITE: _UNPACKABLE,
    35: _NO_TLS,  # SSL_CONNECT_ERROR
    52: "The server closed the connection without an answer",  # GOT_NOTHING
    55: _BROKE_OFF,  # SEND_ERROR
    _RECEIVE: _BROKE_OFF,
    59: _NO_TLS,  # SSL_CIPHER
    _ENCODING: _UNPACKABLE,
    _BAD_AUTHORITIES: "The file of trusted certificates cannot be read",
    92: _BROKE_OFF,  # HTTP2_STREAM
    _CONNECT_PROXY: words.PROXY_REFUSES,
    100: _ENDLESS,  # TOO_LARGE
}
