"""What a feed's check may wait for."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from reader.model import Outcome
from reader.parse.source import Source


@dataclass(frozen=True, slots=True)
class Fetch:
    """A document from the network, unless it is still as the validators say; answered with ``Fetched``.

    ``seconds`` is all the time it may take, where that is less than the settings give; ``accept`` the kinds that are
    wanted, where it is no feed. A ``is_public`` one reaches neither this computer nor a private network. ``source`` is
    the address of the feed that names it, empty for a feed itself.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    seconds: float | None = None
    accept: str = ""
    is_public: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Parse:
    """Documents for the parse child; answered with a list of ``Parsed`` or ``Stopped``, one for each."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Something to be written in a transaction, perhaps with what others write; answered when that is committed.

    The answer is what ``act`` returns. It may be called a second time, when the first transaction was not committed, so
    it leaves everything but the library as it is. ``articles`` is about how many it writes.
    """

    act: Callable[[], Any]
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn for the others; answered with None."""


@dataclass(frozen=True, slots=True)
class AnyoneThere:
    """Whether any server at all answered in this run; answered as soon as one did, else when all others are done."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several tasks side by side; answered with a list of what they return, once all have ended.

    One in which we made a mistake returns None.
    """

    tasks: tuple[Generator[Any, Any, Any], ...]


Effect = Fetch | Parse | Write | Turn | AnyoneThere | Together
Task = Generator[Effect, Any, None]
Check = Generator[Effect, Any, Outcome]
