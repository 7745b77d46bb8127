"""What changed between two texts, word by word, as a document that shows both.

Leaves that are the same stay as they are, but for long stretches of them, of which only a line stays; of the others
what went is marked as removed and what came as added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from reader.document.lines import Style
from reader.document.nodes import Block, Code, Document, Heading, Leaf, Paragraph, Role, Span, leaf_text, leaves
from reader.text import plural

_MOST_COMPARED = 4_000_000  # words of one text times words of the other; comparing more of them takes too long
_ALIKE = 0.4
_WORD = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]|[^\W\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|\s+|."
)

_Change = tuple[str, int, int, int, int]


def differences(old: Document, new: Document) -> Document:
    """The newer text with what was added marked, and what was removed marked where it stood."""
    before, after = list(leaves(old.blocks)), list(leaves(new.blocks))
    blocks: list[Block] = []
    changes = _changes([*map(leaf_text, before)], [*map(leaf_text, after)])
    if all(change[0] == "equal" for change in changes):
        return new
    for number, (kind, first, last, start, stop) in enumerate(changes):
        if kind == "equal":
            blocks += _shortened(after[start:stop], at_start=not number, at_end=number == len(changes) - 1)
        else:
            blocks += _replaced(before[first:last], after[start:stop])
    return Document(tuple(blocks), new.links)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """Which parts of two sequences are equal, and which take the place of which."""
    if len(old) * len(new) > _MOST_COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _shortened(same: Sequence[Leaf], *, at_start: bool, at_end: bool) -> list[Block]:
    """Leaves that did not change: those beside a change, and how many there are between them."""
    first, last = (0 if at_start else 1), (0 if at_end else 1)
    left_out = len(same) - first - last
    if left_out < 2:
        return list(same)
    words = f"… {plural(left_out, 'paragraph')} as before …"
    gap = Paragraph((Span(words),), Role.CAPTION)
    return [*same[:first], gap, *same[len(same) - last :]]


def _replaced(old: Sequence[Leaf], new: Sequence[Leaf]) -> Iterator[Block]:
    """Leaves in place of others: those that are alike are compared, the rest went or came."""
    at = 0
    for leaf in new:
        partner = next((index for index in range(at, len(old)) if _are_alike(old[index], leaf)), None)
        if partner is None:
            yield _marked(leaf, [Span(leaf_text(leaf), Style.ADDED)])
            continue
        yield from _removed(old[at:partner])
        yield _marked(leaf, _compared(leaf_text(old[partner]), leaf_text(leaf)))
        at = partner + 1
    yield from _removed(old[at:])


def _removed(old: Sequence[Leaf]) -> Iterator[Block]:
    return (_marked(leaf, [Span(leaf_text(leaf), Style.REMOVED)]) for leaf in old if leaf_text(leaf))


def _are_alike(old: Leaf, new: Leaf) -> bool:
    """Whether two leaves have so many words in common that one is an edit of the other."""
    first, second = set(_words(leaf_text(old))), set(_words(leaf_text(new)))
    return len(first & second) >= _ALIKE * max(len(first), len(second), 1)


def _words(text: str) -> list[str]:
    """Words, spaces and other signs in turn."""
    return _WORD.findall(text)


def _marked(leaf: Leaf, spans: list[Span]) -> Block:
    """A leaf with other text in it; what holds no running text becomes a paragraph."""
    if isinstance(leaf, Paragraph | Heading | Code):
        return replace(leaf, spans=tuple(spans))
    return Paragraph(tuple(replace(span, text=span.text.replace("\t", " ")) for span in spans))


def _compared(old: str, new: str) -> list[Span]:
    """A text with what changed in it; changes with nothing but a space between them are one."""
    before, after = _words(old), _words(new)
    changes = _changes(before, after)
    joins = {
        index + 1
        for index, (left, right) in enumerate(pairwise(changes[1:] if changes else []))
        if left[0] == "equal" and right[0] != "equal" and not "".join(after[left[3] : left[4]]).strip()
    }
    went, came, spans = "", "", []
    for index, (kind, first, last, start, stop) in enumerate(changes):
        if kind == "equal" and index not in joins:
            spans += [Span(went, Style.REMOVED), Span(came, Style.ADDED), Span("".join(after[start:stop]))]
            went = came = ""
        else:
            went += "".join(before[first:last])
            came += "".join(after[start:stop])
    spans += [Span(went, Style.REMOVED), Span(came, Style.ADDED)]
    return [span for span in spans if span.text]
