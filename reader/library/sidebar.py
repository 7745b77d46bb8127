"""The tree of the sidebar, made of feeds and counts: a pure function and frozen nodes.

On top stand the fixed views; below them folders, each with its folders first and then its feeds, by name; Texts, where
single local articles are filed, comes last. A directory feed has its sub-directories below it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reader.model import TEXTS, Counts, Feed, Health, HealthState, View, ViewKind
from reader.store import lists
from reader.text import fold

_FIXED = (ViewKind.ALL, ViewKind.UNREAD, ViewKind.TODAY, ViewKind.BOOKMARKS, ViewKind.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the sidebar. ``key`` stays the same over restarts; ``feed`` is set for feeds only."""

    key: str
    label: str
    view: View
    depth: int
    unread: int
    total: int
    feed: Feed | None = None
    children: tuple[Node, ...] = field(default=(), repr=False)


def sidebar(feeds: Iterable[Feed], counts: Counts) -> tuple[Node, ...]:
    """The nodes at the top of the tree, in the order of the screen; Archive only when something is there."""
    return fixed(counts) + _level(tuple(feeds), _Numbers(counts), (), 0)


def fixed(counts: Counts) -> tuple[Node, ...]:
    """The views that are always there; their number is what they list, but for All: what is unread in it."""
    lines = [
        ("All", ViewKind.ALL, counts.unread, counts.all),
        ("Unread", ViewKind.UNREAD, counts.unread, counts.unread),
        ("Today", ViewKind.TODAY, counts.today, counts.today),
        ("Bookmarks", ViewKind.BOOKMARKS, counts.bookmarks, counts.bookmarks),
    ]
    if counts.archive:
        lines.append(("Archive", ViewKind.ARCHIVE, counts.archive, counts.archive))
    return tuple(Node(kind.value, label, View(kind), 0, unread, total) for label, kind, unread, total in lines)


def renumbered(nodes: Iterable[Node], counts: Counts, in_trouble: Mapping[int, Health]) -> tuple[Node, ...]:
    """The tree with other numbers and other feeds in trouble; a node that looks as before is the same one."""
    before = {node.key: node for node in nodes}
    fresh = [node if node != before.get(node.key) else before[node.key] for node in fixed(counts)]
    filed = [node for node in before.values() if node.view.kind not in _FIXED]
    return (*fresh, *(_renumbered(node, counts, in_trouble) for node in filed))


def _renumbered(node: Node, counts: Counts, in_trouble: Mapping[int, Health]) -> Node:
    children = tuple(_renumbered(child, counts, in_trouble) for child in node.children)
    feed = node.feed
    if feed is not None:
        unread, total = counts.feeds.get(feed.id, (0, 0))
        feed = _in_health(feed, in_trouble.get(feed.id))
    elif node.view.kind is ViewKind.SECTION:
        unread = total = counts.sections.get((node.view.feed_id or 0, node.view.section or ""), 0)
    else:
        unread, total = sum(child.unread for child in children), sum(child.total for child in children)
    is_same = feed is node.feed and (unread, total) == (node.unread, node.total)
    if is_same and all(one is other for one, other in zip(children, node.children, strict=True)):
        return node
    return replace(node, unread=unread, total=total, feed=feed, children=children)


def _in_health(feed: Feed, trouble: Health | None) -> Feed:
    if trouble is None:
        return feed if feed.health.state is HealthState.OK else replace(feed, health=Health(HealthState.OK))
    return feed if feed.health == trouble else replace(feed, health=trouble)


def lines(nodes: Iterable[Node], closed: Container[str] = ()) -> Iterator[Node]:
    """The nodes from top to bottom as they are drawn; below the keys in ``closed`` nothing is shown."""
    for node in nodes:
        yield node
        if node.children and node.key not in closed:
            yield from lines(node.children, closed)


def which(view: View) -> int | str | tuple[int, str] | None:
    """What of a view the store asks for beside its kind."""
    found: int | str | tuple[int, str] | None = lists.which(view)
    return found


def next_with_unread(nodes: Iterable[Node], view: View, back: bool = False) -> View | None:
    """The next feed with unread articles after (before) a view in the order of the sidebar, round its end."""
    drawn = list(lines(nodes))
    if back:
        drawn.reverse()
    here = next((index for index, node in enumerate(drawn) if node.view == view), -1)
    around = drawn[here + 1 :] + drawn[: here + 1]
    found = (node for node in around if node.feed is not None and node.unread and node.view != view)
    return next((node.view for node in found), None)


class _Numbers:
    """The counts as the tree asks for them: sections by what they lie in, found once instead of at every turn."""

    def __init__(self, counts: Counts) -> None:
        self.feeds = counts.feeds
        self.inside: dict[tuple[int, str], list[tuple[str, int]]] = {}
        for (feed_id, path), unread in counts.sections.items():
            above = path.rpartition("/")[0]
            self.inside.setdefault((feed_id, above), []).append((path, unread))


def _level(feeds: tuple[Feed, ...], counts: _Numbers, folder: tuple[str, ...], depth: int) -> tuple[Node, ...]:
    """The folders and feeds directly in a folder."""
    here = len(folder)
    inside: dict[str, list[Feed]] = {}
    for feed in feeds:
        if len(feed.folder) > here:
            inside.setdefault(feed.folder[here], []).append(feed)
    folders = [_folder(tuple(inside[name]), counts, (*folder, name), depth) for name in sorted(inside, key=_by_name)]
    own = sorted((feed for feed in feeds if len(feed.folder) == here), key=lambda feed: (_by_name(feed.title), feed.id))
    nodes = [*folders, *(_feed(feed, counts, depth) for feed in own)]
    if not folder:
        nodes.sort(key=lambda node: node.view.folder == (TEXTS,))
    return tuple(nodes)


def _by_name(name: str) -> tuple[str, str]:
    """Names as people look them up: without case and accents."""
    return fold(name), name


def _folder(feeds: tuple[Feed, ...], counts: _Numbers, path: tuple[str, ...], depth: int) -> Node:
    """A folder with all that is filed in it and below."""
    numbers = [counts.feeds.get(feed.id, (0, 0)) for feed in feeds]
    unread, total = sum(pair[0] for pair in numbers), sum(pair[1] for pair in numbers)
    key = "folder:" + "/".join(name.replace("/", "\\/") for name in path)
    view = View(ViewKind.FOLDER, folder=path)
    return Node(key, path[-1], view, depth, unread, total, children=_level(feeds, counts, path, depth + 1))


def _feed(feed: Feed, counts: _Numbers, depth: int) -> Node:
    """A feed, a directory with its sections below it."""
    unread, total = counts.feeds.get(feed.id, (0, 0))
    view = View(ViewKind.FEED, feed_id=feed.id)
    return Node(f"feed:{feed.id}", feed.title, view, depth, unread, total, feed, _sections(feed, counts, "", depth + 1))


def _sections(feed: Feed, counts: _Numbers, above: str, depth: int) -> tuple[Node, ...]:
    """The sub-directories directly below ``above``, each with those below it; their numbers count these in."""
    found = sorted(counts.inside.get((feed.id, above), ()), key=lambda pair: _by_name(pair[0]))
    return tuple(
        Node(
            f"section:{feed.id}:{path}",
            path.rpartition("/")[2],
            View(ViewKind.SECTION, feed_id=feed.id, section=path),
            depth,
            unread,
            unread,
            children=_sections(feed, counts, path, depth + 1),
        )
        for path, unread in found
    )
