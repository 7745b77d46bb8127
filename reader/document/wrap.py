"""Where a text is broken into lines.

Greedy, at spaces; after hyphens and dashes between letters; between East Asian characters, but never before a closing
mark or after an opening one (kinsoku). A word that is wider than a line is broken where an address may be (after a
slash, a dot and the like), else anywhere between clusters. A no-break space is no space here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from reader.document.cells import char_widths, clusters, is_narrow

_STRETCH = 2048  # characters that are measured at a time

_HYPHEN = re.compile(r"(?<=[^\W\d_][^\W\d_])[-\u2010\u2013](?=[^\W\d_][^\W\d_])|\u2014(?=\w)")
_NEVER_FIRST = frozenset("?!:;»%–—")  # where they stand alone, as in French
_NO_START = frozenset(
    "、。，．・：；？！゛゜´｀¨ー―～…‥’”）〕］｝〉》」』】〙〗〟｠»›!),.:;?]}%‰℃°々ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｰ"
)
_NO_END = frozenset("‘“（〔［｛〈《「『【〘〖〝｟«‹([{$£¥€＄￥￡｢#@")
_SPACES = frozenset(" \u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u1680")
_PLACES = "/?&=-._~,;:+%#|\\)]}"  # after these a long word may be broken
_EAST_ASIAN = re.compile(
    "[\u2e80-\u2fff\u3001-\u303f\u3041-\u30ff\u3105-\u312f\u3190-\u31ff\u3200-\u4dbf\u4e00-\u9fff\ua000-\ua4cf"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uff65-\uff9f\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff]"
).match


def ranges(text: str, width: int, seams: Sequence[int] = ()) -> Iterator[tuple[int, int, int]]:
    """The lines of a text as offsets of their first character and their end, and their width in cells, lazily.

    ``width`` is at least 4. A newline ends a line; spaces at the end of a line are no part of it. ``seams`` are the
    offsets at which the style changes: what is drawn apart is measured apart.
    """
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        ruler = _Ruler(width) if is_narrow(text[start:end]) else _WideRuler(text, end, width, seams)
        yield from _lines(text, start, end, ruler)
        start = end + 1


def _lines(text: str, start: int, end: int, ruler: _Ruler) -> Iterator[tuple[int, int, int]]:
    """The lines of a text without newlines; one line even if it is empty."""
    while (limit := ruler.limit(start)) < end:
        stop, following = _break(text, start, limit, end, ruler)
        stop = _trimmed(text, start, stop)
        yield start, stop, ruler.cells(start, stop)
        start = following
        while start < end and text[start] in _SPACES:
            start += 1
        if start == end:
            return
    stop = _trimmed(text, start, end)
    yield start, stop, ruler.cells(start, stop)


def _trimmed(text: str, start: int, end: int) -> int:
    """Where a line ends once the spaces at its end are left out."""
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return end


class _Ruler:
    """Measures a text whose characters all take one cell."""

    def __init__(self, width: int) -> None:
        self.width = width

    def limit(self, start: int) -> int:
        """How far a line goes that starts here; perhaps beyond the end of the text."""
        return start + self.width

    def cells(self, start: int, stop: int) -> int:
        """The width of a part of the line that ``limit`` was asked for last."""
        return stop - start

    def last_break(self, text: str, start: int, limit: int) -> tuple[int, int]:
        """The last place to end a line, and where the next one starts; twice ``start`` if there is none."""
        space = text.rfind(" ", start, limit)
        after = space + 1 if space >= 0 else start
        hyphens = [match.end() for match in _HYPHEN.finditer(text, after, limit + 2) if match.end() <= limit]
        if hyphens:
            return hyphens[-1], hyphens[-1]
        return max(space, start), after

    def starts(self, _: int) -> bool:
        """Whether a character is the first of what is drawn as one."""
        return True


class _WideRuler(_Ruler):
    """Measures any text, a stretch at a time."""

    def __init__(self, text: str, end: int, width: int, seams: Sequence[int]) -> None:
        super().__init__(width)
        self.text = text
        self.end = end
        self.seams = seams
        self.first = self.last = 0  # the stretch that is measured
        self.sums = [0]  # the cells from its start to each of its characters

    def limit(self, start: int) -> int:
        size = _STRETCH
        while True:
            if start >= self.first and (found := self._limit(start)) < self.last:
                return max(found, self._next(start))
            if start >= self.first and self.last == self.end:
                return self.end
            self._measure(start, min(self.end, start + size))
            size *= 2

    def cells(self, start: int, stop: int) -> int:
        return self.sums[stop - self.first] - self.sums[start - self.first]

    def last_break(self, text: str, start: int, limit: int) -> tuple[int, int]:
        for at in range(limit, start, -1):
            if text[at - 1] in _SPACES:
                return at - 1, at
            if at > start and _may_break(text, at) and self.starts(at):
                return at, at
        return start, start

    def starts(self, at: int) -> bool:
        return self.sums[at - self.first + 1] > self.sums[at - self.first]

    def _limit(self, start: int) -> int:
        if start > self.last:
            return self.last
        return bisect_right(self.sums, self.sums[start - self.first] + self.width) - 1 + self.first

    def _next(self, start: int) -> int:
        """The next character that starts what is drawn as one, for what is wider than the line."""
        return next((at for at in range(start + 1, self.last) if self.starts(at)), self.last)

    def _measure(self, start: int, end: int) -> None:
        """Measures a stretch; what is drawn as one has its cells at its first character."""
        widths = char_widths(self.text[start:end])
        if widths is None:
            widths = [0] * (end - start)
            cuts = [start, *(seam for seam in self.seams if start < seam < end), end]
            for first, last in pairwise(cuts):
                for at, _, cells in clusters(self.text, first, last):
                    widths[at - start] = cells
        self.first, self.last, self.sums = start, end, list(accumulate(widths, initial=0))


def _break(text: str, start: int, limit: int, end: int, ruler: _Ruler) -> tuple[int, int]:
    """Where a line that starts at ``start`` and has room up to ``limit`` ends, and where the next one starts."""
    if text[limit] in _SPACES:
        return limit, limit + 1
    stop, after = ruler.last_break(text, start, limit)
    if stop == after > start:
        return stop, after
    if end - after > limit - start and text.find(" ", limit, after + limit - start + 1) < 0:  # a word wider than a line
        place = _place(text, after, limit, (limit - start) // 3 if after == start else 3, ruler)
        if place or after == start:
            return place or limit, place or limit
    if after == start:
        return limit, limit
    if text[after] in _NEVER_FIRST and text[after + 1 : after + 2] in {"", " "}:
        earlier = text.rfind(" ", start, stop)
        return (earlier, earlier + 1) if earlier > start else (stop, after)
    return stop, after


def _place(text: str, start: int, limit: int, least: int, ruler: _Ruler) -> int:
    """The last good place up to ``limit`` to break a long word, after more than ``least`` characters; 0 if none."""
    for at in range(limit, start + least, -1):
        if text[at - 1] in _PLACES and text[at] not in _PLACES and ruler.starts(at):
            return at
    return 0


def _may_break(text: str, at: int) -> bool:
    """Whether a line may end before an offset that no space stands before."""
    before, after = text[at - 1], text[at]
    if after in _NO_START or before in _NO_END:
        return False
    return bool(_EAST_ASIAN(after) or _EAST_ASIAN(before) or _HYPHEN.match(text, at - 1))
