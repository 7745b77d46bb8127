"""What a linear session works with: the library, where it says things, what is listed and what is open."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size

from reader.cli.output import Output, input_is_terminal
from reader.cli.plain.text import Text, pieces, read_text
from reader.cli.verbs import UsageError
from reader.document.article import about, title
from reader.library import Library
from reader.library.sidebar import Node, lines
from reader.model import Article, Row, View, ViewKind
from reader.text import clean, plural
from reader.times import age, now

PAGE = 10
_MOST_NUMBER = 12


@dataclass(slots=True)
class Listing:
    """A view as it was when it was listed; ``here`` is the place of the article that was opened last."""

    view: View
    name: str
    ids: array[int]
    here: int = -1
    told: int = 0
    """Where the next page begins."""


@dataclass(slots=True)
class Reading:
    """An open article in parts, of which one was said last."""

    article: Article
    text: Text
    parts: list[tuple[int, int]]
    part: int = 0

    @property
    def percent(self) -> int:
        """How far it is read."""
        return 100 * self.parts[self.part][1] // max(len(self.text.lines), 1)


@dataclass(slots=True)
class Choice:
    """What a number alone means: "article", "feed", "link", "heading", or "target" of ``names``."""

    kind: str = "article"
    names: Sequence[str] = ()


class Desk:
    """The state of a session, and its voice."""

    def __init__(self, library: Library, output: Output) -> None:
        self.library = library
        self.output = output
        self.is_talking = output.terminal and input_is_terminal()
        """Whether a person sits there, who is prompted and told what was not asked for."""
        self.is_wrapping = False
        self.listing = Listing(View(ViewKind.ALL), "All", array("q"))
        self.reading: Reading | None = None
        self.choice = Choice()
        self.nodes: list[Node] = []
        self.rest: list[str] = []
        """Lines for which the terminal has had no room yet; they come with the next Enter."""

    # Saying

    def tell(self, text: str = "") -> None:
        """Lines on standard output, whatever the text holds."""
        for line in clean(text).expandtabs(4).split("\n"):
            for part in self._folded(line):
                self.output.line(part)

    def tell_by_parts(self, lines: Iterable[str]) -> None:
        """Lines, to a person no more at once than the terminal has room for."""
        waiting = list(lines)
        end = self._parts(waiting)[0][1] if self.is_talking else len(waiting)
        for line in waiting[:end]:
            self.tell(line)
        self.rest = waiting[end:]

    @staticmethod
    def _parts(lines: Sequence[str]) -> list[tuple[int, int]]:
        size = get_terminal_size((80, 24))
        return pieces(lines, size.columns, max(size.lines - 2, 5))

    def refuse(self, text: str) -> None:
        """A line on standard error: what could not be done."""
        self.output.flush()
        self.output.say(f"reader: {text}")

    def _folded(self, line: str) -> list[str]:
        if not self.is_wrapping:
            return [line]
        from reader.document.wrap import ranges

        return [line[start:end] for start, end, _ in ranges(line, max(get_terminal_size((80, 24)).columns, 10))]

    # Lists

    def show_view(self, view: View, name: str) -> None:
        """List a view anew, its first page. Raises BadQuery."""
        self.listing = Listing(view, name, self.library.ids(view))
        self.reading = None
        self.tell(f"{name}: {plural(len(self.listing.ids), 'article')}")
        self.show_page()

    def show_page(self, start: int = 0) -> None:
        """Say a page of the list."""
        self.choice = Choice()
        listing = self.listing
        part = listing.ids[start : start + PAGE]
        at = now()
        for row in self.library.rows(part):
            self.tell(f"{listing.ids.index(row.id, start) + 1}. {self._row(row, at)}")
        listing.told = start + len(part)

    def _row(self, row: Row, at: int) -> str:
        """An article in a list: first its headline, then what one may skip."""
        signs = [sign for sign, holds in (("unread", not row.is_read), ("bookmarked", row.is_bookmarked)) if holds]
        is_plain = self.listing.view.kind is ViewKind.FEED or row.feed_title == row.title
        source = [] if is_plain else [row.feed_title]
        when = age(row.published if row.published is not None else row.sort_at, at)
        return f"{row.title} ({', '.join([*source, when, *signs])})"

    def list_feeds(self) -> None:
        """Say the views, folders and feeds, numbered."""
        self.nodes = list(lines(self.library.sidebar()))
        self.choice = Choice("feed")
        self.tell_by_parts(f"{number}. {_node_words(node)}" for number, node in enumerate(self.nodes, 1))

    # Articles

    def open_article(self, position: int) -> None:
        """Open the article at a position of the list: it is shown by parts. Raises NotFound."""
        article_id = self.listing.ids[position]
        article, document = self.library.article(article_id), self.library.document(article_id)
        text = read_text([title(article), f"{about(article)} · {plural(article.words, 'word')}"], document)
        parts = self._parts(text.lines) if self.is_talking else [(0, len(text.lines))]
        self.listing.here = position
        self.reading, self.choice = Reading(article, text, parts), Choice()
        self.say_part(0)

    def say_part(self, part: int, start: int | None = None) -> None:
        """Say a part of the open article, from one of its lines if it is named."""
        reading = self.opened
        reading.part = part
        first, end = reading.parts[part]
        for line in reading.text.lines[first if start is None else start : end]:
            self.tell(line)
        if part + 1 == len(reading.parts) and self.is_talking:
            self.tell("End of the article.")

    def go_to_leaf(self, leaf: int) -> None:
        """Say the open article from a leaf of its document on."""
        line = self.opened.text.leaf_lines[leaf]
        part = next(number for number, (_, end) in enumerate(self.opened.parts) if line < end)
        self.say_part(part, line)

    @property
    def opened(self) -> Reading:
        """The open article. Raises UsageError where there is none."""
        if self.reading is None:
            raise UsageError("No article is open", "a number of the list opens one")
        return self.reading

    def article_of(self, rest: str) -> int:
        """The id of the article that a number of the list means, or else of the open one. Raises UsageError."""
        return self.listing.ids[number(rest, len(self.listing.ids))] if rest else self.opened.article.id


def _node_words(node: Node) -> str:
    """A line of the sidebar with its numbers."""
    kind = ", folder" if node.feed is None and node.view.kind in (ViewKind.FOLDER, ViewKind.SECTION) else ""
    trouble = f", {node.feed.health.message}" if node.feed and node.feed.health.message else ""
    return f"{node.label}{kind}: {node.unread:,} unread of {node.total:,}{trouble}"


def number(text: str, count: int) -> int:
    """The position that a number of a list of so many means. Raises UsageError."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_NUMBER else 0
    if not 0 < found <= count:
        range_ = f"they go from 1 to {count:,}" if count else "nothing is listed"
        raise UsageError(f"There is no number {text[:40]}", range_)
    return found - 1
