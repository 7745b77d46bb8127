"""Which HTML elements become what: the tables behind ``html.clean``."""

from __future__ import annotations

from enum import Enum


class Flow(Enum):
    """What an element of ours may hold."""

    BLOCKS = "blocks"  # paragraphs and other blocks; bare text is wrapped in a paragraph
    TIGHT = "tight"  # its first text bare, then blocks
    LEAF = "leaf"  # text only; inner blocks become line breaks
    PARTS = "parts"  # nothing but its own parts


CONTAINERS = {
    "blockquote": Flow.BLOCKS,
    "details": Flow.BLOCKS,
    "li": Flow.TIGHT,
    "td": Flow.TIGHT,
    "th": Flow.TIGHT,
    "dd": Flow.TIGHT,
    "figure": Flow.TIGHT,
    "ul": Flow.PARTS,
    "ol": Flow.PARTS,
    "dl": Flow.PARTS,
    "table": Flow.PARTS,
    "tr": Flow.PARTS,
    "dt": Flow.LEAF,
    "summary": Flow.LEAF,
    "figcaption": Flow.LEAF,
    "pre": Flow.LEAF,
    **{f"h{level}": Flow.LEAF for level in range(1, 7)},
}

# Where a part may stand, which implied parts it ends, and which part is implied by text in a whole.
WHOLES = {
    "li": ("ul", "ol"),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "dt": ("dl",),
    "dd": ("dl",),
    "summary": ("details",),
    "figcaption": ("figure",),
}
ENDS = {
    "li": ("li",),
    "tr": ("td", "tr"),
    "td": ("td",),
    "th": ("td",),
    "dt": ("dd",),
    "dd": ("dd",),
    "summary": (),
    "figcaption": (),
}
PARTS = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr", "tr": "td"}

INLINE = {
    "a": "a",
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "code": "code",
    "tt": "code",
    "samp": "code",
    "s": "s",
    "del": "s",
    "strike": "s",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "abbr": "abbr",
    "acronym": "abbr",
    "kbd": "kbd",
}

ALIASES = {"menu": "ul", "dir": "ul", "listing": "pre"}

# Dissolved block-level elements; whatever is in no table at all is dissolved inline.
BLOCKS = frozenset(
    ("p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "address", "center", "form",
     "fieldset", "legend", "hgroup", "dialog", "body", "html", "caption", "option", "optgroup", "search", "tr", "td",
     "th")
)  # fmt: skip

# Closed by the parser as soon as they are opened.
VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
     "meta", "param", "source", "track", "wbr")
)  # fmt: skip

SKIPPED = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "noembed", "noframes", "svg", "annotation",
     "annotation-xml", "rp")
)  # fmt: skip
