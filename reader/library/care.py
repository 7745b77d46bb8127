"""How feeds do, and what can be done for one that is not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import times
from reader.errors import ReaderError
from reader.model import Checkup, Feed
from reader.store import feeds
from reader.store.connection import Connection, transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.jobs import Job


class Care:
    """The part of the library that looks after feeds."""

    def _connection(self) -> Connection:
        """The calling thread's connection."""
        raise NotImplementedError

    def refresh(self, feeds: Sequence[int] | None = None, all: bool = False) -> Job:  # noqa: A002
        """Check feeds."""
        raise NotImplementedError

    def checkup(self, feed_id: int) -> Checkup:
        """All that is known of how a feed does. Raises NotFound."""
        return feeds.checkup(self._connection(), feed_id)

    def set_paused(self, feed_id: int, is_paused: bool | None = None) -> Feed:
        """Ask a feed no more, or ask it again, also one that is gone; None changes it. Raises NotFound."""
        connection = self._connection()
        with transaction(connection):
            wish = not feeds.one(connection, feed_id).is_paused if is_paused is None else is_paused
            feeds.set_paused(connection, feed_id, wish, times.now())
            if not wish:
                from reader.store import checks

                checks.ask_again(connection, feed_id)
            return feeds.one(connection, feed_id)

    def retry(self, feed_id: int) -> Job:
        """Ask a feed now, also one that is gone; only its server's wish to wait holds. Raises NotFound."""
        self.set_paused(feed_id, False)
        return self.refresh([feed_id])

    def set_address(self, feed_id: int, url: str) -> Feed:
        """Ask a feed at another address from now on; its articles stay. Raises NotFound, ReaderError if it is taken."""
        connection = self._connection()
        with transaction(connection):
            feeds.one(connection, feed_id)
            other = feeds.set_address(connection, feed_id, url, times.now(), has_moved=False)
            if other is not None:
                raise ReaderError(f"{url} is the address of {other.title}, which has articles of its own")
            return feeds.one(connection, feed_id)
