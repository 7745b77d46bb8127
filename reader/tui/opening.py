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
from reader.model import Row, View
from reader.tui.first_paint import FIRST
from reader.tui.first_paint import KEY as PICTURE
from reader.tui.state import ALL, KEY, ScreenState, from_json

_ROWS = 80


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a list, with the rows around the cursor where they are known; ``newest`` came in last by then."""

    ids: array[int]
    rows: list[Row]
    cursor: int = 0
    last: bool = False
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that the first picture needs."""

    state: ScreenState
    tree: Tree
    chunk: Chunk
    picture: object = None  # as it was kept


@dataclass(frozen=True, slots=True)
class Tree:
    """The sidebar, and the number that the library had for what it is made of, just before."""

    nodes: tuple[Node, ...]
    number: int


def read_tree(library: Library, before: Tree | None = None) -> Tree:
    """Read the sidebar; where nothing came or went since ``before``, only its numbers."""
    number = library.tree_number()
    if before is not None and before.number == number:
        return Tree(library.renumbered(before.nodes), number)
    return Tree(library.sidebar(), number)


def read_opening(library: Library) -> Opening:
    """Where one was, the sidebar, and the first part of the list. Raises StoreError."""
    state = with_config(from_json(library.recall(KEY)), library)
    try:
        chunk = first_chunk(library, state.view, state.article)
    except BadQuery:
        state = replace(state, view=ALL)
        chunk = first_chunk(library, ALL, state.article)
    return Opening(state, read_tree(library), chunk, library.recall(PICTURE))


def with_config(state: ScreenState, library: Library) -> ScreenState:
    """The state with what the config file says: a theme always, the other settings when they say something new."""
    config = library.config
    density = 1 if config.list.layout == "compact" else 2
    said: dict[str, Any] = {
        "measure": config.article.width,
        "density": density,
        "theme": config.theme,
        "images": config.images.show,
    }
    new = {key: value for key, value in said.items() if state.config.get(key) != value}
    return replace(state, **{**new, "theme": config.theme or state.theme}, config=said)


def first_chunk(library: Library, view: View, article: int | None = None) -> Chunk:
    """The first part of a view, with the rows around an article if it is there."""
    with closing(chunks(library, view)) as parts:
        return next(around(library, parts, article))


def chunks(library: Library, view: View, live: bool = False, best: bool = False) -> Generator[array[int]]:
    """The ids of a view, or of what a query finds in it, in parts, an empty one at the end; or only the best of it."""
    if best:
        yield library.best_in(view, FIRST, live)
    else:
        yield from library.ids_chunks(view, FIRST, live)
    yield array("q")


def around(library: Library, parts: Iterable[array[int]], article: int | None, wholly: bool = True) -> Iterator[Chunk]:
    """Parts of ids with the rows that are seen first: those around an article, else those at the top.

    Not ``wholly``: as soon as the article is found, or at once where none is asked for, there is no need of the rest.
    """
    newest = library.newest()
    for number, ids in enumerate(parts):
        cursor = _index(ids, article)
        if number == 0 or cursor is not None:
            start = max(0, (cursor or 0) - _ROWS // 2)
            rows = library.rows(ids[start : start + _ROWS])
            yield Chunk(ids, rows, cursor or 0, not ids, max(newest, max(ids, default=0)))
            if not wholly and (article is None or cursor is not None) and len(ids) >= FIRST:
                return
        else:
            yield Chunk(ids, [], last=not ids)


def behind(library: Library, view: View, known: Sequence[int], most: int) -> array[int]:
    """The ids of a view behind the last of some that are known; one that is no more leads nowhere."""
    last = next((each for each in reversed(known) if library.rows([each])), None)
    return array("q") if last is None else library.ids(view, most, after=last)


def _index(ids: Sequence[int], article: int | None) -> int | None:
    try:
        return ids.index(article) if article is not None else None
    except ValueError:
        return None
