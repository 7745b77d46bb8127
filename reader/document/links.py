r"""Addresses of a document: their numbers, links that lead into the document itself, which may go to a browser.

What is shown of an address is made of the very parts that a browser gets: browsers read "\" as "/", unpack a host that
is percent-encoded and take what stands before "@" for a name and a password (https://url.spec.whatwg.org/#url-parsing).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urlsplit

from reader.text import clean_line, safe, unpiled

if TYPE_CHECKING:
    from reader.document.nodes import Document

_SAFE = ("http", "https", "mailto", "gemini", "gopher", "magnet")
_HOSTED = ("http", "https", "gemini", "gopher", "ftp")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SLASHES = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
_LONGEST = 8000
_KEPT = "!#$%&()*+,-./:;=?@[]_~"  # what an address may hold as it stands (RFC 3986), but for "'"
_HOST = re.compile(r"(?:[a-z0-9._-]|[^\x00-\xa0\s])+|\[[0-9a-f:.]+\]")
_COMMAND = re.compile(r"\$(?=\()")
_ATTACHED = frozenset(("attach", "attachment", "body-file"))
# Scripts that one name mixes with Latin in all honesty, by the first word of their letters' names.
_WITH_LATIN = frozenset(("LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"))


def is_safe(address: str) -> bool:
    """Whether an address may go to a browser unasked: never a file, never a script, never without a host."""
    found = _parts(address)
    return found is not None and found.scheme in _SAFE and is_whole(address)


def is_whole(address: str) -> bool:
    """Whether an address says of which kind it is, and of which host where it needs one: it can be opened at all."""
    found = _parts(address)
    return found is not None and (found.scheme not in _HOSTED or bool(_host(found)))


def for_program(address: str) -> str:
    """An address as one word for another program, of plain signs, which no program takes for an option.

    It goes without the name and password that a link may hold, and a letter is written without files to attach.
    Nothing where it is no whole address.
    """
    found = _parts(address)
    if found is None or not is_whole(address):
        return ""
    if found.scheme in _HOSTED:
        found = found._replace(netloc=_ascii(_host(found)) + _port(found))
    if found.scheme == "mailto":
        fields = (each for each in found.query.split("&") if not _is_attachment(each))
        found = found._replace(query="&".join(fields))
    whole = found.geturl()
    return _COMMAND.sub("%24", quote(whole, safe=_KEPT, errors="replace"))


def _is_attachment(field: str) -> bool:
    """Whether a field of a letter's address names a file to go along, however its name is written."""
    return unquote(field.partition("=")[0]).strip().lower() in _ATTACHED


def shown(address: str) -> str:
    """An address for people to read: the real host, with its plain form beside it where it is international."""
    found = _parts(address)
    if found is None or found.scheme not in _HOSTED or not is_whole(address):
        return clean_line(_encoded(address), _LONGEST)
    name = _host(found)
    plain = _ascii(name)
    seen = plain if _is_mixed(name) else name
    whole = _encoded(found._replace(netloc=seen + _port(found)).geturl())
    return clean_line(whole if seen == plain else f"{whole} ({plain})", _LONGEST)


def host(address: str) -> str:
    """Where an address leads, in a word: the host that a browser asks, or what kind of address it is."""
    found = _parts(address)
    if found is None:
        return "this article" if address.startswith("#") else ""
    if found.scheme == "mailto":
        return clean_line(unquote(found.path), 60)
    if found.scheme not in _HOSTED:
        return found.scheme
    name = _host(found)
    plain = _ascii(name)
    seen = name if plain == name else plain if _is_mixed(name) else f"{name} ({plain})"
    return clean_line(seen + _port(found), 120)


@lru_cache(maxsize=256)
def _parts(address: str) -> SplitResult | None:
    """An address in its parts as a browser would split it; None where it has no kind or cannot be split."""
    address = re.sub("[\t\r\n]", "", address).strip("\x00 \x1f")
    if not _SCHEME.match(address) or len(address) > _LONGEST:
        return None
    if _SLASHES.match(address):
        head = re.split("[?#]", address, maxsplit=1)[0]
        address = _SLASHES.sub(r"\1://", head.replace("\\", "/")) + address[len(head) :]
    try:
        found = urlsplit(address)
        found.port  # noqa: B018 - raises where it is none
    except ValueError:
        return None
    return found


def _host(found: SplitResult) -> str:
    """The host's name as it is asked for; nothing where it is no name that a browser would ask for."""
    from unicodedata import normalize

    name = normalize("NFKC", unquote(found.netloc.rpartition("@")[2])).lower().replace("\u3002", ".")
    name = re.sub(r":\d*$", "", name)
    return name if _HOST.fullmatch(name) and clean_line(name) == name else ""


def _port(found: SplitResult) -> str:
    return f":{found.port}" if found.port is not None else ""


def _ascii(name: str) -> str:
    """An international host as it is looked up (RFC 3492), label by label."""
    if name.isascii():
        return name
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode", "replace").decode("ascii")
        for label in name.split(".")
    )


def _is_mixed(name: str) -> bool:
    """Whether a part of a host mixes scripts, as one does that is to be taken for another."""
    from unicodedata import name as name_of

    for label in name.split("."):
        scripts = {name_of(char, "?").split(" ")[0] for char in label if not char.isdecimal() and char not in "-_"}
        if len(scripts) > 1 and not scripts <= _WITH_LATIN:
            return True
    return False


def _encoded(address: str) -> str:
    """An address in which what is not seen is percent-encoded."""
    if address.isascii() and address.isprintable() and " " not in address:
        return address
    if unpiled(address) != address:
        return quote(address, safe=_KEPT + "'", errors="replace")
    return "".join(char if _is_seen(char) else quote(char, errors="replace") for char in address)


def _is_seen(char: str) -> bool:
    """Whether a sign of an address is one that a text keeps, also a vowel that stands on the letter before it."""
    return char.isprintable() and char != " " and safe(f"x{char}x") == f"x{char}x"


def numbered(document: Document) -> dict[str, int]:
    """The number of every address, counted from 1 in the order of the text."""
    return {href: number for number, href in enumerate(document.links, 1)}


def target(document: Document, href: str, own: str | None = None) -> int | None:
    """The leaf that a link within the document leads to, such as a footnote; nothing where it leads elsewhere.

    ``own`` is the article's own address: a link to it with a fragment stays in the document where the id is known.
    """
    address, _, fragment = href.partition("#")
    if not fragment or (address and address != (own or "").partition("#")[0]):
        return None
    found = document.anchors.get(fragment)
    return document.anchors.get(unquote(fragment)) if found is None else found
