"""Made-up articles as like real ones as figures need: lengths, letters, words as frequent as words are, markup, titles.

English function words stand at the head of the vocabulary, words built of syllables follow, and names that are met a
few times only are the long tail. Sentences are made once, by topics with words of their own, and put together anew for
each article, most of them of one topic: a million articles are then a matter of minutes, and words come back within an
article as they do in real ones.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import accumulate

from reader.text import clean_line

TOPICS, SENTENCES = 500, 160
MEDIAN_BYTES = 2050
SPREAD = 0.85
SHORTEST, LONGEST = 200, 60_000
_COMMON = (
    "the to a and of in is it for on that you with this are as be an we but from have if can or at not by was will has"
    " they all more one I about so what there which your when do their out up would new just like who its time no also"
    " how them some other than my our people into only been were now any he then his because these could even after"
    " over make first get use most way where two many see work well back here much still may good very her need want"
    " think through go years before day know should last down off being since same while long did those such don't"
    " own great right better world might between each under around part few never both year made it's us without"
    " used using several found however again little every something always another place end high small really"
)
_STARTS = [
    "b",
    "c",
    "c",
    "ch",
    "d",
    "d",
    "f",
    "g",
    "h",
    "l",
    "l",
    "m",
    "m",
    "n",
    "n",
    "p",
    "p",
    "pr",
    "r",
    "r",
    "s",
    "s",
    "s",
    "st",
    "t",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "a", "a", "a", "e", "e", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "u", "ea", "ou"]
_ENDS = ["", "", "", "", "", "", "l", "n", "n", "n", "nd", "r", "r", "r", "s", "t", "ck"]
_SUFFIXES = ["", "", "", "", "s", "s", "ed", "ing", "er", "ly", "tion", "al", "ment", "ness", "able", "ive", "ity"]
_SIGNS = ["の", "に", "は", "を", "た", "が", "で", "て", "と", "し", "れ", "さ", "い", "る", "な"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with and without markup."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Piece:
    """An article: ``html`` in our subset, ``text`` the same as paragraphs set apart by blank lines."""

    title: str
    html: str
    text: str
    author: str | None


class Writer:
    """Writes articles, the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._words = _vocabulary(self._chance)
        self._weights = list(accumulate(1 / (rank + 3) ** 1.1 for rank in range(len(self._words))))
        self._topics = [self._topic() for _ in range(TOPICS)]
        self._signs = _SIGNS + [chr(0x4E00 + self._chance.randrange(4000)) for _ in range(1500)]
        self._sign_weights = list(accumulate(1 / (rank + 6) for rank in range(len(self._signs))))
        self._asian = [[self._run() for _ in range(SENTENCES)] for _ in range(TOPICS // 30)]
        self._authors = [f"{self.name()} {self.name()}" for _ in range(4000)]

    def name(self) -> str:
        """A name that hardly comes twice."""
        return "".join(_syllable(self._chance) for _ in range(self._chance.choice((2, 2, 3)))).capitalize()

    def piece(self, chance: random.Random, is_asian: bool = False) -> Piece:
        """An article with a body as long as bodies are."""
        self._chance = chance
        size = chance.lognormvariate(math.log(MEDIAN_BYTES), SPREAD)
        topics = self._asian if is_asian else self._topics
        own, other = chance.choice(topics), chance.choice(topics)
        html, text = self._body([*own, *other[: SENTENCES // 4]], int(min(max(size, SHORTEST), LONGEST)))
        if chance.random() < 0.4:
            html, text = _typeset(html), _typeset(text)
        if is_asian:
            title = clean_line("".join(chance.choices(self._signs, cum_weights=self._sign_weights, k=18)))
        else:
            title = self.title(chance.randint(4, 14))
        return Piece(title, html, text, chance.choice(self._authors) if chance.random() < 0.7 else None)

    def title(self, words: int) -> str:
        """A headline of so many words, now and then with a name in it."""
        chosen = self._chance.choices(self._words, cum_weights=self._weights, k=words)
        if self._chance.random() < 0.4:
            chosen[self._chance.randrange(words)] = self.name()
        return chosen[0].capitalize() + " " + " ".join(chosen[1:])

    def _body(self, pool: list[Sentence], size: int) -> tuple[str, str]:
        html: list[str] = []
        text: list[str] = []
        length = 0
        while length < size:
            block, plain = self._block(pool, size - length)
            html.append(block)
            text.append(plain)
            length += len(block)
        return "".join(html), "\n\n".join(text)

    def _block(self, pool: list[Sentence], room: int) -> tuple[str, str]:
        """A paragraph, or now and then a list, a heading, a quotation or a picture."""
        kind = self._chance.random()
        some = self._chance.choices(pool, k=min(self._chance.randint(1, 6), max(1, room // 130)))
        plain = " ".join(one.text for one in some)
        if kind < 0.06:
            items = "".join(f"<li>{one.html}</li>" for one in some)
            return f"<ul>{items}</ul>", "\n".join(one.text for one in some)
        if kind < 0.10:
            heading = self.title(4)
            return f"<h2>{heading}</h2><p>{some[0].html}</p>", f"{heading}\n\n{some[0].text}"
        inner = " ".join(one.html for one in some)
        if kind < 0.14:
            return f"<blockquote><p>{inner}</p></blockquote>", plain
        if kind < 0.20:
            source = f"https://images.example/{self._chance.randrange(10**9)}/{self.name().lower()}.jpg"
            return f'<p><img src="{source}" alt="{some[0].text}"></p><p>{inner}</p>', f"{some[0].text}\n\n{plain}"
        if kind < 0.6:
            name = f"{self.name()} {self.name()}"
            return f"<p>{inner} {name}.</p>", f"{plain} {name}."
        return f"<p>{inner}</p>", plain

    def _topic(self) -> list[Sentence]:
        words = self._chance.sample(self._words[len(_COMMON.split()) : 20_000], k=60)
        weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
        return [self._sentence(words, weights) for _ in range(SENTENCES)]

    def _sentence(self, topic: list[str], weights: list[float]) -> Sentence:
        chance = self._chance
        words = chance.choices(self._words, cum_weights=self._weights, k=min(45, 4 + int(chance.expovariate(1 / 13))))
        for at in range(chance.randrange(3), len(words), 4):
            words[at] = chance.choices(topic, cum_weights=weights)[0]
        words[0] = words[0].capitalize()
        for at in range(6, len(words) - 2, 9):
            words[at] += ","
        if chance.random() < 0.12:
            words[-1] = f'"{words[-1]}"'
        if chance.random() < 0.10:
            words[len(words) // 2] += " -"
        if chance.random() < 0.10:
            words[len(words) // 2] = str(chance.randrange(2100))
        end = chance.choice("......?!:")
        return Sentence(" ".join(words) + end, " ".join(self._marked(words)) + end)

    def _marked(self, words: list[str]) -> list[str]:
        """The words with a link or an emphasis, as often as they are in feeds."""
        chance, at = self._chance, self._chance.randrange(len(words))
        kind = chance.random()
        marked = list(words)
        if kind < 0.34:
            path = "-".join(chance.choices(self._words[200:], k=chance.randint(2, 5)))
            year, month = chance.randrange(2005, 2027), chance.randint(1, 12)
            link = f"https://www.{self.name().lower()}.example/{year}/{month:02}/{path}.html"
            marked[at] = f'<a href="{link}">{words[at]}</a>'
        elif kind < 0.42:
            tag = chance.choice(("em", "strong", "code"))
            marked[at] = f"<{tag}>{words[at]}</{tag}>"
        return marked

    def _run(self) -> Sentence:
        signs = self._chance.choices(self._signs, cum_weights=self._sign_weights, k=self._chance.randint(12, 40))
        text = "".join(signs) + "。"
        return Sentence(text, text)


def _typeset(text: str) -> str:
    """With the typographer's signs, as a good part of all articles are."""
    return text.replace(' "', " “").replace('". ', "”. ").replace(" - ", " – ").replace("'", "’")


def _vocabulary(chance: random.Random) -> list[str]:
    """Words by how frequent they are: the more frequent, the shorter, as in every language."""
    found = dict.fromkeys(_COMMON.split())
    while len(found) < 50_000:
        syllables = 1 if len(found) < 700 else chance.choice((1, 1, 2) if len(found) < 3000 else (2, 2, 2, 3))
        word = "".join(_syllable(chance) for _ in range(syllables)) + chance.choice(_SUFFIXES)
        if chance.random() < 0.003:
            word = word.replace("e", "é")
        found.setdefault(word)
    return list(found)


def _syllable(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_VOWELS) + chance.choice(_ENDS)
