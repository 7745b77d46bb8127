"""The jobs: refresh what is due, add what was named, fetch articles' pages. From the request to the last event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reader import __version__, times
from reader.config import Config
from reader.errors import ReaderError, ReadOnly
from reader.fetch.fetched import Limits, Ways
from reader.fetch.schedule import outside
from reader.logins import Logins, hidden
from reader.model import Outcome, Result
from reader.paths import Paths
from reader.sites import absolute
from reader.store import checks, feeds, upkeep
from reader.store.database import Database
from reader.store.pictures import PictureCache
from reader.store.records import FeedFacts
from reader.text import clean_line
from reader.worker import logins, pages
from reader.worker.adding import Wish, add, check
from reader.worker.desk import Desk
from reader.worker.engine import Engine, Stop
from reader.worker.events import Events
from reader.worker.pace import Pace
from reader.worker.pictures import bring, wall_of
from reader.worker.remote import DOUBTFUL
from reader.worker.writes import Writes

if TYPE_CHECKING:
    from reader.fetch.services import Services

MANY = 1000  # new articles after which the query planner wants new numbers
_LOOK = 0.2
_PICTURES, _PICTURES_PAUSE = 8, 0.05  # at once, and seconds between two of a host: somebody waits for them


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
                with self._alone() as is_ours:
                    if is_ours:
                        self._refresh(order)
                    else:
                        self.events.say("finished", checked=0, new=0, changed=0, failed=0, stopped=True)
            elif what == "add":
                self._add(order)
            elif what == "find":
                self._find(int(order.get("feed") or 0))
            elif what == "images":
                self._images(order)
            elif what == "fulltext":
                self._full_texts([int(article_id) for article_id in order.get("articles", ())])
            elif what == "download":
                from reader.worker.download import download

                download(self.paths, self.config, limits(self.config, self.paths), self.events, self.stop, order)
            else:
                raise ReaderError(f"The worker does not know how to {clean_line(str(what), 40)}")
        except ReaderError as error:
            self.events.say("problem", message=error.message, hint=error.hint)
            return error.exit_code
        return 0

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Holds the lock that two refreshes of one library cannot hold at once; False if stopped while waiting."""
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
            is_ours = taken()
            if not is_ours:
                self.events.say("waiting", message="Another refresh is under way")
                while not self.stop.wait(_LOOK) and not (is_ours := taken()):
                    pass
            yield is_ours
        finally:
            lock.release()

    def _refresh(self, order: Mapping[str, Any]) -> None:
        pace = Pace(self.paths.screen)
        pace.step_back()
        with self._desk(pace) as desk:
            logins.tidy(desk)
            feeds.finish_removals(desk.connection)
            checks.set_clock_right(desk.connection, desk.now())
            chosen = _chosen(desk, order)
            self.events.say("started", total=len(chosen))
            engine = self._engine(desk)
            for feed in sorted(chosen, key=lambda feed: feed.failures >= DOUBTFUL):  # the living do not wait for them
                engine.add(check(desk, feed), _mistaken(desk, feed))
            engine.run()
            if desk.tally.offline:
                self.events.say("offline", message=desk.tally.offline)
            else:
                self._unasked(desk, chosen, engine.anyone_there)
            self._finish(desk)

    def _unasked(self, desk: Desk, checked: list[FeedFacts], anyone_there: bool) -> None:
        """The pages of what is new in feeds that are read in full, once all feeds have their own."""
        wanted = [] if self.stop else pages.untried(desk, [feed.id for feed in checked])
        if wanted:
            self.events.say("pages", total=sum(map(len, wanted)), message="fetching pages")
            engine, refusing = self._engine(desk, anyone_there=anyone_there), pages.refusing(desk)
            for article_ids in wanted:
                engine.add(pages.unasked(desk, article_ids, refusing), pages.mistaken(desk, article_ids))
            engine.run()

    def _full_texts(self, articles: list[int]) -> None:
        with self._desk(Pace(None)) as desk:
            self.events.say("started", total=len(articles))
            engine = self._engine(desk)
            for article_id in dict.fromkeys(articles):
                engine.add(pages.page(desk, article_id), pages.mistaken(desk, [article_id]))
            engine.run()
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
            logins.tidy(desk)
            targets = [str(words) for words in order.get("targets", ())]
            self.events.say("started", total=len(targets))
            engine = self._engine(desk)
            services = self._services()
            for words in targets:
                engine.add(add(desk, wish, words, services), _refused(desk, words))
            engine.run()
            self._finish(desk)

    def _find(self, feed_id: int) -> None:
        """Looks for the address that a feed may have now."""
        from reader.worker import lost

        with self._desk(Pace(None)) as desk:
            self.events.say("started", total=1)
            engine = self._engine(desk)
            engine.add(lost.look(desk, feed_id, self._services()), lost.mistaken(desk, feed_id))
            engine.run()
            self.events.say("finished", stopped=bool(self.stop))

    def _services(self) -> Services:
        """The rules of where services keep their feeds, with those of the user beside the config."""
        from reader.fetch.services import Services

        return Services(self.paths.config.with_name("services.toml"))

    def _images(self, order: Mapping[str, Any]) -> None:
        """Brings the pictures of an article; nobody waits for the library meanwhile, as nothing is written to it."""
        settings, addresses = self.config.images, [str(address) for address in order.get("urls", ())]
        cache = PictureCache(self.paths.pictures)
        size = settings.max_megabytes * 1_000_000
        few = replace(limits(self.config, self.paths), size=size, parallel=_PICTURES, pause=_PICTURES_PAUSE)
        pace = Pace(self.paths.screen)
        pace.step_back()
        with self._desk(pace) as desk:
            here = checks.chosen(desk.connection, [int(order.get("feed") or 0)])
            wall = wall_of(desk, cache, here[0] if here else None, size)
            self.events.say("started", total=len(addresses))
            engine = self._engine(desk, few)
            for address in addresses:
                engine.add(bring(desk, wall, address), _unseen(desk, address))
            engine.run()
        cache.trim(settings.cache_megabytes * 1_000_000)
        self.events.say("finished", stopped=bool(self.stop))

    @contextmanager
    def _desk(self, pace: Pace, durable: bool = False) -> Iterator[Desk]:
        """The desk of this job with the library open; only what a person did must be ``durable``."""
        database = Database(self.paths.database, durable=durable)
        connection = database.connect()
        try:
            yield Desk(connection, self.config, self.events, self.now, pace, Logins(self.paths.logins))
        finally:
            connection.close()

    def _engine(self, desk: Desk, most: Limits | None = None, *, anyone_there: bool = False) -> Engine:
        writes = Writes(desk.connection, desk.pace, desk.fresh)
        most = replace(most or limits(self.config, self.paths), clock=self.now)
        return Engine(most, self.config.fetch.parse_seconds, self.stop, writes, anyone_there=anyone_there)

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
            **({"pages": tally.pages, "missed": tally.missed} if tally.pages or tally.missed else {}),
        )


