"""Foreign HTML into our own small subset (``document.subset`` reads it), and into plain text.

Bodies that are well-formed and of the usual elements are read as they stand (``straight``). Of the others the tree is
built by lexbor as a browser would build it, written out again well-formed, and walked once as a flat run of tags and
text, so depth costs nothing. Layout wrappers dissolve: of a ``div`` only the edges of its paragraphs stay,
of a ``span`` nothing. What could act or hide is dropped: scripts, styles, frames (a link stays), tracking pixels,
hidden parts. ``clean(clean(x)) == clean(x)``.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader import text as texts
from reader.parse import formulas, markup, straight
from reader.parse.attributes import is_hidden
from reader.parse.flatten import flat, safe
from reader.parse.removal import Rule, without_notes
from reader.parse.tags import Walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 2_000_000
_CODE = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_CODE_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
_DATA = re.compile(r"\bdata:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%_-]{1000,}")

# As lexbor writes them: names may hold nearly anything, values always stand in double quotes.
_TAG = re.compile(r'<(/?[a-zA-Z][^\s/>]*)((?: [^\s>][^\s=>]*="[^"]*")*)>', re.ASCII)
_RAW = re.compile(r"<!--.*?-->|<(style|iframe|video|audio|noembed|noframes|xmp)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_ENDLESS = re.compile("<plaintext", re.IGNORECASE)
_SOURCE = re.compile(r'<source\b[^>]*\ssrc="([^"]*)"')
# A combining stroke would make "≯" of the ">" before it; it stays where it belongs, behind signs of mathematics.
_OVERLAY = re.compile("(?<![\u2190-\u22ff])\u0338")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'’”»]")

_TAG_NAME = re.compile(r"<(/?[a-z0-9]+)[^>]*>")
# What a tag means in plain text; the others mean nothing.
_EDGES = {
    **dict.fromkeys(("br", "li", "tr", "dt", "dd"), "\n"),
    **dict.fromkeys(("/td", "/th"), "\t"),
    **{
        edge + name: "\n\n"
        for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "pre", "table", "figure",
                     "figcaption", "details", "summary")
        for edge in ("", "/")
    },
}  # fmt: skip
_MARKS = re.compile("<[^>]*>")
_TAGS_EDGES = {f"<{tag}>": edge for tag, edge in _EDGES.items()} | {"<br/>": "\n", "<hr/>": "\n\n"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body in our HTML subset, and the same as paragraphs of plain text set apart by blank lines."""

    html: str
    text: str


EMPTY = Cleaned("", "")


def clean(html: str, base: str | None) -> Cleaned:
    """A body of HTML, whole or a fragment, as our subset; relative addresses are resolved against ``base``.

    Never raises for any text; at most ``writer.LIMIT`` characters come out and ``LONGEST`` are looked at.
    """
    if not html or html.isspace():
        return EMPTY
    pieces = straight.pieces(html, base) if len(html) <= LONGEST else None
    if pieces is None:
        return _thoroughly(html, base)
    whole = "".join(pieces)
    subset, removed = without_notes(whole)
    return Cleaned(subset, plain(subset) if removed else _spelled_out(pieces))


def _thoroughly(html: str, base: str | None) -> Cleaned:
    """The same for any body, by way of a tree."""
    subset, _ = _walked(html, base)
    return Cleaned(subset, texts.clean(plain(subset)))


def removed(html: str, base: str | None) -> list[tuple[Rule, str]]:
    """What the cleaning of a body leaves out of its text, and under which rule."""
    return _walked(html, base)[1]


def _walked(html: str, base: str | None) -> tuple[str, list[tuple[Rule, str]]]:
    """A body as our subset, and what was left out."""
    walk = Walk(base)
    html = _shortened(html)
    walk.run(_pieces(_well_formed(html[:LONGEST]), walk.removed))
    subset, notes = without_notes(texts.clean(walk.finish()))  # a mark may have stood in an element of its own
    return subset, [*walk.removed, (Rule.LENGTH, html[LONGEST:]), *notes]


def _shortened(html: str) -> str:
    """A body that is too long, without the pictures that are written out in it, and without scripts and styles."""
    if len(html) <= LONGEST:
        return html
    first, *others = _CODE.split(_DATA.sub("data:,", html))
    ends = [_CODE_END.search(each) for each in others]
    return first + "".join(each[end.end() :] for each, end in zip(others, ends, strict=True) if end)


