"""How long from exec until the list is on the screen, and until the first key is answered.

The list is on the screen when every line of its pane looks as it does once all is quiet. The first key is typed right
after exec, before anything is on the screen, and answered when the cursor has moved; the minimal Textual app is treated
the same way. A second figure is for a key that is typed as soon as the list is seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from tests.benchmarks import newsboat, xterm
from tests.benchmarks.figures import Line, Samples, missing, note, ratio
from tests.benchmarks.home import MIDDLE, Bench, Home, byte_code_is_kept
from tests.benchmarks.library import NEWEST_TITLE
from tests.benchmarks.program import Screen, at_rest, begin_at_top, list_pane, opened, pointer, shows_newest
from tests.benchmarks.yardsticks import ANSWER, FIRST, minimal, nothing

_LIMIT = 30.0


def start(bench: Bench) -> Iterator[Line]:
    """Lines 1, 2 and 3, and what a real terminal shows meanwhile."""
    large, small = bench.library(), bench.library(bench.small)
    for home in (large, small):
        begin_at_top(home)
    if not byte_code_is_kept():
        print("  no byte code is kept beside the program: these are starts without it, and twice as long")
    runs = _rounds(bench, large, small)
    of = {name: Samples.of(values) for name, values in runs.items()}
    many, few = f"{bench.articles:,}", f"{bench.small:,}"
    yield ratio("1", f"exec → list on the screen, {many} articles", of["large"], "python -c pass", of["python"], 2.5)
    yield ratio("1", f"the same against our own at {few}", of["large"], "our own", of["small"], 1.15)
    yield note("1", "the same against Textual's own first paint", of["large"], "minimal Textual app", of["app"])
    yield ratio("2", "exec → first key answered, typed at once", of["key"], "minimal Textual app", of["app key"], 1.25)
    yield note("2", "the same, typed when the list is seen", of["late key"], "minimal Textual app", of["app late key"])
    budgets = {min(MIDDLE, bench.articles): 0.05} | ({bench.articles: 0.01} if bench.articles > MIDDLE else {})
    for articles, budget in budgets.items():
        yield _against_newsboat(bench, articles, budget, of["large"])
    yield _in_xterm(bench, large)


def _rounds(bench: Bench, large: Home, small: Home) -> dict[str, list[float]]:
    """Everything once a round, each round beginning with another, so that none always comes behind the same one."""
    env, app = large.env, minimal(bench.place)
    looks = {home: _looks(home) for home in (large, small)}
    todo: list[dict[str, Callable[[], float]]] = [
        {"large": lambda: _to_list(large, looks[large])},
        {"python": lambda: _to_end(nothing(), env)},
        {"small": lambda: _to_list(small, looks[small])},
        {"app": lambda: _to_words(app, env)},
        {
            "key": lambda: _to_key(large, b"j", typed_ahead=True),
            "app key": lambda: _app_to_key(app, env, typed_ahead=True),
            "late key": lambda: _to_key(large, b"k", typed_ahead=False),
            "app late key": lambda: _app_to_key(app, env, typed_ahead=False),
        },
    ]
    runs: dict[str, list[float]] = {name: [] for each in todo for name in each}
    for number in range(bench.rounds + 1):
        at = number % len(todo)
        for name, run in [each for part in (*todo[at:], *todo[:at]) for each in part.items()]:
            took = run()
            if number:  # the first round warms the caches
                runs[name].append(took)
    return runs


def _against_newsboat(bench: Bench, articles: int, budget: float, largest: Samples) -> Line:
    what = f"exec → list on the screen, {articles:,} articles"
    if not newsboat.is_here():
        return missing("3", what, "newsboat is not installed")
    theirs = newsboat.starts(bench, articles)
    ours = largest
    if articles != bench.articles:
        home = bench.library(articles)
        begin_at_top(home)
        looks = _looks(home)
        ours = Samples.of([_to_list(home, looks) for _ in range(max(3, bench.rounds // 3))])
    return ratio("3", what, ours, "newsboat's feed list", theirs, budget)


def _in_xterm(bench: Bench, home: Home) -> Line:
    what = "blank pictures in a real xterm, from the first paint on"
    if not xterm.is_here():
        return missing("1", what, "Xvfb or xterm is not installed")
    seen = list(xterm.sights(home, min(bench.rounds, 5)))
    looks, blank = sum(sight.looks for sight in seen), sum(sight.blank for sight in seen)
    least = min(sight.least for sight in seen)
    found = f"{blank} of {looks:,} looks at {len(seen)} starts; {least:.0%} of the lines at least looked as at rest"
    return Line("1", what, found, budget="none", is_met=not blank)


def _looks(home: Home) -> tuple[str, ...]:
    """The list as it looks at rest."""
    with at_rest(home) as screen:
        screen.wait_until(shows_newest)
        looks = list_pane(screen.picture)
        screen.quit()
    return _words(looks)


def _words(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Without the pointer, which may stand elsewhere."""
    return tuple(line[1:] for line in lines)


def _to_list(home: Home, looks: tuple[str, ...]) -> float:
    with opened(home) as screen:
        screen.wait_quiet(0.6, _LIMIT)
        found = screen.first_time(lambda picture: _words(list_pane(picture)) == looks)
        if found is None:
            raise TimeoutError("the list never came:\n" + "\n".join(screen.picture.lines))
        screen.quit()
    return found


def _to_key(home: Home, key: bytes, *, typed_ahead: bool) -> float:
    with opened(home) as screen:
        if not typed_ahead:
            screen.wait_for(NEWEST_TITLE[:20], _LIMIT)
        screen.send(key)
        first, found = None, None
        while found is None:
            screen.read(_LIMIT)
            for moment in screen.replay():
                row = pointer(screen.picture)
                first = row if first is None else first
                if found is None and row not in (None, first):
                    found = moment - screen.started
            if time.perf_counter() - screen.started > _LIMIT:
                raise TimeoutError("the first key was not answered:\n" + "\n".join(screen.picture.lines))
        screen.settle()
        screen.quit()
    return found


def _to_words(command: list[str], env: dict[str, str]) -> float:
    with Screen(command, env) as screen:
        return screen.wait_for(FIRST, _LIMIT)


def _app_to_key(command: list[str], env: dict[str, str], *, typed_ahead: bool) -> float:
    with Screen(command, env) as screen:
        if not typed_ahead:
            screen.wait_for(FIRST, _LIMIT)
        screen.send(b"j")
        return screen.wait_for(ANSWER, _LIMIT)


def _to_end(command: list[str], env: dict[str, str]) -> float:
    with Screen(command, env) as screen:
        screen.wait_end()
        return time.perf_counter() - screen.started
