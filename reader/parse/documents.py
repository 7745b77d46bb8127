"""A document into what it is: looks at the bytes and hands them to the reader they need."""

from __future__ import annotations

from dataclasses import replace

from reader.model import FoundFeeds, Parsed, ParsedFeed, Unreadable
from reader.parse.bounds import Unfolded
from reader.parse.source import Source

TOO_MUCH_MEMORY = Unreadable("The document needs too much memory to read.")
TOO_DEEP = Unreadable("The document is nested too deeply to read.")


def parse(source: Source) -> Parsed:
    """What a document says; anything that stops a parser makes it Unreadable, with a sentence for people."""
    try:
        return _read(source)
    except MemoryError:
        return TOO_MUCH_MEMORY
    except RecursionError:
        return TOO_DEEP
    except Unfolded:
        return Unreadable("What the document unfolds to is too large.")
    except Exception as error:  # noqa: BLE001  (parsers of foreign bytes raise what they like; that is an outcome)
        return Unreadable(f"The document could not be read ({type(error).__name__}: {str(error)[:200]}).")


def _read(source: Source) -> Parsed:
    if source.expect == "article":
        return _article(source)
    if source.expect == "picture":
        return _picture(source)
    if source.expect == "page":
        return _main_text(source)
    from reader.parse.detect import Kind, detect

    found = detect(source.data, source.content_type)
    if found.kind is Kind.XML:
        from reader.parse.xml import prepared

        document = prepared(found.text)
        del found  # in memory the text may be four times as large
        parsed = _xml(document, source)
    elif found.kind is Kind.JSON:
        parsed = _json(found.text, source)
    elif source.expect == "file":
        return _article(source)
    elif found.kind is Kind.HTML:
        return _page(found.text, source)
    else:
        return _other(found.text, found.reason)
    if source.expect == "file" and isinstance(parsed, Unreadable):
        return _article(source)
    return parsed


def _xml(document: bytes, source: Source) -> ParsedFeed | Unreadable:
    from reader.parse.xml import read_prepared

    return read_prepared(document, source.url, source.known)


def _json(text: str, source: Source) -> ParsedFeed | Unreadable:
    from reader.parse.jsonfeed import read

    return read(text, source.url, source.known)


def _page(text: str, source: Source) -> FoundFeeds | Unreadable:
    from reader.parse.notices import is_closed, notice
    from reader.parse.pages import feeds

    found = feeds(text, source.url)
    said = "" if found.feeds else notice(text)
    return Unreadable(said) if is_closed(said) else replace(found, notice=said)


def _other(text: str, reason: str) -> FoundFeeds | Unreadable:
    """Neither a feed nor a page; a directory's answer may name feeds all the same."""
    if text.startswith("{"):
        from reader.parse.lookup import feeds

        if found := feeds(text):
            return FoundFeeds(found)
    return Unreadable(reason)


def _picture(source: Source) -> Parsed:
    from reader.parse.pictures import picture

    return picture(source.data)


def _main_text(source: Source) -> Parsed:
    from reader.parse.maintext.page import read

    return read(source)


def _article(source: Source) -> Parsed:
    from reader.parse.localtext import article

    return article(source)
