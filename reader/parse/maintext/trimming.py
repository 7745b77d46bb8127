"""What stands around a text on a page of its own: the headline again, who posted it when, pointers elsewhere, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reader.parse.maintext.tidying import is_alike
from reader.parse.maintext.tree import Node, Tree

_LEAVES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption"))
_SHORT = 120
_HEADLINE = 15
_LATE = 0.6
_HEAD = re.compile(r"(?:(?:last )?updated|posted|published|written|submitted)(?: (?:on|by|in|at))?[ :]", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:(?:also )?(?:read|see|watch)(?: more| also| next| this)?|more(?: from| on| about)?[^:]{0,30}|related(?: \w+)?|"
    r"mehr zum thema|lesen sie auch|siehe auch|(?:à )?lire aussi|voir aussi|l[ae]er? también|leggi anche|baca juga|"
    r"leia também|zobacz także|czytaj także|читайте также|lees ook|läs också)\s*[:：|»]",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:filed under|posted in|tagged(?: with)?|tags?|categories|category|topics|share this|share on|follow us)"
    r"\s*(?::|$)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:sign up (?:for|to)|subscribe (?:to|now)|follow (?:us|me)|like us on|copyright|all rights reserved|"
    r"get (?:the|our) (?:latest|newsletter)|join our|download (?:the|our) app|want more)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:photos?|images?|pictures?|credits?)(?: credits?| by| courtesy(?: of)?)?\s*[:：]", re.IGNORECASE
)
_CONTROL = re.compile(
    r"(?:(?:image|photo|slide|picture) \d+ (?:of|/|of /) \d+|(?:hide |toggle |show |view )?captions?|close|"
    r"advertisement|(?:enlarge|expand|view) (?:this )?(?:image|photo|picture)|full ?screen|play video|print|share|"
    r"tweet|pin it)\W*",
    re.IGNORECASE,
)
_GALLERY = re.compile("caption|galler|carousel|slide")
_ALT = re.compile(r'\salt="([^"]+)"')


def trim(tree: Tree, chosen: list[Node], title: str) -> None:
    """Throws that out, where it is sure, of the elements that hold the text."""
    leaves = [leaf for top in chosen for leaf in _leaves(tree, top)]
    _from_the_top(leaves, title)
    for leaf in leaves:
        if leaf.length < _SHORT and _is_apparatus(leaf):
            leaf.gone = True
    _headlines(leaves)
    _from_the_end(leaves)
    _repeated(leaves)
    for top in chosen:
        _said_by_pictures(tree, top)
        _said_at_the_foot(tree, top)
    tree.measure()


def _leaves(tree: Tree, top: Node) -> Iterator[Node]:
    """The lines of a text: the innermost blocks with words."""
    if top.kind in _LEAVES:
        yield top
        return
    at = top.at + 1
    while at < top.end:
        node = tree.nodes[at]
        if node.gone or (node.kind in _LEAVES and not node.has_blocks):
            if not node.gone and node.length:
                yield node
            at = node.end
        else:
            at += 1


def _is_apparatus(leaf: Node) -> bool:
    """Whether a line points elsewhere, works a gallery, or names a picture's owner without being its caption."""
    text = leaf.text()
    if _CONTROL.fullmatch(text) or (leaf.linked > 0.5 * leaf.length and _POINTER.match(text)):
        return leaf.kind not in ("h1", "h2", "h3", "h4", "h5", "h6", "dt")
    is_caption = any(each.tag in ("figure", "figcaption") for each in (leaf, *leaf.above(3)))
    return leaf.length < _SHORT / 2 and not is_caption and _CREDIT.match(text) is not None


def _from_the_top(leaves: Iterable[Node], title: str) -> None:
    """The headline, and who posted it when, as long as nothing else comes first."""
    for leaf in leaves:
        if leaf.length > 2 * _SHORT:
            return
        text = leaf.text()
        is_title = bool(title) and leaf.kind != "li" and is_alike(text, title) and is_alike(title, text)
        if not is_title and (leaf.length > _SHORT or not _HEAD.match(text)):
            return
        leaf.gone = True


def _headlines(leaves: list[Node]) -> None:
    """Lists of other stories near the end: nothing but links of the length of headlines, which nothing announces."""
    whole, so_far = sum(leaf.length for leaf in leaves), 0
    for before, leaf in pairwise(leaves):
        so_far += before.length
        around = leaf.parent
        if around is None or around.tag != "ul" or leaf.kind != "li" or before.parent is around or before.gone:
            continue
        items = around.children
        is_links = all(item.length > _HEADLINE and item.linked >= 0.95 * item.length for item in items)
        if (
            so_far > _LATE * whole
            and is_links
            and len(items) > 1
            and before.kind == "p"
            and not before.text().endswith((":", "："))
        ):
            for item in items:
                item.gone = True


def _from_the_end(leaves: list[Node]) -> None:
    for leaf in reversed(leaves):
        if leaf.gone:
            continue
        text = leaf.text()
        is_tag = leaf.length <= _SHORT and _TAIL.match(text)
        if not is_tag and (leaf.length > 2 * _SHORT or not _FAREWELL.match(text)):
            return
        leaf.gone = True


def _repeated(leaves: Iterable[Node]) -> None:
    """Captions that a gallery says more than once, in full and cut short."""
    seen: set[str] = set()
    for leaf in leaves:
        if leaf.gone or not any(_GALLERY.search(each.names) for each in (leaf, *leaf.above(4))):
            continue
        start = leaf.text()[:60].casefold()
        leaf.gone = len(start) >= 40 and start in seen
        seen.add(start)


def _said_by_pictures(tree: Tree, top: Node) -> None:
    """Captions outside of figures that say what the picture before them says of itself: a page shows that anyway."""
    said, after = "", 0
    for node in tree.within(top):
        if node.at < after:
            continue
        if node.tag == "figure":
            after = node.end
        elif node.tag == "img":
            said = found[1] if (found := _ALT.search(node.raw)) else ""
        elif said and node.length and "caption" in node.names:
            after = node.end
            node.gone = is_alike(node.text(), said)


def _said_at_the_foot(tree: Tree, top: Node) -> None:
    """The foot of a table that is its head again."""
    for table in tree.within(top):
        if table.tag == "table":
            heads = {each.text() for each in table.children if each.tag == "thead"}
            for foot in table.children:
                foot.gone = foot.tag == "tfoot" and foot.text() in heads
