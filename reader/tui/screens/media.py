"""Files that come with articles: opened, saved by the worker, played by mpv, while the screen goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reader.document.links import shown
from reader.text import plural, size
from reader.tui.screens.news import sentence
from reader.tui.screens.sharing import Sharing
from reader.tui.widgets.status import Work

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.library import Job
    from reader.model import Article, Medium
    from reader.tui.player import Player
    from reader.tui.screens.enclosures import Wish


_AT_ONCE = 2  # each has a worker process of its own


class Saving:
    """A file on its way to the disk, or waiting for its turn."""

    def __init__(self, article: int, url: str) -> None:
        self.article = article
        self.url = url
        self.has_begun = False
        self.is_stopped = False
        self.job: Job | None = None
        self.done = 0
        self.total: int | None = 0


class Media(Sharing):
    """``e`` and what follows from it."""

    def __init__(self) -> None:
        super().__init__()
        self._savings: dict[str, Saving] = {}
        self._player: Player | None = None

    async def action_enclosures(self) -> None:
        """List the files that come with the article."""
        article = await self._article_here()
        if article is None:
            return
        media = await self.reader.background.run(self.library.media, article.id)
        if not media:
            self.say("no files come with this article")
            return
        from reader.tui.screens.enclosures import EnclosuresScreen

        self.app.push_screen(EnclosuresScreen(media), partial(self._wished, article))

    def _wished(self, article: Article, wish: Wish | None) -> None:
        if wish is None:
            return
        from reader.tui.screens.enclosures import PLAY, SAVE

        if wish.what == SAVE:
            self._save(article, wish.medium)
        elif wish.what == PLAY:
            self._play(article, wish.medium)
        else:
            self.open_address(wish.medium.enclosure.url)

    # Saving

    def _save(self, article: Article, medium: Medium) -> None:
        url = medium.enclosure.url
        if url in self._savings:
            self.say("this file is being saved already")
            return
        self._savings[url] = Saving(article.id, url)
        self._begin_savings()

    def _begin_savings(self) -> None:
        """Let those begin whose turn it is, and show how far all are."""
        room = _AT_ONCE - sum(each.has_begun for each in self._savings.values())
        waiting = [each for each in self._savings.values() if not each.has_begun]
        for saving in waiting[: max(room, 0)]:
            saving.has_begun = True
            self.reader.later(self._start_saving(saving), group="saving")
        self._show_savings()

    async def _start_saving(self, saving: Saving) -> None:
        starting = partial(self.library.download, saving.article, saving.url)
        try:
            saving.job = await self.reader.background.start(starting)
        finally:
            if saving.job is None:
                self._saved(saving)
        if saving.job is not None:
            if saving.is_stopped:
                saving.job.stop()
            self.reader.background.follow(saving.job, partial(self._saving_went_on, saving))

    def _saving_went_on(self, saving: Saving, event: dict[str, Any]) -> None:
        match event["event"]:
            case "progress":
                saving.done, saving.total = int(event["done"]), event["total"]
                self._show_savings()
            case "saved":
                self.say(f"saved {event['path']}")
            case "refused":
                self.say_trouble(sentence(event))
            case "problem":
                self.say_trouble(sentence(event))
                self._saved(saving)
            case "finished":
                if event["stopped"]:
                    self.say("stopped; saving it again goes on from there")
                self._saved(saving)

    def _saved(self, saving: Saving) -> None:
        self._savings.pop(saving.url, None)
        if self.is_running:
            self._begin_savings()

    def _show_savings(self) -> None:
        """How far they are, unless other work is shown."""
        if self._label or not self.is_running:
            return
        savings = self._savings.values()
        if not savings:
            self.show_no_work()
            return
        done, totals = sum(each.done for each in savings), [each.total for each in savings]
        total = sum(each or 0 for each in totals) if all(totals) else 0
        count = f"{size(done)} of {size(total)}" if total else size(done) if done else ""
        label = "saving" if len(savings) == 1 else f"saving {plural(len(savings), 'file')}"
        self.status.set_work(Work(label, done, total, f"{self.key_of('stop')} stops", count))

    # Playing

    def _play(self, article: Article, medium: Medium) -> None:
        from reader.library.enclosures import clock
        from reader.tui.player import Player

        address = medium.path or medium.enclosure.url
        if not medium.path and not _is_web(address):
            self.say_trouble(f"not played: {shown(address)}")
            return
        if self._player is not None:
            self._player.stop()

        def keep(seconds: float | None) -> Future[None]:
            return self.reader.background.post(self.library.keep_seconds, article.id, medium.enclosure.url, seconds)

        self._player = Player(address, medium.seconds, keep)
        where = f" from {clock(medium.seconds)}" if medium.seconds else ""
        title = article.title or shown(medium.enclosure.url)
        self.say(f"playing{where}{self.reader.signs.dot}{self.key_of('stop')} stops{self.reader.signs.dot}{title}")
        self.reader.later(self._follow(self._player), group="player")

    async def _follow(self, player: Player) -> None:
        from reader.library.enclosures import clock

        try:
            trouble = await self.reader.background.aside(player.run)
        finally:
            if self._player is player:
                self._player = None
        if not self.is_running or self._player is not None:
            return  # another file plays by now, and was announced
        if trouble:
            self.say_trouble(trouble)
        elif player.is_over:
            self.say("played to the end")
        elif player.position:
            self.say(f"stopped at {clock(player.position)}; playing it again goes on there")

    def show_no_work(self) -> None:
        """Other work has ended; files may still be on their way."""
        super().show_no_work()
        if self._savings:
            self._show_savings()

    # The end

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way that can be stopped."""
        return super().is_busy or bool(self._savings) or self._player is not None

    def stop_jobs(self) -> None:
        """What is being saved and played ends, too; both go on from there another time."""
        super().stop_jobs()
        for saving in tuple(self._savings.values()):
            if not saving.has_begun:
                del self._savings[saving.url]
            elif saving.job is not None:
                saving.job.stop()
            else:
                saving.is_stopped = True  # its worker is being started
        if self._player is not None:
            self._player.stop()


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))
