"""What a fetcher is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reader.times import now

if TYPE_CHECKING:
    from reader.logins import Logins
    from reader.sites import Site


class Sink(Protocol):
    """Where a document goes piece by piece instead of into memory; it is asked for unpacked, so that a part is one."""

    def asks(self) -> Sequence[str]:
        """Further lines for the head of the request."""

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """The answer begins, a 200 or a 206; whether it is wanted."""

    def take(self, data: bytes) -> bool:
        """A piece of it; whether more is wanted."""


STRANGER = "unknown:"  # the ``source`` of a document that no feed of ours names any more


@dataclass(frozen=True, slots=True)
class Request:
    """A document to be asked for; ``key`` is the caller's own, the validators go out exactly as they came in.

    ``seconds`` is all the time it may take, where that is less than for others. ``accept`` names the kinds of documents
    that are wanted, where it is no feed. What goes ``into`` a sink is not in the answer's ``body``. A ``is_public`` one
    reaches neither this computer nor a private network, whatever its name resolves to. ``source`` is the address of the
    feed that names the document, empty for a feed itself: a login goes nowhere but to the site of that feed.
    """

    key: int
    url: str
    etag: str | None = None
    last_modified: str | None = None
    seconds: float | None = None
    accept: str = ""
    into: Sink | None = None
    is_public: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``error`` is a sentence for people, empty when there is a document or a 304.

    ``url`` is where the answer came from in the end, ``moved_to`` the same if every redirect was permanent.
    ``retry_at`` and ``fresh_until`` are moments: when the server allows to ask again, how long it calls its answer
    fresh. ``unreached`` says that nothing of the server was seen: no name, no route, no answer to a look-up.
    ``received`` counts bytes as they came over the wire, ``ms`` all hops together. ``unasked``: we did not even ask.
    ``unverified``: a certificate on the way was not checked, as the config says. ``is_private``: it came from this
    computer or a private network. ``permanent``: no redirect on the way was for now only.
    """

    key: int
    url: str
    status: int | None = None
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_at: int | None = None
    fresh_until: int | None = None
    moved_to: str | None = None
    error: str = ""
    unreached: bool = False
    received: int = 0
    ms: int = 0
    unasked: bool = False
    unverified: bool = False
    is_private: bool = False
    permanent: bool = True

    @property
    def ok(self) -> bool:
        """Whether there is a document or the word that it did not change."""
        return not self.error

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways to fetch: the settings' ``proxy``, ``ca_file`` and ``sites``, and the logins that we keep.

    ``names`` stand for look-ups: lines of host, port and number, "example.org:443:192.0.2.1".
    """

    proxy: str = ""
    ca_file: str = ""
    sites: tuple[Site, ...] = ()
    logins: Logins | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: ``seconds`` in all and to connect, ``size`` in bytes after unpacking, how many at once.

    A ``size`` of 0 is no limit. ``pause`` is the least time between two starts at one host, in seconds. ``clock`` gives
    the moment that it is, so that a week can be simulated.
    """

    seconds: float = 30.0
    connect_seconds: float = 10.0
    size: int = 20_000_000
    parallel: int = 128
    per_host: int = 2
    pause: float = 0.25
    user_agent: str = ""
    ways: Ways = Ways()
    clock: Callable[[], int] = now
