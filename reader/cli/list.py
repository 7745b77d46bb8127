"""List articles, newest first; QUERY narrows it to what fits."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from array import array
from collections.abc import Iterator

from reader.cli import shapes
from reader.cli.output import Output
from reader.document.article import title
from reader.library import Library
from reader.model import Row
from reader.times import dated, iso

WINDOW = 500
_FEED = 20


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", begin*, is:unread, feed:name')
    parser.add_argument("--limit", type=whole, metavar="N", help="N articles at most")
    parser.add_argument("--offset", type=whole, default=0, metavar="N", help="leave out the first N")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON array")
    columns = "id, date, read, bookmarked, feed, title, link"
    shape.add_argument("--tsv", action="store_true", help=f"tab-separated: {columns}; tabs escaped as \\t")


def whole(text: str) -> int:
    """A whole number that is not negative."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def run(library: Library, options: Namespace, output: Output) -> int:
    """Print the articles as they are fetched."""
    last = None if options.limit is None else options.offset + options.limit
    ids = library.found(" ".join(options.query), last)[options.offset :]
    if options.json:
        output.array(shapes.article(each) for each in library.articles(ids))
    elif options.tsv:
        for each in library.articles(ids):
            read, marked = "read" if each.is_read else "unread", "bookmarked" if each.is_bookmarked else ""
            when = iso(each.published if each.published is not None else each.sort_at)
            output.fields(each.id, when, read, marked, each.feed_title, title(each), each.link)
    else:
        for row in _rows(library, ids):
            output.line(_line(row, output.width))
    return 0


def _rows(library: Library, ids: array[int]) -> Iterator[Row]:
    """The rows of these articles, window by window."""
    for start in range(0, len(ids), WINDOW):
        yield from library.rows(ids[start : start + WINDOW])


def _line(row: Row, width: int | None) -> str:
    """An article on one line: id, day, unread and bookmark signs, feed, headline."""
    when = dated(row.published if row.published is not None else row.sort_at)
    signs = ("●" if not row.is_read else " ") + ("★" if row.is_bookmarked else " ")
    start = f"{row.id:>6}  {when:%Y-%m-%d}  {signs}  "
    if width is None:
        return f"{start}{row.feed_title}  {row.title}"
    from reader.document.cells import fit, pad

    return fit(f"{start}{pad(fit(row.feed_title, _FEED), _FEED)}  {row.title}", width)
