"""The sidebar: the fixed views on top, then folders, feeds and sections with their unread counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.message import Message

from reader.library.sidebar import Node, lines
from reader.model import GUIDE_URL, Health, HealthState, View, ViewKind
from reader.tui import drawing
from reader.tui.drawing import Parts
from reader.tui.signs import FULL, Signs
from reader.tui.widgets.rows import Rows

_TROUBLED = (HealthState.FAILING, HealthState.GONE)
_FIXED = (ViewKind.ALL, ViewKind.UNREAD, ViewKind.TODAY, ViewKind.BOOKMARKS, ViewKind.ARCHIVE)
OFFERS = Node("offers", "Well-known feeds …", View(ViewKind.ALL), 0, 0, 0)


class FeedsPane(Rows):
    """The tree of feeds as lines; a blank line sets the fixed views apart."""

    @dataclass
    class Folded(Message):
        """A folder was folded or unfolded."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self.folded: set[str] = set()
        self._tree: tuple[Node, ...] = ()
        self._lines: list[Node | None] = []
        self._chosen: View | None = None

    # Data

    def set_tree(self, tree: tuple[Node, ...]) -> None:
        """Show another tree, or the same with other numbers; the cursor stays on the line it is on."""
        self._tree = tree
        self._lay_out()

    def set_folded(self, keys: Iterable[str]) -> None:
        """Fold these folders and no others."""
        self.folded = set(keys)
        self._lay_out()

    @property
    def nodes(self) -> Sequence[Node]:
        """The nodes that are shown, top to bottom."""
        return [node for node in self._lines if node is not None]

    def lines(self, first: int, last: int) -> Sequence[Node | None]:
        """Some lines as they are drawn; None is a blank one."""
        return self._lines[first:last]

    def line_of(self, view: View) -> int:
        """The line that stands for a view when the screen opens: its own, else that of the folder around it."""
        target = self.find(view)
        for index, node in enumerate(self._lines):
            if node is not None and node.view == view:
                return index
        if target is not None and target.feed is not None:
            return self.line_of(View(ViewKind.FOLDER, folder=target.feed.folder))
        return 0

    def all_nodes(self) -> Iterable[Node]:
        """All nodes of the tree, also those in folded folders."""
        return lines(self._tree)

    def find(self, view: View) -> Node | None:
        """The node of a view, also in a folded folder."""
        return next((node for node in lines(self._tree) if node.view == view), None)

    @property
    def node(self) -> Node | None:
        """The node under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def rest_on(self, view: View) -> None:
        """Put the cursor on a view without saying so; on the folder around it where that is folded."""
        target = self.find(view)
        for index, node in enumerate(self._lines):
            if node is not None and node.view == view:
                self._chosen = view
                self.move_to(index, tell=False)
                return
        if target is not None and target.feed is not None:
            self.rest_on(View(ViewKind.FOLDER, folder=target.feed.folder))

    def fold(self, index: int | None = None) -> bool:
        """Fold or unfold the node at an index, or under the cursor; False where nothing can be folded."""
        index = self.cursor if index is None else index
        node = self._lines[index] if index < len(self._lines) else None
        if node is None or not node.children:
            return False
        self.folded ^= {node.key}
        self._lay_out()
        self.repaint_item(index)
        self.post_message(self.Folded())
        return True

    def fold_around(self) -> bool:
        """Fold the open folder under the cursor, or go to the folder around the line; False at the top."""
        node = self.node
        if node is None:
            return False
        if node.children and node.key not in self.folded:
            return self.fold()
        for index in range(self.cursor - 1, -1, -1):
            above = self._lines[index]
            if above is not None and above.depth < node.depth:
                return self.move_to(index)
        return False

    def unfold(self) -> bool:
        """Unfold the folder under the cursor; False where it is open or none."""
        node = self.node
        return node is not None and bool(node.children) and node.key in self.folded and self.fold()

    def _lay_out(self) -> None:
        here = self.node
        fixed = [node for node in self._tree if node.view.kind in _FIXED]
        filed = [node for node in self._tree if node.view.kind not in _FIXED]
        drawn: list[Node | None] = [*fixed, *([None] if filed else []), *lines(filed, self.folded)]
        if self._is_new():
            drawn += [None, OFFERS]
        before, self._lines = self._lines, drawn
        if [node and node.key for node in before] == [node and node.key for node in drawn]:
            self._repaint_changed(before)
            return
        if here is not None:
            place = next((at for at, node in enumerate(drawn) if node is not None and node.key == here.key), None)
            if place is not None:
                self._cursor = place
        self.renew()

    def _repaint_changed(self, before: list[Node | None]) -> None:
        """The same lines with other numbers: draw only those anew."""
        pairs = enumerate(zip(before, self._lines, strict=True))
        self.repaint_items({at for at, (old, new) in pairs if old is not new and old and new and _differs(old, new)})

    def _is_new(self) -> bool:
        """Whether nothing but the guide is followed."""
        return all(node.feed is None or node.feed.url == GUIDE_URL for node in lines(self._tree))

    # Drawing

    def item_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def can_rest(self, index: int) -> bool:
        """Not on the blank lines."""
        return self._lines[index] is not None

    def draw(self, index: int, line: int, width: int, state: str) -> Parts:
        """Fold sign, name, trouble, count."""
        node = self._lines[index]
        if node is None:
            return []
        numbers = node.unread, node.total
        in_trouble = node.feed is not None and node.feed.health.state in _TROUBLED
        return drawing.tree_line(
            kind_of(node), node.label, node.depth, self.sign(node), numbers, width, state, self.signs,
            in_trouble=in_trouble,
        )  # fmt: skip

    def sign(self, node: Node) -> str:
        """Whether what lies below a node is shown; nothing where nothing does."""
        if not node.children:
            return ""
        return (self.signs.fold_shut if node.key in self.folded else self.signs.fold_open) + " "


def kind_of(node: Node) -> str:
    """What a node is, as ``drawing.tree_line`` asks for it."""
    return drawing.OFFERS if node is OFFERS else node.view.kind.value


def _differs(old: Node, new: Node) -> bool:
    """Whether a node is another to see, but for the fold sign."""
    return (
        (old.unread, old.total, old.label) != (new.unread, new.total, new.label)
        or bool(old.children) != bool(new.children)
        or (old.feed is not new.feed and (old.feed and old.feed.health) != (new.feed and new.feed.health))
    )


def health_words(health: Health) -> str:
    """A feed's trouble as a line for the status line, empty when it is well."""
    return health.message if health.state is not HealthState.OK else ""
