"""Moving about within an article: links by letters, words, headings, footnotes and back, earlier texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Place
from reader.tui.screens.layout import Layout
from reader.tui.widgets.page import compared_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.document.find import Hit
    from reader.document.hints import Hint
    from reader.tui.widgets.article import ArticlePane
    from reader.tui.widgets.find_line import FindLine
    from reader.tui.widgets.hosts import Hosts
    from reader.tui.widgets.page import Page

_COPY = "y"
_ABOVE = 3  # lines that stay above what is gone to


class Within(Layout):
    """The article that is shown, from the inside."""

    def __init__(self) -> None:
        super().__init__()
        self._copies = False
        self._hinted_in = 0  # which setting of the text has letters; 0 for none
        self._hosts: Hosts | None = None
        self._find_line: FindLine | None = None
        self._from: list[tuple[int | None, Place | None]] = []  # the articles and places that links were followed from
        self._heading_at: tuple[int, int] = (-1, -1)  # the line that was scrolled to and the heading that it was for
        self._found_in = 0
        self._is_seeking = False
        self._pane_before = "article"
        self._edit = 0  # of those that were made, the one that is shown, the last one first

    def copy_address(self, address: str) -> None:
        """Copy an address."""
        raise NotImplementedError

    # Links by letters

    def action_hints(self) -> None:
        """Give each link that is seen its letters."""
        self._copies = False
        if self._label_links():
            self._say_hinting()
        else:
            self.say("no links are seen here")

    def _label_links(self) -> bool:
        """Give the links that are seen their letters; False where there are none."""
        from reader.document.hints import hints

        found = hints(self.article.seen()) if self.page_is_seen else []
        taken = self._lines_of_hosts
        while (more := len(self._hosts_of(found))) > taken:
            found, taken = hints(self.article.seen(more - self._lines_of_hosts)), more
        self._hinted_in = self.article.settings if found else 0
        self.article.overlay.label(found)
        self.article.redraw()
        self._show_hosts()
        return bool(found)

    def _hosts_of(self, found: Sequence[Hint]) -> list[list[tuple[str, str]]]:
        """Where links lead, as lines of this screen."""
        from reader.document.hints import hosts

        most = (self.article.size.height + self._lines_of_hosts) // 2
        return hosts(found, self.app.size.width - 2, max(most, 1))

    @property
    def _lines_of_hosts(self) -> int:
        return len(self._hosts.lines) if self._hosts is not None else 0

    def _show_hosts(self) -> None:
        """Say where the links lead whose letters may still be typed."""
        overlay = self.article.overlay
        left = [hint for hint in overlay.hints if hint.label.startswith(overlay.typed)]
        if self._hosts is None and left:
            from reader.tui.widgets.hosts import Hosts

            self._hosts = Hosts(id="hosts")
            self.mount(self._hosts, before=self.status)
        if self._hosts is not None:
            self._hosts.show(self._hosts_of(left) if left else [])

    @property
    def is_hinting(self) -> bool:
        """Whether the next keys are those of a link."""
        return bool(self._hinted_in)

    def hint(self, key: str) -> None:
        """A key while links have letters; any that is none of theirs takes the letters away."""
        overlay = self.article.overlay
        typed = overlay.typed + key
        if key == _COPY and not overlay.typed:
            self._copies = not self._copies
            self._say_hinting()
            return
        left = [hint for hint in overlay.hints if hint.label.startswith(typed)]
        if left and left[0].label != typed:
            overlay.typed = typed
            self.article.redraw()
            self._show_hosts()
            return
        self.end_hints()
        if left and self._copies:
            self.copy_address(self._whole(left[0].href))
        elif left:
            self.follow(left[0].href)

    def end_hints(self) -> None:
        """Take the letters away."""
        self._hinted_in = 0
        self.article.overlay.label(())
        self.article.redraw()
        self._show_hosts()
        self.say("")

    def _say_hinting(self) -> None:
        what = "the letters copy a link" if self._copies else f"the letters follow a link, {_COPY} copies it"
        self.say(f"{what}{self.reader.signs.dot}Esc leaves")

    def on_article_pane_link_clicked(self, message: ArticlePane.LinkClicked) -> None:
        """Follow a link."""
        self.follow(message.href)

    def _whole(self, href: str) -> str:
        """A link's address as it can be used elsewhere: that of a place in the article begins with the article's."""
        page = self.article.page
        link = page.article.link if page is not None else None
        return f"{link.partition('#')[0]}{href}" if link and href.startswith("#") else href

    def follow(self, href: str) -> None:
        """Go where a link leads: to another place in the article, or out into the web."""
        from reader.document.links import target

        page = self.article.page
        leaf = None if page is None else target(page.document, href, page.article.link)
        if leaf is None:
            self.open_address(href)
            return
        self._from.append((self.article.article_id, self.article.place))
        self.article.go_to(Place(leaf, 0), above=_ABOVE)
        self.say(f"{self.key_of('back_in_text')} goes back to where you were")

    def action_back_in_text(self) -> None:
        """Back to where a link was followed from."""
        here = self.article.article_id
        self._from = [each for each in self._from if each[0] == here]
        if self._from:
            self.article.go_to(self._from.pop()[1])
        else:
            self.say("no link within this article was followed")

    # Headings

    def action_next_heading(self) -> None:
        """To the heading below."""
        self._to_heading(1)

    def action_previous_heading(self) -> None:
        """To the heading above."""
        self._to_heading(-1)

    def _to_heading(self, step: int) -> None:
        """To the heading after, or before, the one that was gone to last, or else the top line."""
        from reader.document.nodes import Heading, leaves

        pane = self.article
        if pane.page is None or not self.page_is_seen:
            return
        top = pane.scroll_offset.y
        place = pane.place or Place(0, -1)
        here = self._heading_at[1] if self._heading_at[0] == top else place.block - (place.start < 0)
        headings = [at for at, leaf in enumerate(leaves(pane.page.document.blocks)) if isinstance(leaf, Heading)]
        ahead = [at for at in headings if (at > here if step > 0 else at < here)]
        if not ahead:
            self.say("no heading below" if step > 0 else "no heading above")
            return
        heading = ahead[0] if step > 0 else ahead[-1]
        pane.go_to(Place(heading, 0))
        self._heading_at = pane.scroll_offset.y, heading

    # Words

    async def action_find(self) -> None:
        """Open the line to type into what is sought in the article."""
        if self.article.page is None or not self.page_is_seen:
            self.say("open an article to find something in it")
            return
        line = self._find_line
        if line is None:
            from reader.tui.widgets.find_line import FindLine

            line = self._find_line = FindLine(id="find")
            await self.mount(line, before=self.status)
        elif line.display:
            line.action_step(1)
            return
        self._pane_before = "list" if self.pane == "search" else self.pane
        line.display = True
        line.focus(scroll_visible=False)
        self._seek()

    @property
    def is_finding(self) -> bool:
        """Whether the line is open."""
        return self._find_line is not None and self._find_line.display

    def end_find(self) -> bool:
        """Close the line; False where it is closed."""
        if not self.is_finding or self._find_line is None:
            return False
        self._find_line.display = False
        self.go_to(self._pane_before)
        self._show_hits([])
        self.say("")
        return True

    def on_find_line_sought(self) -> None:
        """Other words are sought."""
        self._seek()

    def on_find_line_stepped(self, message: FindLine.Stepped) -> None:
        """The next place is wanted, or the one before."""
        self._to_hit(message.step)

    def on_article_pane_scrolled(self) -> None:
        """Where the text was set anew, or is another one, it is sought there, and its links have letters."""
        if self.is_hinting and self._hinted_in != self.article.settings and not self._label_links():
            self.say("")
        if self.is_finding and self._found_in != self.article.settings:
            self._seek()

    def _seek(self) -> None:
        """Seek what stands in the line, unless that is done anyway: a search goes on until it has sought the last."""
        self._found_in = self.article.settings
        if not self._is_seeking:
            self._is_seeking = True
            self.reader.later(self._find(), group="find")

    async def _find(self) -> None:
        try:
            while (wanted := self._wanted_words) is not None:
                found = await self._hits(wanted[0])
                if wanted == self._wanted_words:
                    self._show_found(wanted[0], found)
                    return
        finally:
            self._is_seeking = False

    @property
    def _wanted_words(self) -> tuple[tuple[str, ...], int] | None:
        """What is sought and in which setting of the text; None while the line is closed."""
        line = self._find_line
        return (tuple(line.value.split()), self.article.settings) if line is not None and line.display else None

    async def _hits(self, words: tuple[str, ...]) -> Sequence[Hit]:
        """Where words follow one another, the last of which may go on."""
        from reader.document.find import Term, hits

        lines = list(await self.article.finish()) if words else []
        return await self.reader.background.run(hits, lines, [Term(words, prefix=True)]) if words else []

    def _show_found(self, words: Sequence[str], found: Sequence[Hit]) -> None:
        self._show_hits(found)
        if found:
            self._to_hit(0)
        else:
            self.say("not in this article" if words else "")

    def _show_hits(self, found: Sequence[Hit]) -> None:
        place = self.article.place
        here = (place.block, place.start) if place is not None else (-1, 0)
        first = next((at for at, hit in enumerate(found) if (hit.block, hit.start) >= here), 0)
        self.article.overlay.mark(found, first)
        self.article.redraw()

    def _to_hit(self, step: int) -> None:
        """To the next place where it stands, round and round, or the one before."""
        overlay = self.article.overlay
        if not overlay.hits:
            return
        overlay.current = (overlay.current + step) % len(overlay.hits)
        hit = overlay.hits[overlay.current]
        if hit.parts[0].line not in [number for number, _ in self.article.seen()]:
            self.article.go_to(Place(hit.block, hit.start), above=self.article.size.height // 3)
        self.article.redraw()
        dot = self.reader.signs.dot
        self.say(f"{overlay.current + 1} of {len(overlay.hits)}{dot}Enter goes on{dot}Esc closes")

    # Earlier texts

    def action_changes(self) -> None:
        """What the last edit of the article changed, then what the one before did, then the text again."""
        page = self.article.page
        if page is None or not page.edits or not self.page_is_seen:
            self.say("this article was not changed since it came")
            return
        self.keep_place()
        self._edit = 0 if page.compared is None else self._edit + 1
        self.reader.later(self._compare(page, self._edit), group="page")

    async def _compare(self, page: Page, edit: int) -> None:
        compared = await self.reader.background.run(compared_page, self.library, page, edit)
        if self.article.page is not page:
            return
        if compared is None:
            self.end_comparing()
        else:
            self.article.show(compared)
            self.say(f"{self.key_of('changes')} shows what changed before, then the text")

    def end_comparing(self) -> bool:
        """The text again; False where it is shown."""
        if not self.article.is_compared:
            return False
        self.show_text()
        self.say("")
        return True
