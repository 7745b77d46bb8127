"""How the lines of the lists look, as pairs of text and the name of an ink. Pure, and light enough for the first paint.

The picture that is painted before Textual is loaded and the widgets that go on from there are drawn by these functions,
so that the one cannot differ from the other. The names of inks are those of ``widgets.ink``.
"""

from __future__ import annotations

from reader.times import age

Parts = list[tuple[str, str]]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from reader.tui.signs import Signs

    class Listed(Protocol):
        """What a list shows of an article; ``model.Row`` is one."""

        @property
        def title(self) -> str: ...  # noqa: D102
        @property
        def sort_at(self) -> int: ...  # noqa: D102
        @property
        def words(self) -> int: ...  # noqa: D102
        @property
        def is_read(self) -> bool: ...  # noqa: D102
        @property
        def is_bookmarked(self) -> bool: ...  # noqa: D102


LEFT = 3
_SOURCE, _AGE, _WIDE, _ROOMY = 16, 9, 56, 52
_INDENT = 2
_WORDS_A_MINUTE = 230
# Spans of signs that take one cell and two: Latin, Greek, Cyrillic, typographic signs, currencies, lines, blocks, our
# own signs; kana, Han, hangul. A table grows of those that were met: patterns of them would take longer to compile than
# all of the first picture takes.
NARROW = (
    " ~", "\u00a1\u00ac", "\u00ae\u02ff", "\u0391\u03ce", "\u0400\u0482", "\u2010\u2027", "\u20a0\u20bf",
    "\u2500\u259f", "\u25a0\u25f0", "\u2605\u2606", "\u26a0\u26a0",
)  # fmt: skip
WIDE = ("\u3041\u3096", "\u30a1\u30fa", "\u4e00\u9fff", "\uac00\ud7a3")
_cells: dict[str, int] = {}
FIXED = ("all", "unread", "today", "bookmarks", "archive")
OFFERS = "offers"
ORDER = "newest first"
TROUBLED = ("failed", "gone")  # results of checks that a sign tells of


# Cells


def cell_len(text: str) -> int:
    """How many cells a text takes: as rich says, which is asked only where a text needs its tables."""
    if text.isascii():
        return len(text)
    wide = _wide_signs(text)
    if wide is not None:
        return len(text) + wide
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """A text of at most ``width`` cells; what is cut off ends in an ellipsis, wide signs are never halved."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if room <= 0:
        return _cut(text, max(width, 0))
    return _cut(text, room) + ellipsis


def _cut(text: str, room: int) -> str:
    """The beginning of a text that fits, without white at its end."""
    if text.isascii() or _wide_signs(text) == 0:
        return text[:room].rstrip()
    from rich.cells import set_cell_size

    return set_cell_size(text, room).rstrip()


def _wide_signs(text: str) -> int | None:
    """How many signs take two cells; None where there are signs that are not known here."""
    wide = 0
    for sign in set(text):
        cells = _cells.get(sign)
        if cells is None:
            cells = _cells[sign] = 1 if _within(sign, NARROW) else 2 if _within(sign, WIDE) else 0
        if cells == 2:
            wide += text.count(sign)
        elif not cells:
            return None
    return wide


def _within(sign: str, spans: tuple[str, ...]) -> bool:
    return any(span[0] <= sign <= span[1] for span in spans)


# The list of articles


def pointer(state: str, signs: Signs) -> tuple[str, str]:
    """The bar before the item under the cursor; ``state`` is "" (not there), "cursor" or "away"."""
    sign = " " if not state else signs.pointer if signs.ascii_only else "▎"
    return sign, "accent" if state == "cursor" else "rule"


def headline(row: Listed, width: int, state: str, signs: Signs) -> Parts:
    """The first of an article's two lines."""
    star = signs.bookmark if row.is_bookmarked else ""
    title = fit(row.title, width - LEFT - 1 - (cell_len(star) + 1 if star else 0), signs.ellipsis)
    parts = [*_start(row, state, signs), (title, "dim" if row.is_read else "strong")]
    if star:
        gap = width - LEFT - cell_len(title) - cell_len(star) - 1
        parts += [(" " * gap, "text"), (star, "accent")]
    return parts


def about(row: Listed, source: Sequence[str], now: int, width: int, state: str, signs: Signs) -> Parts:
    """The second of an article's two lines: where it is from, how long it is and how old."""
    written = age(row.sort_at, now)
    facts = _facts(row, source, width, width - LEFT - cell_len(written) - 3, signs)
    gap = width - LEFT - cell_len(facts) - cell_len(written) - 1
    return [pointer(state, signs), (" " * (LEFT - 1) + facts + " " * gap + written, "dim")]


def compact(row: Listed, source: Sequence[str], now: int, width: int, state: str, signs: Signs) -> Parts:
    """The one line of an article in a dense list."""
    written = age(row.sort_at, now)
    star = f" {signs.bookmark}" if row.is_bookmarked else ""
    name = fit(source[-1], _SOURCE, signs.ellipsis) if width >= _WIDE and source else ""
    right = f"{name}{' ' * (_SOURCE - cell_len(name))}  {written:>{_AGE}}" if name else written
    title = fit(row.title, width - LEFT - cell_len(star) - cell_len(right) - 3, signs.ellipsis)
    gap = width - LEFT - cell_len(title) - cell_len(star) - cell_len(right) - 1
    return [
        *_start(row, state, signs),
        (title, "dim" if row.is_read else "strong"),
        (star, "accent"),
        (" " * gap + right, "dim"),
    ]


