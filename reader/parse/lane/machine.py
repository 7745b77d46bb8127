"""The state in which an element is met, and where its text goes: feedparser's rules, reduced to what is read of them.

Elements that hold text lie on a stack while they are open; when one closes, and only if it lies on top, its text is
stored with the entry, the feed, or whatever else is being described (``context``). Titles, summaries and bodies may
hold markup of their own (``params`` says of which kind), which is written out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reader.parse.bounds import MOST_ENTRIES
from reader.parse.lane import bases, words
from reader.parse.lane.decline import Declined
from reader.parse.lane.namespaces import XLINK, Names, attributes
from reader.parse.lane.words import XHTML

Fields = dict[str, Any]
Attributes = dict[str, str]
Begin = Callable[["Machine", Attributes], None]
End = Callable[["Machine"], None]

_DEEPEST = 500
_RELATIVE = frozenset(
    ("comments", "docs", "href", "icon", "id", "link", "logo", "url", "wfw_comment", "wfw_commentrss")
)
_UNSTORED = frozenset(("category", "tags", "itunes_keywords"))
_DIVS = frozenset(("div", "xhtml:div"))
_OTHER_NAMES = {"date": "updated", "url": "href"}
_QUERY = re.compile("&([A-Za-z0-9_]+);")
_STARTS = (
    ("http://my.netscape.com/rdf/simple/0.9/", "rss090"),
    ("http://purl.org/rss/1.0/", "rss10"),
    ("http://www.w3.org/2005/atom", "atom10"),
)


class Machine:
    """What was read so far: ``feed``, ``entries`` and ``version``; the flags are feedparser's."""

    def __init__(self, begins: Mapping[str, Begin], ends: Mapping[str, End]) -> None:
        self._begins = begins
        self._ends = ends
        self.names = Names()
        self.version = ""
        self.feed: Fields = {}
        self.entries: list[Fields] = []
        self.entry: Fields = {}
        self.source: Fields = {}
        self.params: dict[str, str] = {}
        self.in_feed = self.in_entry = self.in_source = self.in_image = self.in_input = False
        self.in_author = self.in_publisher = False
        self.in_content = self.has_content = self.guid_is_link = self.has_chapters = False
        self.summary_key: str | None = None
        self.depth = self.content_level = 0
        self.title_depth = -1
        self.base = ""
        self.language: str | None = None
        self.level = 0
        self._stack: list[tuple[str, bool, list[str]]] = []
        self._bases: list[str] = []
        self._languages: list[str | None] = []
        self._depths: dict[str, int] = {}
        self._shown: dict[str, str] = {}

    def declare(self, prefix: str | None, uri: str) -> None:
        """A namespace's declaration."""
        if not uri:
            return
        self._track(prefix, uri)
        if prefix and uri == XLINK:
            self._shown[f"xmlns:{prefix}"] = uri

    def begin(self, name: str, written: dict[str, str]) -> None:
        """An element begins. ``name`` and ``written`` are expat's."""
        tag, key, is_bare = self.names.known.get(name) or self.names.element(name)
        self.depth += 1
        self.level += 1
        if self.level > _DEEPEST:
            raise Declined("nested too deeply")
        attrs = self._attributes(written) if written or self._shown else {}
        self._bases.append(self.base)
        self._languages.append(self.language)
        if self.language and tag in ("feed", "rss"):
            self.feed["language"] = self.language.replace("_", "-")
        if self.in_content:
            self._begin_inline(tag, attrs)
            return
        if is_bare and tag not in ("title", "link", "description"):
            if tag != "name":
                self.in_input = False
            if tag not in ("url", "href", "width", "height"):
                self.in_image = False
        action = self._begins.get(key)
        if action is not None:
            action(self, attrs)
        elif attrs:
            self.context[key] = attrs
        else:
            self.push(key)

    def end(self, name: str) -> None:
        """An element ends."""
        tag, key, _ = self.names.known.get(name) or self.names.element(name)
        action = self._ends.get(key)
        if action is None:
            self.pop(key)
        elif self.in_content and self.level > self.content_level:
            raise Declined(f"an element {key} in a body")
        else:
            action(self)
        self.level -= 1
        if self.in_content:
            if not self.params["type"].endswith("xml"):
                return  # a "div" in HTML: feedparser leaves its traces behind
            self.text(f"</{tag.rpartition(':')[2]}>", is_markup=True)
        self._bases.pop()
        if self._bases and self._bases[-1]:
            self.base = self._bases[-1]
        self._languages.pop()
        if self._languages:
            self.language = self._languages[-1]
        self.depth -= 1

    def text(self, text: str, *, is_markup: bool = False) -> None:
        """Text of the innermost element that holds text."""
        if self._stack:
            if self.params and not is_markup and self.params.get("type") == XHTML:
                text = words.escaped(text)
            self._stack[-1][2].append(text)

    @property
    def context(self) -> Fields:
        """What is being described. Raises KeyError where feedparser stumbles."""
        if self.in_source:
            return self.source
        if self.in_image and "image" in self.feed:
            image: Fields = self.feed["image"]
            return image
        if self.in_input:
            given: Fields = self.feed["textinput"]
            return given
        return self.entry if self.in_entry else self.feed

    def new_entry(self) -> None:
        """An entry begins; beyond the most there may be, it is read and forgotten."""
        self.entry = {}
        self._depths = {}
        if len(self.entries) < MOST_ENTRIES:
            self.entries.append(self.entry)

    def resolved(self, address: str) -> str:
        """An address against the base that is declared here."""
        return bases.joined(self.base, address)

    def push(self, name: str, *, is_kept: bool = True) -> None:
        """Opens an element that holds text; what is not kept is only looked at by its own end."""
        self._stack.append((name, is_kept, []))

    def push_content(self, name: str, attrs: dict[str, str], kind: str, *, is_kept: bool = True) -> None:
        """Opens an element that may hold markup; ``kind`` is its type where it names none."""
        kind = words.media_type(attrs.get("type", kind))
        if attrs.get("mode") == "base64" or (kind != XHTML and not kind.startswith("text/")) or kind.endswith("/xml"):
            raise Declined(f"a body of type {kind}")
        if self.language:
            self.language = self.language.replace("_", "-")
        self.in_content = True
        self.content_level = self.level
        self.params = {"type": kind, "base": self.base}
        if self.language is not None:
            self.params["language"] = self.language
        self.push(name, is_kept=is_kept)

    def pop_content(self, name: str) -> str | None:
        """Closes an element that may hold markup."""
        value = self.pop(name)
        self.in_content = False
        self.params = {}
        return value

    def pop(self, name: str) -> str | None:
        """Closes an element, if it is the innermost that holds text, and stores its text; the text, or None."""
        if not self._stack or self._stack[-1][0] != name:
            return None
        _, is_kept, pieces = self._stack.pop()
        params = self.params
        if params and self.version == "atom10" and params["type"] == XHTML:
            pieces = words.unwrapped(pieces)
        output = "".join(pieces).strip()
        if not is_kept:
            return output
        if output and name in _RELATIVE and (name != "id" or self.guid_is_link):
            output = self.resolved(output)
        is_plain = params and params["type"] == "text/plain" and not self.version.startswith("atom")
        if is_plain and words.looks_like_html(output):
            params["type"] = "text/html"
        if not output.isascii():
            output = words.repaired(output)
        if name not in _UNSTORED and not (name == "title" and -1 < self.title_depth <= self.depth):
            self._store(name, output)
        return output

    def _store(self, name: str, output: str) -> None:
        if self.in_entry and not self.in_source:
            self._store_in_entry(name, output)
        elif self.in_feed or self.in_source:
            context = self.context
            name = "subtitle" if name == "description" else name
            if name == "link":
                output = _unreferenced(output)
                context["links"][-1]["href"] = output
            context[name] = output
            if name != "link" and self.in_content:
                context[f"{name}_detail"] = {**self.params, "value": output}

    def _store_in_entry(self, name: str, output: str) -> None:
        entry = self.entry
        if name == "content":
            entry.setdefault(name, []).append({**self.params, "value": output})
        elif name == "link":
            if not self.in_image:
                entry[name] = output = _unreferenced(output.replace("&amp;", "&"))
                if output:
                    entry["links"][-1]["href"] = output
        else:
            name = "summary" if name == "description" else name
            if self.depth <= self._depths.get(name, self.depth):
                self._depths[name] = self.depth
                entry[_OTHER_NAMES.get(name, name)] = output
            if self.in_content:
                entry[f"{name}_detail"] = {**self.params, "value": output}

    def _attributes(self, written: dict[str, str]) -> dict[str, str]:
        attrs = attributes(written, self._shown)
        self._shown = {}
        base = attrs.get("xml:base", attrs.get("base"))
        if base:
            self.base = bases.declared(self.base, base)
        language = attrs.get("xml:lang", attrs.get("lang"))
        if language is not None:
            self.language = language or None
        for name, value in attrs.items():
            if name.startswith("xmlns:"):
                self._track(name[6:], value)
        return attrs

    def _begin_inline(self, tag: str, attrs: Attributes) -> None:
        """Writes out an element within a body; HTML that turns out to be XHTML is treated as such from there on."""
        if not self.params["type"].endswith("xml"):
            if tag in _DIVS:
                return
            if self.version == "atom10":
                raise Declined("elements in a body of text")
            self.params["type"] = XHTML
        self.text(words.tag(tag.partition(":")[2] or tag, attrs), is_markup=True)

    def _track(self, prefix: str | None, uri: str) -> None:
        if not self.version:
            small = uri.lower()
            for known, version in _STARTS:
                if small == known and (version != "rss090" or prefix is None):
                    self.version = version
        self.names.declare(prefix, uri)


def _unreferenced(address: str) -> str:
    """An address whose parameters were taken for references to characters."""
    return _QUERY.sub(r"&\g<1>", address) if "&" in address else address
