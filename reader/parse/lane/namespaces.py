"""Names of elements and attributes with their namespaces, under the names that feedparser knows them by.

A namespace that is known stands for its usual prefix, whichever the document uses; an unknown one for the prefix that
the document first gave it. Declarations are never forgotten, not even at the end of the element that they stand at.
"""

from __future__ import annotations

from reader.parse.lane.decline import Declined

XLINK = "http://www.w3.org/1999/xlink"
_USERLAND = "http://backend.userland.com/rss"
_MODULES = "http://purl.org/rss/1.0/modules/"
_DRAWN = frozenset(("svg", "math"))

# In small letters, as they are compared.
PREFIXES = {
    **dict.fromkeys(
        (
            "", _USERLAND, "http://blogs.law.harvard.edu/tech/rss", "http://purl.org/rss/1.0/",
            "http://my.netscape.com/rdf/simple/0.9/", "http://example.com/newformat#", "http://example.com/necho",
            "http://purl.org/echo/", "uri/of/echo/namespace#", "http://purl.org/pie/", "http://purl.org/atom/ns#",
            "http://www.w3.org/2005/atom", f"{_MODULES}rss091#",
        ),
        "",
    ),
    "http://webns.net/mvcb/": "admin",
    f"{_MODULES}aggregation/": "ag",
    f"{_MODULES}annotate/": "annotate",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://backend.userland.com/blogchannelmodule": "blogChannel",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativeCommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativeCommons",
    f"{_MODULES}company": "co",
    f"{_MODULES}content/": "content",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    f"{_MODULES}email/": "email",
    f"{_MODULES}event/": "ev",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://freshmeat.net/rss/fm/": "fm",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://postneo.com/icbm/": "icbm",
    f"{_MODULES}image/": "image",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    f"{_MODULES}link/": "l",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    f"{_MODULES}reference/": "ref",
    f"{_MODULES}richequiv/": "reqv",
    f"{_MODULES}search/": "search",
    f"{_MODULES}slash/": "slash",
    "http://schemas.xmlsoap.org/soap/envelope/": "soap",
    f"{_MODULES}servicestatus/": "ss",
    "http://hacks.benhammersley.com/rss/streaming/": "str",
    f"{_MODULES}subscription/": "sub",
    f"{_MODULES}syndication/": "sy",
    "http://schemas.pocketsoap.com/rss/mydescmodule/": "szf",
    f"{_MODULES}taxonomy/": "taxo",
    f"{_MODULES}threading/": "thr",
    f"{_MODULES}textinput/": "ti",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/commentapi/": "wfw",
    f"{_MODULES}wiki/": "wiki",
    "http://www.w3.org/1999/xhtml": "xhtml",
    XLINK: "xlink",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://podlove.org/simple-chapters": "psc",
}  # fmt: skip


class Names:
    """The namespaces that a document has declared so far."""

    def __init__(self) -> None:
        self.standard: dict[str | None, str] = {}  # the document's prefixes to the usual ones
        self._in_use: dict[str, str] = {}
        self.known: dict[str, tuple[str, str, bool]] = {}  # what was asked since the last declaration

    def declare(self, prefix: str | None, uri: str) -> None:
        """Takes in a declaration."""
        small = uri.lower()
        if _USERLAND in small:
            uri = small = _USERLAND
        usual = PREFIXES.get(small)
        if usual is not None:
            self.standard[prefix] = usual
            self._in_use[usual] = uri
        else:
            self._in_use[prefix or ""] = uri
        self.known.clear()

    def element(self, name: str) -> tuple[str, str, bool]:
        """An element as (its name with a prefix, the key of what it does, whether it has no prefix). Raises Declined.

        ``name`` is expat's: namespace, local name and prefix, apart by blanks.
        """
        found = self.known[name] = self._element(name)
        return found

    def _element(self, name: str) -> tuple[str, str, bool]:
        uri, local = _split(name)
        if local.lower() in _DRAWN:
            raise Declined(f"a drawing or formula: {local}")
        small = uri.lower()
        if _USERLAND in small:
            uri = small = _USERLAND
        usual = PREFIXES.get(small)
        if usual:
            local = f"{usual}:{local}"
        elif uri:
            local = next(
                (f"{prefix}:{local}" for prefix, used in self._in_use.items() if prefix and used == uri), local
            )
        tag = local.lower()
        prefix, colon, suffix = tag.partition(":")
        if not colon:
            return tag, tag, True
        prefix = self.standard.get(prefix, prefix)
        return tag, f"{prefix}_{suffix}" if prefix else suffix, not prefix


def attributes(written: dict[str, str], declared: dict[str, str]) -> dict[str, str]:
    """Attributes in small letters, with a namespace under the usual prefix and the document's own. Raises Declined.

    ``declared`` are declarations that feedparser shows as attributes.
    """
    found = dict(declared)
    qualified = {}
    for name, value in written.items():
        if " " in name:
            uri, local = _split(name)
            usual = PREFIXES.get(uri.lower())
            found[f"{usual}:{local}".lower() if usual else local.lower()] = value
            qualified[f"{name.split()[-1]}:{local}" if len(name.split()) == 3 else local] = value
        else:
            found[name.lower()] = value
            qualified[name] = value
    for name, value in qualified.items():
        found[name.lower()] = value
    for name in ("rel", "type"):
        if name in found:
            found[name] = found[name].lower()
    return found


def _split(name: str) -> tuple[str, str]:
    parts = name.split()
    if len(parts) == 1:
        return "", name
    if len(parts) > 3:
        raise Declined("a namespace with blanks in it")
    return parts[0], parts[1]
