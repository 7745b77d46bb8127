"""Where services keep the feeds of their pages: rules as data (services.toml), the user's own before ours.

A pattern is no regular expression but a small language of its own (it is told at the head of services.toml), so that no
rule can take long over an address: names stand between slashes, at most two of them in a piece and one star in a path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reader.text import clean_line

OURS = Path(__file__).with_name("services.toml")
_MOST_RULES = 1000
_MOST_PARTS = 30  # patterns or feeds of one rule, and paths
_LONGEST = 300  # of a pattern
_LONGEST_PATH = 1000  # of an address that is looked at
_NAME = re.compile(r"\{(\w+)(\*?)\}")
_ANY_HOST = re.compile(r"\{\w+\}")
_STEM = re.compile(r"(?:www|m|mobile)\.(?=[^.]+\.)")
_FEEDLIKE = re.compile(
    r"\.(?:rss|atom|rdf|xml)/?(?:\?|$)|/(?:feeds?|rss|atom)(?:/|\?|$)|[?&](?:feed|format|alt)=(?:rss|atom)",
    re.IGNORECASE,
)
_FEEDWORD = re.compile(r"feeds?|rss|atom")
_BEFORE_PATH = re.compile(r"(?:https?://[^/?]*|\{site\})/?")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Addresses of pages: the host, the path, and which parameters of the query there must be under which name."""

    host: re.Pattern[str]
    path: re.Pattern[str]
    query: Mapping[str, str]
    is_anywhere: bool
    """Whether it fits every host."""

    @property
    def names(self) -> set[str]:
        """What a page of the pattern gives."""
        return {"site", *self.host.groupindex, *self.path.groupindex, *self.query.values()}


@dataclass(frozen=True, slots=True)
class Service:
    """One rule: what is asked for a page that fits one of the patterns."""

    name: str
    pages: tuple[Pattern, ...]
    feeds: tuple[str, ...]
    examples: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fitting:
    """A rule that fits a page, and the addresses that it leads to."""

    name: str
    feeds: tuple[str, ...]


class Mistake(ValueError):
    """What is wrong with a rule."""


class Services:
    """The rules in force, read when they are first asked for; ``problems`` are lines about those of the user's."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self.problems: list[str] = []

    def of_host(self, url: str) -> Fitting | None:
        """The first rule of one service that fits; None also for what looks like the address of a feed already."""
        return self._first(url, is_anywhere=False)

    def of_software(self, url: str) -> Fitting | None:
        """The first rule for any host that fits."""
        return self._first(url, is_anywhere=True)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where feeds often lie, the user's own first; relative to a page's place or the site's root."""
        return self._read[1]

    @property
    def rules(self) -> tuple[Service, ...]:
        """All rules in their order."""
        return self._read[0]

    def _first(self, url: str, *, is_anywhere: bool) -> Fitting | None:
        for service in self.rules:
            for pattern in service.pages:
                if pattern.is_anywhere is is_anywhere and (values := fits(pattern, url)) is not None:
                    if not is_anywhere and _is_feed(url, service.feeds, pattern):
                        return None
                    return Fitting(service.name, tuple(filled(feed, values) for feed in service.feeds))
        return None

    @cached_property
    def _read(self) -> tuple[tuple[Service, ...], tuple[str, ...]]:
        own = read(_own_table(self._own, self.problems), str(self._own), self.problems) if self._own else ((), ())
        ours = read(_table(OURS.read_bytes()), OURS.name, self.problems)
        return own[0] + ours[0], tuple(dict.fromkeys(own[1] + ours[1]))


def read(table: Mapping[str, Any], where: str, problems: list[str]) -> tuple[tuple[Service, ...], tuple[str, ...]]:
    """The rules and paths of a table as TOML gives it; what is wrong with it goes to the problems."""
    rules = table.get("service", [])
    found = []
    for number, rule in enumerate(rules[:_MOST_RULES] if isinstance(rules, list) else [rules], 1):
        try:
            found.append(_service(rule))
        except Mistake as error:
            problems.append(f"{where}: rule {number} is not used: {clean_line(str(error), 200)}")
    try:
        paths = _texts(table, "paths") if "paths" in table else ()
    except Mistake as error:
        problems.append(f"{where}: {clean_line(str(error), 200)}")
        paths = ()
    problems += [f"{where}: unknown key {clean_line(key, 80)}" for key in table if key not in {"service", "paths"}]
    return tuple(found), tuple(path.lstrip("/") for path in paths)