def _start(row: Listed, state: str, signs: Signs) -> Parts:
    return [pointer(state, signs), (f"{' ' if row.is_read else signs.unread} ", "accent")]


def _facts(row: Listed, source: Sequence[str], width: int, room: int, signs: Signs) -> str:
    named = source if width >= _ROOMY else source[-1:]
    facts = [fact for fact in (*named, reading_time(row.words)) if fact]
    while len(facts) > 1 and cell_len(signs.dot.join(facts)) > room:
        # the folder gives way first, then the time; a feed's name is cut where even it alone is too long
        facts.pop(0 if len(facts) > 2 else 1)
    return fit(signs.dot.join(facts), room, signs.ellipsis)


def reading_time(words: int) -> str:
    """How long the reading takes: "3 min"; nothing for a text of no words."""
    return f"{max(1, round(words / _WORDS_A_MINUTE))} min" if words else ""


def source_of(author: str | None, source: Sequence[str], named: int) -> Sequence[str]:
    """What an article's line says of its source: the last ``named`` of folder and feed, else its author."""
    return source[-named:] if named else (author or "",)


# The heading


def heading(title: str, count: str, order: str, width: int, signs: Signs, *, is_active: bool) -> Parts:
    """What is listed, how many, and in which order."""
    number = signs.dot + count if count else ""
    title = fit(title, width - 4 - cell_len(number), signs.ellipsis)
    free = width - 4 - cell_len(title) - cell_len(number)
    shown = order if free - cell_len(order) >= 2 else ""
    gap = " " * max(0, free - cell_len(shown))
    strong = "accent-strong" if is_active else "strong"
    return [("   ", "text"), (title, strong), (number + gap + shown + " ", "dim")]


def count(listed: int, is_all: bool, total: int) -> str:
    """How many articles there are: those that are listed, or, while more are read, the ``total`` if it is known."""
    if is_all:
        return f"{listed:,}"
    return f"{total:,}" if total >= listed else f"{listed:,}+"


def nothing(text: str, width: int) -> list[str]:
    """The lines of a list that is empty."""
    from textwrap import wrap

    return [" " * LEFT + line for line in wrap(text, max(1, width - LEFT - 1))]


# The sidebar


def tree_line(
    kind: str, label: str, depth: int, sign: str, numbers: tuple[int, int], width: int, state: str, signs: Signs,
    *, in_trouble: bool = False,
) -> Parts:  # fmt: skip
    """Fold sign, name, trouble, count; ``kind`` is a view's kind or OFFERS, ``numbers`` are unread and total."""
    unread, total = numbers
    count = "" if kind == OFFERS else f"{total if kind == 'all' else unread:,}"
    trouble = signs.trouble if in_trouble else ""
    right = f"{trouble} {count}".rstrip() if trouble else count
    left = LEFT + _INDENT * depth
    name = fit(label, width - left - cell_len(right) - 2, signs.ellipsis)
    gap = width - left - cell_len(name) - cell_len(right) - 1
    parts = [
        pointer(state, signs),
        (" " * (left - 1 - len(sign)), "text"),
        (sign, "dim"),
        (name, _ink_of(kind, unread)),
        (" " * gap, "text"),
        (trouble + " " * bool(trouble and count), "trouble"),
        (count, "text" if unread and kind != "all" else "dim"),
    ]
    return [part for part in parts if part[0]]


def _ink_of(kind: str, unread: int) -> str:
    if kind == "folder":
        return "strong"
    if kind == OFFERS:
        return "dim"
    return "text" if unread or kind in FIXED else "dim"


# Where a list stands


def rule(is_thumb: bool, signs: Signs) -> tuple[str, str]:
    """A piece of the thin rule at the right of a list, which shows by a stronger piece which part is seen."""
    return (signs.bar if signs.ascii_only or not is_thumb else "┃"), "rule"


def hairline(signs: Signs) -> str:
    """The stroke at the right of an article that shows which part is seen."""
    return "|" if signs.ascii_only else "▕"


def thumb_of(track: int, seen: float, lines: float, top: float) -> range:
    """Which part of a track of some cells stands for what is seen; none where everything is."""
    if lines <= seen or not track:
        return range(0)
    length = max(1, round(track * seen / lines))
    start = round((track - length) * min(1.0, top / (lines - seen)))
    return range(start, start + length)


def lines_of(items: int, item_lines: int, height: int) -> int:
    """The lines of a whole list, with white at its end so that whole items stand at the top when it is seen."""
    lines = items * item_lines
    return lines + (height % item_lines if lines > height else 0)


def top_for(cursor: int, item_lines: int, height: int) -> int:
    """The first line that is seen of a list that is opened with its cursor on an item: no further down than needed."""
    last = (cursor + 1) * item_lines
    return 0 if last <= height else -(-(last - height) // item_lines) * item_lines
