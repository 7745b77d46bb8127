"""The screen of this moment, painted before Textual is loaded: a tenth of the start instead of all of it.

The screen keeps how it was laid out (``picture``); what stands in it is read from the library here and now, so that a
mark made by a script since then is seen. Where the terminal is another one, or has another size, or anything cannot be
known, nothing is painted, and the start is what it would be without. Loaded here are the driver and a few small
modules; a test says which.
"""

from __future__ import annotations

import os
import sys

from reader import __version__
from reader.tui import drawing, early, terminal
from reader.tui.signs import signs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator
    from typing import Any

    from reader.store.glance import Glance
    from reader.tui.drawing import Listed, Parts

KEY = "picture"
FIRST = 1000
_BEGIN, _END = "\x1b[?2026h", "\x1b[0m\x1b[?2026l"


class Seen:
    """What the list shows of an article; its fields are those of ``model.Row``."""

    __slots__ = (
        "author", "feed_id", "feed_title", "folder", "id", "is_bookmarked", "is_read", "published", "sort_at", "title",
        "words",
    )  # fmt: skip

    def __init__(self, row: tuple[Any, ...]) -> None:
        (
            self.id, self.feed_id, self.feed_title, self.title, self.author, self.published, self.sort_at, self.words,
            self.is_read, self.is_bookmarked, self.folder,
        ) = row  # fmt: skip


def paint() -> bool:
    """Take the terminal and show the screen as it is now; False where that is left to Textual."""
    if not terminal.fits():
        return False
    try:
        scene = _scene(database(), _size())
    except Exception:  # noqa: BLE001 - whatever is wrong, the ordinary start meets it too, and says so
        return False
    if scene is None or not terminal.take(scene.written()):
        return False
    if scene.keys:
        early.listen(scene.keys, scene.move)
    return True


def _size() -> os.terminal_size:
    """The terminal's size, as Textual asks for it: what the environment says of it comes first."""
    told = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    width, height = (int(text) if text.isdecimal() else 0 for text in told)
    if width and height:
        return os.terminal_size((width, height))
    found = os.get_terminal_size(1)
    return os.terminal_size((width or found.columns, height or found.lines))


def database() -> str:
    """The library's file, as ``paths`` has it."""
    home = os.environ.get("READER_HOME")
    data = os.environ.get("XDG_DATA_HOME", "").strip()
    if home or sys.platform == "darwin" or not (data or "/").startswith("/"):
        from reader.paths import paths

        return str(paths().database)
    return os.path.join(data or os.path.expanduser("~/.local/share"), "reader", "reader.db")  # noqa: PTH111, PTH118


def _scene(path: str, size: os.terminal_size) -> _Scene | None:
    """The picture, drawn; None where none was kept that fits."""
    from reader.store import glance

    library = glance.look(path)
    try:
        kept = glance.recall(library, KEY)
        if kept is None:
            return None
        import json

        picture = json.loads(kept)
        if picture["for"] != [__version__, *size, terminal.kind()]:
            return None
        scene = _Scene(library, picture, *size)
        for draw in (_list, _page, _tree, _status):  # the sidebar may lie over the list
            draw(scene)
        return scene
    finally:
        library.close()


