"""What checks want written, gathered into transactions of the size that the pace allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.errors import StoreError
from reader.store import indexing
from reader.store.connection import Connection, transaction
from reader.worker.effects import Write
from reader.worker.pace import Pace

_LONGEST = 1.0  # seconds that something waits for more to be written with it


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake of ours in something that was to be written; nothing of it was."""

    error: Exception


class Writes:
    """``add`` what is wanted, ``commit`` when it ``is_full`` or nothing else is to be done.

    What is written may leave articles in ``fresh``: they are indexed in the same transaction, all at its end. The index
    keeps its words in memory until another table is written with more than one row, and every piece that it then puts
    on the disk has to be merged with the others.
    """

    def __init__(self, connection: Connection, pace: Pace, fresh: list[indexing.Indexed]) -> None:
        self._connection = connection
        self._pace = pace
        self._fresh = fresh
        self._waiting: list[tuple[int, Write]] = []
        self._articles = 0
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether as much waits as one transaction takes, or has waited long enough."""
        measure = self._pace.measure
        return bool(self._waiting) and (
            self._articles >= measure.articles
            or len(self._waiting) >= measure.checks
            or time.monotonic() - self._since > _LONGEST
        )

    def add(self, key: int, write: Write) -> None:
        """Lets something wait; ``key`` comes back with its answer."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append((key, write))
        self._articles += write.articles

    def commit(self) -> list[tuple[int, Any]]:
        """Writes all that waits; the answers, each with its key. Raises StoreError when the library cannot be used."""
        if not self._waiting:
            return []
        waiting, self._waiting, articles, self._articles = self._waiting, [], self._articles, 0
        measure = self._pace.look()
        acts = [write.act for _, write in waiting]
        answers = self._together(acts, articles) if measure.is_whole else [self._alone(act) for act in acts]
        return [(key, answer) for (key, _), answer in zip(waiting, answers, strict=True)]

    def index(self) -> bool:
        """Lets some articles that wait for it be found; whether there were any."""
        found = indexing.index_some(self._connection, self._pace.look().indexed)
        self._pace.leave_a_gap()
        return bool(found)

    def _together(self, acts: Sequence[Callable[[], Any]], articles: int) -> list[Any]:
        """All in one transaction; where one of them is a mistake, each in its own, so that it alone fails."""
        try:
            answers = self._written(acts)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001  (told by whoever makes it again)
            return [self._alone(act) for act in acts]
        indexing.merge_new(self._connection, articles)
        return answers

    def _alone(self, act: Callable[[], Any]) -> Any:
        try:
            return self._written([act])[0]
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  (a mistake of ours in one feed must not cost the others their news)
            return Mistake(error)
        finally:
            self._pace.leave_a_gap()

    def _written(self, acts: Sequence[Callable[[], Any]]) -> list[Any]:
        """The answers of some writes in one transaction, all or nothing."""
        self._fresh.clear()
        with transaction(self._connection):
            answers = [act() for act in acts]
            indexing.index(self._connection, self._fresh)
        self._fresh.clear()
        return answers
