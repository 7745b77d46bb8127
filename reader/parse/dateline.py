"""What stands around a news story's text: the dateline, the byline, the line that says when it was published.

A dateline says where the reporter was, and perhaps for which agency and on which day: "BEIRUT: ", "AUSTIN, Texas
(AP) — ", "LONDON, April 3 (Reuters) - ". Headlines, speakers' names and alerts look alike ("UPDATE: ", "WHO: ",
"A man — tall —"), so a place is believed in capitals, or with an agency, or with a date, or if it is a city that news
comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.model import Dateline
from reader.parse.names import is_agency, is_alert, is_known_place, is_nameless_author
from reader.parse.written import DATE, WEEKDAY, moment
from reader.text import fold

_LONGEST = 130
_SPACES = re.compile(r"\s+")
_END = re.compile(r"\s*:(?=\s|$)|\s(?:-{1,3}|_)(?=\s)|\s*(?:--+|[–—―])")
_DATE_LAST = re.compile(rf"(?:^|[,;]? )({WEEKDAY},? {DATE}|{DATE}|{WEEKDAY})$", re.IGNORECASE)
_DATE_NEXT = re.compile(rf"({DATE}) ?(?:-{{1,2}}|[–—―:]|/[\w -]+/)", re.IGNORECASE)
_AGENCY_LAST = re.compile(r"\(([^()]{2,40})\)$|/([A-Z][A-Za-z -]{2,30})/$")
_AGENCY_NEXT = re.compile(r"\(([^()]{2,40})\) ?(?:-{1,2}|[–—―:])")
_NAME = re.compile(r"[^\W\d_][\w.'’ -]{0,40}")
_JOINERS = frozenset(
    [
        "al",
        "de",
        "la",
        "le",
        "of",
        "the",
        "and",
        "el",
        "on",
        "du",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "der",
        "di",
        "es",
        "en",
        "ez",
    ]
)
_BY = re.compile(r"by:? +\.? ?([^\W\d_].{1,100})", re.IGNORECASE)
_NO_NAME = re.compile(r"[?!:\"“”]|\.\s+[a-z]")
_SMALL = _JOINERS | {"van", "von", "bin", "ibn", "in", "for", "with", "at", "und", "y"}
_ROLE = re.compile(r"\b(?:agencies|bureau|correspondent|desk|editor|reporter|staff|writer)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*")
_SHOUT = re.compile(r"([^\W\d_][\w.'’ -]{1,40}):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline, the day that it names if it names the year too, and how many characters of the paragraph it takes."""

    dateline: Dateline
    published: int | None
    length: int


@dataclass(frozen=True, slots=True)
class _Head:
    place: str | None
    agency: str | None
    date: str | None


def find(paragraph: str, following: str = "") -> Found | None:
    """The dateline at the start of a story's first paragraph.

    ``following`` is the next paragraph: where both begin with a name in capitals and a colon, people are speaking.
    """
    start = paragraph[:_LONGEST]
    for end in list(_END.finditer(start))[:5]:
        after = paragraph[end.end() : end.end() + _LONGEST].lstrip()
        head = _head(start[: end.start()].strip(), after, colon=":" in end[0])
        if head is not None:
            if head.agency is None and head.date is None and _is_talk(start, following):
                return None
            place = _SPACES.sub(" ", head.place) if head.place else None
            return Found(Dateline(place, head.agency), moment(head.date) if head.date else None, end.end())
    return None


def _head(text: str, after: str, *, colon: bool) -> _Head | None:
    """What stands before the colon or dash, if it is all of a dateline; ``after`` may bring the date or the agency."""
    agency, date = None, None
    if found := _AGENCY_LAST.search(text):
        agency = found[1] or found[2]
        text = text[: found.start()].rstrip()
    elif not colon and (found := _AGENCY_NEXT.match(after)):
        agency = found[1]
    if agency is not None and not text:
        return _in_brackets(agency)
    if found := _DATE_LAST.search(text):
        date = found[1]
        text = text[: found.start()].rstrip(" ,")
    elif not colon and (found := _DATE_NEXT.match(after)):
        date = found[1]
    if agency is not None and not (is_agency(agency) or _NAME.fullmatch(agency)):
        return None
    sure = date is not None or (agency is not None and is_agency(agency))
    places = text.split("/")
    if len(places) > 4 or not all(_is_place(place.strip(), sure=sure, colon=colon) for place in places):
        return None
    return _Head(text, agency, date)


def _in_brackets(inside: str) -> _Head | None:
    """What brackets at the very start hold: "(Reuters) - " names the agency alone, "(KARACHI) — " the place."""
    if is_agency(inside):
        return _Head(None, inside, None)
    return _Head(inside, None, None) if _is_place(inside, sure=False, colon=True) and inside.upper() == inside else None


def _is_place(text: str, *, sure: bool, colon: bool) -> bool:
    """Whether this is "AUSTIN, Texas" or the like; ``sure`` when an agency or a date stands beside it."""
    name, comma, region = text.partition(",")
    words = name.split()
    if not words or len(words) > 5 or not _NAME.fullmatch(name):
        return False
    if comma and not _is_region(region.strip()):
        return False
    if any(is_alert(part.strip(".")) for word in words for part in word.split("-")):
        return False
    if _is_capitals(words):
        return sure or sum(map(str.isalpha, name)) >= 4 or is_known_place(name)
    if is_known_place(name):
        return sure or colon
    return sure and words[0] != "The" and all(_is_name_word(word) for word in words)


def _is_region(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not 0 < len(words) <= 5 or len(text) > 40 or any(char.isdigit() for char in text):
        return False
    return all(_is_name_word(word) for word in words) and not is_alert(words[0])


def _is_name_word(word: str) -> bool:
    return word[0].isupper() or word in _JOINERS or word[:3] in ("al-", "el-", "ez-", "d'")


def _is_capitals(words: list[str]) -> bool:
    proper = [word for word in words if word not in _JOINERS]
    return any(sum(map(str.isalpha, word)) > 1 for word in proper) and all(word.isupper() for word in proper)


def _is_talk(first: str, second: str) -> bool:
    one, two = _SHOUT.match(first), _SHOUT.match(second)
    return bool(one and two and one[1].isupper() and two[1].isupper() and not is_known_place(one[1]))


def byline(line: str) -> str | None:
    """Who wrote the story, if the line says only that: "By Jane Doe", "Agencies", "Jane Doe | Staff Reporter"."""
    if len(line) > 120:
        return None
    first, *roles = [part.strip() for part in _PARTS.split(line.strip()) if part.strip()] or [""]
    if not first or not all(_ROLE.search(role) or is_nameless_author(role) for role in roles):
        return None
    if is_nameless_author(first):
        return first
    found = _BY.fullmatch(first)
    return _person(found[1] if found else first) if found or roles else None


def _person(name: str) -> str | None:
    """A name for display, or None if the words are no name."""
    name = name.strip(" .;:")
    words = name.replace(",", " ").replace("&", " ").split()
    if not 0 < len(words) <= 14 or not words[0][0].isupper() or _NO_NAME.search(name):
        return None
    proper = [word for word in words if word not in _SMALL]
    if not all(word[0].isupper() for word in proper) or fold(words[0]) in ("the", "a", "an", "then"):
        return None
    return _calmed(name) if all(word.isupper() for word in proper) and len(proper) > 1 else name


def _calmed(name: str) -> str:
    """Names in capitals as they are written elsewhere."""
    words = (word.lower() if word.lower() in _SMALL else word.title() for word in name.split(" "))
    return " ".join(words)
