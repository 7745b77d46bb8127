"""How many of the words of real bodies stand on our lines: ``python -m tests.benchmarks.text_kept``.

The words are those that lxml reads in a body or a page, without scripts, styles, templates, ``noscript``, ``head`` and
hidden parts. They are looked for on the lines themselves, as often as they are in the text. What is missing was taken
out by a rule of ``reader.parse.removal``, which is printed with its share, or is lost.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from reader.document.lines import SIGNS, Line, Style
from reader.document.subset import read
from reader.document.typeset import typeset
from reader.parse import bodies as entry_bodies
from reader.parse.decode import declared_charset, decode
from reader.parse.documents import parse
from reader.parse.html import Cleaned, clean, removed
from reader.parse.source import Source
from reader.text import clean as safe
from tests import corpora

WIDTHS = (40, 72, 120)
_SKIPPED = {"script", "style", "template", "noscript", "head", "title"}
_IN_LINES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb ruby s samp"
    " small span strike strong sub sup time tt u var wbr msup msub mi mn mo mrow math"
)
_INLINE = frozenset(_IN_LINES.split())
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_EAST_ASIAN = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff\uac00-\ud7a3"
_WORD = re.compile(f"[{_EAST_ASIAN}]|[^\\W_{_EAST_ASIAN}]+")
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Text:
    """A body or a page as it was found, and the base of its addresses."""

    name: str
    html: str
    base: str | None


@dataclass
class Kept:
    """Words in a text, how many of them stand nowhere, and by which rule others were left out."""

    words: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of the words that are kept or were left out by a rule."""
        return 1 - sum(self.lost.values()) / self.words if self.words else 1.0

    def add(self, other: Kept) -> None:
        """Counts another text in."""
        self.words += other.words
        self.lost += other.lost
        self.removed += other.removed


def words(text: str) -> Counter[str]:
    """The words of a text and how often each is there; signs of compatibility are what they stand for."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", safe(text))))


def reference(html: str) -> str:
    """The text of a body or a page as lxml reads it, blocks set apart by spaces."""
    if not html.strip():
        return ""
    parts: list[str] = []
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, is_over = stack.pop()
        edge = " " if isinstance(node.tag, str) and node.tag not in _INLINE else ""
        if is_over:
            parts += (edge, node.tail or "")
            continue
        stack.append((node, True))
        if isinstance(node.tag, str) and node.tag not in _SKIPPED and not _is_hidden(node.attrib):
            parts += (edge, node.text or "")
            stack += [(child, False) for child in reversed(node)]
    return "".join(parts)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    return _HIDDEN.search(attributes.get("style", "")) is not None


def shown(lines: Iterable[Line]) -> str:
    """The text on lines, without the signs that are no text, words that were broken at a line's end made whole."""
    pieces: dict[int, list[tuple[int, str]]] = {}
    heads: list[str] = []
    for line in lines:
        heads.append(" ")
        for run in line.runs:
            if run.start >= 0:
                pieces.setdefault(line.block, []).append((run.start, run.text))
            elif run.style & Style.TABLE_HEAD and not run.style & SIGNS:
                heads.append(run.text)
    parts: list[str] = []
    for block in pieces.values():
        at = -1
        for start, text in sorted(block):
            parts += (" ", text) if start != at else (text,)
            at = start + len(text)
        parts.append("\n")
    return "".join([*parts, *heads])


def kept(text: Text, lines: Iterable[Line]) -> Kept:
    """What becomes of the words of a body on its lines."""
    wanted = words(reference(text.html))
    lost = wanted - words(shown(lines))
    result = Kept(wanted.total())
    if lost:
        for rule, part in removed(text.html, text.base):
            gone = lost & words(_TAG.sub(" ", part))
            lost -= gone
            result.removed[rule.value] += gone.total()
    result.lost = lost
    return result


def page(text: Text, width: int) -> list[Line]:
    """The lines of a body at a width."""
    return list(typeset(read(clean(text.html, text.base).html), width))


def feeds() -> list[Text]:
    """Every body of the real feeds as it comes to be cleaned."""
    found: list[Text] = []
    name = ""

    def record(html: str, base: str | None) -> Cleaned:
        found.append(Text(name, html, base))
        return clean(html, base)

    vars(entry_bodies)["clean"] = record
    try:
        for known in corpora.manifest("feeds/real"):
            name = known["file"]
            data = (corpora.folder("feeds/real") / name).read_bytes()
            parse(Source(data, "https://example.org/feed", "feed"))
    finally:
        vars(entry_bodies)["clean"] = clean
    return found


def pages() -> list[Text]:
    """Every page."""
    files = [(path.name, path.read_bytes()) for path in sorted(corpora.folder("pages").glob("*.html"))]
    return [Text(name, decode(data, declared_charset(data)), f"https://example.org/{name}") for name, data in files]


KINDS = {"feeds": feeds, "pages": pages}


def main() -> int:
    """Print the shares; with ``-v`` also what was lost where."""
    for kind, texts in KINDS.items():
        found = texts()
        for width in WIDTHS:
            whole = Kept()
            for text in found:
                each = kept(text, page(text, width))
                whole.add(each)
                if "-v" in sys.argv and each.lost:
                    print(f"   {text.name}: {each.share:.2%} of {each.words}, lost {each.lost.most_common(12)}")
            print(f"{kind} at {width}: {len(found)} texts, {whole.words:,} words, {whole.share:.3%} kept")
            for rule, count in whole.removed.most_common():
                print(f"  {rule}: {count / whole.words:.3%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
