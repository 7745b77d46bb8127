"""An article made ready for its pane: its head as lines, its body as lines when they are needed, its text to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from textual.geometry import Offset

from reader import times
from reader.library import Library
from reader.model import Article, Enclosure, Place, Version
from reader.text import first_words
from reader.tui.drawing import cell_len, fit, reading_time
from reader.tui.signs import Signs

if TYPE_CHECKING:
    from reader.document.find import Term
    from reader.document.lines import Line
    from reader.document.nodes import Document
    from reader.document.pictures import Room
    from reader.library.album import Hoard

_LONG, _BEGINNING = 30_000, 16_000  # of the latter, a third is more than any screen shows
_HEADLINE_LINES = 3
_META_LINES = 3
_HAIRLINE = 12
_SOON = 3600  # seconds after which an update is worth a word
Head: TypeAlias = "list[tuple[str, Line]]"


@dataclass(frozen=True, slots=True)
class Page:
    """An article and its body; where ``document`` is only the beginning of a long one, ``html`` is all of it.

    ``place`` is where one stopped reading it, ``edits`` how often its text was changed since it came. ``compared`` is
    the moment until which the text was another, where ``document`` shows the difference. ``hoard`` is what was known of
    its pictures; nothing where it has none.
    """

    article: Article
    document: Document
    html: str = ""
    place: Place | None = None
    edits: int = 0
    compared: int | None = None
    hoard: Hoard | None = None


def fetch_page(library: Library, article_id: int) -> Page:
    """Read an article and its body. Raises NotFound."""
    return _page(library, article_id, len)


def begin_page(library: Library, article_id: int) -> Page:
    """The same, but of a long body only the beginning, if that is all that is seen at first. Raises NotFound."""
    return _page(library, article_id, lambda html: html.rfind("<", 0, _BEGINNING))


def _page(library: Library, article_id: int, enough: Callable[[str], int]) -> Page:
    from reader.document.subset import read

    article, html, place = library.article(article_id), library.html(article_id), library.place(article_id)
    end = enough(html) if len(html) >= _LONG and place is None else len(html)
    document = read(html[:end])
    # what is known of pictures is asked for with them, so that they have their place from the first
    hoard = library.pictures(document.pictures) if document.pictures else None
    rest = html if end < len(html) else ""
    return Page(article, document, rest, place, library.edits(article_id), hoard=hoard)


def whole_page(page: Page) -> Page:
    """A page that was begun, with all of its body."""
    from reader.document.subset import read

    return replace(page, document=read(page.html), html="")


def compared_page(library: Library, page: Page, edit: int) -> Page | None:
    """What an edit of an article changed, the last one first; None where there was no such edit any more."""
    from reader.document.differences import differences
    from reader.document.subset import read

    article = page.article
    versions = library.earlier(article.id)
    if edit >= len(versions):
        return None
    newer = versions[edit - 1] if edit else Version(article.arrived, article.title, library.feed_html(article.id))
    older = versions[edit]
    texts = read(older.html), read(newer.html)
    if older.title != newer.title:
        texts = _titled(texts[0], older.title), _titled(texts[1], newer.title)
    document = differences(*texts)
    return replace(page, document=document, html="", place=None, compared=older.replaced_at)


def _titled(document: Document, title: str | None) -> Document:
    """A text under its headline."""
    from reader.document.nodes import Heading, Span

    return replace(document, blocks=(Heading((Span(title or "Without a title"),), 2), *document.blocks))


def set_head(page: Page, width: int, signs: Signs, key_of: Callable[[str], str]) -> Head:
    """Headline, what is to be known about the article, and a short rule, set apart by white."""
    title = page.article.title or first_words(page.article.summary) or "Without a title"
    lines: Head = [("strong", line) for line in _wrapped(title, width, _HEADLINE_LINES, signs)]
    lines.append(("dim", _line("")))
    lines += [("dim", _line(line)) for line in _set_facts(_facts(page.article), width, signs, _META_LINES)]
    lines += [("dim", _line(line)) for line in _set_facts(_extras(page, key_of), width, signs, _META_LINES)]
    lines += [("accent", _line(signs.rule * min(_HAIRLINE, width))), ("dim", _line(""))]
    for note in _notes(page, key_of):
        lines += [("note", line) for line in (*_wrapped(note, width, _META_LINES, signs), _line(""))]
    return lines


def _notes(page: Page, key_of: Callable[[str], str]) -> Iterator[str]:
    """What is to be said of the text before it begins: what it is, why it is no longer, or why there is none."""
    article = page.article
    if page.compared is not None:
        yield f"What changed in the text that stood here until {times.exact(page.compared)}."
    if article.full_text is not None and not article.full_text.is_there:
        yield f"No full text: {article.full_text.message}."
    if not page.document.blocks:
        fetches = "" if article.full_text else f"{key_of('full_text')} fetches its page, "
        opens = f" {fetches}{key_of('open_browser')} opens it in the browser." if article.link else ""
        yield f"No text came with this article.{opens}"


def _version(article: Article) -> str:
    """Which of two texts is seen."""
    if article.full_text is None or not article.full_text.is_there:
        return ""
    return "full text of the page" if article.full_text.is_shown else "the feed's text"


def set_body(page: Page, width: int, signs: Signs, room: Room | None = None) -> Iterator[Line]:
    """The body's lines, made as they are asked for, with room for pictures where there is any."""
    from reader.document.typeset import typeset

    return iter(typeset(page.document, width, ascii=signs.ascii_only, room=room))


