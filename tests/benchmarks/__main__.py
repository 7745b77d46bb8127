"""``python -m tests.benchmarks [suite …]``: prints figures beside their budgets; asserts nothing."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

from reader.paths import paths
from tests.benchmarks.figures import Line, missing, sentence, table
from tests.benchmarks.home import Bench

SUITES = {
    "start": "start:start",
    "keys": "keys:keys",
    "refresh": "refresh:refresh",
    "search": "search:searching",
    "open": "open:opening",
    "memory": "memory:memory",
    "quit": "quit:quitting",
    "extraction": "extraction:extracting",
    "politeness": "politeness:politeness",
}


def main(words: list[str]) -> int:
    """Run the named suites, or all; 2 for wrong usage."""
    if not sys.platform.startswith("linux"):
        print("the benchmarks need Linux: its pseudo-terminals, /proc and loopback addresses", file=sys.stderr)
        return 2
    options = _arguments().parse_args(words)
    names = list(SUITES) if {"all"} & set(options.suites) or not options.suites else options.suites
    bench = _bench(options)
    bench.place.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    for name in dict.fromkeys(names):
        print(f"\n{name}", flush=True)
        begun = time.perf_counter()
        for line in _run(name, bench):
            print(sentence(line), flush=True)
            lines.append(line)
        print(f"  took {time.perf_counter() - begun:.0f} s", flush=True)
    print("\n" + table(lines))
    return 0


def _run(name: str, bench: Bench) -> Iterator[Line]:
    """The lines of a suite; one that breaks off says so and costs the others nothing."""
    module, function = SUITES[name].split(":")
    suite: Callable[[Bench], Iterator[Line]] = getattr(import_module(f"tests.benchmarks.{module}"), function)
    try:
        yield from suite(bench)
    except (OSError, RuntimeError, TimeoutError, AssertionError) as error:
        print(f"  {error}", file=sys.stderr)
        yield missing("–", f"the suite {name} broke off", type(error).__name__)


def _bench(options: argparse.Namespace) -> Bench:
    quick = options.quick
    return Bench(
        place=paths().cache / "benchmarks",
        articles=options.articles or (10_000 if quick else 1_000_000),
        rounds=options.rounds or (3 if quick else 15),
        is_quick=quick,
        feeds=options.feeds or (60 if quick else 1000),
        entries=options.entries or (5 if quick else 20),
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", choices=[*SUITES, "all"], metavar="SUITE", help=", ".join([*SUITES, "all"])
    )
    parser.add_argument("--articles", type=int, help="of the large library (1,000,000)")
    parser.add_argument("--rounds", type=int, help="how often what is short is measured (15)")
    parser.add_argument("--feeds", type=int, help="of the farm that is refreshed (1,000)")
    parser.add_argument("--entries", type=int, help="of each of its feeds (20)")
    parser.add_argument("--quick", action="store_true", help="everything small, to see that it runs")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
