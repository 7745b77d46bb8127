"""What is asked of a library: words, phrases and beginnings that it holds itself, common, middling and rare."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from reader.library import Library
from reader.model import View, ViewKind

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^>]+>")
_SAMPLE = 3000
_NONSENSE = ("qzxkjv", "wvqqyzz", "xxyyqqzz")


@dataclass(frozen=True, slots=True)
class Questions:
    """Queries by kind; those of ``in_feeds`` with the view that they are asked in."""

    words: list[str]
    phrases: list[str]
    prefixes: list[str]
    short: list[str]
    in_feeds: list[View]
    fruitless: list[str]
    best: list[str]


def questions(library: Library, each: int, seed: int = 11) -> Questions:
    """About ``each`` queries of every kind, made of the words of articles drawn by lot."""
    chance = random.Random(seed)
    ids = library.ids(View(ViewKind.ALL))
    drawn = [ids[chance.randrange(len(ids))] for _ in range(min(_SAMPLE, len(ids)))]
    texts = [_words(library.html(each)) for each in drawn]
    spread: Counter[str] = Counter()
    for text in texts:
        spread.update(set(text))
    ranked = [word for word, _ in spread.most_common() if len(word) > 3 and word.isascii()]
    common, middling, rare = ranked[:30], ranked[200:1200], ranked[-len(ranked) // 2 :]
    titles = [_WORD.findall(row.title.lower()) for row in library.rows(drawn)]
    feeds = sorted(library.feeds(), key=lambda feed: -feed.total)

    def some(words: list[str], count: int = each) -> list[str]:
        return [chance.choice(words) for _ in range(count)]

    pairs = [f"{a} {b}" for a, b in zip(some(common), some([*common, *middling]), strict=True)]
    asked = [*some(common), *some(middling), *some(rare), *pairs]
    starts = [word[: chance.randint(4, 6)] for word in (*some(common), *some(middling), *some(rare)) if len(word) > 4]
    return Questions(
        words=asked,
        phrases=[_phrase(chance, texts) for _ in range(each * 2)],
        prefixes=[*starts, *(f"{chance.choice(common)} {start}" for start in starts[:each])],
        short=[_short(chance, titles, common, middling) for _ in range(each * 3)],
        in_feeds=[
            View(ViewKind.FEED, chance.choice(feeds[: 10 ** (1 + number % 3)]).id, query=word)
            for number, word in enumerate([*some(common), *some(middling)])
        ],
        fruitless=_fruitless(chance, common, middling, rare, each),
        best=[*some(common), *pairs, *some(middling)],
    )


def _words(html: str) -> list[str]:
    return _WORD.findall(unescape(_TAG.sub(" ", html)).lower())


def _phrase(chance: random.Random, texts: list[list[str]]) -> str:
    """Two or three words as they stand in a text."""
    text = chance.choice([text for text in texts if len(text) > 10])
    at = chance.randrange(len(text) - 3)
    return '"' + " ".join(text[at : at + chance.choice((2, 3))]) + '"'


def _short(chance: random.Random, titles: list[list[str]], common: list[str], middling: list[str]) -> str:
    """One to three letters that begin a word of a title, alone or behind another word."""
    start = chance.choice([title for title in titles if title])[0][: chance.randint(1, 3)]
    before = chance.choice(("", "", chance.choice(common) + " ", chance.choice(middling) + " "))
    return before + start


def _fruitless(chance: random.Random, common: list[str], middling: list[str], rare: list[str], each: int) -> list[str]:
    """Queries that (almost always) nothing fits: unknown words, rare ones together, common ones as a phrase."""
    found = [f"{chance.choice(common)} {word}" for word in _NONSENSE]
    found += [f"{one} {other}" for one, other in zip(rare[:each], reversed(rare), strict=False)]
    found += [f'"{" ".join(chance.sample(common, 4))}"' for _ in range(each)]
    return found + [" ".join(chance.sample(middling, 4)) for _ in range(each)]
