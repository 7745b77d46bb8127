"""The jobs: refresh what is due, add what was named. From the request to the last event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reader import __version__, times
from reader.config import Config, FetchConfig
from reader.errors import ReaderError, ReadOnly
from reader.fetch.fetched import Limits
from reader.model import Outcome, Result
from reader.paths import Paths
from reader.store import checks, upkeep
from reader.store.database import Database
from reader.store.records import FeedFacts
from reader.text import clean_line
from reader.worker.adding import Wish, add, check
from reader.worker.desk import Desk
from reader.worker.engine import Engine, Stop
from reader.worker.events import Events
from reader.worker.pace import Pace
from reader.worker.remote import DOUBTFUL
from reader.worker.writes import Writes

MANY = 1000  # new articles after which the query planner wants new numbers
_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class Job:
    """One request as it is carried out; ``now`` gives the time, so that a week can be simulated."""

    paths: Paths
    config: Config
    events: Events
    stop: Stop
    now: Callable[[], int] = times.now

    def run(self, order: Mapping[str, Any]) -> int:
        """Does what the order says; the exit code of the process. The last event is "finished" or "problem"."""
        try:
            what = order.get("do")
            if what == "refresh":
                with self._alone():
                    self._refresh(order)
            elif what == "add":
                self._add(order)
            elif what == "download":
                from reader.worker.download import download

                download(self.paths, self.config, limits(self.config.fetch), self.events, self.stop, order)
            else:
                raise ReaderError(f"The worker does not know how to {clean_line(str(what), 40)}")
        except ReaderError as error:
            self.events.say("problem", message=error.message, hint=error.hint)
            return error.exit_code
        return 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock that two refreshes of one library cannot hold at once; waits for it."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.paths.lock)

        def taken() -> bool:
            try:
                self.paths.lock.parent.mkdir(parents=True, exist_ok=True)
                lock.acquire(timeout=0)
            except Timeout:
                return False
            except OSError as error:
                raise ReadOnly(f"{self.paths.lock} cannot be written: {error.strerror}", "set READER_HOME") from error
            return True

        try:
            if not taken():
                self.events.say("waiting", message="Another refresh is under way")
                while not self.stop.wait(_LOOK) and not taken():
                    pass
            yield
        finally:
            lock.release()

    def _refresh(self, order: Mapping[str, Any]) -> None:
        pace = Pace(self.paths.screen)
        pace.step_back()
        with self._desk(pace) as desk:
            chosen = _chosen(desk, order)
            self.events.say("started", total=len(chosen))
            engine = self._engine(desk)
            for feed in sorted(chosen, key=lambda feed: feed.failures >= DOUBTFUL):  # the living do not wait for them
                engine.add(check(desk, feed), _mistaken(desk, feed))
            engine.run()
            if desk.tally.offline:
                self.events.say("offline", message=desk.tally.offline)
            self._finish(desk)

    def _add(self, order: Mapping[str, Any]) -> None:
        folder = order.get("folder")
        wish = Wish(
            None if folder is None else tuple(clean_line(str(name)) for name in folder),
            clean_line(order.get("title") or "") or None,
            bool(order.get("fetch", True)),
            bool(order.get("all")),
        )
        with self._desk(Pace(None), durable=True) as desk:
            targets = [str(words) for words in order.get("targets", ())]
            self.events.say("started", total=len(targets))
            engine = self._engine(desk)
            for words in targets:
                engine.add(add(desk, wish, words), _refused(desk, words))
            engine.run()
            self._finish(desk)

    @contextmanager
    def _desk(self, pace: Pace, durable: bool = False) -> Iterator[Desk]:
        """The desk of this job with the library open; only what a person did must be ``durable``."""
        database = Database(self.paths.database, durable=durable)
        connection = database.connect()
        try:
            yield Desk(connection, self.config, self.events, self.now, pace)
        finally:
            connection.close()

    def _engine(self, desk: Desk) -> Engine:
        writes = Writes(desk.connection, desk.pace, desk.fresh)
        return Engine(limits(self.config.fetch), self.config.fetch.parse_seconds, self.stop, writes)

    def _finish(self, desk: Desk) -> None:
        """Lets everything new be found, and says what the job came to."""
        writes = Writes(desk.connection, desk.pace, desk.fresh)
        while not self.stop and writes.index():
            pass
        if desk.tally.new >= MANY:
            upkeep.optimize(desk.connection)
        upkeep.checkpoint(desk.connection)
        tally = desk.tally
        self.events.say(
            "finished",
            checked=tally.checked,
            new=tally.new,
            changed=tally.changed,
            failed=tally.failed,
            stopped=bool(self.stop),
        )


def limits(config: FetchConfig) -> Limits:
    """What the settings allow a fetch to take."""
    return Limits(
        seconds=config.timeout_seconds,
        connect_seconds=min(10, config.timeout_seconds),
        size=config.max_megabytes * 1_000_000,
        parallel=config.parallel,
        per_host=config.per_host,
        user_agent=config.user_agent or f"Reader/{__version__} (+news reader)",
    )


def _chosen(desk: Desk, order: Mapping[str, Any]) -> list[FeedFacts]:
    """The feeds to check: the named ones, all but those gone for good, or those that are due."""
    named = order.get("feeds")
    if named is not None:
        return checks.chosen(desk.connection, [int(feed_id) for feed_id in named])
    if order.get("all"):
        return [feed for feed in checks.chosen(desk.connection) if feed.result is not Result.GONE]
    return checks.due(desk.connection, desk.now())


def _mistaken(desk: Desk, feed: FeedFacts) -> Callable[[Exception], None]:
    """What to say when we made a mistake with a feed: the others go on, the log has the whole story."""

    def failed(error: Exception) -> None:
        desk.report(feed, Outcome(Result.FAILED, f"Reader made a mistake with this feed ({type(error).__name__})"))

    return failed


def _refused(desk: Desk, words: str) -> Callable[[Exception], None]:
    def failed(error: Exception) -> None:
        desk.tally.failed += 1
        message = f"Reader made a mistake with {clean_line(words, 300)} ({type(error).__name__})"
        desk.events.say("refused", target=words, message=message, hint="the log says more")

    return failed
