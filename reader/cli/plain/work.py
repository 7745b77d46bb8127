"""The worker's jobs in lines: one for each feed that brought something or failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reader import times
from reader.cli.download import Tell
from reader.cli.refresh import finished_words
from reader.errors import WorkerError
from reader.library import found
from reader.library.jobs import Event, Job
from reader.model import Result


def follow(job: Job, heed: Callable[[Event], None], tell: Tell) -> bool:
    """Heed a job's events to its end; Ctrl+C ends it after what it has in hand, and is told by True."""
    try:
        for event in job.events():
            heed(event)
    except KeyboardInterrupt:
        tell("Stopping.")
        job.stop()
        for event in job.events():
            heed(event)
        return True
    return False


class Refreshed:
    """Tells a refresh; ``failed`` says that a feed did, or that there is no network."""

    def __init__(self, titles: Mapping[int, str], tell: Tell) -> None:
        self._titles = titles
        self._tell = tell
        self.failed = False

    def __call__(self, event: Event) -> None:
        """Tell one event. Raises WorkerError when the job could not go on."""
        kind = event["event"]
        if kind == "feed":
            self._feed(event)
        elif kind in ("waiting", "offline"):
            self.failed = self.failed or kind == "offline"
            self._tell(str(event["message"]))
        elif kind == "problem":
            raise WorkerError(event["message"], event.get("hint", ""))
        elif kind == "finished":
            self._tell(("Stopped: " if event["stopped"] else "") + finished_words(event))

    def _feed(self, event: Event) -> None:
        title = self._titles.get(event["feed_id"], event["url"])
        if event["outcome"] in (Result.FAILED, Result.GONE):
            self.failed = True
            self._tell(f"{title}: {event['message']}")
        elif event["new"]:
            self._tell(f"{title}: {event['new']:,} new")


class Added:
    """Tells what became of targets; ``feed_ids`` are followed now, of ``candidates`` one may be chosen."""

    def __init__(self, tell: Tell, refuse: Tell) -> None:
        self._tell = tell
        self._refuse = refuse
        self.feed_ids: list[int] = []
        self.candidates: list[tuple[str, str]] = []
        self.failed = False

    def __call__(self, event: Event) -> None:
        """Tell one event. Raises WorkerError when the job could not go on."""
        kind = event["event"]
        if kind == "added":
            self.feed_ids.append(event["feed_id"])
            self._tell(f"Followed: {event['title']}")
        elif kind in ("refused", "offline"):
            self.failed = self.failed or kind == "refused"
            self._refuse(f"{event['message']} ({event['hint']})" if event.get("hint") else str(event["message"]))
        elif kind == "candidates":
            now = times.now()
            self.candidates += [(_described(each, now), each["url"]) for each in event["feeds"]]
        elif kind == "warning":
            self._tell(event["message"])
        elif kind == "problem":
            raise WorkerError(event["message"], event.get("hint", ""))


def _described(feed: Event, now: int) -> str:
    """A feed that can be chosen: its title, and what there is to choose by."""
    return ", ".join(part for part in (found.title(feed), found.about(feed, now)) if part)


class Fetched:
    """Tells why the page of an article gave no text; ``failed`` says that it gave none."""

    def __init__(self, refuse: Tell) -> None:
        self._refuse = refuse
        self.failed = True

    def __call__(self, event: Event) -> None:
        """Tell one event. Raises WorkerError when the job could not go on."""
        if event["event"] == "page":
            self.failed = bool(event["message"])
            if event["message"]:
                self._refuse(event["message"])
        elif event["event"] == "problem":
            raise WorkerError(event["message"], event.get("hint", ""))
