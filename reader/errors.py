"""The errors of the house, each a sentence for people and a hint.

    ReaderError                 it could not be done (exit code 1)
    ├── NotFound                no such feed, article or file
    ├── Ambiguous               several feeds fit; ``candidates`` names them
    ├── BadTarget               an address or path that cannot be added
    ├── StoreError              the library on disk cannot be used
    │   ├── DiskFull
    │   ├── ReadOnly
    │   ├── Locked              another process holds the library for too long
    │   ├── Damaged             not a library, or a broken one
    │   ├── Replaced            it was moved, deleted or replaced while it was open
    │   └── TooNew              written by a newer version
    ├── WorkerError             the worker process ended without an answer
    ├── ConfigError             the config file cannot be read as TOML
    └── BadQuery                a mistake in a query, with its place (exit code 2)

What happened to a feed is no exception but data: ``model.Outcome``.
"""

from __future__ import annotations


class ReaderError(Exception):
    """It could not be done: ``message`` says what, ``hint`` what to do."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """One line: what, and what to do."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class NotFound(ReaderError):
    """No such feed, article or file."""


class Ambiguous(ReaderError):
    """Several feeds fit; ``candidates`` are (id, title) pairs."""

    def __init__(self, message: str, candidates: tuple[tuple[int, str], ...]) -> None:
        super().__init__(message, "; ".join(f"{feed_id} {title}" for feed_id, title in candidates))
        self.candidates = candidates


class BadTarget(ReaderError):
    """An address or path that cannot be added."""


class StoreError(ReaderError):
    """The library on disk cannot be used."""


class DiskFull(StoreError):
    """No room left on the disk."""


class ReadOnly(StoreError):
    """The library's place cannot be written."""


class Locked(StoreError):
    """Another process holds the library for too long."""


class Damaged(StoreError):
    """Not a library, or a broken one."""


class Replaced(StoreError):
    """The library was moved, deleted or replaced while it was open."""


class TooNew(StoreError):
    """The library was written by a newer version."""


class WorkerError(ReaderError):
    """The worker process ended without an answer."""


class ConfigError(ReaderError):
    """The config file cannot be read as TOML."""


class BadQuery(ReaderError):
    """A mistake in a query; ``position`` counts characters from 0 in ``query``."""

    exit_code = 2

    def __init__(self, message: str, query: str, position: int) -> None:
        super().__init__(message, f"at character {position + 1} of: {query}")
        self.query = query
        self.position = position
