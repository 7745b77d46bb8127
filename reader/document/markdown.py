"""Documents as Markdown (CommonMark with tables, ticks, strikethrough and definition lists)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from reader.document.lines import Style
from reader.document.nodes import (
    Cell,
    Code,
    Document,
    Heading,
    Image,
    Leaf,
    Paragraph,
    Role,
    Rule,
    Span,
    Table,
    leaf_text,
    leaves,
    spans_text,
)
from reader.document.outline import outline

_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~~|&(?=#?\w{1,31};)|!(?=\[)")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+$|-+$|~{3,}|:\s|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)
_TICKS = re.compile("`+")
# Outermost first; each with what opens and what closes it.
_MARKUP = (
    (Style.MARK, "<mark>", "</mark>"),
    (Style.STRIKE, "~~", "~~"),
    (Style.STRONG, "**", "**"),
    (Style.EMPHASIS, "*", "*"),
    (Style.SUPERSCRIPT, "<sup>", "</sup>"),
    (Style.SUBSCRIPT, "<sub>", "</sub>"),
)


def markdown(document: Document) -> str:
    """A document as Markdown, which reads back as the same blocks, links and emphasis."""
    return outline(document.blocks, _leaf)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Heading():
            return "#" * leaf.level + " " + _inline(leaf.spans).replace("\\\n", " ")
        case Paragraph():
            return _paragraph(leaf)
        case Code():
            text = spans_text(leaf.spans)
            fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
            return f"{fence}{leaf.language or ''}\n{text}\n{fence}"
        case Image():
            return _image(leaf)
        case Table():
            return _table(leaf)
        case Rule():
            return "---"


def _paragraph(leaf: Paragraph) -> str:
    text = _guarded(_inline(leaf.spans))
    if leaf.role is Role.CAPTION:
        return f"*{text}*"
    return f"**{text}**" if leaf.role is Role.SUMMARY else text


def _guarded(text: str) -> str:
    """Text whose lines do not start like a heading, a list or a quote."""
    return _LINE_START.sub(lambda match: f"{match[1]}{_escaped_start(match[2])}", text)


def _escaped_start(sign: str) -> str:
    return sign + "\\" if sign[0].isdigit() else "\\" + sign


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    return text.replace("\n", "\\\n")


def _inline(spans: Iterable[Span]) -> str:
    """Spans as Markdown: links around emphasis around text."""
    text = ""
    for href, group in groupby(spans, key=lambda span: span.href):
        part = "".join(_emphasised(group))
        text += f"[{part}]({_target(href)})" if href is not None else part
    return text


def _emphasised(spans: Iterable[Span]) -> Iterator[str]:
    """Spans of one link as Markdown; what two neighbours share is opened once."""
    opened: list[tuple[Style, str, str]] = []
    for span in spans:
        wanted = [mark for mark in _MARKUP if span.style & mark[0]]
        keep = next((index for index, mark in enumerate(opened) if mark not in wanted), len(opened))
        yield "".join(closing for _, _, closing in reversed(opened[keep:]))
        del opened[keep:]
        stripped = span.text.strip()
        if not stripped:
            yield _escaped(span.text)
            continue
        lead, trail = span.text[: span.text.index(stripped)], span.text[span.text.index(stripped) + len(stripped) :]
        fresh = [mark for mark in wanted if mark not in opened]
        opened += fresh
        yield _escaped(lead) + "".join(opening for _, opening, _ in fresh) + _marked(stripped, span.style)
        if trail:
            yield "".join(closing for _, _, closing in reversed(opened)) + _escaped(trail)
            opened.clear()
    yield "".join(closing for _, _, closing in reversed(opened))


def _marked(text: str, style: Style) -> str:
    if not style & Style.CODE:
        return _escaped(text)
    ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    side = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{side}{text}{side}{ticks}"


def _target(href: str) -> str:
    """An address as the target of a link."""
    return f"<{href}>" if re.search(r"[\s()]", href) else href


def _image(image: Image) -> str:
    text = f"![{_escaped(image.alt)}]({_target(image.src or image.href or '')})"
    return f"[{text}]({_target(image.href)})" if image.href and image.src else text


def _table(table: Table) -> str:
    """A table with a head, which is empty where the table has none; spans are filled with empty cells."""
    rows = [[text for cell in row for text in (_cell(cell), *[""] * (cell.columns - 1))] for row in table.rows]
    count = max(map(len, rows))
    if not all(cell.head for cell in table.rows[0]):
        rows.insert(0, [])
    rows.insert(1, ["---"] * count)
    return "\n".join("| " + " | ".join(row + [""] * (count - len(row))) + " |" for row in rows)


def _cell(cell: Cell) -> str:
    texts = (
        _inline(leaf.spans)
        if isinstance(leaf, Paragraph | Heading)
        else _image(leaf)
        if isinstance(leaf, Image)
        else _escaped(leaf_text(leaf))
        for leaf in leaves(cell.blocks)
    )
    return "<br>".join(texts).replace("\\\n", "<br>").replace("\n", "<br>").replace("|", "\\|")