def pattern(text: str) -> Pattern:
    """A pattern as it is written. Raises Mistake."""
    if len(text) > _LONGEST:
        raise Mistake(f"a pattern is longer than {_LONGEST} characters")
    place, _, query = text.partition("?")
    host, _, path = place.partition("/")
    if not host or "://" in text or re.search(r"[\s#]", text):
        raise Mistake(f'"{text}" is no host/path')
    below = path == "**" or path.endswith("/**")
    pieces = (path.removesuffix("**") if below else path).strip("/")
    if pieces.count("*}") > 1:
        raise Mistake(f'"{text}" has more than one star')
    try:
        spelled = "/".join(_piece(piece, "[^/]") for piece in pieces.split("/")) if pieces else ""
        end = r"(?:/.*)?" if below else "/?"
        labels = _piece(host, "[^/]" if _ANY_HOST.fullmatch(host) else "[^/.]")
        parameters = {key: _only_name(value) for key, _, value in (each.partition("=") for each in query.split("&"))}
        is_anywhere = _ANY_HOST.fullmatch(host) is not None
        path_pattern = re.compile(f"/{spelled}{end}" if spelled else end, re.DOTALL)
        return Pattern(re.compile(labels), path_pattern, parameters if query else {}, is_anywhere)
    except re.error as error:
        raise Mistake(f'"{text}" names the same thing twice') from error


def fits(pattern: Pattern, url: str) -> dict[str, tuple[str, bool]] | None:
    """What an address gives for the names, each with whether it stood in the query; None where it does not fit."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if not name or len(parts.path) + len(parts.query) > _LONGEST_PATH:
        return None
    host = pattern.host.fullmatch(name) or pattern.host.fullmatch(_STEM.sub("", name, count=1))
    path = pattern.path.fullmatch(parts.path or "/") if host else None
    asked = dict(each.partition("=")[::2] for each in parts.query.split("&"))
    if host is None or path is None or not all(asked.get(key) for key in pattern.query):
        return None
    shown = f"[{name}]" if ":" in name else name
    values = {"site": (f"{parts.scheme}://{shown}{f':{port}' if port else ''}", True)}
    values |= {key: (value.strip("/"), False) for key, value in {**host.groupdict(), **path.groupdict()}.items()}
    return values | {given: (asked[key], True) for key, given in pattern.query.items()}


def filled(feed: str, values: Mapping[str, tuple[str, bool]]) -> str:
    """The address that a template leads to; what comes out of a path stays one value where it goes into a query."""
    begin = feed.find("?")

    def value(found: re.Match[str]) -> str:
        text, is_query = values[found[1]]
        if not is_query and 0 <= begin < found.start():
            return text.replace("&", "%26").replace("+", "%2B").replace("=", "%3D")
        return text.replace("/", "%2F").replace("?", "%3F") if is_query and found[1] != "site" else text

    return _NAME.sub(value, feed)


def _is_feed(url: str, feeds: Sequence[str], pattern: Pattern) -> bool:
    """Whether an address that fits looks like a feed's, and not only because its page is called rss, atom or feed."""
    if not _FEEDLIKE.search(url):
        return False
    parts = urlsplit(url)
    pieces = parts.path.strip("/").split("/")
    for at, is_star in _named(pattern, parts.path or "/").items():
        is_own = any(_has_word(_path(feed), pieces, at, at_end=is_star) for feed in feeds)
        if not is_own and _FEEDWORD.fullmatch(pieces[at].lower()):
            pieces[at] = "-"
    return bool(_FEEDLIKE.search(parts._replace(path="/".join(["", *pieces])).geturl()))


