"""A Markdown file as an entry: front matter, title, and the body as our HTML subset.

CommonMark with tables, struck-out text, bare links, footnotes, task lists and definition lists. HTML inside goes the
way of all foreign HTML: through ``html.clean``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.model import Entry
from reader.parse.frontmatter import split
from reader.parse.source import Source
from reader.text import clean, clean_line, fold

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def read(source: Source, text: str) -> Entry:
    """The decoded file as one entry; its guid is the source's name."""
    from reader.parse.html import clean as clean_html

    name = source.name or source.url
    about, text = split(clean(text), name)
    parser = _parser(with_links=_is_ordinary(text))
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    heading = _heading(tokens)
    title = about.title
    if heading is not None:
        words = clean_line(_words(tokens[heading + 1]))
        title = title or words or None
        if heading == 0 and (words == title or fold(words) == fold(title or "")):
            tokens = tokens[3:]
    body = clean_html(parser.renderer.render(tokens, parser.options, environment), source.url)
    return Entry(
        guid=name,
        title=title,
        html=body.html,
        text=body.text,
        author=about.author,
        link=about.link,
        published=about.published,
        updated=about.updated,
        language=about.language,
        mtime=source.mtime,
    )


def _is_ordinary(text: str) -> bool:
    """Whether bare addresses can be looked for: the search costs their number times the paragraph's length."""
    return all(block.count(":") * len(block) < 4_000_000 for block in text.split("\n\n"))


@cache
def _parser(*, with_links: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("commonmark", {"html": True, "linkify": with_links})
    parser.enable(["table", "strikethrough", *(["linkify"] if with_links else [])])
    return parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)


def _heading(tokens: list[Token]) -> int | None:
    """Where the first heading of the first level opens."""
    return next((at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)


def _words(inline: Token) -> str:
    """The text of a heading without its marks."""
    parts = []
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline", "image", "text_special"):
            parts.append(child.content)
    return "".join(parts)
