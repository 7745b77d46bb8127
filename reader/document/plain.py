"""Documents as plain text and as Markdown, and what lists want of a text: its words, its first sentences."""

from __future__ import annotations

import re

from reader.document.lines import Style
from reader.document.markdown import markdown
from reader.document.nodes import Code, Document, Heading, Leaf, Paragraph, Rule, Span, leaf_text
from reader.document.outline import outline
from reader.document.signs import lowered, raised

__all__ = ["markdown", "plain_text", "summary", "words"]

# Scripts without spaces between words: a word is about two Han characters or kana, or five signs of Thai, Lao, Khmer
# and Burmese.
_HAN = re.compile(
    "[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_SOUTH_EAST = re.compile("[\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3]")
_HAN_WORD, _SOUTH_EAST_WORD = 2, 5
_WORD = re.compile(r"[^\W_]+(?:[-'’.,·@:/&\u00ad][^\W_]+)*")
# A sentence ends at a stop with its closing marks where another starts after a space; in Han script at the stop alone.
_SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[^\sa-z])|[。！？]+[」』”’）]*")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[^\W\d_]|[A-Z]\.[A-Z]|Mrs?|Ms|Dr|Prof|Sr|Jr|St|Lt|Col|Gen|Sgt|Capt|Sen|Rep|Gov|Rev|Hon|No|Nos|vs|cf|etc|Inc"
    r"|Ltd|Corp|Co|e\.g|i\.e|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nr|bzw|z\.B|ca|Bd|Hrsg))\.$"
)


def plain_text(document: Document) -> str:
    """The text of a document, unwrapped: blocks set apart by one blank line, items of short lists by a line end."""
    return outline(document.blocks, _plain_leaf)


def _plain_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Rule):
        return "* * *"
    if isinstance(leaf, Paragraph | Heading | Code):
        return "".join(map(_plain_span, leaf.spans))
    return leaf_text(leaf)


def _plain_span(span: Span) -> str:
    """A span's text; raised and lowered text in characters of that kind where there are such."""
    if span.style & Style.SUPERSCRIPT:
        return raised(span.text) or span.text
    return (lowered(span.text) if span.style & Style.SUBSCRIPT else None) or span.text


def words(text: str) -> int:
    """How many words a text has, for the time it takes to read it."""
    if text.isascii():
        return sum(1 for _ in _WORD.finditer(text))
    text, han = _HAN.subn(" ", text)
    text, south_east = _SOUTH_EAST.subn(" ", text)
    return sum(1 for _ in _WORD.finditer(text)) - (-han // _HAN_WORD) - (-south_east // _SOUTH_EAST_WORD)


def summary(text: str, limit: int = 300) -> str:
    """The first sentences of a text as one line of at most ``limit`` characters; a longer first sentence is cut."""
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit:
        return line
    ends = [match.end() for match in _SENTENCE.finditer(line[: limit + 2]) if match.end() <= limit]
    ends = [end for end in ends if not _ABBREVIATED.search(line, max(0, end - 12), end)]
    if ends and ends[-1] >= limit // 3:
        return line[: ends[-1]]
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—-") + "…"
