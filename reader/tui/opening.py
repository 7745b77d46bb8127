"""What the first picture shows, read from the library while Textual is still being imported."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from reader.errors import BadQuery
from reader.library import Library
from reader.library.sidebar import Node
from reader.model import Row, View, ViewKind
from reader.tui.state import ALL, KEY, ScreenState, from_json

FIRST = 1000
_ROWS = 80


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a list, with the rows around the cursor where they are known."""

    ids: array[int]
    rows: list[Row]
    cursor: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that the first picture needs."""

    state: ScreenState
    tree: tuple[Node, ...]
    chunk: Chunk


def read_opening(library: Library) -> Opening:
    """Where one was, the sidebar, and the first part of the list. Raises StoreError."""
    state = with_config(from_json(library.recall(KEY)), library)
    try:
        chunk = first_chunk(library, state.view, state.article)
    except BadQuery:
        state = replace(state, view=ALL)
        chunk = first_chunk(library, ALL, state.article)
    return Opening(state, library.sidebar(), chunk)


def with_config(state: ScreenState, library: Library) -> ScreenState:
    """The state with what the config file says: a theme always, the other settings when they say something new."""
    config = library.config
    density = 1 if config.list.layout == "compact" else 2
    said: dict[str, Any] = {"measure": config.article.width, "density": density, "theme": config.theme}
    new = {key: value for key, value in said.items() if state.config.get(key) != value}
    return replace(state, **{**new, "theme": config.theme or state.theme}, config=said)


def first_chunk(library: Library, view: View, article: int | None = None) -> Chunk:
    """The first part of a view, with the rows around an article if it is there."""
    with closing(chunks(library, view)) as parts:
        return next(around(library, parts, article))


def chunks(library: Library, view: View, live: bool = False) -> Generator[array[int]]:
    """The ids of a view, or of what a query finds in it, in parts, an empty one at the end."""
    if view.query and view.kind is not ViewKind.SEARCH:
        found = set(library.ids(View(ViewKind.SEARCH, query=view.query), live=live))
        for part in library.ids_chunks(replace(view, query=""), FIRST):
            yield array("q", [each for each in part if each in found])
    else:
        yield from library.ids_chunks(view, FIRST, live)
    yield array("q")


def around(library: Library, parts: Iterable[array[int]], article: int | None) -> Iterator[Chunk]:
    """Parts of ids with the rows that are seen first: those around an article, else those at the top."""
    for number, ids in enumerate(parts):
        cursor = _index(ids, article)
        if number == 0 or cursor is not None:
            start = max(0, (cursor or 0) - _ROWS // 2)
            yield Chunk(ids, library.rows(ids[start : start + _ROWS]), cursor or 0, last=not ids)
        else:
            yield Chunk(ids, [], last=not ids)


def _index(ids: Sequence[int], article: int | None) -> int | None:
    try:
        return ids.index(article) if article is not None else None
    except ValueError:
        return None
