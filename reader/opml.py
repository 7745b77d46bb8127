"""Subscription lists (OPML) in and out.

Half of the lists in the wild are not well-formed, and none of them needs a document tree: what counts is the
``outline`` tags in order. So one linear pass of a tokenizer reads them, whatever stands around them: names in any case,
bare "&", HTML's entities, missing ends, control characters. No entity is ever defined or expanded, so bombs are inert.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

from reader.errors import ReaderError
from reader.text import clean_line

Folder = tuple[str, ...]
_Tag = tuple[bool, str, str]

LARGEST = 64_000_000
_MOST = 200_000  # outlines
_DEEPEST = 32
_COMMENT = r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
# A quoted value ends at the next <outline at the latest: one lost quote costs one feed and not the rest of the list.
_VALUE = r"\"(?:[^\"<]|<(?!/?(?i:outline)\b))*\"|'(?:[^'<]|<(?!/?(?i:outline)\b))*'"
_TOKEN = re.compile(rf"{_COMMENT}|<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|{_VALUE})*)", re.DOTALL)
_ATTRIBUTE = re.compile(rf"([^\s=/\"'<>]+)\s*=\s*({_VALUE}|[^\s\"'<>]+)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/]|$)")
_COMMANDS = ("|", "exec:", "filter:")
_NO_FEEDS = ("link", "include")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed on a list: ``folder`` is where it is filed first, ``other_folders`` where it is filed as well.

    ``is_command`` marks what another program would run to get the feed; it is listed and never run.
    """

    url: str
    title: str
    site_url: str | None = None
    folder: Folder = ()
    other_folders: tuple[Folder, ...] = ()
    is_command: bool = False

    @property
    def is_local(self) -> bool:
        """Whether the feed is a file on the machine that the list was written on."""
        return self.url.startswith("file:")


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The feeds of a list in its order, each once, and the addresses that are none of ours."""

    feeds: tuple[Subscription, ...]
    skipped: tuple[str, ...] = ()


def read(data: bytes) -> Subscriptions:
    """The feeds that a list names. Raises ReaderError for what is no subscription list."""
    if len(data) > LARGEST:
        raise ReaderError("The subscription list is larger than 64 MB", "split it")
    text = _decoded(data)
    if not text.strip():
        raise ReaderError("The subscription list is empty")
    feeds: dict[str, Subscription] = {}
    skipped: list[str] = []
    is_list = False
    first = ""
    path: list[str | None] = []
    for is_end, tag, attributes in _bounded(_tags(text)):
        first = first or tag
        is_list = is_list or tag in ("opml", "outline")
        if tag == "body" and is_end:
            path.clear()
        elif tag != "outline":
            continue
        elif is_end:
            del path[-1:]
        else:
            values = _attributes(attributes)
            address = _address(values)
            if address:
                _take(address, values, tuple(name for name in path[:_DEEPEST] if name), feeds, skipped)
            if not attributes.rstrip().endswith("/"):
                path.append(None if address else values.get("text") or values.get("title"))
    if not is_list:
        raise ReaderError("This is not a subscription list (OPML)", _hint(first))
    return Subscriptions(tuple(feeds.values()), tuple(skipped))


def write(feeds: Iterable[Subscription], title: str = "Reader") -> str:
    """A list in OPML 2.0: folders nested, everything in order of name; the same feeds give the same text."""
    root: _Branch = _Branch({}, [])
    for feed in feeds:
        branch = root
        for name in feed.folder:
            branch = branch.folders.setdefault(name, _Branch({}, []))
        branch.feeds.append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(clean_line(title))}</title>",
        "  </head>",
        "  <body>",
        *_outlines(root),
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Branch:
    folders: dict[str, _Branch]
    feeds: list[Subscription]


def _outlines(root: _Branch) -> Iterator[str]:
    """The body's lines; a stack of its own, since folders may nest deeper than Python may."""
    stack: list[tuple[int, str, _Branch | None]] = [(1, "", root)]
    while stack:
        depth, line, branch = stack.pop()
        if line:
            yield "  " * min(depth, 2 * _DEEPEST) + line
        if branch is None:
            continue
        below: list[tuple[int, str, _Branch | None]] = []
        for name, folder in sorted(branch.folders.items(), key=lambda item: (item[0].casefold(), item[0])):
            text = escape(clean_line(name))
            below.append((depth + 1, f'<outline text="{text}" title="{text}">', folder))
            below.append((depth + 1, "</outline>", None))
        feeds = sorted(branch.feeds, key=lambda feed: (feed.title.casefold(), feed.title, feed.url))
        below.extend((depth + 1, _outline(feed), None) for feed in feeds)
        stack.extend(reversed(below))


