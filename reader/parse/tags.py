"""One walk over a well-formed run of tags and text, telling the writer what they mean."""

from __future__ import annotations

import html as entities
import re

from reader.parse import addresses
from reader.parse.attributes import escape, image, is_hidden, language, link, of_container, values
from reader.parse.elements import ALIASES, BLOCKS, CONTAINERS, INLINE, MEDIA, SKIPPED, VIDEO_HOSTS, VOID
from reader.parse.writer import Writer

_STRAY = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot);)")
_FRAGMENT = re.compile(r'href="[^"#]*#([^"]+)"')
_INNER_LINK = re.compile(r'<a href="#([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_NAMED = re.compile(r'(<[a-z][^>]*?) id="([^"]*)"')
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})")

# What a closing tag undoes: containers down to a depth, or one of these.
_NOTHING, _EDGE, _MARK, _QUOTE = -1, -2, -3, -4


class Walk:
    """Reads a run of pieces into a ``Writer``."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.writer = Writer()
        self._undo: list[int] = []
        self._directions: list[tuple[int, str | None]] = []
        self._tables: list[tuple[int, int | None]] = []  # the depth of the source and, of tables of data, of the output
        self._quotes = 0
        self._wanted: frozenset[str] = frozenset()

    def run(self, pieces: list[str]) -> None:
        """Walks text, tag, attributes, text … to the end."""
        self._wanted = frozenset(name for piece in pieces[2::3] if "#" in piece for name in _FRAGMENT.findall(piece))
        skipped = 0
        if pieces[0]:
            self._text(pieces[0])
        for tag, attributes, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            if skipped:
                if tag not in VOID:
                    skipped += -1 if tag[0] == "/" else 1
            elif tag[0] == "/":
                self._close()
            elif tag in SKIPPED or (attributes and is_hidden(attributes)):
                skipped = tag not in VOID
            else:
                self._open(tag, attributes)
            if text and not skipped:
                self._text(text)

    def finish(self) -> str:
        """The subset; links within the body that lead nowhere are led to the page itself."""
        html = self.writer.finish()
        return self._settle(html) if self._wanted else html

    def _text(self, text: str) -> None:
        if ("&" in text or "<" in text or ">" in text) and _STRAY.search(text):  # something was misread
            text = escape(entities.unescape(text))
        self.writer.text(text)

    def _open(self, tag: str, raw: str) -> None:
        if 'dir="' in raw:
            self._direct(raw)
        if tag in INLINE:
            undo = self._inline(INLINE[tag], raw)
        elif tag in VOID:
            self._void(tag, raw)
            return
        elif tag == "table":
            undo = self._table(raw)
        elif (tag in CONTAINERS or tag in ALIASES) and (tag not in ("tr", "td", "th") or self._is_data(tag)):
            undo = self._container(ALIASES.get(tag, tag), raw)
        elif tag in BLOCKS:
            self.writer.boundary()
            self._name(raw)
            undo = _EDGE
        elif tag in MEDIA:
            self._frame(tag, raw)
            undo = _NOTHING
        elif tag == "q":
            self._quote(1)
            undo = _QUOTE
        else:
            if self._wanted:
                self._name(raw)
            undo = _NOTHING
        self._undo.append(undo)

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
        if self._directions and len(self._undo) <= self._directions[-1][0]:
            self.writer.direction = self._directions.pop()[1]
        if self._tables and len(self._undo) <= self._tables[-1][0]:
            self._tables.pop()

    def _void(self, tag: str, raw: str) -> None:
        if tag == "br":
            self.writer.line_break()
        elif tag == "img":
            self._image(raw)
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
        href = href.strip()
        address = addresses.absolute(href, self.base)
        page, _, name = (href if address is None else address).partition("#")
        if name in self._wanted and page == ("" if address is None else (self.base or "").partition("#")[0]):
            return f"#{name}"
        return None if href == "#" else address

    def _container(self, name: str, raw: str) -> int:
        self.writer.boundary()
        self._name(raw)
        depth = self.writer.open(name, of_container(name, raw) if raw else "")
        return _EDGE if depth is None else depth

    def _table(self, raw: str) -> int:
        self.writer.boundary()
        self._name(raw)
        is_layout = 'role="presentation"' in raw or 'role="none"' in raw
        depth = len(self.writer.frames)
        self._tables.append((len(self._undo), None if is_layout else depth))
        return _EDGE if is_layout else depth

    def _is_data(self, tag: str) -> bool:
        """Whether a row or a cell stands where one may, in a table of data (in formulas they stand anywhere)."""
        depth = self._tables[-1][1] if self._tables else None
        return depth is not None and (tag != "tr" or len(self.writer.frames) <= depth + 1)

    def _image(self, raw: str) -> None:
        markup = image(values(raw), self.base)
        if markup is not None:
            self.writer.atom(markup)

    def _frame(self, tag: str, raw: str) -> None:
        """A video, a recording or a page within the page: a paragraph with a link to it."""
        found = values(raw)
        address = addresses.absolute(found.get("src") or found.get("data-src") or "", self.base)
        if not addresses.is_web(address) or address is None:
            return
        if video := _YOUTUBE.match(address):
            address = f"https://www.youtube.com/watch?v={video[1]}"
        host = addresses.host(address)
        kind = "Video" if host.endswith(VIDEO_HOSTS) else MEDIA[tag]
        self.writer.boundary()
        is_linked = self.writer.mark("a", f'<a href="{escape(address)}">')
        self.writer.text(escape(f"{kind}: {' '.join(found.get('title', '').split())[:200].rstrip() or host}"))
        if is_linked:
            self.writer.unmark()
        self.writer.boundary()

    def _quote(self, step: int) -> None:
        """Quotation marks around ``<q>``, single ones inside double ones."""
        self._quotes += min(step, 0)
        self.writer.text(("“‘", "”’")[step < 0][self._quotes % 2])
        self._quotes += max(step, 0)

    def _direct(self, raw: str) -> None:
        direction = values(raw).get("dir", "").lower()
        if direction in ("rtl", "ltr"):
            self._directions.append((len(self._undo), self.writer.direction))
            self.writer.direction = direction

    def _name(self, raw: str) -> None:
        """Keeps an element's name where some link of the body leads to it."""
        if self._wanted and raw:
            found = values(raw)
            name = found.get("id") or found.get("name")
            if name in self._wanted:
                self.writer.anchor(escape(name))

    def _settle(self, html: str) -> str:
        """Takes out names that no link leads to; links that lead to no name lead to the page."""
        names = {name for _, name in _NAMED.findall(html)}
        page = (self.base or "").partition("#")[0]

        def link(found: re.Match[str]) -> str:
            if found[1] in names:
                return found[0]
            address = addresses.absolute(f"{page}#{entities.unescape(found[1])}", None)
            return f'<a href="{escape(address)}"{found[2]}>{found[3]}</a>' if address else found[3]

        html = _INNER_LINK.sub(link, html)
        kept = {found[1] for found in _INNER_LINK.finditer(html)}
        return _NAMED.sub(lambda found: found[0] if found[2] in kept else found[1], html)
