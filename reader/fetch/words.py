"""What servers and systems say, in plain words."""

from __future__ import annotations

import errno

NO_NETWORK = "There is no connection to the network"
NO_PROXY = "The proxy cannot be reached"
PROXY_REFUSES = "The proxy refuses us"
PRIVATE = "The address leads into a private network"
TO_PRIVATE = "The server redirects to a private network"
STATUS = {
    204: "the server has nothing to send",
    205: "the server has nothing to send",
    206: "the server sent only a part, which was not asked for",
    226: "the server sent only a part, which was not asked for",
    400: "the server does not understand the request",
    401: "a login is needed",
    402: "payment is asked for",
    403: "the server refuses us",
    404: "not found",
    405: "the server refuses such requests",
    406: "the server has it in no form that we read",
    407: "the proxy asks for a login",
    408: "the server waited too long for the request",
    410: "gone for good",
    418: "the server refuses us",
    421: "the request came to the wrong server",
    425: "the server asks to try later",
    429: "the server asks us to come less often",
    451: "withheld for legal reasons",
    500: "the server failed",
    501: "the server failed",
    502: "a server behind the server failed",
    503: "the server is not available at the moment",
    504: "a server behind the server did not answer",
    521: "the server behind Cloudflare is down",
    522: "the server behind Cloudflare did not answer",
    523: "the server behind Cloudflare cannot be reached",
    525: "the server behind Cloudflare has no valid certificate",
    526: "the server behind Cloudflare has no valid certificate",
    530: "the server behind Cloudflare cannot be reached",
    999: "the server refuses us",
}


def status(code: int) -> str:
    """A status of HTTP as a sentence: "404: not found"."""
    kinds = {1: "an unfinished answer", 2: "an answer without a document", 3: "an unexpected redirect"}
    words = STATUS.get(code) or kinds.get(code // 100)
    if not words:
        words = {4: "the server refuses us", 5: "the server failed"}.get(code // 100, "HTTP knows no such answer")
    return f"{code:03}: {words}"


def challenge(code: int) -> str:
    """The same of a refusal that is a check for people."""
    return f"{code}: only browsers are let in, by a check for people (Cloudflare)"


def refused(code: int) -> str:
    """The status of a login that was not good."""
    return f"{code}: the login was refused"


def duration(seconds: float) -> str:
    """A span as a limit is written: "30 s", "0.5 s"."""
    return f"{seconds:g} s"


def system(error: OSError) -> str:
    """Why the system does not let us read a file: "permission denied"."""
    known = {
        errno.ENOENT: "there is no such file or directory",
        errno.EACCES: "permission denied",
        errno.EPERM: "permission denied",
        errno.EISDIR: "it is a directory",
        errno.ENOTDIR: "a part of the path is no directory",
        errno.ELOOP: "its symbolic links run in a circle",
        errno.ENAMETOOLONG: "the name is too long",
        errno.EIO: "the disk could not be read",
        errno.ENXIO: "it is no ordinary file",
    }
    return known.get(error.errno or 0) or (error.strerror or "it cannot be read").lower()
