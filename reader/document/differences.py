"""What changed between two texts, word by word, as a document that shows both.

Leaves that are the same stay as they are, but for long stretches of them, of which only a line stays; of the others
what went is marked as removed and what came as added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reader.document.lines import Style
from reader.document.nodes import Block, Code, Document, Heading, Leaf, Paragraph, Role, Span, leaf_text, leaves
from reader.text import plural

_MOST_COMPARED = 4_000_000  # words of one text times words of the other; comparing more of them takes too long
_ALIKE = 0.4
_AHEAD = 40  # leaves among which the one is looked for that another is an edit of
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
    known = [_vocabulary(leaf) for leaf in old]
    for leaf in new:
        words = _vocabulary(leaf)
        near = range(at, min(at + _AHEAD, len(old)))
        partner = next((index for index in near if _are_alike(known[index], words)), None)
        if partner is None:
            yield _marked(leaf, [Span(leaf_text(leaf), Style.ADDED)])
            continue
        yield from _removed(old[at:partner])
        yield _marked(leaf, _compared(leaf_text(old[partner]), leaf_text(leaf)))
        at = partner + 1
    yield from _removed(old[at:])


def _removed(old: Sequence[Leaf]) -> Iterator[Block]:
    return (_marked(leaf, [Span(leaf_text(leaf), Style.REMOVED)]) for leaf in old if leaf_text(leaf))


def _are_alike(old: frozenset[str], new: frozenset[str]) -> bool:
    """Whether two leaves have so many words in common that one is an edit of the other."""
    return len(old & new) >= _ALIKE * max(len(old), len(new), 1)


def _vocabulary(leaf: Leaf) -> frozenset[str]:
    """The words of a leaf, each once."""
    return frozenset(word for word in _words(leaf_text(leaf)) if not word.isspace())


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
    stays, spans, left, right = "", [], 0, 0
    for first, start, count in (*_same(before, after), (len(before), len(after), 0)):
        if (first, start) != (left, right):
            went, came = "".join(before[left:first]), "".join(after[right:start])
            spans += [Span(stays), Span(went, Style.REMOVED), Span(came, Style.ADDED)]
            stays = ""
        stays += "".join(after[start : start + count])
        left, right = first + count, start + count
    return [span for span in (*spans, Span(stays)) if span.text]


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """What two texts have in common: where it begins in each, and how many parts it has.

    Only words are sought, with the spaces beside them: a space is everywhere, which takes a hundred times as long.
    """
    old, new = ([at for at, word in enumerate(words) if not word.isspace()] for words in (before, after))
    left = right = 0
    for kind, first, last, start, _ in _changes([before[at] for at in old], [after[at] for at in new]):
        for one, other in zip(old[first:last], new[start:], strict=False) if kind == "equal" else ():
            ahead = one > left and other > right and _is_space(before[one - 1 : one], after[other - 1 : other])
            behind = _is_space(before[one + 1 : one + 2], after[other + 1 : other + 2])
            yield one - ahead, other - ahead, 1 + ahead + behind
            left, right = one + 1 + behind, other + 1 + behind


def _is_space(one: Sequence[str], other: Sequence[str]) -> bool:
    return one == other and "".join(one).isspace()