def limits(config: Config, places: Paths) -> Limits:
    """What the settings allow a fetch to take, and by which ways."""
    fetch = config.fetch
    authorities = absolute(fetch.ca_file, places.config) if fetch.ca_file else ""
    return Limits(
        seconds=fetch.timeout_seconds,
        connect_seconds=min(10, fetch.timeout_seconds),
        size=fetch.max_megabytes * 1_000_000,
        parallel=fetch.parallel,
        per_host=fetch.per_host,
        user_agent=fetch.user_agent or f"Reader/{__version__} (+news reader)",
        ways=Ways(fetch.proxy, authorities, config.sites, Logins(places.logins)),
    )


def _chosen(desk: Desk, order: Mapping[str, Any]) -> list[FeedFacts]:
    """The feeds to check: the named ones, all but those that are gone for good or paused, or those that are due.

    One that came due before an hour in which it asks not to be asked waits for the end of that.
    """
    named = order.get("feeds")
    if named is not None:
        return checks.chosen(desk.connection, [int(feed_id) for feed_id in named])
    if order.get("all"):
        return [
            feed for feed in checks.chosen(desk.connection) if feed.result is not Result.GONE and feed.paused_at is None
        ]
    now = desk.now()
    return [feed for feed in checks.due(desk.connection, now) if outside(now, feed.kept.skip) == now]


def _mistaken(desk: Desk, feed: FeedFacts) -> Callable[[Exception], None]:
    """What to say when we made a mistake with a feed: the others go on, the log has the whole story."""

    def failed(error: Exception) -> None:
        desk.report(feed, Outcome(Result.FAILED, f"Reader made a mistake with this feed ({type(error).__name__})"))

    return failed


def _refused(desk: Desk, words: str) -> Callable[[Exception], None]:
    def failed(error: Exception) -> None:
        desk.tally.failed += 1
        message = f"Reader made a mistake with {clean_line(hidden(words), 300)} ({type(error).__name__})"
        desk.events.say("refused", target=hidden(words), message=message, hint="the log says more")

    return failed


def _unseen(desk: Desk, address: str) -> Callable[[Exception], None]:
    def failed(error: Exception) -> None:
        message = f"Reader made a mistake with this picture ({type(error).__name__})"
        desk.events.say("image", url=address, size=None, is_new=False, message=message)

    return failed
