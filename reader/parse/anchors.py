"""Places in a body that its own links lead to: footnotes and the way back, headings from a table of contents."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from reader.parse import addresses
from reader.parse.attributes import escape

_FRAGMENT = re.compile(r'href="[^"#]*#([^"]+)"')
_INNER_LINK = re.compile(r'<a href="#([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_NAMED = re.compile(r'(<[a-z][a-z0-9]*(?: [a-z]+="[^"]*")*?) id="([^"]*)"')


def wanted(attributes: Iterable[str]) -> frozenset[str]:
    """The names of places that links may lead to."""
    return frozenset(
        unquote(entities.unescape(name)) for raw in attributes if "#" in raw for name in _FRAGMENT.findall(raw)
    )


def settled(html: str, base: str | None, aliases: Mapping[str, str]) -> str:
    """Our subset without names that no link leads to; links that lead to no name lead to the page at ``base``.

    ``aliases`` are names of places that go by another one, since a paragraph has one name only.
    """
    names = {name for _, name in _NAMED.findall(html)}
    page = (base or "").partition("#")[0]

    def link(found: re.Match[str]) -> str:
        name = found[1] if found[1] in names else aliases.get(found[1], "")
        if name in names:
            return f'<a href="#{name}"{found[2]}>{found[3]}</a>'
        address = addresses.absolute(f"{page}#{entities.unescape(found[1])}", None)
        return f'<a href="{escape(address)}"{found[2]}>{found[3]}</a>' if address else found[3]

    html = _INNER_LINK.sub(link, html)
    kept = {found[1] for found in _INNER_LINK.finditer(html)}
    return _NAMED.sub(lambda found: found[0] if found[2] in kept else found[1], html)
