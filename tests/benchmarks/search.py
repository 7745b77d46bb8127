"""How long a search takes: in the database, by the very calls that the screen makes, and from keystroke to results.

In the database it is the first page of what a query finds while it is typed, with the rows that a screen shows of it.
A keystroke is answered when the list looks as it does once it is quiet; one that changes nothing is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TypeVar

from reader.library import Library
from reader.model import View, ViewKind
from tests.benchmarks.figures import Line, Samples, limit, missing, note
from tests.benchmarks.home import Bench, Home
from tests.benchmarks.program import Screen, at_rest, begin_at_top, titles
from tests.benchmarks.questions import Questions, questions

_ROWS = 80
_PAUSE, _HURRY = 0.3, 0.07
_BACKSPACE = b"\x7f"

Asked = TypeVar("Asked")


def searching(bench: Bench) -> Iterator[Line]:
    """Line 7."""
    home = bench.library()
    with home.open() as library:
        asked = questions(library, 5 if bench.is_quick else 12)
        yield from _in_database(library, asked, bench.articles)
    yield from _on_screen(bench, home, asked)


def _in_database(library: Library, asked: Questions, articles: int) -> Iterator[Line]:
    def typed(query: str) -> None:
        _first_page(library, View(ViewKind.SEARCH, query=query))

    def within(view: View) -> None:
        _first_page(library, view)

    def best(query: str) -> None:
        library.rows(library.best(query)[:_ROWS])

    many = f"{articles:,} articles"
    for name, queries, most in (
        ("words", asked.words, 0.020),
        ("phrases", asked.phrases, 0.020),
        ("beginnings of 4 letters and more", asked.prefixes, 0.020),
        ("a last word of 1–3 letters", asked.short, 0.020),
        ("without hits", asked.fruitless, 0.150),
    ):
        yield from _lines(f"search, {name}, {many}", _asked(queries, typed), most)
    yield from _lines(f"search within a feed, {many}", _asked(asked.in_feeds, within), 0.150)
    yield from _lines(f"search, best of the newest 20,000, {many}", _asked(asked.best, best), 0.150)


def _lines(what: str, took: list[tuple[float, str]], most: float) -> Iterator[Line]:
    yield limit("7", what, Samples.of(seconds for seconds, _ in took), most)
    worst = max(took)
    yield note("7", f"the slowest of them: {worst[1]}", Samples.of([worst[0]]))


def _asked(queries: Sequence[Asked], ask: Callable[[Asked], None]) -> list[tuple[float, str]]:
    """The seconds of every query, the middle one of three times, and what it was."""
    found = []
    for query in queries:
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            ask(query)
            times.append(time.perf_counter() - begun)
        found.append((sorted(times)[1], query.query if isinstance(query, View) else str(query)))
    return found


def _first_page(library: Library, view: View) -> None:
    with closing(library.ids_chunks(view, live=True)) as chunks:  # type: ignore[type-var]
        library.rows(next(iter(chunks), ())[:_ROWS])


def _on_screen(bench: Bench, home: Home, asked: Questions) -> Iterator[Line]:
    """Type some queries letter by letter, with time for an answer between them and in a hurry."""
    begin_at_top(home)
    queries = [*asked.words[::4], *asked.prefixes[::6], *(query.strip('"') for query in asked.phrases[::4])]
    calm, hurried = list[float](), list[float]()
    with at_rest(home) as screen:
        for query in queries[: 3 if bench.is_quick else 12]:
            calm += _typed(screen, query)
        for query in queries[: 3 if bench.is_quick else 12]:
            hurried += _typed_fast(screen, query)
        screen.send(b"\x1b")
        screen.settle()
        screen.quit()
    many = f"{bench.articles:,} articles"
    if calm:
        yield limit("7", f"keystroke → first results, {many}, p95", Samples.of(calm), 0.050, "p95")
    if hurried:
        yield limit(
            "7", f"the last keystroke of a word typed fast → results, {many}, p95", Samples.of(hurried), 0.050, "p95"
        )
    if not calm and not hurried:
        yield missing("7", "keystroke → first results", "no keystroke changed the list")


def _typed(screen: Screen, query: str) -> list[float]:
    screen.send(b"\x1b")
    screen.settle()
    screen.send(b"/")
    screen.settle()
    answers = [screen.press(letter.encode(), titles, _PAUSE, patience=_PAUSE) for letter in query[:24]]
    return [answer.shown for answer in answers if answer.shown is not None]


def _typed_fast(screen: Screen, query: str) -> list[float]:
    screen.send(b"\x1b")
    screen.settle()
    screen.send(b"/")
    screen.settle()
    for letter in query[:-1]:
        screen.send(letter.encode())
        screen.collect(_HURRY)
    answer = screen.press(query[-1].encode(), titles, _PAUSE * 2, patience=_PAUSE)
    return [] if answer.shown is None else [answer.shown]
