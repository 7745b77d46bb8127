"""What does not belong in a main text: forms, share bars, lists of links, empty boxes; thrown out where it is sure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from reader.parse.maintext import names
from reader.parse.maintext.tree import Node, Tree
from reader.text import fold

_DROPPED = frozenset(("aside", "button", "datalist", "footer", "input", "link", "nav", "object", "select", "textarea"))
_CONDITIONAL = ("form", "fieldset", "table", "ul", "div")
_TEXTUAL = frozenset(("span", "li", "td", "blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_VIDEO = re.compile(
    r"//(?:www\.)?(?:(?:dailymotion|youtube|youtube-nocookie|player\.vimeo|v\.qq|bilibili)\.com|"
    r"(?:archive|upload\.wikimedia)\.org|player\.twitch\.tv)",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"(?:ad(?:vertising|vertisement)?|pub(?:licité)?|werb(?:ung)?|广告|Реклама|Anuncio)", re.IGNORECASE
)
_LOADING = re.compile(r"(?:loading|正在加载|Загрузка|chargement|cargando)(?:…|\.\.\.)?", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def tidy(tree: Tree, chosen: list[Node], weights: bool, conditionally: bool) -> None:
    """Throws out of the chosen elements what does not belong in a text."""
    tables = {node.at for top in chosen for node in _of(tree, top, ("table",)) if _is_data(tree, node)}
    for name in ("form", "fieldset"):
        _conditionally(tree, chosen, name, tables, weights, conditionally)
    for top in chosen:
        for node in tree.within(top):
            is_heading = weights and node.tag in ("h1", "h2") and names.weight(node) < 0
            is_share = bool(node.names) and node.length < 500 and names.SHARING.search(node.names) is not None
            node.gone = node.tag in _DROPPED or is_heading or is_share
    tree.measure()
    for name in ("table", "ul", "div"):
        _conditionally(tree, chosen, name, tables, weights, conditionally)
    for top in chosen:
        for node in list(tree.within(top)):
            if (
                node.kind == "p"
                and not node.length
                and not _holds(tree, node, ("img", "embed", "iframe", "video", "audio"))
            ):
                node.gone = True
    tree.measure()


def says(node: Node, title: str) -> bool:
    """Whether a heading says the title again, or nearly."""
    return is_alike(node.text(), title)


def is_alike(text: str, title: str) -> bool:
    """Whether at least three quarters of the words of a text are the title's, by length."""
    words, ours = _WORD.findall(fold(title[:1000])), _WORD.findall(fold(text[:1000]))
    if not words or not ours:
        return False
    strange = [word for word in ours if word not in set(words)]
    return len(" ".join(strange)) / len(" ".join(ours)) < 0.25


def _of(tree: Tree, top: Node, tags: tuple[str, ...]) -> list[Node]:
    found = [node for node in tree.within(top) if node.tag in tags]
    return [top, *found] if top.tag in tags else found


def _holds(tree: Tree, node: Node, tags: tuple[str, ...]) -> bool:
    return any(each.tag in tags for each in tree.within(node))


def _is_data(tree: Tree, table: Node) -> bool:
    """Whether a table holds data, and does not only place things."""
    raw = table.raw
    if ' role="presentation"' in raw or ' datatable="0"' in raw:
        return False
    if " summary=" in raw:
        return True
    inside = list(tree.within(table))
    if any(each.tag in ("col", "colgroup", "tfoot", "thead", "th", "caption") for each in inside):
        return True
    if any(each.tag == "table" for each in inside):
        return False
    rows = [each for each in inside if each.tag == "tr"]
    columns = max((sum(each.tag in ("td", "th") for each in row.children) for row in rows), default=0)
    if len(rows) == 1 or columns <= 1:
        return False
    return len(rows) >= 10 or columns > 4 or len(rows) * columns > 10


def _conditionally(
    tree: Tree, chosen: list[Node], name: str, tables: set[int], weights: bool, conditionally: bool
) -> None:
    """Throws out elements of a kind that look like no text, the innermost first."""
    if not conditionally:
        return
    for top in chosen:
        found = [each for each in tree.within(top) if each.kind == name]
        kin = _kin(tree, top) if found else set()
        for node in reversed(found):
            if _is_odd(tree, node, tables, weights) and node.names not in kin:
                _remove(node)


def _kin(tree: Tree, top: Node) -> set[str]:
    """The names of elements that a text is made of: several of a name, and together they are text."""
    named: dict[str, list[Node]] = {}
    for node in tree.within(top):
        for name in filter(None, {node.names, *node.boxes}):
            named.setdefault(name, []).append(node)
    return {
        name
        for name, those in named.items()
        if len(those) > 3
        and (length := sum(each.length for each in those)) > 80 * len(those)
        and sum(each.linked for each in those) < 0.2 * length
    }


def _remove(node: Node) -> None:
    node.gone = True
    for around in node.above():
        around.length -= node.length
        around.commas -= node.commas
        around.linked -= node.linked


def _is_odd(tree: Tree, node: Node, tables: set[int], weights: bool) -> bool:
    if any(around.at in tables or around.tag == "code" for around in (node, *node.above())):
        return False
    inside = list(tree.within(node))
    if any(each.at in tables for each in inside):
        return False
    weight = names.weight(node) if weights else 0
    if weight < 0 or node.commas >= 10:
        return weight < 0
    embeds = [each for each in inside if each.tag in ("object", "embed", "iframe")]
    if any(_VIDEO.search(each.raw) for each in embeds):
        return False
    counts = Counter(each.kind for each in inside)
    is_list = _is_list(node, inside)
    if is_list and counts["li"] == counts["img"] > 0 and all(len(child.children) <= 1 for child in node.children):
        return False
    return _is_notice(node) or _is_badly_mixed(node, inside, counts, len(embeds), is_list, weight)


def _is_list(node: Node, inside: list[Node]) -> bool:
    """Whether there is next to nothing but lists in an element."""
    if node.tag in ("ul", "ol"):
        return True
    return sum(each.length for each in inside if each.tag in ("ul", "ol")) > 0.9 * node.length > 0


def _is_notice(node: Node) -> bool:
    """Whether it only says that an advertisement stands here, or that something is being loaded."""
    line = node.text() if 0 < node.length < 40 else ""
    return bool(line) and (_ADVERT.fullmatch(line) or _LOADING.fullmatch(line)) is not None


def _is_badly_mixed(
    node: Node, inside: list[Node], counts: Counter[str], embeds: int, is_list: bool, weight: int
) -> bool:
    paragraphs, images, inputs, items = counts["p"], counts["img"], counts["input"], counts["li"] - 100
    length, density = node.length, node.link_density
    in_figure = any(around.tag == "figure" for around in node.above(4))
    headings = sum(each.length for each in inside if each.tag in _HEADINGS) / length if length else 0.0
    textual = sum(each.length for each in inside if each.kind in _TEXTUAL) / length if length else 0.0
    checks: tuple[Callable[[], bool], ...] = (
        lambda: not in_figure and images > 1 and paragraphs / images < 0.5,
        lambda: not is_list and items > paragraphs,
        lambda: inputs > paragraphs // 3,
        lambda: (
            not is_list
            and not in_figure
            and headings < 0.9
            and length < 25
            and (not images or images > 2)
            and density > 0
        ),
        lambda: not is_list and weight < 25 and density > 0.2,
        lambda: weight >= 25 and density > 0.5,
        lambda: (embeds == 1 and length < 75) or embeds > 1,
        lambda: not images and not textual,
    )
    return any(check() for check in checks)
