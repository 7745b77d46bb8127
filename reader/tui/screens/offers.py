"""A few well-known feeds to begin with: nothing is followed that was not picked, nothing is fetched before."""

from __future__ import annotations

from itertools import groupby
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reader.errors import ReaderError
from reader.library.offers import Offer
from reader.text import plural
from reader.tui.screens.dialog import Added, Choices, Dialog


def by_topic(offers: tuple[Offer, ...]) -> list[tuple[str, list[Offer]]]:
    """The offers under their topics, in the order they come."""
    return [(topic, list(group)) for topic, group in groupby(offers, key=lambda offer: offer.topic)]


class OffersScreen(Dialog[Added | None]):
    """Feeds by topic. Those picked are filed in a folder named after the topic; the answer says to fetch them."""

    heading = "A few feeds to begin with"
    foot = "space pick   Enter follow   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "follow", "follow")]
    DEFAULT_CSS = """
    OffersScreen > #box { height: 100%; max-height: 28; }
    OffersScreen Choices { height: 1fr; }
    OffersScreen #said { height: auto; display: none; margin-top: 1; color: $trouble; }
    OffersScreen #said.-some { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()
        self._busy = False

    def content(self) -> ComposeResult:
        """The feeds by topic."""
        self._offers = self.host.library.offers()
        groups = [(topic, [(offer.title, offer.about) for offer in each]) for topic, each in by_topic(self._offers)]
        yield Choices(groups, self.host.signs, id="offers")
        yield Static(id="said")

    def action_follow(self) -> None:
        """Follow what is picked."""
        chosen = tuple(self._offers[number] for number in self.query_one(Choices).picked)
        if not chosen:
            self._say("Nothing is picked yet: space picks the feed under the cursor.")
        elif not self._busy:
            self._busy = True
            self.host.later(self._follow(chosen), group="offers")

    async def _follow(self, chosen: tuple[Offer, ...]) -> None:
        self.say_foot("Following …")
        try:
            events = await self.host.background.run(self._add_all, chosen)
        except ReaderError as error:
            self._stay(str(error))
            return
        ids = tuple(event["feed_id"] for event in events if event["event"] == "added")
        troubles = [event["message"] for event in events if event["event"] in ("refused", "problem")]
        if ids or not troubles:
            self.dismiss(Added(ids, f"following {plural(len(ids), 'feed')} more", fetch=True))
        else:
            self._stay(troubles[0])

    def _add_all(self, chosen: tuple[Offer, ...]) -> list[dict[str, Any]]:
        """Keep the addresses, topic by topic; they are fetched after the dialog has closed."""
        events: list[dict[str, Any]] = []
        for topic, offers in by_topic(chosen):
            with self.host.library.add([offer.url for offer in offers], folder=(topic,), fetch=False) as job:
                events += job.events()
        return events

    def _stay(self, trouble: str) -> None:
        self._busy = False
        self.say_foot(self.foot)
        self._say(trouble)

    def _say(self, text: str) -> None:
        said = self.query_one("#said", Static)
        said.update(Content(text))
        said.add_class("-some")
