"""A plain text as a news article: headline, paragraphs, and what the story says of its author, place and day.

Two layouts are told apart by the whole file, never by a line: one paragraph a line, and lines broken to a width
("hard-wrapped"), where paragraphs are set apart by indentation. Blank lines set paragraphs apart in both. Nothing is
cut: every word of the file stands in the headline or a paragraph, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reader.model import Dateline
from reader.parse import dateline
from reader.parse.written import publication
from reader.text import clean

_HEADLINE = 200
_SET_APART = 500
_WIDEST = 120
_SPACES = re.compile(r"[ \t]+")
_BULLET = re.compile(r"(?:[•*▪●◦‣·–—-]|\d{1,3}[.)])\s+\S")
_CLOSING = "\"'”’»)]›」』*_"
_FULL_STOP = (".", "。", "．", "。", "۔", "।")
_STOP = (*_FULL_STOP, "!", "?", "…", "！", "？", "؟", ":", ";")
_DENSE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


class _Line(NamedTuple):
    text: str
    indent: int

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


@dataclass(frozen=True, slots=True)
class Article:
    """A plain text read as an article; a paragraph holds line ends where the file breaks verse on purpose."""

    headline: str | None
    paragraphs: tuple[str, ...]
    dateline: Dateline | None = None
    author: str | None = None
    published: int | None = None
    updated: int | None = None


def read(text: str) -> Article:
    """The article that a decoded text holds."""
    blocks, gaps = _blocks(clean(text))
    if not blocks:
        return Article(None, ())
    width = _wrap_width(blocks)
    taken = _headline_lines(blocks, gaps, width)
    headline = _join(line.text for line in blocks[0][:taken]) if taken else None
    body = [block for block in (blocks[0][taken:], *blocks[1:]) if block]
    paragraphs = tuple(_wrapped(body, width) if width else (line.text for block in body for line in block))
    subtitle = bool(taken) and len(blocks) > 1 and taken < len(blocks[0]) <= 3 and not width
    return _described(headline, paragraphs, skip=1 if subtitle and not _is_sentence(paragraphs[0]) else 0)


def _blocks(text: str) -> tuple[list[list[_Line]], list[int]]:
    """The lines between blank lines, and how many blank lines follow each block."""
    blocks: list[list[_Line]] = []
    gaps: list[int] = []
    blank = True
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            if blocks:
                gaps[-1] += 1
            blank = True
            continue
        if blank:
            blocks.append([])
            gaps.append(0)
        blank = False
        start = raw[: len(raw) - len(raw.lstrip())].replace("\t", "    ").replace("\u3000", "  ")
        blocks[-1].append(_Line(_SPACES.sub(" ", line), len(start)))
    return blocks, gaps


def _wrap_width(blocks: list[list[_Line]]) -> int:
    """The width that the lines were broken to, 0 if a line is a paragraph.

    Broken lines are nearly full (the next word would not have fitted), do not end sentences, and go on in lower case.
    """
    pairs = [pair for number, block in enumerate(blocks) for pair in pairwise(block[0 if number else _lone(block) :])]
    if not pairs:
        return 0
    widths = sorted(line.width for block in blocks for line in block if " " in line.text or _DENSE.match(line.text))
    width = widths[len(widths) * 9 // 10] if widths else 0
    joints = [(line, after) for line, after in pairs if after.indent <= line.indent + 1]
    if not 0 < width <= _WIDEST or not joints:
        return 0
    going_on = sum(after.text[0].islower() or bool(_DENSE.match(after.text)) for _, after in joints)
    broken = sum(
        not _is_sentence(line.text) and (after.text[0].islower() or not _fits(line, after, width))
        for line, after in joints
    )
    return width if broken * 2 > len(joints) and going_on * 5 >= len(joints) else 0


def _lone(block: list[_Line]) -> int:
    """1 if the block's first line stands out to the left of the second one, as a headline does over indented text."""
    return 1 if len(block) > 1 and block[1].indent > block[0].indent + 1 else 0


def _fits(line: _Line, after: _Line, width: int, slack: int = 0) -> bool:
    """Whether the next line's first word would still have fitted: the break was meant."""
    word = 1 if _DENSE.match(after.text) else 1 + len(after.text.split(" ", 1)[0])
    return line.width + word + slack <= width


def _is_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_STOP)