def _named(pattern: Pattern, path: str) -> dict[int, bool]:
    """The numbers of the pieces of a path that a pattern takes as names, each with whether the name has a star."""
    named: dict[int, bool] = {}
    if found := pattern.path.fullmatch(path):
        for name in (each for each, text in found.groupdict().items() if text.strip("/")):
            first = path[: found.start(name)].lstrip("/").count("/")
            numbers = range(first, first + found[name].strip("/").count("/") + 1)
            named |= dict.fromkeys(numbers, f"(?P<{name}>.{{" in pattern.path.pattern)
    return named


def _path(feed: str) -> list[str]:
    """The pieces of the path of a template."""
    return _BEFORE_PATH.sub("", feed, count=1).partition("?")[0].strip("/").split("/")


def _has_word(path: Sequence[str], pieces: Sequence[str], at: int, *, at_end: bool) -> bool:
    """Whether a piece stands as it is in the path of a template, at the same place or at the end of both."""
    word = pieces[at].lower()
    return path[at : at + 1] == [word] or (at_end and at == len(pieces) - 1 and path[-1] == word)


def _service(rule: object) -> Service:
    if not isinstance(rule, dict):
        raise Mistake("a rule is a table [[service]]")
    if unknown := sorted(rule.keys() - {"name", "pages", "feeds", "examples"}):
        raise Mistake(f"unknown key {unknown[0]}")
    name, examples = rule.get("name", ""), rule.get("examples", {})
    if not isinstance(name, str) or not isinstance(examples, dict):
        raise Mistake("its name is a text in quotes, its examples are a table")
    pages = tuple(pattern(text) for text in _texts(rule, "pages"))
    feeds = _texts(rule, "feeds")
    if not pages:
        raise Mistake("pages is missing")
    for feed in feeds:
        _check_feed(feed, set.intersection(*(page.names for page in pages)))
    return Service(clean_line(name, 80), pages, feeds, examples)


def _check_feed(feed: str, known: set[str]) -> None:
    """Raises Mistake where a template can lead nowhere."""
    if not feed.startswith(("http://", "https://", "{site}/")):
        raise Mistake(f'"{feed}" does not begin with https:// or {{site}}/')
    for name, star in _NAME.findall(feed):
        if star or name not in known:
            raise Mistake(f'"{feed}" asks for {{{name}{star}}}, which a page does not give')


def _piece(text: str, signs: str) -> str:
    """A piece of a path, or a host's name, as a regular expression."""
    if text == "*":
        return f"{signs}{{1,200}}"
    names = list(_NAME.finditer(text))
    if re.search(r"[{}*]", _NAME.sub("", text)):
        raise Mistake(f'"{text}" has a brace or a star that means nothing')
    if wrong := next((found[1] for found in names if not found[1].isidentifier()), ""):
        raise Mistake(f'"{text}" has the name {wrong}, which does not begin with a letter')
    if len(names) > 2 or (len(names) == 2 and names[0].end() == names[1].start()):
        raise Mistake(f'"{text}" has too many names in one piece')
    out, at = "", 0
    for found in names:
        many = ".{1,500}" if found[2] else f"{signs}{{1,200}}?"
        out += re.escape(text[at : found.start()]) + f"(?P<{found[1]}>{many})"
        at = found.end()
    return out + re.escape(text[at:])


def _only_name(value: str) -> str:
    found = _NAME.fullmatch(value)
    if value and (not found or found[2]):
        raise Mistake(f'a parameter is written key={{name}}, not "{value}"')
    return found[1] if found else ""


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Mistake(f"{key} is a list of texts in quotes")
    if len(values) > _MOST_PARTS:
        raise Mistake(f"{key} has more than {_MOST_PARTS} of them")
    return tuple(values)


def _own_table(path: Path, problems: list[str]) -> dict[str, Any]:
    """The user's rules, empty where there are none or the file cannot be read."""
    try:
        return _table(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}")
    except (ValueError, RecursionError) as error:
        problems.append(f"{path} is no TOML: {clean_line(str(error), 200)}")
    return {}


def _table(data: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(data.decode("utf-8-sig"))
