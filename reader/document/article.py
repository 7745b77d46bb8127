"""An article as a whole, headline and origin first: as lines of text, as one text, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.model import Article
from reader.text import first_words
from reader.times import day

if TYPE_CHECKING:
    from reader.document.nodes import Document

UNTITLED = "(no title)"


def title(article: Article) -> str:
    """The headline, or the first words where there is none."""
    return article.title or first_words(article.summary) or UNTITLED


def about(article: Article) -> str:
    """Where it comes from, in a line: feed, author, place and day."""
    place = article.dateline.place if article.dateline else None
    when = article.published if article.published is not None else article.sort_at
    source = article.feed_title if article.feed_title != article.title else None
    parts = [source, article.author, f"from {place}" if place else None, day(when)]
    return " · ".join(part for part in parts if part)


def text_lines(article: Article, document: Document, width: int | None = None) -> Iterator[str]:
    """Headline, origin and body line by line; unwrapped without a width, and then the body is one piece."""
    head = [title(article), about(article), *([article.link] if article.link else [])]
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


def as_markdown(article: Article, document: Document) -> str:
    """The article as Markdown."""
    from reader.document.markdown import markdown

    link = f"\n<{article.link}>\n" if article.link else ""
    return f"# {title(article)}\n\n{about(article)}\n{link}\n{markdown(document).strip()}\n"