def _has_full_stop(text: str) -> bool:
    bare = text.rstrip(_CLOSING)
    return bare.endswith(_FULL_STOP) and not bare.endswith("..")


def _headline_lines(blocks: list[list[_Line]], gaps: list[int], width: int) -> int:
    """How many lines of the first block are the headline."""
    first, rest = blocks[0], blocks[1:]
    top = first[0].text
    if dateline.find(top) and (_is_sentence(top) or len(top) > _WIDEST or (width and len(first) > 1)):
        return 0
    short = len(top) <= _HEADLINE
    if len(first) == 1:
        if not rest:
            return int(short and not _has_full_stop(top))
        set_apart = gaps[0] > 1 and all(gap < gaps[0] for gap in gaps[1:-1])
        return int(short or (set_apart and len(top) <= _SET_APART))
    if not short:
        return 0
    if not width or _lone(first):
        return int(bool(_lone(first) and width) or not _has_full_stop(top))
    if _fits(first[0], first[1], width, slack=4):
        return int(not _has_full_stop(top))
    is_short_block = len(first) <= 3 and rest and sum(len(line.text) for line in first) <= _HEADLINE
    return len(first) if is_short_block and not _has_full_stop(first[-1].text) else 0


def _wrapped(blocks: list[list[_Line]], width: int) -> Iterator[str]:
    """The paragraphs of hard-wrapped blocks."""
    only_sentences = len(blocks) == 1 and len({line.indent for line in blocks[0]}) == 1 and len(blocks[0]) > 8
    for block in blocks:
        breaks = sum(_fits(line, after, width, slack=8) for line, after in pairwise(block))
        if len(block) > 2 and breaks * 3 > (len(block) - 1) * 2:
            yield "\n".join(line.text for line in block)
            continue
        margin = min(line.indent for line in block)
        start = 0
        for end, (line, after) in enumerate(pairwise(block), 1):
            in_list = bool(_BULLET.match(block[start].text))
            by_indent = after.indent > margin + 1 and not (in_list and after.indent > block[start].indent)
            by_sentence = only_sentences and _is_sentence(line.text) and _fits(line, after, width, slack=8)
            if by_indent or by_sentence or (in_list and _BULLET.match(after.text)):
                yield _join(item.text for item in block[start:end])
                start = end
        yield _join(item.text for item in block[start:])


def _join(lines: Iterator[str]) -> str:
    """Broken lines as one; no space where Han or kana meet."""
    joined = next(lines)
    parts = [joined]
    for line in lines:
        parts.append("" if _DENSE.match(parts[-1][-1:]) and _DENSE.match(line) else " ")
        parts.append(line)
    return "".join(parts)


def _described(headline: str | None, paragraphs: tuple[str, ...], skip: int) -> Article:
    """The article with what its first and last paragraphs say of author, day and place."""
    author: str | None = None
    published: int | None = None
    updated: int | None = None
    found: dateline.Found | None = None
    for number, paragraph in enumerate(paragraphs[skip : skip + 12], skip):
        facts = _furniture(paragraph)
        if facts is None:
            found = dateline.find(paragraph, paragraphs[number + 1] if number + 1 < len(paragraphs) else "")
            break
        author, published, updated = author or facts[0], published or facts[1], updated or facts[2]
    for paragraph in paragraphs[skip + 1 :][-4:]:
        said = publication(paragraph)
        if said and said.is_update:
            updated = updated or said.at
        elif said:
            published = published or said.at
    if found and published is None:
        published = found.published
    return Article(headline, paragraphs, found.dateline if found else None, author, published, updated)


def _furniture(paragraph: str) -> tuple[str | None, int | None, int | None] | None:
    """Author, day of publication and of change that a line above the story names; None if it is the story itself."""
    if len(paragraph) > 300:
        return None
    if _BULLET.match(paragraph) and paragraph[0] in "•▪●◦‣*":
        return None, None, None
    if whole := dateline.byline(paragraph):
        return whole, None, None
    author: str | None = None
    published: int | None = None
    updated: int | None = None
    for part in re.split(r"\s*[|•·]\s*", paragraph):
        if said := publication(part):
            published, updated = (published, said.at) if said.is_update else (said.at, updated)
        elif name := dateline.byline(part):
            author = author or name
        else:
            return None
    return author, published, updated
