"""Bodies that are written as they ought to be, into our subset in one pass over their tags and without a tree.

Building a tree and writing it out again is most of the work with a body, and most bodies come out of it as they went
in: every element is closed where it belongs, and there are but paragraphs, headings, lists, quotations, figures, links
and emphasis in them. This is ``Walk`` and ``Writer`` for those bodies alone. Whatever else is met, of markup, of
entities, of characters or of places to stand, is ``Unusual``, and the body takes the way through the tree; a body that
is not gives the same here and there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.parse import addresses, markup
from reader.parse.attributes import image, is_formula, link
from reader.parse.elements import CONTAINERS, INLINE, Flow
from reader.parse.images import ADDRESSES
from reader.parse.markup import Unusual
from reader.tracking import untracked

# Looking a member up in its class takes fifteen times as long.
_BLOCKS, _TIGHT, _LEAF, _PARTS = Flow

_LONGEST = 100_000
_LONGEST_OUTPUT = 1_000_000
_LONGEST_BASE = 2_000
_DEEPEST = 20

_HREF = re.compile(r' href="([^"]*)"').fullmatch


def pieces(html: str, base: str | None) -> list[str] | None:
    """A body as tags and texts of our subset in turn; None where it is not for us."""
    if len(html) > _LONGEST or (base and len(base) > _LONGEST_BASE):
        return None
    try:
        out = _Straight(base).read(markup.flat(html))
    except Unusual:
        return None
    return out if sum(map(len, out)) <= _LONGEST_OUTPUT else None


class _Straight:
    """Reads tags and texts in turn and writes what they mean; how is said at ``Writer``."""

    __slots__ = ("_base", "_breaks", "_ending", "_flow", "_frames", "_marks", "_open", "_out", "_pending", "_phrasing",
                 "_space", "_start")  # fmt: skip

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._out: list[str] = []
        self._open: list[str] = []  # the end tags that are to come
        self._phrasing = 0  # how many of them may hold no blocks
        self._frames: list[tuple[Flow, int]] = []  # of the containers around: what they may hold, where they begin
        self._flow = _BLOCKS
        self._start = -1
        self._marks: list[str] = []  # the end tags of links and emphasis; empty where they are dissolved
        self._pending: list[str] = []  # the openings of those marks that are not written yet
        self._ending: str | None = None
        self._space = False
        self._breaks = 0

    def read(self, html: str) -> list[str]:
        """The whole body. Raises Unusual."""
        if html.count("<") != html.count(">"):
            raise Unusual
        for run, leaf, tag, raw, bad in markup.pieces(html):
            if run:
                self._text(run)
            if leaf:
                self._leaf(leaf)
            elif tag:
                step = _STEPS.get(tag)
                if step is None or (raw and (markup.says_more(raw) or (self._frames and ' dir="ltr"' in raw))):
                    raise Unusual
                step(self, tag, raw)
            elif bad:
                raise Unusual
        if self._open:
            raise Unusual
        self._edge()
        return self._out

    def _text(self, run: str) -> None:
        core = run.strip()
        if not core:
            self._space = True
            return
        if run[0] == " ":
            self._space = True
        if self._marks and "<" in core and self._repeats(core):
            raise Unusual
        self._begin()
        if "&quot;" in core:
            core = core.replace("&quot;", '"')
        self._out.append(core)
        self._space = run[-1] == " "

    def _repeats(self, run: str) -> bool:
        """Whether a run has links within a link or emphasis within its like."""
        return ("/a" in self._open and "</a>" in run) or any(mark in run for mark in self._marks if mark)

    def _leaf(self, run: str) -> None:
        """A whole paragraph."""
        if self._phrasing or self._flow is _PARTS:
            raise Unusual
        if self._ending is not None:
            self._edge()
        core = run.strip()
        if core:
            if "&quot;" in core:
                core = core.replace("&quot;", '"')
            if self._flow is _TIGHT and len(self._out) == self._start + 1:
                self._out.append(core)
            else:
                self._out += ("<p>", core, "</p>")
        self._space = False

    def _begin(self) -> None:
        if self._breaks:
            self._break()
        elif self._ending is None:
            self._begin_paragraph()
        elif self._space:
            self._out.append(" ")
        self._space = False
        if self._pending:
            self._out += self._pending
            self._pending.clear()

    def _break(self) -> None:
        """The end of a line, of two of them the end of the paragraph."""
        if self._breaks == 1 or self._flow is _LEAF:
            self._out.append("<br/>")
        elif len(self._marks) > len(self._pending):
            raise Unusual
        else:
            self._edge()
            self._begin_paragraph()
        self._breaks = 0

    def _begin_paragraph(self) -> None:
        flow = self._flow
        if flow is _BLOCKS or (flow is _TIGHT and len(self._out) > self._start + 1):
            self._out.append("<p>")
            self._ending = "</p>"
        elif flow is _PARTS:
            raise Unusual
        else:
            self._ending = ""

    def _edge(self) -> None:
        """The edge of a block, where the open paragraph ends."""
        if self._ending:
            self._out.append(self._ending)
        self._ending = None
        self._space = False
        self._breaks = 0

    def _enter(self, tag: str) -> None:
        if len(self._open) >= _DEEPEST:
            raise Unusual
        self._open.append("/" + tag)

    def _leave(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise Unusual

    def block(self, tag: str, _: str) -> None:
        """A layout block begins, of which only the edge stays."""
        if self._phrasing or self._flow is _PARTS:
            raise Unusual
        self._enter(tag)
        self._edge()

    def end_block(self, tag: str, _: str) -> None:
        """A layout block ends."""
        self._leave(tag)
        self._edge()

    def paragraph(self, tag: str, raw: str) -> None:
        """A paragraph begins: no block may stand in it."""
        self.block(tag, raw)
        self._phrasing = 1

    def end_paragraph(self, tag: str, _: str) -> None:
        """A paragraph ends."""
        self._leave(tag)
        self._phrasing = 0
        self._edge()

    def container(self, tag: str, _: str) -> None:
        """A container begins."""
        if self._phrasing or (self._flow is _PARTS) != (tag == "li"):
            raise Unusual
        if tag == "figcaption" and (not self._open or self._open[-1] != "/figure"):
            raise Unusual
        self._enter(tag)
        self._edge()
        self._frames.append((self._flow, self._start))
        self._flow = CONTAINERS[tag]
        self._phrasing = int(self._flow is _LEAF)
        self._start = len(self._out)
        self._out.append(f"<{tag}>")

    def end_container(self, tag: str, _: str) -> None:
        """A container ends; nothing stays of an empty one."""
        self._leave(tag)
        self._edge()
        if len(self._out) > self._start + 1:
            self._out.append(f"<{tag}>")
        else:
            self._out.pop()
        self._flow, self._start = self._frames.pop()
        self._phrasing = 0

    def inline(self, tag: str, _: str) -> None:
        """An inline element begins that is dissolved."""
        self._enter(tag)
        self._phrasing += 1

    def end_inline(self, tag: str, _: str) -> None:
        """It ends."""
        self._leave(tag)
        self._phrasing -= 1

    def mark(self, tag: str, raw: str) -> None:
        """An inline element begins, a link or an emphasis; within one of its kind it is dissolved."""
        if tag == "a" and "/a" in self._open:
            raise Unusual
        name = INLINE[tag]
        opening = f"<{name}>" if tag != "a" else self._link(raw)
        ending = f"</{name}>" if opening else ""
        if ending in self._marks:
            opening = ending = ""
        self._enter(tag)
        self._phrasing += 1
        self._marks.append(ending)
        self._pending.append(opening)

    def end_mark(self, tag: str, _: str) -> None:
        """It ends; without text it has not begun."""
        self._leave(tag)
        self._phrasing -= 1
        mark = self._marks.pop()
        if self._pending:
            self._pending.pop()
        else:
            self._out.append(mark)

    def line_break(self, _tag: str, _: str) -> None:
        """A line ends, within a paragraph."""
        if self._ending is not None:
            self._breaks += 1

    def rule(self, _tag: str, _: str) -> None:
        """A line across the page."""
        if self._phrasing or self._frames:
            raise Unusual
        self._edge()
        if not self._out or self._out[-1] != "<hr/>":
            self._out.append("<hr/>")

    def image(self, _: str, raw: str) -> None:
        """A picture, which stands in a line like a word."""
        found = markup.single(raw)
        if any(" " in found.get(name, "").strip() for name in ADDRESSES) or is_formula(raw):
            raise Unusual
        picture = image(found, self._base)
        if picture is not None:
            self._begin()
            self._out.append(picture)

    def _link(self, raw: str) -> str:
        """The opening of a link, empty where it leads nowhere; most say nothing but an address as it ought to be."""
        plain = _HREF(raw)
        if plain and "#" not in raw and addresses.is_plain(plain[1]) and untracked(plain[1]) == plain[1]:
            return f"<a{raw}>"
        found = markup.single(raw)
        href = untracked(found.get("href", "").strip())
        address = addresses.absolute(href, self._base)
        if " " in href or ("#" in href and self._is_here(address)):
            raise Unusual
        return link(address, found) if address is not None else ""

    def _is_here(self, address: str | None) -> bool:
        """Whether a link leads to a place in the body itself."""
        here = addresses.absolute("#", self._base) or self._base or ""
        return address is None or address.partition("#")[0] == here.partition("#")[0]


_Step = Callable[[_Straight, str, str], None]


def _both(names: str, begin: _Step, end: _Step) -> dict[str, _Step]:
    """What the tags of some elements do."""
    return dict.fromkeys(names.split(), begin) | {f"/{name}": end for name in names.split()}


_STEPS: dict[str, _Step] = {
    **_both("div section article header footer main address center", _Straight.block, _Straight.end_block),
    **_both("p", _Straight.paragraph, _Straight.end_paragraph),
    **_both("h1 h2 h3 h4 h5 h6 ul ol li blockquote figure figcaption", _Straight.container, _Straight.end_container),
    **_both("span font u small big cite ins var time", _Straight.inline, _Straight.end_inline),
    **_both("a em i strong b code tt s del strike sub sup mark kbd", _Straight.mark, _Straight.end_mark),
    "br": _Straight.line_break,
    "hr": _Straight.rule,
    "img": _Straight.image,
}
