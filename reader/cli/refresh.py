"""Check the feeds that are due, or the named ones, for news."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace

from reader.cli.output import Output, as_json
from reader.errors import WorkerError
from reader.library import Library
from reader.library.jobs import Event, Job
from reader.model import Result
from reader.text import clean_line, plural

REPORT = ("feed_id", "url", "outcome", "new", "changed", "status", "bytes", "ms", "message")
_BAR = 24


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


class _Report:
    """Prints a refresh as it goes."""

    def __init__(self, output: Output, as_lines: bool) -> None:
        self.output = output
        self.as_lines = as_lines
        self.bar = None if as_lines else _bar(output)
        self.failed = False

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
        if kind == "started" and self.bar:
            self.bar.total = event["total"]
        elif kind == "feed":
            self._feed(event)
        elif kind in ("pages", "page") and self.bar:
            self.bar.more(event.get("total", 0))
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
        if self.bar:
            self.bar.step(event["new"])

    def _finished(self, event: Event) -> None:
        """The whole refresh is done."""
        self.failed = self.failed or bool(event["failed"])
        if self.bar:
            self.bar.clear()
        if not self.as_lines:
            parts = [f"{plural(event['checked'], 'feed')} checked", f"{event['new']:,} new"]
            parts += [f"{event['changed']:,} changed"] if event["changed"] else []
            parts += [f"{event['failed']:,} failed"] if event["failed"] else []
            parts += [plural(event["pages"], "full text")] if event.get("pages") else []
            parts += [f"{plural(event['missed'], 'page')} without a text"] if event.get("missed") else []
            self.output.line(", ".join(parts))

    def _say(self, text: str) -> None:
        """A line on standard error, above the bar."""
        if self.bar:
            self.bar.clear()
        self.output.say(f"reader: {text}")


def _bar(output: Output) -> _Bar | None:
    """A progress bar where a person looks on."""
    return _Bar(output) if output.err.isatty() and os.environ.get("TERM") != "dumb" else None


class _Bar:
    """One line on standard error, drawn over, at most twenty times a second."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.total = 0
        self.done = 0
        self.new = 0
        self.drawn = 0.0

    def step(self, new: int) -> None:
        """One feed more."""
        self.done += 1
        self.new += new
        if time.monotonic() - self.drawn >= 0.05:
            self.drawn = time.monotonic()
            full = _BAR * self.done // max(self.total, self.done)
            text = f"[{'#' * full}{' ' * (_BAR - full)}] {self.done:,} of {self.total:,}, {self.new:,} new"
            self._write("\r" + clean_line(text, 79) + " ")

    def more(self, pages: int) -> None:
        """So many pages are to be fetched, too; without any, one of them is done."""
        if pages:
            self.total += pages
        else:
            self.step(0)

    def clear(self) -> None:
        """Take the bar away."""
        if self.drawn:
            self.drawn = 0.0
            self._write("\r" + " " * 79 + "\r")

    def _write(self, text: str) -> None:
        self.output.err.write(text)
        self.output.err.flush()
