"""Follow feeds, files or directories; prints "id<TAB>title" for each."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader import times
from reader.cli import shapes
from reader.cli.output import Output, bar, input_is_terminal
from reader.errors import WorkerError
from reader.library import Library, found
from reader.library.jobs import Event, Job
from reader.text import clean_line, plural


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument(
        "targets",
        nargs="+",
        metavar="TARGET",
        help="the address of a feed or of a page that names its feeds, a file or a directory",
    )
    parser.add_argument("--folder", metavar="NAME", help="file them there; a folder in a folder is A/B")
    parser.add_argument("--title", metavar="TEXT", help="call it that instead of what the feed calls itself")
    parser.add_argument("--no-fetch", action="store_true", help="keep the address without asking it")
    parser.add_argument("--all", action="store_true", help="where a page names several feeds, take all")


@dataclass(slots=True)
class _Tally:
    """What became of the targets; ``open`` are pages with several feeds to choose from."""

    added: int = 0
    failed: int = 0
    open: list[Event] = field(default_factory=list)

    @property
    def code(self) -> int:
        """All well, nothing done, or a part failed."""
        if not self.failed:
            return 0
        return 3 if self.added else 1


def run(library: Library, options: Namespace, output: Output) -> int:
    """Add the targets; where a page names several feeds, ask a person and refuse a script."""
    tally = _Tally()
    folder = shapes.path(options.folder) if options.folder is not None else None
    with library.add(options.targets, folder, options.title, not options.no_fetch, options.all) as job:
        _follow(job, tally, output)
    chosen = [url for page in tally.open for url in _choose(page, tally, output)]
    if chosen:
        with library.add(chosen, folder, options.title, not options.no_fetch) as job:
            _follow(job, tally, output)
    return tally.code


def _follow(job: Job, tally: _Tally, output: Output) -> None:
    """Print what the worker says of each target. Raises WorkerError when it could not go on."""
    progress = bar(output)
    for event in job.events():
        if event["event"] == "looking":
            if progress:
                progress.draw(0, 0, event["message"])
            continue
        if progress:
            progress.clear()
        _take(event, tally, output)


def _take(event: Event, tally: _Tally, output: Output) -> None:
    """Print one thing that the worker says."""
    match event["event"]:
        case "added":
            tally.added += 1
            output.line(f"{event['feed_id']}\t{event['title']}")
            output.flush()
            if event.get("note"):
                output.say(f"reader: {event['note']}")
        case "refused":
            tally.failed += 1
            output.say(f"reader: {_sentence(event)}")
        case "candidates":
            tally.open.append(event)
        case "offline" | "warning":
            output.say(f"reader: {_sentence(event)}")
        case "problem":
            raise WorkerError(event["message"], event.get("hint", ""))


def _sentence(event: Event) -> str:
    """What happened, and what to do."""
    hint = event.get("hint")
    return f"{event['message']} ({hint})" if hint else str(event["message"])


def _choose(page: Event, tally: _Tally, output: Output) -> Sequence[str]:
    """The addresses that a person picks of those a page names; a script gets an error with all of them."""
    feeds, target = page["feeds"], clean_line(page["target"], 300)
    if not (input_is_terminal() and output.err.isatty()):
        tally.failed += 1
        names = "; ".join(map(_for_scripts, feeds))
        output.say(f"reader: {target} names {len(feeds)} feeds (add one of them, or all with --all: {names})")
        return ()
    output.say(f"{target} names {plural(len(feeds), 'feed')}:")
    now = times.now()
    for number, each in enumerate(feeds, 1):
        about = found.about(each, now)
        output.err.write(f"{number:>3}  {found.title(each)[:70]}{f' ({about})' if about else ''}\n")
        output.err.write(f"     {found.address(each)}\n")
    output.err.write("Which? Numbers, all, or nothing for none: ")
    output.err.flush()
    words = sys.stdin.readline().replace(",", " ").split()
    if words == ["all"]:
        return [each["url"] for each in feeds]
    chosen = [feeds[int(word) - 1]["url"] for word in words if word.isdecimal() and 0 < int(word) <= len(feeds)]
    tally.failed += not chosen
    return chosen


def _for_scripts(feed: Event) -> str:
    """A feed on one line: its address, its title, the moment of its last post."""
    facts = [
        clean_line(feed.get("title") or "", 80),
        f"last post {times.iso(feed['last'])}" if feed.get("last") else "",
    ]
    said = ", ".join(fact for fact in facts if fact)
    return f"{found.address(feed)} ({said})" if said else found.address(feed)
