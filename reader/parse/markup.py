"""What bodies look like that ``straight`` reads: their characters, entities, tags and attributes."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from reader.parse import removal
from reader.parse.attributes import is_hidden, values
from reader.tracking import TRACKING

_MOST_WORDS = 300
_LONGEST_TAG = 8_000
_MOST_SPACES = 5_000

# Characters that ``text.clean`` leaves alone, whatever stands beside them; most bodies have no others.
_ORDINARY = (
    "[\t\n -~\xa0-\xac\xae-\u02ff\u0391-\u0482\u048a-\u0587\u05d0-\u05ea\u0620-\u064a\u0660-\u066f\u0671-\u06d5"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2125\u2130-\u2328\u232b-\u2adb"
    "\u3001-\u3029\u3030-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f\U0001f300-\U0001faff]*"
)
_PICTURED = "(?<=[\u2030-\u205e\u2070-\u20cf\u2100-\u2adb\u3030\u303d\U0001f300-\U0001faff])\ufe0f"
ordinary = re.compile(f"{_ORDINARY}(?:{_PICTURED}{_ORDINARY})*").fullmatch
# Emphasis and links that stay as they are, text and all: what a run of text may have in it. Each of these patterns can
# match in one way only, so that a search that fails has not many to try.
_WORDS = "[^< ][^<]*(?<! )"
_PARAMETER = rf"(?!{TRACKING})[^\s#&<>\"]"
_ADDRESS = (
    r"https?://[^\s/?#&\\@\[\]<>\"]+(?:/[^\s?#&<>\"]{0,900})?"
    rf"(?:\?{_PARAMETER}{{0,900}}(?:&amp;{_PARAMETER}{{0,50}}){{0,20}})?"
)
_RUN = (
    rf'[^<]*(?:<(?:a href="{_ADDRESS}">{_WORDS}</a>'
    rf"|em>{_WORDS}</em>|strong>{_WORDS}</strong>|code>{_WORDS}</code>)[^<]*)*"
)
_TAG = r'<(/?[a-z][a-z0-9]*)((?: [a-z][a-z0-9:_-]*="[^"<>]*")*) ?/?>'
pieces = re.compile(rf"({_RUN})(?:<p>(?!</p>)({_RUN})</p>|{_TAG}|(<)|\Z)").findall
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z][a-zA-Z0-9]{1,8});")
_STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot);)")
# A hard space beside a space or a tag is none.
_WIDE = re.compile("[ \xa0]{2,}|(?<=>)\xa0|\xa0(?=<)")
_KEPT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

# Attributes that say more than how an element looks; from left to right is how the whole body runs.
_TELLING = re.compile(
    r' (?:dir="(?!auto"|ltr")|(?:start|reversed|checked|xml:base)="|type="[aAiI]"|class="[^"]*wp-caption)'
)


class Unusual(Exception):
    """The body takes a tree to read."""


def flat(html: str) -> str:
    """A body with single spaces and with no entities but those of our subset."""
    length = len(html)
    html = html.replace("\n", " ").replace("\t", " ")
    while "  " in html:
        html = html.replace("  ", " ")
    gone = length - len(html)
    if "&" in html:
        html = _ENTITY.sub(_character, html)
        if _STRAY.search(html):
            raise Unusual
    if "\xa0" in html:
        length = len(html)
        html = _WIDE.sub(" ", html)
        gone += length - len(html)
    if gone > _MOST_SPACES or not ((html.isascii() and html.isprintable()) or ordinary(html)):
        raise Unusual
    return html


def _character(found: re.Match[str]) -> str:
    return _meant(found[0])


@lru_cache(maxsize=1024)
def _meant(entity: str) -> str:
    char = unescape(entity)
    if len(char) > 1 or (char.isspace() and char != "\xa0"):
        raise Unusual
    return _KEPT.get(char, char)


def says_more(raw: str) -> bool:
    """Whether attributes say more than how an element looks, or are as many as ``flatten`` looks for."""
    return (
        _TELLING.search(raw) is not None
        or is_hidden(raw)
        or removal.of_class(raw) is not None
        or len(raw) > _LONGEST_TAG
        or (len(raw) > _MOST_WORDS and len(raw.split()) > _MOST_WORDS)
    )


def single(raw: str) -> dict[str, str]:
    """Attributes of which each is there but once."""
    found = values(raw)
    if len(found) != raw.count('="'):
        raise Unusual
    return found
