"""One refresh of the real worker over every case at once, good feeds in between, and what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.case import SECRET, Case, Serve, feed, html_item, item, page, stories
from tests.hostile.server import CANARY, Server
from tests.hostile.watch import Watch
from tests.worker.running import Event, Home, named

CONFIG = "[fetch]\ntimeout_seconds = 6\nparse_seconds = 4\nparallel = 64\n"


@dataclass(slots=True)
class Ran:
    """What a refresh came to; ``peaks`` are megabytes by process, the worker's apart."""

    seconds: float = 0.0
    feeds: dict[str, Event] = field(default_factory=dict)  # by the case's name
    ids: dict[str, int] = field(default_factory=dict)
    here: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)  # of all events
    worker: float = 0.0
    children: list[float] = field(default_factory=list)
    canary: int = 0
    complaints: str = ""


def good() -> dict[str, tuple[Serve, int]]:
    """Feeds as anybody would follow, and how many articles each brings; some are as big as a feed may be."""
    found = {f"good-{number}": (page(feed(*stories(25, f"Good {number}."))), 25) for number in range(40)}
    text = "<p>" + "Some words of an article that goes on and on, as articles do. " * 60 + "</p>"
    words = "<p>" + "Слова статьи, которая всё продолжается и продолжается. " * 40 + "</p>"
    broken = text.replace("<", "&lt;") + " &"
    items = [{"id": str(number), "title": "T", "content_html": text} for number in range(1500)]
    as_json = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()
    found["good-big"] = page(lambda: feed(*(html_item(text, number) for number in range(4900)))), 4900
    found["good-big-cyrillic"] = page(lambda: feed(*(html_item(words, number) for number in range(2000)))), 2000
    found["good-big-emoji"] = page(lambda: feed(*(html_item(text + "🙂", number) for number in range(4900)))), 4900
    found["good-big-json"] = page(as_json), 1500
    found["good-broken"] = page(lambda: feed(*(item(number, "Story & so", broken) for number in range(200)))), 200
    return found


def refresh(place: Path, cases: Sequence[Case]) -> Ran:
    """Runs the worker over the cases and the good feeds."""
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
        with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
            with Watch(worker.process.pid) as watch:
                events = list(worker.events())
                ran.seconds = time.monotonic() - started
            worker.process.wait(30)
            ran.complaints = worker.complaints()
        ran.canary = server.was_asked(CANARY)
    ran.kinds = [event["event"] for event in events]
    ran.feeds = {urls[event["url"]]: event for event in named(events, "feed")}
    ran.worker = watch.peaks.pop(watch.worker, 0.0)
    ran.children = sorted(watch.peaks.values(), reverse=True)
    home.database.close_all()
    return ran


def _mixed(bad: list[str], beside: list[str]) -> Iterator[str]:
    """The good feeds spread among the bad ones."""
    step = max(1, len(bad) // len(beside))
    for number, name in enumerate(bad):
        yield name
        if number % step == 0 and beside:
            yield beside.pop(0)
    yield from beside
