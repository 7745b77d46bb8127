"""What feedparser does to a text before it keeps it."""

from __future__ import annotations

import re
from contextlib import suppress
from html.entities import entitydefs

XHTML = "application/xhtml+xml"
_CONTROL = re.compile("[\x80-\x9f]")
_END_TAG = re.compile(r"</(\w+)>")
_REFERENCE = re.compile(r"&#?\w+;")
_TAG = re.compile(r"</?(\w+)")
_ENTITY = re.compile(r"&(\w+);")
_LEFT = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_WINDOWS = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in _LEFT}
_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": XHTML}

_NAMES = (
    "a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col"
    " colgroup command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption"
    " figure font footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd keygen label legend li m map menu meter"
    " multicol nav nextid noscript ol optgroup option output p pre progress q s samp section select small sound source"
    " spacer span strike strong sub sup table tbody td textarea tfoot th thead time tr tt u ul var video"
)
HTML_ELEMENTS = frozenset(_NAMES.split())


def media_type(written: str) -> str:
    """A content type by its full name."""
    small = written.lower()
    return _TYPES.get(small, small)


def repaired(text: str) -> str:
    """Text without the two common mistakes of encoding: UTF-8 taken for Latin-1, Windows' signs for controls."""
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    may_have_controls = b"\xc2" in text.encode("utf-8", "surrogatepass")  # they all begin with that; quick to see
    return text.translate(_WINDOWS) if may_have_controls and _CONTROL.search(text) else text


def looks_like_html(text: str) -> bool:
    """Whether text that is declared as plain is taken for HTML: it has an end tag or a reference, all of them known."""
    if "&" not in text and "</" not in text:
        return False
    if not (_END_TAG.search(text) or _REFERENCE.search(text)):
        return False
    if any(tag.lower() not in HTML_ELEMENTS for tag in _TAG.findall(text)):
        return False
    return all(entity in entitydefs for entity in _ENTITY.findall(text))


def escaped(text: str) -> str:
    """Text as it stands in markup."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def tag(name: str, attributes: dict[str, str]) -> str:
    """A start tag written out."""
    values = "".join(f' {key}="{escaped(value).replace(chr(34), "&quot;")}"' for key, value in attributes.items())
    return f"<{name}{values}>"


def unwrapped(pieces: list[str]) -> list[str]:
    """Inline XHTML without the one ``div`` around all of it, which Atom asks for."""
    while len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    while len(pieces) > 1 and not pieces[0].strip():
        del pieces[0]
    if not pieces or not (pieces[0] == "<div>" or pieces[0].startswith("<div ")) or pieces[-1] != "</div>":
        return pieces
    depth = 0
    for piece in pieces[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if depth == 0:
                return pieces
        elif piece.startswith("<") and not piece.endswith("/>"):
            depth += 1
    return pieces[1:-1]
