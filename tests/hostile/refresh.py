"""One refresh of the real worker over every case at once, good feeds in between, and what came of it."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.case import SECRET, Case, Serve, feed, html_item, item, page, stories
from tests.hostile.server import CANARY, Server
from tests.hostile.watch import Watch
from tests.worker.running import Event, Home, named

CONFIG = "[fetch]\ntimeout_seconds = 8\nparse_seconds = 4\nparallel = 64\n"


@dataclass(slots=True)
class Ran:
    """What a refresh came to, all by the name of the case or of the good feed; memory in megabytes.

    ``most`` is what the system says of the worker and its children when they have ended; it counts ``mine``, the most
    that this process had needed when it started them.
    """

    seconds: float = 0.0
    outcomes: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    here: dict[str, str] = field(default_factory=dict)
    last: str = ""
    worker: float = 0.0
    children: list[float] = field(default_factory=list)
    most: float = 0.0
    mine: float = 0.0
    canary: int = 0
    complaints: str = ""


def good() -> dict[str, tuple[Serve, int]]:
    """Feeds as anybody would follow, and how many articles each brings; some are as big as a feed may be."""
    found = {f"good-{number}": (page(feed(*stories(25, f"Good {number}."))), 25) for number in range(40)}
    text = "<p>" + "Some words of an article that goes on and on, as articles do. " * 150 + "</p>"
    words = "<p>" + "Слова статьи, которая всё продолжается и продолжается. " * 100 + "</p>"
    broken = text.replace("<", "&lt;") + " &"
    items = [{"id": str(number), "title": "T", "content_html": text} for number in range(600)]
    as_json = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()
    found["good-big"] = page(lambda: feed(*(html_item(text, number) for number in range(2000)))), 2000
    found["good-big-cyrillic"] = page(lambda: feed(*(html_item(words, number) for number in range(900)))), 900
    found["good-big-emoji"] = page(lambda: feed(*(html_item(text + "🙂", number) for number in range(1700)))), 1700
    found["good-big-json"] = page(as_json), 600
    found["good-broken"] = page(lambda: feed(*(item(number, "Story & so", broken) for number in range(100)))), 100
    return found


def refresh(place: Path, cases: Sequence[Case]) -> Ran:
    """Runs the worker over the cases and the good feeds; its library stays under the directory."""
    secret = place / "secret.txt"
    secret.write_text(SECRET)
    home = Home(place)
    home.configure(CONFIG)
    beside = {name: serve for name, (serve, _) in good().items()}
    ran = Ran()
    with Server({**{case.name: case.serve for case in cases}, **beside}, str(secret)) as server:
        names = list(_mixed([case.name for case in cases], list(beside)))
        urls = {server.url(name): name for name in names}
        ran.ids = dict(zip(names, home.follow(*urls), strict=True))
        ran.here = {name: url.rpartition("/")[0] for url, name in urls.items()}
        started = time.monotonic()
        events = _events(home, ran)
        ran.seconds = time.monotonic() - started
        ran.canary = server.was_asked(CANARY)
    ran.last = events[-1]["event"]
    for event in named(events, "feed"):
        name = urls[event["url"]]
        ran.outcomes[name], ran.messages[name] = event["outcome"], event["message"]
    counts = "SELECT feed_id, count(*) FROM articles GROUP BY feed_id"
    by_id: dict[int, int] = dict(home.connection.rows(counts))
    ran.articles = {name: by_id.get(feed_id, 0) for name, feed_id in ran.ids.items()}
    home.database.close_all()
    return ran


def _events(home: Home, ran: Ran) -> list[Event]:
    """What the worker says to its end, with its memory noted."""
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker, Watch(worker.process.pid) as watch:
        ran.mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        events = list(worker.events())
        _, status, usage = os.wait4(worker.process.pid, 0)
        worker.process.returncode = os.waitstatus_to_exitcode(status)
        ran.complaints = worker.complaints()
    ran.most = usage.ru_maxrss * 1024 / 1e6
    ran.worker = watch.peaks.pop(watch.worker, 0.0)
    ran.children = sorted(watch.peaks.values(), reverse=True)
    return events


def _mixed(bad: list[str], beside: list[str]) -> Iterator[str]:
    """The good feeds spread among the bad ones."""
    step = max(1, len(bad) // len(beside))
    for number, name in enumerate(bad):
        yield name
        if number % step == 0 and beside:
            yield beside.pop(0)
    yield from beside
