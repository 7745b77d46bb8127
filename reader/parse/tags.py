"""One walk over a well-formed run of tags and text, telling the writer what they mean."""

from __future__ import annotations

import html as entities
import re
from urllib.parse import unquote

from reader.parse import addresses, anchors, formulas, removal
from reader.parse.attributes import escape, image, is_formula, language, link, of_container, values
from reader.parse.elements import ALIASES, BLOCKS, CONTAINERS, INLINE, VOID
from reader.parse.players import KINDS, player
from reader.parse.removal import Rule, of_element
from reader.parse.writer import FullError, Writer
from reader.tracking import untracked

_STRAY = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot);)")
_AROUND = frozenset(("div", "figure"))  # what may say the language of the listing in it
_TELLS = re.compile("lang|highlight|brush|[Ss]ource|hljs|codehilite|prism|prettyprint|shiki|src-").search
_CAPTIONED = {"wp-caption": "figure", "wp-caption-text": "figcaption"}

# What a closing tag undoes: containers down to a depth, or one of these.
_NOTHING, _EDGE, _MARK, _QUOTE, _READING = -1, -2, -3, -4, -5


class Walk:
    """Reads a run of pieces into a ``Writer``."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.writer = Writer()
        self._page = _page(base)
        self.removed: list[tuple[Rule, str]] = []  # what was left out, and why
        self._skipped = 0  # how deep within something that is left out
        self._rule = Rule.UNSEEN  # under which rule
        self._keeps_cell = False  # it is the content of a cell, which itself stays
        self._undo: list[int] = []
        self._language = ""  # of the listings to come, as an element around them says
        self._told: list[tuple[int, str | None, str | None, str]] = []  # direction, base and language outside of it
        self._tables: list[tuple[int, int | None]] = []  # the depth of the source and, of tables of data, of the output
        self._quotes = 0
        self._reading = False  # how to read a character is to be said in brackets
        self._source = ""  # the pictures that ``<source>`` offers
        self._player = ""  # the address of the last one
        self._wanted: frozenset[str] = frozenset()

    def run(self, pieces: list[str]) -> None:
        """Walks text, tag, attributes, text … to the end, or to where the output is full."""
        self._wanted = anchors.wanted(pieces[2::3])
        at = 0
        try:
            if pieces[0]:
                self._text(pieces[0])
            for at, (tag, attributes, text) in enumerate(zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True)):
                if self._skipped:
                    self._skip(tag)
                elif tag[0] == "/":
                    self._close()
                elif (rule := of_element(tag, attributes)) is None or not self._holds(rule, pieces, 3 * at):
                    self._open(tag, attributes)
                else:
                    self._leave_out(tag, attributes, rule)
                if text and not self._skipped:
                    self._text(text)
                elif text:
                    self.removed.append((self._rule, text))
        except FullError:
            self.removed.append((Rule.LENGTH, " ".join(pieces[3 * at + 3 :: 3])))

    def _holds(self, rule: Rule, pieces: list[str], at: int) -> bool:
        """Whether an element, before which stands the text at ``at``, falls under a rule with what it says."""
        return not removal.is_unsure(rule) or removal.holds(rule, pieces, at)

    def _leave_out(self, tag: str, attributes: str, rule: Rule) -> None:
        """The start tag of what is skipped under a rule; of a cell that is shown all but itself."""
        self._keeps_cell = tag in ("td", "th") and rule is not Rule.HIDDEN
        if self._keeps_cell:
            self._open(tag, attributes)
        self._rule = rule
        self._skipped = int(tag not in VOID)

    def _skip(self, tag: str) -> None:
        """A tag in what is skipped."""
        if tag not in VOID:
            self._skipped += -1 if tag[0] == "/" else 1
        if self._keeps_cell and not self._skipped:
            self._close()

    def finish(self) -> str:
        """The subset; links within the body that lead nowhere are led to the page itself."""
        html = self.writer.finish()
        return anchors.settled(html, self.base, self.writer.aliases) if self._wanted else html

    def _text(self, text: str) -> None:
        if ("&" in text or "<" in text or ">" in text) and _STRAY.search(text):  # something was misread
            text = escape(entities.unescape(text))
        if self._reading and not text.isspace():
            self._reading = False
            text = "(" + text.lstrip()
        self.writer.text(text)

    def _open(self, tag: str, raw: str) -> None:
        if raw and ('dir="' in raw or "xml:base=" in raw or (tag in _AROUND and _TELLS(raw))):
            self._note(tag, raw)
        if tag in INLINE:
            undo = self._inline(INLINE[tag], raw)
        elif tag in VOID:
            self._void(tag, raw)
            return
        elif tag in CONTAINERS or tag in ALIASES or tag in BLOCKS or tag == "table":
            undo = self._block(tag, raw)
        else:
            undo = self._other(tag, raw)
        self._undo.append(undo)

    def _block(self, tag: str, raw: str) -> int:
        if tag == "table":
            return self._table(raw)
        name = (_captioned(tag, raw) if raw else None) or ALIASES.get(tag, tag)
        if tag == "caption" and self._has_caption():
            name = "figcaption"
        if name in CONTAINERS and (name not in ("tr", "td", "th") or self._is_data(name)):
            return self._container(name, raw)
        self.writer.boundary()
        self._name(raw)
        return _EDGE

    def _other(self, tag: str, raw: str) -> int:
        """An element that is neither a block nor a mark."""
        if tag in KINDS:
            self._frame(tag, raw)
        elif tag == "q":
            self._quote(1)
            return _QUOTE
        elif tag == "rt":
            self._reading = True
            return _READING
        elif tag == "picture":
            self._source = ""
        elif tag in ("amp-img", "amp-anim"):
            self._image(raw)
        if self._wanted:
            self._name(raw)
        return _NOTHING

    def _note(self, tag: str, raw: str) -> None:
        """What an element says of all that is in it."""
        self._told.append((len(self._undo), self.writer.direction, self.base, self._language))
        found = values(raw)
        direction = found.get("dir", "").lower()
        if direction in ("rtl", "ltr"):
            self.writer.direction = direction
        if "xml:base" in found:
            self.base = addresses.absolute(found["xml:base"], self.base) or self.base
        if tag in _AROUND:
            self._language = language(raw, tag) or self._language

    def _close(self) -> None:
        if not self._undo:
            return
        undo = self._undo.pop()
        if undo == _MARK:
            self.writer.unmark()
        elif undo == _EDGE:
            self.writer.boundary()
        elif undo >= 0:
            self.writer.close_to(undo)
        elif undo == _QUOTE:
            self._quote(-1)
        elif undo == _READING:
            self._end_reading()
        depth = len(self._undo)
        if self._tables and depth <= self._tables[-1][0]:
            self._tables.pop()
        if self._told and depth <= self._told[-1][0]:
            _, self.writer.direction, self.base, self._language = self._told.pop()

    def _end_reading(self) -> None:
        if not self._reading:
            self.writer.text(")")
        self._reading = False

    def _void(self, tag: str, raw: str) -> None:
        if tag == "br":
            self.writer.line_break()
        elif tag == "img":
            self._image(raw)
        elif tag == "source":
            self._source = self._source or raw
        elif tag == "hr":
            self.writer.rule()
        elif tag == "embed":
            self._frame(tag, raw)
        elif tag == "base":
            self.base = addresses.absolute(values(raw).get("href", ""), self.base) or self.base
        elif tag == "input" and 'type="checkbox"' in raw.lower():
            self.writer.set_attribute("li", f' checked="{"true" if " checked=" in raw else "false"}"')

    def _inline(self, name: str, raw: str) -> int:
        if name == "a":
            opening = self._link(raw)
        elif name == "code" and self.writer.in_pre:
            if spoken := language(raw):
                self.writer.set_attribute("pre", spoken)
            opening = None
        elif name == "abbr":
            title = " ".join(values(raw).get("title", "").split())
            opening = f'<abbr title="{escape(title)}">' if title else None
        else:
            opening = f"<{name}>"
        if self._wanted:
            self._name(raw)
        return _MARK if opening and self.writer.mark(name, opening) else _NOTHING

    def _link(self, raw: str) -> str | None:
        found = values(raw)
        address = self._target(found.get("href", ""))
        return None if address is None else link(address, found)

    def _target(self, href: str) -> str | None:
        """The address of a link; "#name" where it leads to a place in the same document."""
        href = untracked(href.strip())
        address = addresses.absolute(href, self.base)
        page, _, name = (href if address is None else address).partition("#")
        name = unquote(name)
        if name in self._wanted and page in ("" if address is None else _page(self.base), self._page):
            return f"#{name}"
        return None if href == "#" else address

    def _container(self, name: str, raw: str) -> int:
        self.writer.boundary()
        self._name(raw)
        kept = of_container(name, raw) if raw else ""
        if name == "pre" and not kept:
            kept = self._language
        depth = self.writer.open(name, kept)
        return _EDGE if depth is None else depth

    def _table(self, raw: str) -> int:
        self.writer.boundary()
        self._name(raw)
        is_layout = 'role="presentation"' in raw or 'role="none"' in raw
        if not is_layout:
            self.writer.make_room()
        depth = len(self.writer.frames)
        self._tables.append((len(self._undo), None if is_layout else depth))
        return _EDGE if is_layout else depth

    def _has_caption(self) -> bool:
        """Makes a figure of the table that is about to begin; False where it has begun or is none of data."""
        depth = self._tables[-1][1] if self._tables else None
        if depth != len(self.writer.frames) or self.writer.open("figure") is None:
            return False
        self._tables[-1] = self._tables[-1][0], depth + 1
        return True

    def _is_data(self, tag: str) -> bool:
        """Whether a row or a cell stands where one may, in a table of data (in formulas they stand anywhere)."""
        depth = self._tables[-1][1] if self._tables else None
        return depth is not None and (tag != "tr" or len(self.writer.frames) <= depth + 1)

    def _image(self, raw: str) -> None:
        found = values(raw)
        if is_formula(raw) and found.get("alt", "").strip():
            self._formula(formulas.source(found["alt"]))
            return
        markup = image(found, self.base)
        if markup is None and self._source:
            markup = image({**values(self._source), **found}, self.base)
        self._source = ""
        if markup is not None:
            self.writer.atom(markup)

    def _formula(self, text: str) -> None:
        """A picture of a formula, as what it was made of."""
        is_marked = not self.writer.in_pre and self.writer.mark("code", "<code>")
        self.writer.text(escape(text))
        if is_marked:
            self.writer.unmark()

    def _frame(self, tag: str, raw: str) -> None:
        """A video, a recording or a page within the page: a paragraph with a link to it."""
        found = player(tag, values(raw), self.base)
        if found is None or found[0] == self._player:
            return
        self._player = found[0]
        self.writer.boundary()
        is_linked = self.writer.mark("a", f'<a href="{escape(found[0])}">')
        self.writer.text(escape(found[1]))
        if is_linked:
            self.writer.unmark()
        self.writer.boundary()

    def _quote(self, step: int) -> None:
        """Quotation marks around ``<q>``, single ones inside double ones."""
        self._quotes += min(step, 0)
        self.writer.text(("“‘", "”’")[step < 0][self._quotes % 2])
        self._quotes += max(step, 0)

    def _name(self, raw: str) -> None:
        """Keeps an element's name where some link of the body leads to it."""
        if self._wanted and raw:
            found = values(raw)
            name = found.get("id") or found.get("name")
            if name in self._wanted:
                self.writer.anchor(escape(name))


def _page(base: str | None) -> str:
    """The address of a page without a place in it."""
    return (base or "").partition("#")[0]


def _captioned(tag: str, raw: str) -> str | None:
    """What a part of a picture with a caption is, where its class says so and its name does not."""
    if tag not in ("div", "p") or "wp-caption" not in raw:
        return None
    return next((_CAPTIONED[name] for name in values(raw).get("class", "").split() if name in _CAPTIONED), None)
