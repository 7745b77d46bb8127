"""Check the feeds that are due, or the named ones, for news."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output, as_json, bar
from reader.errors import WorkerError
from reader.library import Library
from reader.library.jobs import Event, Job
from reader.model import Result
from reader.text import plural

REPORT = ("feed_id", "url", "outcome", "new", "changed", "status", "bytes", "ms", "message")


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("feeds", nargs="*", metavar="FEED", help="id, address or a unique part of the title")
    parser.add_argument("--all", action="store_true", help="all feeds, whatever their interval")
    parser.add_argument("--json", action="store_true", help="one JSON object a line as feeds finish")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Follow the worker and report; 3 when a feed failed."""
    chosen = [library.find_feed(text).id for text in options.feeds]
    with library.refresh(chosen or None, options.all) as job:
        return _Report(output, options.json).follow(job)


def finished_words(event: Event) -> str:
    """What a whole refresh came to: "32 feeds checked, 5 new, 1 failed"."""
    parts = [f"{plural(event['checked'], 'feed')} checked", f"{event['new']:,} new"]
    parts += [f"{event[what]:,} {what}" for what in ("changed", "failed") if event[what]]
    parts += [plural(event["pages"], "full text")] if event.get("pages") else []
    parts += [f"{plural(event['missed'], 'page')} without a text"] if event.get("missed") else []
    return ", ".join(parts)


class _Report:
    """Prints a refresh as it goes."""

    def __init__(self, output: Output, as_lines: bool) -> None:
        self.output = output
        self.as_lines = as_lines
        self.bar = None if as_lines else bar(output)
        self.failed = False
        self.total = self.done = self.new = 0

    def follow(self, job: Job) -> int:
        """Print the events; the exit code. Raises WorkerError when the job could not go on."""
        try:
            for event in job.events():
                self._event(event)
        finally:
            if self.bar:
                self.bar.clear()
        return 3 if self.failed else 0

    def _event(self, event: Event) -> None:
        """Print one event."""
        kind = event["event"]
        if kind == "started":
            self.total = event["total"]
        elif kind == "feed":
            self._feed(event)
        elif kind in ("pages", "page"):
            self._page(event)
        elif kind in ("waiting", "offline"):
            self.failed = self.failed or kind == "offline"
            self._say(event["message"])
        elif kind == "problem":
            raise WorkerError(event["message"], event.get("hint", ""))
        elif kind == "finished":
            self._finished(event)

    def _feed(self, event: Event) -> None:
        """One feed is done."""
        bad = event["outcome"] in (Result.FAILED, Result.GONE)
        self.failed = self.failed or bad
        if self.as_lines:
            self.output.line(as_json({key: event.get(key) for key in REPORT}))
            self.output.flush()
        elif bad:
            self._say(f"{event['url']}: {event['message']}")
        self._step(event["new"])

    def _page(self, event: Event) -> None:
        """So many pages are to be fetched, too, or one of them is done."""
        if event["event"] == "pages":
            self.total += event["total"]
        else:
            self._step(0)

    def _step(self, new: int) -> None:
        """A feed or a page more."""
        self.done, self.new = self.done + 1, self.new + new
        if self.bar:
            self.bar.draw(self.done, self.total, f"{self.done:,} of {self.total:,}, {self.new:,} new")

    def _finished(self, event: Event) -> None:
        """The whole refresh is done."""
        self.failed = self.failed or bool(event["failed"])
        if self.bar:
            self.bar.clear()
        if not self.as_lines:
            self.output.line(finished_words(event))

    def _say(self, text: str) -> None:
        """A line on standard error, above the bar."""
        if self.bar:
            self.bar.clear()
        self.output.say(f"reader: {text}")
