"""Formulas (MathML) as they are written in a line: "x² + 1", "(a + b)/c", "√2".

A formula comes as it stands in well-formed HTML and becomes text with ``<sup>`` and ``<sub>``. What it says in another
language besides, mostly TeX, is only taken where there is nothing else.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_ATTRIBUTES = r'(?: [^\s>][^\s=>]*="[^"]*")*'
_MATH = re.compile(rf"<math({_ATTRIBUTES})>(.*?)</math>", re.DOTALL)
_TOKEN = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*)({_ATTRIBUTES})>|([^<]+)")
_ALTERNATIVE = re.compile(r' alttext="([^"]*)"')
_ASIDE = re.compile(r"<(annotation-xml|annotation|mphantom)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_FOREIGN = re.compile(r"<(?!/?(?:m[a-z]+|semantics|none)\b)")
_FENCE = re.compile(r' (open|close|separators)="([^"]*)"')
_STYLE = re.compile(r"\{\\(?:displaystyle|textstyle) ?(.*)\}", re.DOTALL)
_DEEPEST = 40
_LONGEST = 20_000
_SPACED = frozenset("=+−-±∓×÷·⋅∗*<>≤≥≠≈≡≅∼∝→←↔⇒⇐⇔↦∈∉⊂⊆⊃⊇∪∩∧∨∖≪≫:∣|") | {"&lt;", "&gt;", "&lt;=", "&gt;=", ":=", "=="}
_UNSEEN = frozenset(("\u2061", "\u2062", "\u2063", "\u2064"))  # "applied to", "times" and the like
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7",
            "⃗": "\u20d7", "˙": "\u0307", ".": "\u0307", "¨": "\u0308"}  # fmt: skip
_SHIFTED = r"(?:<su[pb]>[^<>]*</su[pb]>)*"
_SINGLE = re.compile(rf"(?:[\d.,]+|\w|\w{{2,}}\(\w\)|∞){_SHIFTED}")
_PRODUCT = re.compile(rf"(?:[^\s<>()/]{_SHIFTED})*")


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: str = ""
    children: list[_Node] = field(default_factory=list)
    text: str = ""


def written_out(html: str, left_out: Callable[[str], object]) -> str:
    """Well-formed HTML with its formulas as text; ``left_out`` is told what they say besides.

    What is very long, or has elements in it that are none of formulas, stays as it is.
    """

    def written(found: re.Match[str]) -> str:
        attributes, inside = found[1], found[2]
        asides = _ASIDE.findall(inside)
        bare = _ASIDE.sub("", inside)
        if len(bare) > _LONGEST or _FOREIGN.search(bare):
            return found[0]
        text = _written(_read(bare)).strip() or _source(attributes, asides)
        for _, _, aside in asides:
            left_out(aside)
        return f"<div>{text}</div>" if ' display="block"' in attributes else f"<span>{text}</span>"

    return _MATH.sub(written, html)


def source(alternative: str) -> str:
    """The text that stands for a formula, without what TeX needs to set it."""
    found = _STYLE.fullmatch(alternative.strip())
    return (found[1] if found else alternative).strip()


def _source(attributes: str, asides: list[tuple[str, str, str]]) -> str:
    """What a formula was made of, where it says nothing else."""
    other = _ALTERNATIVE.search(attributes)
    sources = [aside for tag, about, aside in asides if tag == "annotation" and "tex" in about and "<" not in aside]
    said = source(entities.unescape(other[1] if other else "".join(sources[:1])))
    return f"<code>{entities.escape(said, quote=False)}</code>" if said else ""


def _read(inside: str) -> _Node:
    """The tree of a formula; what is too deep stands in the deepest part."""
    root = _Node("mrow")
    stack = [root]
    for closing, tag, attributes, text in _TOKEN.findall(inside):
        if text:
            stack[-1].children.append(_Node("", text=text))
        elif not closing:
            node = _Node(tag.lower(), attributes)
            stack[-1].children.append(node)
            stack.append(node if len(stack) < _DEEPEST else stack[-1])
        elif len(stack) > 1:
            stack.pop()
    return root


def _written(node: _Node) -> str:
    """A part of a formula as text."""
    if not node.tag:
        text = " ".join(node.text.replace("&nbsp;", " ").split())
        return "" if text in _UNSEEN else text
    parts = [_written(child) for child in node.children]
    layout = _LAYOUTS.get(node.tag)
    if layout is not None and len(full := [part for part in parts if part.strip()]) == layout.parts:
        return layout.write(full)
    if node.tag == "mfenced":
        return _fenced(node, parts)
    if node.tag == "mtable":
        return "; ".join(filter(None, parts))
    if node.tag in ("mtr", "mlabeledtr"):
        return ", ".join(filter(None, parts))
    if node.tag == "mspace":
        return " "
    text = _row(node.children, parts)
    if node.tag == "msqrt":
        return "√" + _grouped(text)
    return f" {text} " if node.tag == "mtext" else text


def _row(children: list[_Node], parts: list[str]) -> str:
    """Parts side by side, with spaces around the signs that stand between two."""
    text = ""
    for child, part in zip(children, parts, strict=True):
        between = child.tag == "mo" and part in _SPACED and text and text.rstrip()[-1:] not in ("", "(", "[", "{", ",")
        text += f" {part} " if between and not text.endswith(" ") else part + ("" if part != "," else " ")
    return text


def _grouped(part: str, whole: re.Pattern[str] = _SINGLE) -> str:
    """A part in brackets unless it reads as a whole without."""
    part = part.strip()
    return part if whole.fullmatch(part) else f"({part})"


def _base(part: str) -> str:
    """What something is raised or lowered at, in brackets where it is a sum that has none."""
    part = part.strip()
    return f"({part})" if " " in part and part[0] not in "([{|" else part


def _raised(part: str) -> str:
    return f"<sup>{part.strip()}</sup>" if part.strip() else ""


def _lowered(part: str) -> str:
    return f"<sub>{part.strip()}</sub>" if part.strip() else ""


def _over(parts: list[str]) -> str:
    """A base with an accent, or with something written above."""
    base, above = parts[0].strip(), parts[1].strip()
    if above in _ACCENTS and len(base) == 1:
        return base + _ACCENTS[above]
    return parts[0] + _raised(above)


def _fenced(node: _Node, parts: list[str]) -> str:
    said: dict[str, str] = dict(_FENCE.findall(node.attributes))
    separators = said.get("separators", ",").strip()
    return said.get("open", "(") + f"{separators[:1]} ".join(parts) + said.get("close", ")")


@dataclass(frozen=True, slots=True)
class _Layout:
    parts: int  # at least
    write: Callable[[list[str]], str]


_LAYOUTS = {
    "mfrac": _Layout(2, lambda parts: f"{_grouped(parts[0], _PRODUCT)}/{_grouped(parts[1])}"),
    "mroot": _Layout(2, lambda parts: _raised(parts[1]) + "√" + _grouped(parts[0])),
    "msup": _Layout(2, lambda parts: _base(parts[0]) + _raised(parts[1])),
    "msub": _Layout(2, lambda parts: _base(parts[0]) + _lowered(parts[1])),
    "msubsup": _Layout(3, lambda parts: _base(parts[0]) + _lowered(parts[1]) + _raised(parts[2])),
    "munder": _Layout(2, lambda parts: parts[0] + _lowered(parts[1])),
    "mover": _Layout(2, _over),
    "munderover": _Layout(3, lambda parts: parts[0] + _lowered(parts[1]) + _raised(parts[2])),
}
