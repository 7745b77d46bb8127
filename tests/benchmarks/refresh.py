"""How long a refresh takes, no screen open: ours by ``reader refresh --all``, newsboat's by ``-x reload``.

All read the same XML feeds (RSS, Atom and RDF in turn; this newsboat reads no JSON Feed) from the same farm. newsboat
forgets the validators of its first fetch, so its second is no unchanged one: its third is. It is measured once, as it
takes minutes, and ours beside it several times, each with a fresh library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.benchmarks import newsboat, pypi
from tests.benchmarks.farm import KINDS, XML, Farm
from tests.benchmarks.figures import Line, Samples, missing, note, ratio
from tests.benchmarks.home import Bench, Home, reader
from tests.benchmarks.newsboat import Newsboat, timed

_STEPS = ("first", "unchanged", "one new entry each")
_BUDGETS = {"first": 0.35, "unchanged": 0.03, "one new entry each": 0.1}
_FAR, _FAR_SECONDS = 200, 0.1


@dataclass(slots=True)
class Times:
    """Seconds of the clock and of the processor, by step."""

    wall: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in _STEPS})
    work: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in _STEPS})

    def add(self, step: str, took: tuple[float, float]) -> None:
        """Another one."""
        self.wall[step].append(took[0])
        self.work[step].append(took[1])


def refresh(bench: Bench) -> Iterator[Line]:
    """Lines 5 and 6, and what hosts that do not answer cost."""
    yield from _many(bench)
    yield from _far(bench)
    yield from _hostile(bench)


def refreshed(home: Home) -> tuple[float, float]:
    """Refresh everything: seconds of the clock, and of the processor in all our processes."""
    return timed([reader(), "refresh", "--all"], home.env)


def follow(home: Home, farm: Farm) -> None:
    """Follow the feeds of a farm."""
    timed([reader(), "import", str(farm.opml(home.place / "farm.opml"))], home.env)


def _many(bench: Bench) -> Iterator[Line]:
    ours, theirs, others = Times(), Times(), Times()
    with Farm(bench.feeds, bench.entries, XML) as farm:
        for number in range(min(3, bench.rounds)):
            with bench.empty("fresh") as home, bench.empty("fresh-newsboat") as beside:
                follow(home, farm)
                boat = _boat(Newsboat(beside.place), farm, 8) if newsboat.is_here() and number == 0 else None
                _round(home, farm, boat, ours, theirs)
                _check(home, boat, bench.feeds * (bench.entries + 1))
        for step, took in pypi.refreshes(bench, farm).items():
            others.wall[step].append(took)
    for step in _STEPS:
        what = f"refresh of {bench.feeds:,} feeds × {bench.entries}, {step}"
        wall, work = Samples.of(ours.wall[step], "s"), Samples.of(ours.work[step], "s")
        if theirs.wall[step]:
            name = "newsboat's third" if step == "unchanged" else "newsboat"
            yield ratio("5", what, wall, f"{name}, 8 threads", Samples.of(theirs.wall[step], "s"), _BUDGETS[step])
            yield note("5", f"{what}: processor", work, name, Samples.of(theirs.work[step], "s"))
        else:
            yield note("5", what, wall, "newsboat is not installed")
            yield note("5", f"{what}: processor", work)
        if others.wall[step]:
            yield note("5", what, wall, "PyPI reader, 10 workers", Samples.of(others.wall[step], "s"))


def _round(home: Home, farm: Farm, boat: Newsboat | None, ours: Times, theirs: Times) -> None:
    """Every step once, newsboat's beside ours."""
    farm.counts()
    ours.add("first", refreshed(home))
    print(f"  first: {farm.counts()}", flush=True)
    if boat:
        theirs.add("first", boat.reload())
        boat.reload()
        farm.counts()
    ours.add("unchanged", refreshed(home))
    print(f"  unchanged: {farm.counts()}", flush=True)
    if boat:
        theirs.add("unchanged", boat.reload())
    farm.publish()
    farm.counts()
    ours.add("one new entry each", refreshed(home))
    print(f"  one new entry each: {farm.counts()}", flush=True)
    if boat:
        theirs.add("one new entry each", boat.reload())


def _boat(boat: Newsboat, farm: Farm, threads: int) -> Newsboat:
    boat.prepare(farm.urls(), threads)
    return boat


def _check(home: Home, boat: Newsboat | None, wanted: int) -> None:
    """Raises RuntimeError unless every article came in, at ours and at newsboat's."""
    with home.open() as library:
        found = {"our": library.counts().all}
    if boat:
        found["newsboat's"] = boat.unread
    for whose, count in found.items():
        if count != wanted:
            raise RuntimeError(f"{count:,} articles are in {whose} library, and {wanted:,} were there to be fetched")


def _far(bench: Bench) -> Iterator[Line]:
    """Feeds that take a while to answer."""
    feeds = min(_FAR, bench.feeds)
    what = f"{feeds} feeds at {_FAR_SECONDS * 1000:.0f} ms latency, unchanged"
    ours: list[float] = []
    theirs: list[float] = []
    with Farm(feeds, bench.entries, XML) as farm, bench.empty("fresh") as home, bench.empty("fresh-newsboat") as other:
        follow(home, farm)
        refreshed(home)
        boat = _boat(Newsboat(other.place), farm, 32) if newsboat.is_here() else None
        if boat:
            boat.reload()
            boat.reload()
        farm.tune(_FAR_SECONDS)
        for number in range(max(3, bench.rounds // 3)):
            ours.append(refreshed(home)[0])
            if boat and number < 3:
                theirs.append(boat.reload()[0])
    if theirs:
        yield ratio("6", what, Samples.of(ours, "s"), "newsboat's third, 32 threads", Samples.of(theirs, "s"), 0.25)
    else:
        yield note("6", what, Samples.of(ours, "s"), "newsboat is not installed")


def _hostile(bench: Bench) -> Iterator[Line]:
    """Feeds of all kinds, some of whose hosts are slow and some dead: how long until all is known, twice."""
    if bench.is_quick:
        yield missing("–", "200 feeds, 2 % of their hosts dead, 5 % slow", "not in a quick run")
        return
    with Farm(_FAR, bench.entries, KINDS, dead=4, slow=10) as farm, bench.empty("fresh") as home:
        follow(home, farm)
        for which in ("first", "again"):
            took = refreshed(home)[0]
            yield note("–", f"{_FAR} feeds, 2 % of their hosts dead, 5 % slow, {which}", Samples.of([took], "s"))
