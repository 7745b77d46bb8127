"""What is done for feeds from the screen of their health."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model import Checkup
    from reader.tui.screens.health import Wish
    from reader.tui.screens.news import Tally

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
                going = self._readdress(checkup, checkup.found_url, changed)
                self.reader.later(going, group="marks", trouble=self._refused)
            case Cure.RESUME | Cure.PAUSE:
                self.reader.later(self._pause(checkup, changed), group="marks", trouble=self._refused)
            case Cure.REMOVE | Cure.ARCHIVE:
                going = self._let_go(checkup, changed, keeps=wish.what is Cure.ARCHIVE)
                self.reader.later(going, group="marks", trouble=self._refused)
            case Cure.FIND:
                finding = partial(self.library.find_again, feed.id)
                self.start_job("looking for it", finding, quiet=True, then=partial(self._found, checkup, changed))
            case Cure.SITE:
                self.open_address(feed.site_url or feed.url)

    async def _pause(self, checkup: Checkup, changed: Changed) -> None:
        feed = await self.reader.background.write(self.library.set_paused, checkup.feed.id)
        self.say(f"{feed.title} {'is paused' if feed.is_paused else 'is asked again with the next refresh'}")
        self.renew()
        changed()

    def _found(self, checkup: Checkup, changed: Changed, tally: Tally) -> None:
        """Let a person say which of the feeds that were found it is."""
        from reader.tui.screens.address import AddressScreen
        from reader.tui.screens.health import HealthScreen

        def chosen(address: str | None) -> None:
            self.reader.later(self._readdress(checkup, address, changed), group="marks", trouble=self._refused)

        if tally.found and isinstance(self.app.screen, HealthScreen):
            self.app.push_screen(AddressScreen(checkup.feed.title, tally.found), chosen)
        elif tally.found:  # whoever does something else by now would answer without looking
            self.say(f"{checkup.feed.title} is found: {self.key_of('health')} and Enter show where")

    async def _readdress(self, checkup: Checkup, address: str | None, changed: Changed) -> None:
        if address is None:
            return
        feed = await self.reader.background.write(self.library.set_address, checkup.feed.id, address)
        self.say(f"{feed.title} is asked at {feed.url} from now on")
        self.renew()
        changed()
        self.start_job("refreshing", partial(self.library.retry, feed.id), then=lambda _: changed())

    async def _let_go(self, checkup: Checkup, changed: Changed, *, keeps: bool) -> None:
        feed = checkup.feed
        turn = self.reader.background.turn
        removing = self.reader.background.post(self.library.remove, feed.id, turn, keeps=keeps)
        kept = "; its articles are in the Archive" if keeps else ""
        await self._remove(removing, feed.id, feed.title, kept)
        changed()
