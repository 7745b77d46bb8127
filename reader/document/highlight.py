"""Code in its parts: comments, words of the language, strings, numbers, names that are defined.

The rules are a table of our own (``languages``) and not Pygments': loading that and a first lexer takes 76 ms on the
thread that draws, its lexers read up to 3 ms a kilobyte, and some of their patterns can be made to try without end by
the text that they are given. Here each language is one pattern that moves on with everything that it reads, so a text
takes time in proportion to its length, 0.2 ms a kilobyte, and only as far as its lines are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reader.document.languages import Language
from reader.document.lines import Run, Style

_STYLES = {
    "comment": Style.CODE_COMMENT,
    "keyword": Style.CODE_KEYWORD,
    "string": Style.CODE_STRING,
    "number": Style.CODE_NUMBER,
    "name": Style.CODE_NAME,
}


def tokens(text: str, language: Language) -> Iterator[tuple[int, int, Style]]:
    """The parts of a text that are drawn in a style of their own, as their start, end and style, in order, lazily."""
    defines = False
    kinds = [kind for kind, _ in language.rules]
    for match in _pattern(language).finditer(text):
        kind, word = kinds[(match.lastindex or 1) - 1], match[0]
        if kind == "word":
            kind = _kind(word, language, defines=defines)
            defines = word in language.definers
        else:
            defines = defines and kind == "string"
        if kind:
            yield match.start(), match.end(), _STYLES[kind]


def highlighted(lines: Iterator[list[Run]], text: str, base: int, language: Language) -> Iterator[list[Run]]:
    """Lines of a listing, whose ``text`` starts at offset ``base``, with their parts in the parts' styles."""
    parts = tokens(text, language)
    part = next(parts, None)
    for line in lines:
        styled: list[Run] = []
        for run in line:
            if run.start < 0:
                styled.append(run)
                continue
            at, end = run.start - base, run.start - base + len(run.text)
            while at < end:
                while part is not None and part[1] <= at:
                    part = next(parts, None)
                inside = part is not None and part[0] <= at
                stop = end if part is None else min(end, part[1] if inside else part[0])
                style = run.style | part[2] if part is not None and inside else run.style
                first = at - (run.start - base)
                styled.append(Run(run.text[first : first + stop - at], style, run.href, base + at))
                at = stop
        yield styled


def _kind(word: str, language: Language, *, defines: bool) -> str:
    """What a word is; empty for one that is nothing of the kind."""
    if (word.lower() if language.any_case else word) in language.words:
        return "keyword"
    return "name" if defines else ""


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """All the rules of a language as one pattern, the earlier before the later."""
    return re.compile("|".join(f"({rule})" for _, rule in language.rules), re.MULTILINE | re.DOTALL)
