"""What stands between +++ or --- at the head of a Markdown file: data about the article, read as data and nothing more.

TOML is read in full. Of YAML only what articles use is understood: ``key: value``, quotes, lists, folded text, and
mappings one level deep; no tags, anchors or references, so nothing in it can act or swell.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any

from reader.parse import dates
from reader.text import clean_line

_LARGEST = 65_536
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s+(.*))?")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:#.*)?""")
_ESCAPES = {"n": "\n", "t": " ", "r": "", "0": ""}
_DAY_IN_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d\d)[/-](\d\d)(?=[/_-]|$)")
_NAMED = re.compile(r"name\s*:\s*(.+)")


@dataclass(frozen=True, slots=True)
class About:
    """What front matter says of its article; every field may be missing."""

    title: str | None = None
    author: str | None = None
    published: int | None = None
    updated: int | None = None
    language: str | None = None
    link: str | None = None


def split(text: str, name: str) -> tuple[About, str]:
    """What the front matter says, and the text below it; ``name`` is the file's, which may begin with a day.

    Front matter that cannot be read stays in the text, so that nothing is lost.
    """
    fields: dict[str, Any] = {}
    for fenced, reader in ((_TOML, _toml), (_YAML, _yaml)):
        if (found := fenced.match(text, 0, _LARGEST)) and (fields := reader(found[1])):
            text = text[found.end() :]
            break
    return _about({key.lower().replace("-", "_"): value for key, value in fields.items()}, name), text


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _yaml(text: str) -> dict[str, Any]:
    """The top level of a YAML mapping, values as text or lists of text; empty if a line is none of that."""
    fields: dict[str, Any] = {}
    key, below = "", []
    for line in [*text.split("\n"), "end:"]:
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t-":
            below.append(line.strip())
            continue
        if key and below:
            fields[key] = _below(str(fields[key]), below)
        found = _KEY.fullmatch(line)
        if not found:
            return {}
        key, below = found[1].strip(), []
        fields[key] = _value(found[2] or "")
    del fields["end"]
    return fields


def _below(head: str, lines: list[str]) -> str | list[str]:
    """What indented lines under a key come to: folded text, or a list."""
    if head[:1] in ("|", ">") or not (lines[0].startswith("- ") or _KEY.fullmatch(lines[0])):
        return " ".join([*([] if head[:1] in ("|", ">", "") else [head]), *lines])
    return [str(_value(line.removeprefix("- ").strip())) for line in lines]


def _value(text: str) -> str | list[str]:
    text = text.strip()
    if found := _QUOTED.fullmatch(text):
        inner = found[1][1:-1]
        if found[1][0] == "'":
            return inner.replace("''", "'")
        return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), inner)
    text = re.sub(r"(?:^|\s)#.*", "", text).strip()
    if text.startswith("[") and text.endswith("]"):
        return [str(_value(part)) for part in re.findall(r"""\s*("[^"]*"|'[^']*'|[^,]+)""", text[1:-1]) if part.strip()]
    return "" if text in ("~", "null") else text


def _about(fields: dict[str, Any], name: str) -> About:
    published = _first_day(
        fields, "date", "published", "pubdate", "publishdate", "publish_date", "published_at", "created"
    )
    if published is None:
        published = _day_in_path(fields, name)
    link = _text(fields, "canonical_url", "canonical", "link", "url")
    return About(
        title=_text(fields, "title"),
        author=_text(fields, "author", "authors", "byline", "creator"),
        published=published,
        updated=_first_day(fields, "updated", "lastmod", "modified", "last_modified_at", "updated_at"),
        language=_text(fields, "lang", "language"),
        link=link if link and link.startswith(("http://", "https://")) else None,
    )


def _text(fields: dict[str, Any], *keys: str) -> str | None:
    for key in keys:
        if text := clean_line(", ".join(_names(fields.get(key)))):
            return text
    return None


def _names(value: object) -> list[str]:
    """A value as texts: of a mapping its name, of a list each element."""
    if isinstance(value, list):
        names = [name for item in value for name in _names(item)]
        if any(_NAMED.fullmatch(name) for name in names):
            return [found[1].strip("\"' ") for name in names if (found := _NAMED.fullmatch(name))]
        return names
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [str(value)] if isinstance(value, str | int | float | date) and value != "" else []


def _first_day(fields: dict[str, Any], *keys: str) -> int | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, datetime):
            return int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
        if isinstance(value, date | str) and (found := dates.moment(str(value))) is not None:
            return found
    return None


def _day_in_path(fields: dict[str, Any], name: str) -> int | None:
    """The day in an address like "2021/03/18/slug" (Zola, Hugo, Jekyll) or at the head of the file's name (Jekyll)."""
    for path in (_text(fields, "path"), _text(fields, "permalink"), _text(fields, "slug"), PurePosixPath(name).name):
        if path and (found := _DAY_IN_PATH.search(path)):
            return dates.moment("-".join(found.groups()))
    return None
