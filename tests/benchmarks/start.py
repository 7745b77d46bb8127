"""How long from exec to the first list on the screen, against a minimal Textual app."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from pathlib import Path

from tests.benchmarks.library import NEWEST_TITLE, library
from tests.terminal import Terminal

BUDGET = 1.6
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("the first words")
Minimal().run()
"""


def start(place: Path, articles: int = 100_000, rounds: int = 15) -> None:
    """Print both medians, their spread, and the ratio beside its budget."""
    home = library(articles, place)
    program = shutil.which("reader", path=Path(sys.executable).parent) or "reader"
    minimal = place / "minimal.py"
    minimal.write_text(MINIMAL, "utf-8")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "READER_HOME": str(home)}
    ours: list[float] = []
    yardstick: list[float] = []
    for round_ in range(rounds + 1):
        pair = (
            first_paint([program], env, NEWEST_TITLE.split()[0]),
            first_paint([sys.executable, str(minimal)], env, "the first words"),
        )
        if round_:  # the first warms the caches and writes the byte code
            ours.append(pair[0])
            yardstick.append(pair[1])
    ratio = statistics.median(a / b for a, b in zip(ours, yardstick, strict=True))
    print(f"start, {articles:,} articles: exec to the first list on the screen, {rounds} interleaved rounds")
    print(f"  reader               {_figures(ours)}")
    print(f"  minimal Textual app  {_figures(yardstick)}")
    print(f"  ratio {ratio:.2f}, budget {BUDGET}: {'met' if ratio <= BUDGET else 'NOT met'}")


def first_paint(command: list[str], env: dict[str, str], words: str) -> float:
    """Seconds from exec until the words are on the terminal."""
    with Terminal(command, env) as terminal:
        return terminal.wait_for(words)


def _figures(seconds: list[float]) -> str:
    ordered = sorted(round(one * 1000) for one in seconds)
    return f"median {ordered[len(ordered) // 2]} ms  (min {ordered[0]}, max {ordered[-1]})"
