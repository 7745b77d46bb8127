"""The linear session: commands one after the other, each with a method ``do_<id>``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reader.cli.output import input_is_terminal
from reader.cli.plain.commands import help_lines, understood
from reader.cli.plain.desk import PAGE, Choice, number
from reader.cli.plain.outside import SOME_FAILED, Outside
from reader.cli.verbs import UsageError
from reader.errors import ReaderError
from reader.model import Mark, View, ViewKind
from reader.text import plural


class Session(Outside):
    """Reads commands until there are no more, or until one is to leave."""

    _is_over = False

    def run(self, paths: Sequence[str] = ()) -> int:
        """Follow the paths, then do what is typed; the exit code."""
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", **({} if input_is_terminal() else {"encoding": "utf-8"}))
        codes = [self._tried(partial(self.follow, paths))] if paths else []
        if self.is_talking:
            self._greet(listed=bool(paths))
        while not self._is_over and (line := self._line()) is not None:
            codes.append(self._tried(partial(self._do, line)))
        failed = [code for code in codes if code]
        if self.is_talking or not failed:
            return 0
        return failed[-1] if len(failed) == len(codes) else SOME_FAILED

    def _greet(self, *, listed: bool) -> None:
        """Say what there is; the guide is brought in where nothing is followed yet."""
        guide = self.library.open_guide()
        if guide is not None:
            with guide:
                guide.wait()
        counts = self.library.counts()
        self.tell(f"Reader: {counts.unread:,} unread of {plural(counts.all, 'article')}. ? is help, q leaves.")
        if not listed:
            self.show_view(*((View(ViewKind.UNREAD), "Unread") if counts.unread else (View(ViewKind.ALL), "All")))

    def _line(self) -> str | None:
        """The next command; None at the end of the input."""
        if self.is_talking:
            state = "more" if self.rest else f"{self.reading.percent} %" if self.reading else "reader"
            self.output.write(f"{state}> ")
        self.output.flush()
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if line:
            return line
        if self.is_talking:
            self.tell()
        return None

    def _tried(self, work: Callable[[], int]) -> int:
        """Do one thing; the exit code that it would have alone. Ctrl+C ends it where a person looks on."""
        try:
            return work()
        except ReaderError as error:
            self.refuse(str(error))
            return error.exit_code
        except KeyboardInterrupt:
            if not self.is_talking:
                raise
            self.tell("Stopped.")
            return 0

    def _do(self, line: str) -> int:
        """One command. Raises ReaderError."""
        command, rest = understood(line)
        if command.id != "read_on":
            self.rest = []
        code: int | None = getattr(self, f"do_{command.id}")(rest)
        return code or 0

    # Reading on

    def do_read_on(self, rest: str) -> None:
        """The next part, article or page."""
        reading = self.reading
        if self.rest:
            self.tell_by_parts(self.rest)
        elif reading is not None and reading.part + 1 < len(reading.parts):
            self.say_part(reading.part + 1)
        elif reading is not None:
            self.do_next_unread("")
        elif self.listing.told < len(self.listing.ids):
            self.show_page(self.listing.told)
        else:
            self.tell("That is the end of the list.")

    def do_page_back(self, rest: str) -> None:
        """The part or page before."""
        if self.reading is None:
            self.show_page(max(0, (self.listing.told - 1) // PAGE * PAGE - PAGE))
        else:
            self.say_part(max(0, self.reading.part - 1))

    def do_again(self, rest: str) -> None:
        """The part once more."""
        self.say_part(self.opened.part)

    def do_open(self, rest: str) -> int:
        """What a number means."""
        if self.choice.kind == "target":
            targets = self.choice.names
            return self.follow([targets[number(rest, len(targets))]])
        if self.choice.kind == "article":
            self._open_at(number(rest, len(self.listing.ids)))
        else:
            {"feed": self.do_feed, "link": self.do_link, "heading": self.do_heading}[self.choice.kind](rest)
        return 0

    def _open_at(self, position: int) -> None:
        """Open an article and mark it read, as on the screen."""
        self.open_article(position)
        if not self.opened.article.is_read:
            self.library.mark([self.opened.article.id], Mark.READ)

    def do_next_article(self, rest: str) -> None:
        """The article below."""
        self._step(1, "This is the last article.")

    def do_previous_article(self, rest: str) -> None:
        """The article above."""
        self._step(-1, "This is the first article.")

    def _step(self, step: int, end: str) -> None:
        position = self.listing.here + step
        if 0 <= position < len(self.listing.ids):
            self._open_at(position)
        else:
            self.tell(end)

    def do_next_unread(self, rest: str) -> None:
        """The next unread article, anywhere."""
        self._seek(back=False)

    def do_previous_unread(self, rest: str) -> None:
        """The unread article before."""
        self._seek(back=True)

    def _seek(self, *, back: bool) -> None:
        listing = self.listing
        found = self.library.next_unread(listing.ids, listing.here, back)
        if found is None and (view := self.library.next_feed(listing.view, back)) is not None:
            self.show_view(view, self.library.find_feed(str(view.feed_id)).title)
            found = self.library.next_unread(self.listing.ids, -1, back)
        if found is None:
            self.tell("Everything is read.")
        else:
            self._open_at(found)

    def do_where(self, rest: str) -> None:
        """View, article, part."""
        listing, reading = self.listing, self.reading
        self.tell(f"{listing.name}: {plural(len(listing.ids), 'article')}")
        if reading is not None:
            title = reading.text.lines[0]
            self.tell(f"{listing.here + 1}. {title}, {reading.percent} %")

    # Views

    def do_list(self, rest: str) -> None:
        """The list once more."""
        self.reading = None
        self.show_page(max(self.listing.here, 0) // PAGE * PAGE)

    def do_view_all(self, rest: str) -> None:
        """Everything."""
        self.show_view(View(ViewKind.ALL), "All")

    def do_view_unread(self, rest: str) -> None:
        """What is unread."""
        self.show_view(View(ViewKind.UNREAD), "Unread")

    def do_view_today(self, rest: str) -> None:
        """What came today."""
        self.show_view(View(ViewKind.TODAY), "Today")

    def do_view_bookmarks(self, rest: str) -> None:
        """The bookmarks."""
        self.show_view(View(ViewKind.BOOKMARKS), "Bookmarks")

    def do_feeds(self, rest: str) -> None:
        """Views, folders, feeds."""
        self.list_feeds()

    def do_feed(self, rest: str) -> None:
        """A feed's articles; a number is one of the list of feeds if that was said."""
        if self.nodes and rest.isdecimal():
            node = self.nodes[number(rest, len(self.nodes))]
            self.show_view(node.view, node.label)
        else:
            feed = self.library.find_feed(_given(rest, "a feed"))
            self.show_view(View(ViewKind.FEED, feed_id=feed.id), feed.title)

    def do_search(self, rest: str) -> None:
        """Everything that fits some words."""
        words = _given(rest, "words")
        self.show_view(View(ViewKind.SEARCH, query=words), f"Search for {words}")

    def do_narrow(self, rest: str) -> None:
        """What fits some words in what is listed."""
        words = _given(rest, "words")
        base = self.listing.name.partition(", only ")[0]
        self.show_view(replace(self.listing.view, query=words), f"{base}, only {words}")

    # Inside an article

    def do_headings(self, rest: str) -> None:
        """The headings, numbered."""
        self._list("heading", [words for words, _ in self.opened.text.headings], "This article has no headings.")

    def do_heading(self, rest: str) -> None:
        """Read on from a heading."""
        headings = self.opened.text.headings
        self.go_to_leaf(headings[number(rest, len(headings))][1])

    def do_links(self, rest: str) -> None:
        """The links, numbered."""
        links = [f"{words}, {address}" for words, address in self.opened.text.links]
        self._list("link", links, "This article has no links.")

    def _list(self, kind: str, lines: Sequence[str], none: str) -> None:
        self.choice = Choice(kind) if lines else self.choice
        self.tell_by_parts([f"{index}. {line}" for index, line in enumerate(lines, 1)] or [none])

    # The rest

    def do_wrap(self, rest: str) -> None:
        """Fold lines, or no longer."""
        self.is_wrapping = not self.is_wrapping
        self.tell("Lines are folded." if self.is_wrapping else "Lines are as long as paragraphs.")

    def do_help(self, rest: str) -> None:
        """Every command."""
        self.tell_by_parts(help_lines())

    def do_quit(self, rest: str) -> None:
        """Leave."""
        self._is_over = True


def _given(rest: str, what: str) -> str:
    """What stands behind a command. Raises UsageError where nothing does."""
    if not rest:
        raise UsageError(f"This needs {what} behind it", "? lists the commands")
    return rest
