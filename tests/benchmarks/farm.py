"""A farm of feeds on loopback, in a process of its own: each feed at a host of its own in 127.0.0.0/8.

    with Farm(feeds=1000, entries=20) as farm:
        farm.urls()                  # http://127.1.0.1:PORT/0.rss …, RSS, Atom, RDF and JSON Feed in turn
        farm.publish()               # one new entry each; the oldest leaves the document
        farm.tune(latency=0.1)       # each answer takes a tenth of a second
        farm.counts()                # what was asked since the last time, and what it cost

Documents are made before they are asked for, plain and gzipped, with an ETag and a Last-Modified each and a 304 for who
knows them; so the farm costs its clients as little of the two cores as it can. Hosts can be dead (they take a
connection and never answer) or slow. Politeness is never off in a benchmark: that is what the hosts are for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

XML = ("rss", "atom", "rdf")
KINDS = (*XML, "json")
_HOSTS = 250


@dataclass(frozen=True, slots=True)
class Counts:
    """What the farm was asked: requests, 304s among them, bytes of bodies sent, its own seconds of processor."""

    requests: int
    not_modified: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        each = self.seconds / self.requests * 1e6 if self.requests else 0.0
        return (
            f"{self.requests:,} requests, {self.not_modified:,} of them 304, {self.bytes / 1e6:.1f} MB;"
            f" it took {self.seconds:.2f} s of processor, {each:.0f} µs a request"
        )


class Farm:
    """The farm from outside; a context that ends its process."""

    def __init__(self, feeds: int, entries: int, kinds: Sequence[str] = KINDS, dead: int = 0, slow: int = 0) -> None:
        """The last ``dead`` feeds never answer, the ``slow`` ones before them take three seconds."""
        self.feeds = feeds
        self.kinds = tuple(kinds)
        options = {"feeds": feeds, "entries": entries, "kinds": self.kinds, "dead": dead, "slow": slow}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.farmyard", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        self.port = int(self._answer()["port"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def urls(self) -> list[str]:
        """The addresses of all feeds."""
        return [
            f"http://{host(number)}:{self.port}/{number}.{self.kinds[number % len(self.kinds)]}"
            for number in range(self.feeds)
        ]

    def opml(self, path: Path) -> Path:
        """Write them as a subscription list."""
        rows = (f'<outline type="rss" text="Feed {n}" xmlUrl="{url}"/>' for n, url in enumerate(self.urls()))
        path.write_text(f'<opml version="2.0"><body>{"".join(rows)}</body></opml>', "utf-8")
        return path

    def publish(self, entries: int = 1) -> None:
        """Let each feed have so many new entries; returns when all documents are made."""
        self._ask("publish", entries)

    def tune(self, latency: float) -> None:
        """Let every answer take so many seconds more."""
        self._ask("latency", latency)

    def counts(self) -> Counts:
        """What was asked since this was called last."""
        return Counts(**self._ask("counts", 0)["counts"])

    def bodies(self) -> int:
        """The bytes of the bodies of all entries that are in the documents now."""
        return int(self._ask("bodies", 0)["bodies"])

    def _ask(self, word: str, value: float) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([word, value]).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the farm has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def host(number: int) -> str:
    """The address of the host of a feed."""
    return f"127.1.{number // _HOSTS}.{number % _HOSTS + 1}"