def found(lines: list[Line], terms: tuple[Term, ...]) -> list[Line]:
    """The lines with what a search found marked."""
    if not terms:
        return lines
    from reader.document.find import hits
    from reader.document.lines import with_match

    marked = list(lines)
    for hit in hits(lines, terms):
        for part in hit.parts:
            marked[part.line] = with_match(marked[part.line], part.start, part.end)
    return marked


def copied(page: Page, head: Head, body: Sequence[Line], left: int, start: Offset, end: Offset) -> str:
    """The text between two places of the pane (``x`` in characters of a line, ``end`` not included), unwrapped."""
    parts: list[str] = []
    last_ink = ""
    for y, (ink, line) in enumerate(head):
        if start.y <= y <= end.y and line.text.strip(" \u2500-"):
            text = line.text[start.x - left if y == start.y else 0 : end.x - left if y == end.y else None]
            parts[-1:] = [f"{parts[-1]} {text}"] if parts and ink == last_ink else [*parts[-1:], text]
        last_ink = ink
    first, last = max(0, start.y - len(head)), min(end.y - len(head), len(body) - 1)
    if last >= first:
        parts.append(
            _between(page, body[first], start.x - left if start.y >= len(head) else 0, body[last], end.x - left)
        )
    return "\n\n".join(filter(None, parts))


def _between(page: Page, first: Line, start: int, last: Line, end: int) -> str:
    """The text from a column of one line to a column of another."""
    from reader.document.lines import offset_at
    from reader.document.nodes import passage

    begin = first.block, offset_at(first, max(0, start))
    return passage(page.document, begin, (last.block, offset_at(last, max(0, end))))


def _facts(article: Article) -> list[str]:
    place = article.dateline.place if article.dateline else None
    when = article.published if article.published is not None else article.sort_at
    facts = [
        article.feed_title,
        article.author if article.author and article.author != article.feed_title else "",
        f"from {place}" if place else "",
        times.exact(when),
        reading_time(article.shown_words),
        _version(article),
    ]
    return [fact for fact in facts if fact]


def _extras(page: Page, key_of: Callable[[str], str]) -> list[str]:
    """What else there is of an article, with the keys that bring it."""
    article = page.article
    published = article.published if article.published is not None else article.sort_at
    extras = []
    if article.updated is not None and (page.edits or article.updated - published >= _SOON):
        extras.append(f"updated {times.exact(article.updated)}")
    if page.edits:
        extras.append(f"{key_of('changes')} shows what changed")
    if article.comments_link:
        extras.append(f"{key_of('comments')} opens the comments")
    if article.enclosures:
        extras.append(f"{key_of('enclosures')} {_files(article.enclosures)}")
    return extras


def _files(enclosures: Sequence[Enclosure]) -> str:
    """What can be done with the files that come with an article."""
    from reader.library.enclosures import enclosure_words

    if len(enclosures) == 1:
        return f"opens the {enclosure_words(enclosures[0])}"
    return f"lists {len(enclosures)} files"


def _set_facts(facts: list[str], width: int, signs: Signs, most: int) -> list[str]:
    """Facts as lines that break between two of them, at most so many."""
    lines = facts[:1]
    for fact in facts[1:]:
        longer = lines[-1] + signs.dot + fact
        lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], fact]
    return [fit(line, width, signs.ellipsis) for line in lines[:most]]


def _wrapped(text: str, width: int, most: int, signs: Signs) -> list[Line]:
    """A text as lines, at most so many; what is cut off ends in an ellipsis."""
    from reader.document.nodes import Document, Paragraph, Span
    from reader.document.typeset import typeset

    lines = [
        line for line in typeset(Document((Paragraph((Span(text),)),)), width, ascii=signs.ascii_only) if line.text
    ]
    if len(lines) > most:
        lines[most - 1 :] = [_line(fit(lines[most - 1].text, width - cell_len(signs.ellipsis), "") + signs.ellipsis)]
    return lines


def _line(text: str) -> Line:
    from reader.document.lines import Line, Run

    return Line((Run(text),) if text else (), cell_len(text), -1)


def is_marked(line: Line) -> bool:
    """Whether a search found something on a line."""
    from reader.document.lines import Style

    return any(run.style & Style.MATCH for run in line.runs)
