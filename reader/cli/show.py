"""Show one article: its text, wrapped on a terminal; or as JSON, Markdown or HTML."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from reader.cli import shapes
from reader.cli.output import Output, as_json
from reader.library import Library
from reader.model import Article
from reader.times import day

if TYPE_CHECKING:
    from reader.document.nodes import Document

MEASURE = 80
_MOST_ID = (1 << 63) - 1


def article_id(text: str) -> int:
    """An article's id as a person typed it."""
    if not (text.isascii() and text.isdecimal()) or int(text[:20]) > _MOST_ID or len(text) > 19:
        raise ArgumentTypeError(f"{text!r} is no article's id")
    return int(text)


def columns(text: str) -> int:
    """A width that a person typed."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) < 10:
        raise ArgumentTypeError(f"{text!r} is no width; 10 is the least")
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("id", type=article_id, metavar="ID", help="as reader list prints it")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object with text, html and links")
    shape.add_argument("--markdown", action="store_true", help="Markdown")
    shape.add_argument("--html", action="store_true", help="a small, safe HTML page")
    shape.add_argument("--width", type=columns, metavar="N", help="wrap the text at N columns")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Print the article in the shape that was asked for."""
    article = library.article(options.id)
    if options.json:
        output.line(as_json(_object(library, article), indent=1))
    elif options.markdown:
        output.write(_markdown(article, library.document(article.id)))
    elif options.html:
        output.write(_page(article, library.html(article.id)))
    else:
        width = options.width or (min(output.width, MEASURE) if output.width else None)
        for line in _text(article, library.document(article.id), width):
            output.line(line)
    return 0


def _object(library: Library, article: Article) -> dict[str, object]:
    """The article with its body, as ``show --json`` prints it."""
    from reader.document.plain import plain_text

    html, document = library.html(article.id), library.document(article.id)
    return {
        **shapes.article(article),
        "text": plain_text(document),
        "html": html,
        "links": list(document.links),
        "full_text": "page" if article.is_full else "feed" if html else None,
    }


def _about(article: Article) -> str:
    """Where it comes from, in a line: feed, author, place and day."""
    place = article.dateline.place if article.dateline else None
    when = article.published if article.published is not None else article.sort_at
    source = article.feed_title if article.feed_title != article.title else None
    parts = [source, article.author, f"from {place}" if place else None, day(when)]
    return " · ".join(part for part in parts if part)


def _text(article: Article, document: Document, width: int | None) -> Iterator[str]:
    """Headline, origin and body line by line; unwrapped without a width."""
    head = [shapes.title(article), _about(article), *([article.link] if article.link else [])]
    tail = [f"{one.url} ({one.type})" if one.type else one.url for one in article.enclosures]
    if width is None:
        from reader.document.plain import plain_text

        yield from [*head, "", plain_text(document)]
    else:
        from reader.document.typeset import typeset
        from reader.document.wrap import ranges

        for text in head[:2]:
            yield from (text[start:end] for start, end, _ in ranges(text, width))
        yield from [*head[2:], ""]
        yield from ("".join(run.text for run in line.runs).rstrip() for line in typeset(document, width))
    if tail:
        yield from ["", *tail]


def _markdown(article: Article, document: Document) -> str:
    """The article as Markdown, headline and origin first."""
    from reader.document.markdown import markdown

    link = f"\n<{article.link}>\n" if article.link else ""
    return f"# {shapes.title(article)}\n\n{_about(article)}\n{link}\n{markdown(document).strip()}\n"


def _page(article: Article, html: str) -> str:
    """The article as a page of its own."""
    title, about = escape(shapes.title(article)), escape(_about(article))
    head = f'<a href="{escape(article.link)}">{title}</a>' if article.link else title
    return (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
        f"<h1>{head}</h1>\n<p>{about}</p>\n{html}\n</body>\n</html>\n"
    )
