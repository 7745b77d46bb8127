"""Pictures inside the text, as far as the screen has to do with them; the rest is loaded with the first of them.

Nothing happens for an article without pictures. For one with some, what is kept is shown at once and costs no network;
what is missing is asked for when the article has been looked at for a moment, and dropped when it is left.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reader.tui.screens.errands import Errands
from reader.tui.widgets.illustrated import IllustratedPane

if TYPE_CHECKING:
    from reader.tui.bringer import Bringer
    from reader.tui.illustrator import Illustrator
    from reader.tui.widgets.gallery import Drawing, Spot

_REST_SECONDS = 0.25  # that an article is looked at before the network is asked
_COLOURS = ("truecolor", "256")


class Images(Errands):
    """``images`` is what the user wants: "auto", "always" or "never"."""

    article: IllustratedPane
    images = "auto"

    def begin_images(self, wanted: str) -> None:
        """What was wanted the last time holds."""
        self.images = wanted
        self.article.shows_pictures = wanted != "never" and self.can_draw
        self.article.wanted, self.article.left = self._wanted_picture, self._left_picture

    @property
    def can_draw(self) -> bool:
        """Whether this terminal has the colours and signs that a picture takes."""
        console = self.app.console
        return not (self.reader.signs.ascii_only or self.app.no_color) and console.color_system in _COLOURS

    @cached_property
    def bringer(self) -> Bringer:
        """Who brings the pictures."""
        from reader.tui.bringer import Bringer

        return Bringer(self)

    @cached_property
    def illustrator(self) -> Illustrator:
        """Who draws them."""
        from reader.tui.illustrator import Illustrator

        return Illustrator(self)

    def _wanted_picture(self, spot: Spot) -> None:
        self.illustrator.make(spot)

    def _left_picture(self, drawing: Drawing) -> None:
        self.illustrator.drop(drawing)

    def on_illustrated_pane_turned(self) -> None:
        """Another article is shown: what was on its way for the last one is dropped."""
        self.bringer.stop()
        self.bringer.is_held_back = False
        if self.article.shows_pictures:
            self._bring(_REST_SECONDS)

    def _bring(self, seconds: float) -> None:
        page = self.article.page
        if page is not None and page.document.pictures:
            self.bringer.begin(page, seconds)

    def action_images(self) -> None:
        """Hide the pictures, or show them, here and from now on."""
        if not self.can_draw:
            self.say("this terminal has too few colours or signs for pictures")
            return
        is_shown = self.article.shows_pictures and not self.bringer.is_held_back
        self.images = "never" if is_shown else "always"
        self.say("pictures are hidden" if is_shown else "pictures are shown")
        self.bringer.stop()
        self.article.open_gallery(not is_shown)
        if not is_shown:
            self._bring(0.0)

    def stop_jobs(self) -> None:
        """The screen goes, or the user wants everything to end."""
        if "bringer" in vars(self):
            self.bringer.stop()
        super().stop_jobs()

    def action_stop(self) -> None:
        """Stop what is under way; pictures that did not come leave what they show in words."""
        if "bringer" in vars(self) and self.bringer.stop():
            self.article.set_pictures({})
            self.say("no more pictures are loaded")
        else:
            super().action_stop()
