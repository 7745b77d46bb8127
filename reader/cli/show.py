"""Show one article: its text, wrapped on a terminal; or as JSON, Markdown or HTML."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from html import escape

from reader.cli import shapes
from reader.cli.output import Output, as_json
from reader.document.article import about, as_markdown, text_lines, title
from reader.library import Library
from reader.model import Article

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
        output.write(as_markdown(article, library.document(article.id)))
    elif options.html:
        output.write(_page(article, library.html(article.id)))
    else:
        width = options.width or (min(output.width, MEASURE) if output.width else None)
        for line in text_lines(article, library.document(article.id), width):
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


def _page(article: Article, html: str) -> str:
    """The article as a page of its own."""
    headline, origin = escape(title(article)), escape(about(article))
    head = f'<a href="{escape(article.link)}">{headline}</a>' if article.link else headline
    return (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{headline}</title>\n</head>\n<body>\n'
        f"<h1>{head}</h1>\n<p>{origin}</p>\n{html}\n</body>\n</html>\n"
    )