def _outline(feed: Subscription) -> str:
    title = clean_line(feed.title) or _host(feed.url)
    values = {"type": "rss", "text": title, "title": title, "xmlUrl": feed.url, "htmlUrl": feed.site_url}
    folders = [folder for folder in (feed.folder, *feed.other_folders) if folder]
    values["category"] = ",".join(
        "/" + "/".join(folder) for folder in folders if not re.search("[,/]", "".join(folder))
    )
    written = (f'{name}="{escape(clean_line(value, 100_000))}"' for name, value in values.items() if value)
    return f"<outline {' '.join(written)}/>"


def _decoded(data: bytes) -> str:
    """The list as text: by its byte order mark, as UTF-8, as it declares itself, or as Windows would read it."""
    for bom, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            return data[len(bom) :].decode(codec, "replace")
    if data[1:2] == b"\x00" or data[:1] == b"\x00":
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    declared = _DECLARED.match(data)
    for codec in ("utf-8", declared[1].decode("ascii", "replace") if declared else "utf-8"):
        try:
            return str(data, codec)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _tags(text: str) -> Iterator[_Tag]:
    """Every tag: whether it is an end tag, its name in lower case without prefix, the text of its attributes."""
    for found in _TOKEN.finditer(text):
        if found[2]:
            yield bool(found[1]), found[2].lower(), found[3]


def _bounded(tags: Iterable[_Tag]) -> Iterator[_Tag]:
    """The same tags, as long as there are not too many outlines. Raises ReaderError."""
    outlines = 0
    for tag in tags:
        outlines += tag[1] == "outline" and not tag[0]
        if outlines > _MOST:
            raise ReaderError(f"The subscription list has more than {_MOST:,} outlines", "split it")
        yield tag


def _attributes(text: str) -> dict[str, str]:
    """Attributes by lower-case name, cleaned; the first of a name counts."""
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        value = found[2][1:-1] if found[2][0] in "\"'" else found[2].removesuffix("/")
        if "&" in value:
            value = _ENTITY.sub(lambda entity: unescape(entity[0]), value)
        values.setdefault(found[1].lower(), clean_line(value, 10_000))
    return values


def _address(values: dict[str, str]) -> str:
    if address := values.get("xmlurl"):
        return address
    return "" if values.get("type", "").lower() in _NO_FEEDS else values.get("url", "")


def _take(
    address: str, values: dict[str, str], folder: Folder, feeds: dict[str, Subscription], skipped: list[str]
) -> None:
    """Enter one outline: a new feed, or another folder of a feed that the list named before."""
    is_command = address.startswith(_COMMANDS) or bool(values.get("filtercmd"))
    url = address if address.startswith(_COMMANDS) else _url(address)
    if url is None:
        skipped.append(address)
        return
    folders = [*([folder] if folder else []), *_categories(values.get("category", ""))]
    if known := feeds.get(url):
        folders = [*([known.folder] if known.folder else []), *known.other_folders, *folders]
    folders = list(dict.fromkeys(folders))
    feeds[url] = Subscription(
        url,
        known.title if known else values.get("title") or values.get("text") or _host(url),
        known.site_url if known and known.site_url else _url(values.get("htmlurl", "")),
        folders[0] if folders else (),
        tuple(folders[1:]),
        is_command or bool(known and known.is_command),
    )


def _categories(text: str) -> Iterator[Folder]:
    """Folders that a ``category`` names ("/News/World,Sport"), without newsboat's "~Title" and "!" (hidden) tags."""
    for category in text.split(","):
        names = tuple(name.strip() for name in category.split("/") if name.strip())[:_DEEPEST]
        if names and names[0][0] not in "~!":
            yield names


def _url(address: str) -> str | None:
    """An address that we can follow, or None: http, https and file; ``feed:`` is http by another name."""
    if address[:5].lower() == "feed:":
        address = address[5:].removeprefix("//")
    found = _SCHEME.match(address)
    if found and found[1].lower() in ("http", "https", "file"):
        return found[1].lower() + address[found.end(1) :]
    return f"http://{address}" if _HOST.match(address) else None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _hint(first: str) -> str:
    """What the file is instead, by its first tag."""
    if first in ("rss", "feed"):
        return "it is a feed: add it as one"
    if first == "html":
        return "it is a web page"
    return "a list has <outline> elements with xmlUrl"
