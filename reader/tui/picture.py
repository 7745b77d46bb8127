"""How the screen is laid out, kept for ``first_paint``: places, colours, and what cannot be read from the library.

What can be read there (rows, counts, marks) is not kept, so that the first picture is never an old one. The article's
page is kept as the cells that were seen, since typesetting it takes longer than the first picture may; until the page
itself is there, the screen goes on from these cells as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from reader import __version__
from reader.library.sidebar import Node, which
from reader.model import Row
from reader.tui import drawing, terminal
from reader.tui.first_paint import FIRST, facts
from reader.tui.widgets.feeds import kind_of

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.tui.screens.main import MainScreen
    from reader.tui.state import ScreenState
    from reader.tui.widgets.ink import Ink

_INKS = ("text", "strong", "dim", "accent", "accent-strong", "trouble", "rule")
_STATES = ("", "cursor", "away")
_SAMPLE = "x"
_ARROWS = {"down": ("\x1b[B", "\x1bOB"), "up": ("\x1b[A", "\x1bOA")}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The cells of an article's pane as they were seen, how many lines the page had, and the first that was seen."""

    source: dict[str, Any]
    lines: tuple[tuple[Segment, ...], ...]
    length: int
    top: int


def kept(screen: MainScreen, state: ScreenState) -> dict[str, Any]:
    """The picture of a screen that will open in a state, as JSON; with no place for it where no start looks so."""
    size = screen.size
    is_plain = screen.before is None and not screen.best and not screen.is_finding
    as_started = is_plain and screen.pane != "search" and screen.app.screen is screen
    return {
        "for": [__version__, size.width, size.height, terminal.kind()] if as_started else None,
        "ascii": screen.reader.signs.ascii_only,
        "inks": {"page": _inks(screen.articles), screen.feeds.ground: _inks(screen.feeds)},
        "places": dict(_places(screen)),
        "tree": _tree(screen, state),
        "list": _list(screen, state),
        "page": _page(screen),
        "status": screen.status.keys(),
        "keys": _keys(screen) if state.pane == "list" else {},
    }


def _keys(screen: MainScreen) -> dict[str, int]:
    """What the terminal sends for the keys that move the cursor down and up."""
    table = screen.reader.keys.table
    steps = {"down": 1, "up": -1}
    typed = {key: step for action, step in steps.items() for key in table.get(action, ()) if len(key) == 1}
    arrows = {arrow: step for key, step in steps.items() if key in table.get(key, ()) for arrow in _ARROWS[key]}
    return typed | arrows


def _places(screen: MainScreen) -> Iterator[tuple[str, list[int]]]:
    """Where each part lies: left, top, width, height."""
    parts: list[Widget] = [screen.feeds, screen.heading, screen.articles, screen.article, screen.status, *screen.rules]
    for part in parts:
        region = part.region
        if part.is_on_screen and region:
            yield str(part.id), [region.x, region.y, region.width, region.height]


def _inks(widget: Ink) -> dict[str, str]:
    """The colours of a widget's inks in each state of an item, as the terminal is told them."""
    return {f"{state}/{ink}": _told(widget, widget.ink(ink, state)) for state in _STATES for ink in _INKS}


def _told(widget: Widget, style: Style) -> str:
    """What the terminal is told to draw in a style, whatever it drew in before."""
    strip = Strip([Segment(_SAMPLE, style)])
    for line_filter in widget.app._filters:  # noqa: SLF001 - Textual has no other way to ask what a line will be
        if line_filter.enabled:
            strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return "\x1b[0m" + strip.render(widget.app.console).partition(_SAMPLE)[0]


def _tree(screen: MainScreen, state: ScreenState) -> dict[str, Any]:
    """The lines of the sidebar that the start shows."""
    feeds = screen.feeds
    cursor = feeds.line_of(state.view)
    height = feeds.size.height if feeds.is_on_screen else 0
    top = drawing.top_for(cursor, 1, height)
    return {
        "number": screen.tree_number,
        "count": feeds.item_count(),
        "cursor": cursor,
        "state": "cursor" if state.pane == "feeds" else "away",
        "ground": feeds.ground,
        "lines": [_line(screen, node) for node in feeds.lines(top, top + height)],
    }


def _line(screen: MainScreen, node: Node | None) -> list[Any] | None:
    if node is None:
        return None
    return [kind_of(node), node.label, node.depth, screen.feeds.sign(node), which(node.view)]


def _list(screen: MainScreen, state: ScreenState) -> dict[str, Any]:
    articles = screen.articles
    return {
        "kind": state.view.kind.value,
        "which": which(state.view),
        "found": list(articles.ids[:FIRST]) if state.view.query else None,
        "article": state.article,
        "named": articles.named,
        "item_lines": articles.item_lines,
        "state": "cursor" if state.pane == "list" else "away",
        "title": screen.title_of(state.view),
        "nothing": screen.nothing_in(state.view),
        "is_active": state.pane == "list",
    }


def _page(screen: MainScreen) -> dict[str, Any] | None:
    """The cells of the article's pane, each colour once."""
    pane = screen.article
    row = screen.articles.row()
    if pane.kept is not None:
        return pane.kept.source
    is_more = pane.terms or pane.overlay or pane.is_compared
    if row is None or pane.article_id != row.id or not pane.is_on_screen or is_more:
        return None
    numbers: dict[str, int] = {}
    inks: list[tuple[str, str]] = []
    lines: list[list[tuple[str, int]]] = []
    for y in range(pane.size.height):
        line: list[tuple[str, int]] = []
        for text, style, _ in pane.plain_line(y):
            name = str(style or "")
            if name not in numbers:
                numbers[name] = len(inks)
                inks.append((name, _told(pane, style or Style())))
            line.append((text, numbers[name]))
        lines.append(line)
    return {
        "article": row.id,
        "facts": facts(row),
        "inks": inks,
        "lines": lines,
        "length": pane.virtual_size.height,
        "top": pane.scroll_offset.y,
    }


def page_of(picture: object, row: Row | None, size: Size) -> KeptPage | None:
    """The page of a picture that was kept, if it is that of a row and was seen on such a screen."""
    if row is None or not isinstance(picture, dict):
        return None
    try:
        page = picture["page"]
        if picture["for"] != [__version__, *size, terminal.kind()] or page is None:
            return None
        if page["article"] != row.id or page["facts"] != facts(row):
            return None
        styles = [Style.parse(name) for name, _ in page["inks"]]
        lines = tuple(tuple(Segment(text, styles[ink]) for text, ink in line) for line in page["lines"])
        return KeptPage(page, lines, page["length"], page["top"])
    except (TypeError, KeyError, IndexError, ValueError, StyleSyntaxError):
        return None