def from_text(text: str) -> Cleaned:
    """A body of plain text as our subset: paragraphs at blank lines, line breaks kept, web addresses made links."""
    text = texts.clean(text)[:LONGEST]
    paragraphs = [part.strip() for part in _BLANK_LINES.split(text)]
    return clean("".join(f"<p>{_linked(part)}</p>" for part in paragraphs if part), None)


def plain(subset: str) -> str:
    """Our subset as plain text: a blank line between blocks, one line for a list item or a table's row."""
    parts = _TAG_NAME.split(subset)
    parts[1::2] = [_EDGES.get(tag, "") for tag in parts[1::2]]
    return _tidied("".join(parts).replace("\t\n", "\n"))


def _spelled_out(found: list[str]) -> str:
    """The same of tags and texts."""
    text = "".join([_TAGS_EDGES.get(piece, piece) for piece in found])
    return _tidied(_MARKS.sub("", text))


def _tidied(text: str) -> str:
    if "&" in text:
        text = entities.unescape(text)
    return _BLANK_LINES.sub("\n\n", text).strip()


def _well_formed(html: str) -> str:
    """The body as lexbor understands it, written out well-formed, safe characters only."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    if not html.isascii():
        html = html.encode("utf-8", "ignore").decode()
    html = safe(html.replace("\0", ""))
    small = html.lower()
    if "<plaintext" in small:
        html = _ENDLESS.sub("<pre", html)
    try:
        parser = LexborHTMLParser(html, is_fragment=True)
    except SelectolaxError:  # out of memory
        parser = LexborHTMLParser(flat(html), is_fragment=True)
    if "<script" in small and parser.root is not None:
        parser.root.strip_tags(["template", "script"])
    if "<table" in small:
        _unmake_layout_tables(parser)
    whole = parser.html or ""
    if "\u0338" in whole:
        whole = _OVERLAY.sub("", whole)
    return whole if markup.ordinary(whole) else texts.clean(whole)


def pieces(html: str) -> list[str]:
    """Any HTML as a flat run that is well-formed: text, tag, attributes, text, tag, attributes … text."""
    return _pieces(_well_formed(_shortened(html)[:LONGEST]), [])


def _pieces(html: str, removed: list[tuple[Rule, str]]) -> list[str]:
    """The same of HTML that is well-formed, and what of it is no text."""

    def raw(found: re.Match[str]) -> str:
        """Elements whose content is no HTML: of a frame the tag stays, of old-fashioned listings the text."""
        name, attributes, content = found[1], found[2], found[3]
        if name in ("iframe", "video", "audio"):
            removed.append((Rule.FALLBACK, content))
            inner = None if name == "iframe" else _SOURCE.search(content)
            source = f' src="{inner[1]}"' if inner and " src=" not in attributes else ""
            return f"<{name}{attributes}{source}></{name}>"
        if name == "xmp":
            return f"<pre>{entities.escape(content, quote=False)}</pre>"
        if name != "style":
            removed.append((Rule.UNSEEN, content or ""))
        return ""

    html = _RAW.sub(raw, html)
    if "<math" in html:
        html = formulas.written_out(html, lambda text: removed.append((Rule.FORMULA, text)))
    return _TAG.split(html.replace("&nbsp;", "\xa0"))


def _unmake_layout_tables(parser: LexborHTMLParser) -> None:
    """Marks tables that only place things: those with tables inside, or with one cell a row."""
    for table in parser.css("table"):
        if len(table.css("table")) > 1 or all(_cells(row) < 2 for row in table.css("tr")):
            table.attrs["role"] = "presentation"


def _cells(row: LexborNode) -> int:
    """How many cells of a row are shown."""
    if not _is_shown(row) or (row.parent is not None and not _is_shown(row.parent)):
        return 0
    return sum(_is_shown(cell) for cell in row.css("td, th"))


def _is_shown(node: LexborNode) -> bool:
    return not is_hidden("".join(f' {name}="{value or ""}"' for name, value in node.attributes.items()))


def _linked(text: str) -> str:
    """Plain text escaped, with its web addresses as links and its lines kept."""
    parts, end = [], 0
    for found in _URL.finditer(text):
        address = entities.escape(found[0])
        parts += [entities.escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    parts.append(entities.escape(text[end:]))
    return "".join(parts).replace("\n", "<br>")
