"""Save the files that come with an article; prints where each lies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from reader.cli.list import whole
from reader.cli.output import Output, bar
from reader.cli.show import article_id
from reader.errors import NotFound, WorkerError
from reader.library import Library
from reader.library.jobs import Event
from reader.text import plural, size

Tell = Callable[[str], None]


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("id", type=article_id, metavar="ID", help="as reader list prints it")
    parser.add_argument("numbers", nargs="*", type=whole, metavar="NUMBER", help="which of its files, from 1; else all")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Save one after the other; 3 when some could not be."""
    files = library.article(options.id).enclosures
    numbers = options.numbers or range(1, len(files) + 1)
    if not files or not all(0 < number <= len(files) for number in numbers):
        raise NotFound(f"The article has {plural(len(files), 'file')}" if files else "No files come with the article")
    failed = 0
    for number in numbers:
        saved = Saved(output.line, lambda text: output.say(f"reader: {text}"), output)
        with library.download(options.id, files[number - 1].url) as job:
            try:
                for event in job.events():
                    saved(event)
            finally:
                saved.clear()
        output.flush()
        failed += saved.failed
    return 0 if not failed else 3 if failed < len(numbers) else 1


class Saved:
    """Heeds the saving of a file; ``tell`` gets its path, ``refuse`` why there is none."""

    def __init__(
        self, tell: Callable[[str], None], refuse: Callable[[str], None], output: Output | None = None
    ) -> None:
        """A bar is drawn where an output is given that a person looks at."""
        self._tell = tell
        self._refuse = refuse
        self._bar = bar(output) if output is not None else None
        self.failed = False

    def __call__(self, event: Event) -> None:
        """Tell one event. Raises WorkerError when the job could not go on."""
        kind = event["event"]
        if kind == "progress" and self._bar:
            total = event["total"] or 0
            words = f"{size(event['done'])} of {size(total)}" if total else size(event["done"])
            self._bar.draw(event["done"], total, words)
        elif kind != "progress":
            self.clear()
        if kind == "saved":
            self._tell(event["path"])
        elif kind == "refused":
            self.failed = True
            self._refuse(event["message"])
        elif kind == "problem":
            raise WorkerError(event["message"], event.get("hint", ""))

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.clear()