class _Scene:
    """What was kept, what the library says now, and the lines that are put down at their places."""

    def __init__(self, library: Glance, picture: dict[str, Any], width: int, height: int) -> None:
        from reader.times import midnight, now

        self.library = library
        self.picture = picture
        self.places = picture["places"]
        self.keys: dict[str, int] = picture["keys"]
        self.signs = signs(picture["ascii"])
        self.now = now()
        self.midnight = midnight(self.now)
        self.numbers = _Numbers(self)
        self.rows: list[Seen] = []
        self.cursor = 0  # among the rows
        self.under_cursor: int | None = None
        self._inks = picture["inks"]
        self._out = [terminal.ENTER, _BEGIN, self._inks["page"]["/text"]]
        self._out += [f"\x1b[{y};1H{' ' * width}" for y in range(1, height + 1)]

    def line(self, place: str, y: int, parts: Parts, state: str = "", ground: str = "page") -> None:
        """Put a line down, filled up with blanks to the place's width."""
        left, top, width, height = self.places[place]
        if not 0 <= y < height:
            return
        inks = self._inks[ground]
        blank = width - sum(drawing.cell_len(text) for text, _ in parts)
        text = "".join(f"{inks[f'{state}/{ink}']}{text}" for text, ink in parts)
        self._out.append(f"\x1b[{top + y + 1};{left + 1}H{text}{inks[f'{state}/text']}{' ' * blank}")

    def kept_line(self, place: str, y: int, text: str) -> None:
        """Put down a line that was kept with its colours."""
        left, top, _, _ = self.places[place]
        self._out.append(f"\x1b[{top + y + 1};{left + 1}H{text}")

    def rule(self, place: str, thumb: range) -> None:
        """Put down the rule at the right of a list."""
        if place in self.places:
            for y in range(self.places[place][3]):
                self.line(place, y, [drawing.rule(y in thumb, self.signs)])

    def stroke(self, y: int, is_thumb: bool) -> None:
        """Put down a piece of the hairline at the right of the article."""
        left, top, width, _ = self.places["article"]
        sign = drawing.hairline(self.signs) if is_thumb else " "
        self._out.append(f"\x1b[{top + y + 1};{left + width}H{self._inks['page']['/rule']}{sign}")

    def height(self, place: str) -> int:
        """How many lines a place has, 0 where it is not seen."""
        height: int = self.places[place][3] if place in self.places else 0
        return height

    def written(self) -> bytes:
        """What was put down since the last time, ready for the terminal."""
        out, self._out = self._out, [_BEGIN]
        return "".join([*out, _END]).encode("utf-8", "replace")

    def item(self, number: int) -> None:
        """Put an article of the list down."""
        item_lines = self.picture["list"]["item_lines"]
        state = self.picture["list"]["state"] if number == self.cursor else ""
        for line, parts in enumerate(_article(self.rows[number], self, state)):
            self.line("articles", number * item_lines + line, parts, state)

    def move(self, step: int) -> bytes | None:
        """The cursor some rows further; None where that is not on the page."""
        old, new = self.cursor, self.cursor + step
        if not 0 <= new < min(len(self.rows), self.height("articles") // self.picture["list"]["item_lines"]):
            return None
        self.cursor = new
        self.item(old)
        self.item(new)
        return self.written()


class _Numbers:
    """What is counted of views, as the sidebar and the heading say it."""

    def __init__(self, scene: _Scene) -> None:
        from array import array

        from reader.store import glance

        lines = [what for what in scene.picture["tree"]["lines"] if what]
        listed = scene.picture["list"]
        asked = [(listed["kind"], listed["which"]), *((kind, which) for kind, _, _, _, which in lines)]
        total, unread, today, bookmarked, archived = glance.sums(scene.library, scene.midnight)
        self._fixed = {
            "all": (unread, total), "unread": (unread, unread), "today": (today, today),
            "bookmarks": (bookmarked, bookmarked), "archive": (archived, archived),
        }  # fmt: skip
        feeds = array("q", {which for kind, which in asked if kind == "feed"})
        self._feeds = glance.of_feeds(scene.library, feeds)
        self._folders = glance.of_folders(scene.library) if any(kind == "folder" for kind, _ in asked) else []
        self._library = scene.library

    def of(self, kind: str, which: Any) -> tuple[int, int, str | None]:
        """Unread, total, and the result of a feed's last check."""
        from reader.store import glance

        if kind in self._fixed:
            return (*self._fixed[kind], None)
        if kind == "feed":
            return self._feeds.get(which, (0, 0, None))
        if kind == "section":
            unread = glance.of_section(self._library, *which)
            return unread, unread, None
        if kind == "folder":
            inside = glance.below(which)
            found = [row for row in self._folders if row[0] == which or row[0].startswith(inside)]
            return sum(row[1] for row in found), sum(row[2] for row in found), None
        return 0, 0, None


def _tree(scene: _Scene) -> None:
    """The sidebar, as long as no feed came or went."""
    from reader.store import glance

    tree = scene.picture["tree"]
    if str(tree["number"]) != (glance.recall(scene.library, glance.TREE) or "0"):
        raise LookupError("feeds came or went")
    height = scene.height("feeds")
    if not height:
        return
    top = drawing.top_for(tree["cursor"], 1, height)
    for y in range(height):
        what = tree["lines"][y] if y < len(tree["lines"]) else None
        state = tree["state"] if top + y == tree["cursor"] else ""
        if what is None:
            scene.line("feeds", y, [], "", tree["ground"])
            continue
        kind, label, depth, sign, which = what
        unread, total, result = scene.numbers.of(kind, which)
        parts = drawing.tree_line(
            kind, label, depth, sign, (unread, total), scene.places["feeds"][2], state, scene.signs,
            in_trouble=result in drawing.TROUBLED,
        )  # fmt: skip
        scene.line("feeds", y, parts, state, tree["ground"])
    scene.rule("feeds-rule", drawing.thumb_of(scene.height("feeds-rule"), height, tree["count"], top))


def _list(scene: _Scene) -> None:
    """The articles around the cursor, the rule beside them, the heading above."""
    from reader.store import glance

    kept, height = scene.picture["list"], scene.height("articles")
    item_lines = kept["item_lines"]
    ids = _ids(scene)
    cursor = _index(ids, kept["article"])
    scene.under_cursor = ids[cursor] if ids else None
    if not height:
        return
    top = drawing.top_for(cursor, item_lines, height) // item_lines
    seen = ids[top : top + height // item_lines + 1]
    rows = {row[0]: Seen(row) for row in glance.rows(scene.library, seen)}
    scene.rows, scene.cursor = [rows[each] for each in seen], cursor - top
    for number in range(len(seen)):
        scene.item(number)
    for y, text in enumerate(drawing.nothing(kept["nothing"], scene.places["articles"][2]) if not ids else ()):
        scene.line("articles", y, [(text, "dim")])
    total = _total(scene, len(ids))
    lines = drawing.lines_of(max(len(ids), total), item_lines, height)
    scene.rule("list-rule", drawing.thumb_of(scene.height("list-rule"), height, lines, top * item_lines))
    _heading(scene, len(ids), total)


def _ids(scene: _Scene) -> array[int]:
    """The first ids of the view; those of a search as they were found."""
    from array import array

    from reader.store import glance

    kept = scene.picture["list"]
    if kept["found"] is not None:
        return array("q", kept["found"])
    choice = glance.choice(scene.library, kept["kind"], kept["which"], scene.midnight, limit=FIRST)
    return glance.first_ids(scene.library, choice, FIRST)


def _index(ids: array[int], article: int | None) -> int:
    try:
        return ids.index(article) if article is not None else 0
    except ValueError:
        return 0


def _article(row: Seen, scene: _Scene, state: str) -> Iterator[Parts]:
    width, kept = scene.places["articles"][2], scene.picture["list"]
    source = drawing.source_of(row.author, [name for name in (row.folder, row.feed_title) if name], kept["named"])
    if kept["item_lines"] == 1:
        yield drawing.compact(row, source, scene.now, width, state, scene.signs)
    else:
        yield drawing.headline(row, width, state, scene.signs)
        yield drawing.about(row, source, scene.now, width, state, scene.signs)


def _total(scene: _Scene, listed: int) -> int:
    """How many articles a long list has in all, 0 where all of it is listed or nobody knows."""
    kept = scene.picture["list"]
    if listed < FIRST or kept["found"] is not None or kept["kind"] == "section":
        return 0
    return scene.numbers.of(kept["kind"], kept["which"])[1]


def _heading(scene: _Scene, listed: int, total: int) -> None:
    kept = scene.picture["list"]
    count = drawing.count(listed, listed < FIRST, total)
    width = scene.places["heading"][2]
    order = drawing.ORDER if listed else ""
    parts = drawing.heading(kept["title"], count, order, width, scene.signs, is_active=kept["is_active"])
    scene.line("heading", 0, parts)


def _page(scene: _Scene) -> None:
    """The article that was seen, if it is still the same, with its colours as they were kept."""
    from array import array

    from reader.store import glance

    page, height = scene.picture["page"], scene.height("article")
    if page is None or not height or page["article"] != scene.under_cursor:
        return
    rows = [Seen(row) for row in glance.rows(scene.library, array("q", [page["article"]]))]
    if not rows or facts(rows[0]) != page["facts"]:
        return
    thumb = drawing.thumb_of(height, height, page["length"], page["top"])
    for y, line in enumerate(page["lines"]):
        scene.kept_line("article", y, "".join(page["inks"][ink][1] + text for text, ink in line))
        scene.stroke(y, y in thumb)


def facts(row: Listed) -> list[Any]:
    """What of an article is another when its text is."""
    return [row.title, row.words]


def _status(scene: _Scene) -> None:
    """The keys at the right of the status line."""
    scene.line("status", 0, [(text, ink) for text, ink in scene.picture["status"]])
