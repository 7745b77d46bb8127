"""What is done for feeds from the screen of their health."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model import Checkup
    from reader.tui.screens.health import Wish

    Changed = Callable[[], None]


class Checkups(Errands):
    """``H`` and what follows from it."""

    def action_health(self) -> None:
        """Show how the feeds do."""
        from reader.tui.screens.health import HealthScreen

        self.app.push_screen(HealthScreen(self._cure))

    def _cure(self, wish: Wish, changed: Changed) -> None:
        """Do what is wished for; ``changed`` when that is done."""
        from reader.library.checkups import Cure

        checkup, feed = wish.checkup, wish.checkup.feed
        match wish.what:
            case Cure.CHECK | Cure.RETRY:
                self.start_job("refreshing", partial(self.library.retry, feed.id), then=lambda _: changed())
            case Cure.FOLLOW:
                self.reader.later(self._readdress(checkup, changed), group="marks", trouble=self._refused)
            case Cure.RESUME | Cure.PAUSE:
                self.reader.later(self._pause(checkup, changed), group="marks", trouble=self._refused)
            case Cure.REMOVE:
                self.reader.later(self._let_go(checkup, changed), group="marks", trouble=self._refused)
            case Cure.SITE:
                self.open_address(feed.site_url or feed.url)

    async def _pause(self, checkup: Checkup, changed: Changed) -> None:
        feed = await self.reader.background.write(self.library.set_paused, checkup.feed.id)
        self.say(f"{feed.title} {'is paused' if feed.is_paused else 'is asked again with the next refresh'}")
        self.renew()
        changed()

    async def _readdress(self, checkup: Checkup, changed: Changed) -> None:
        address = checkup.found_url or checkup.moved_to
        if address is None:
            return
        feed = await self.reader.background.write(self.library.set_address, checkup.feed.id, address)
        self.say(f"{feed.title} is asked at {feed.url} from now on")
        self.start_job("refreshing", partial(self.library.retry, feed.id), then=lambda _: changed())

    async def _let_go(self, checkup: Checkup, changed: Changed) -> None:
        feed = checkup.feed
        await self._remove(self.reader.background.post(self.library.remove, feed.id), feed.id, feed.title)
        changed()
