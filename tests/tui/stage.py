"""A bare app to try a dialog on: our themes, keys and threads, a library, and no main screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from typing import Any, Self, cast

from textual.app import App
from textual.pilot import Pilot
from textual.theme import Theme

from reader.library import Library
from reader.library.offers import OFFERS, Offer
from reader.model import Feed, Health, HealthState, Kind
from reader.tui import keys, signs, themes
from reader.tui.background import Background


async def until(pilot: Pilot[Any], true: Callable[[], object]) -> None:
    """Let the app go on until something holds; the test's own timeout is the limit."""
    while not true():
        await pilot.pause(0.01)


def feed(number: int, title: str, folder: tuple[str, ...] = ()) -> Feed:
    """A feed as the library gives it."""
    health = Health(HealthState.OK)
    return Feed(number, f"https://example.org/{number}", Kind.FEED, title, folder, None, 0, 0, health, None)


class Told:
    """A job whose events are told beforehand."""

    def __init__(self, events: Iterable[dict[str, Any]]) -> None:
        self._events = list(events)
        self.stopped = False

    def events(self) -> Iterator[dict[str, Any]]:
        yield from self._events

    def stop(self) -> None:
        self.stopped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Shelf:
    """As much of a library as the dialogs ask for; it keeps what it was asked to add."""

    def __init__(self, feeds: Sequence[Feed] = (), answers: Iterable[Sequence[dict[str, Any]]] = ()) -> None:
        self._feeds = list(feeds)
        self._answers = iter(answers)
        self.asked: list[dict[str, Any]] = []

    def feeds(self) -> list[Feed]:
        return self._feeds

    def offers(self) -> tuple[Offer, ...]:
        return OFFERS

    def add(
        self,
        targets: Sequence[str],
        folder: Sequence[str] | None = None,
        title: str | None = None,
        fetch: bool = True,
        all: bool = False,  # noqa: A002
    ) -> Told:
        self.asked.append({"targets": tuple(targets), "folder": folder, "fetch": fetch})
        return Told(next(self._answers))


class Stage(App[None]):
    """The app; ``shown`` is what went wrong, ``answers`` what dialogs gave back."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, library: Library | Shelf | None = None, *, ascii_only: bool = False) -> None:
        super().__init__()
        self.library = cast("Library", library or Shelf())
        self.background = Background()
        self.keys = keys.resolve()
        self.signs = signs.signs(ascii_only)
        self.answers: list[object] = []
        themes.register(self)
        self.theme = themes.NIGHT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme)

    def later(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        return self.run_worker(work, group=group)

    def theme_now(self) -> Theme:
        return self.current_theme

    def on_unmount(self) -> None:
        self.background.close()


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips())
