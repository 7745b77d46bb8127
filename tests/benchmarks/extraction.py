"""How much of an article's text is got out of its page: F1 over shingles of four words, counted as scrapinghub does.

On both kinds of pages that people have marked the text of: ``aeb`` (the article-extraction benchmark's: news, the text
without captions) and ``moz`` (those of Mozilla's Readability: all that a reader would want). Precision and recall are
the means over the pages, each page normalised so that long ones weigh no more. Other extractors are measured beside
ours where they are installed (``pip install trafilatura resiliparse``, and ``readability-lxml`` on its own: pip 23
stumbles over what both ask of lxml). ``python -m tests.benchmarks.extraction`` prints the lines alone.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from reader.model import MainText
from reader.parse.documents import parse
from reader.parse.source import Source
from tests import corpora
from tests.benchmarks.figures import Line, Samples, note, sentence
from tests.benchmarks.home import Bench

KINDS = ("aeb", "moz")
_WORD = re.compile(r"\w+")
_OUR_WORDS = re.compile(r"^(?:Video|Audio|Page|Media): \S+$", re.MULTILINE)  # for what a page shows without words
_SHINGLE = 4
_SUMMARY = 280


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the text that people see in it."""

    name: str
    url: str
    data: bytes
    text: str

    @property
    def kind(self) -> str:
        """Which of the two."""
        return self.name[:3]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the shingles of both texts of one page: in both, only in ours, only in the right one."""

    both: float
    extra: float
    missed: float


Extract = Callable[[Page], str]


def extracting(_: Bench) -> Iterator[Line]:
    """Ours and each of the others, on each kind and on both."""
    pages = list(_pages())
    if not pages:
        yield Line("F1", "no pages at ../shared/corpora", figure="–")
        return
    others = {name: found for name, find in _OTHERS.items() if (found := _installed(find))}
    scores = {name: _measured(extract, pages) for name, extract in {"Reader": _ours, **others}.items()}
    for kind in (*KINDS, "both"):
        best = max((_f1(_of(scores[name][0], pages, kind))[0], name) for name in others) if others else None
        for name, (got, _seconds) in scores.items():
            yield _line(kind, name, _f1(_of(got, pages, kind)), best if name == "Reader" else None)
    with_summary, _seconds = _measured(_with_summary, pages)
    yield _line("both", "Reader, told the feed's summary", _f1(with_summary), None)
    for name, (_found, seconds) in scores.items():
        yield note("F1", f"time a page, {name}", Samples.of(seconds))


def _line(kind: str, name: str, figures: tuple[float, float, float], best: tuple[float, str] | None) -> Line:
    f1, precision, recall = figures
    return Line(
        "F1",
        f"text of {kind} pages, {name}",
        figure=f"{f1:.3f}",
        spread=f"precision {precision:.3f}, recall {recall:.3f}",
        yardstick=f"{best[1]} {best[0]:.3f}" if best else "",
        budget="at least the best other" if best else "",
        is_met=round(f1, 3) >= round(best[0], 3) if best else None,
    )


def score(right: str, ours: str) -> Score:
    """How two texts agree."""
    true, found = _shingles(right), _shingles(ours)
    both, extra, missed = (sum(each.values()) for each in (true & found, found - true, true - found))
    total = (both + extra + missed) or 1
    return Score(both / total, extra / total, missed / total)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))
    return Counter(run for run in runs if run)


def _f1(scores: list[Score]) -> tuple[float, float, float]:
    """F1, precision and recall over many pages."""
    precision = statistics.mean(_share(each.both, each.extra) for each in scores if each.both + each.extra)
    recall = statistics.mean(_share(each.both, each.missed) for each in scores if each.both + each.missed)
    return 2 * precision * recall / (precision + recall or 1), precision, recall


def _share(good: float, bad: float) -> float:
    return good / (good + bad)


def _pages() -> Iterator[Page]:
    place = corpora.ROOT / "pages"
    if not place.is_dir():
        return
    urls = {each["file"]: each["url"] for each in corpora.manifest("pages") if "url" in each}
    for path in sorted(place.glob("*.html")):
        text = path.with_suffix(".txt").read_text("utf-8")
        yield Page(path.name, urls[path.name], path.read_bytes(), text)


def _of(scores: list[Score], pages: list[Page], kind: str) -> list[Score]:
    return [each for each, page in zip(scores, pages, strict=True) if kind in ("both", page.kind)]


def _measured(extract: Extract, pages: list[Page]) -> tuple[list[Score], list[float]]:
    """The scores of all pages and the seconds that each took; what is loaded with the first page is loaded before."""
    extract(pages[0])
    scores, seconds = [], []
    for page in pages:
        begun = time.perf_counter()
        found = extract(page)
        seconds.append(time.perf_counter() - begun)
        scores.append(score(page.text, found))
    return scores, seconds


def _ours(page: Page, text: str | None = None) -> str:
    parsed = parse(Source(page.data, page.url, "page", text=text))
    return _OUR_WORDS.sub("", parsed.text) if isinstance(parsed, MainText) else ""


def _with_summary(page: Page) -> str:
    return _ours(page, page.text[:_SUMMARY])


def _trafilatura(setting: str = "") -> Extract:
    extract: Any = import_module("trafilatura").extract
    options = {"include_comments": False} | ({setting: True} if setting else {})
    return lambda page: extract(page.data, url=page.url, **options) or ""


def _readability() -> Extract:
    document: Any = import_module("readability").Document
    html: Any = import_module("lxml.html")

    def extract(page: Page) -> str:
        summary = document(page.data.decode("utf-8", "replace")).summary()
        return " ".join(html.fromstring(summary).itertext())

    return extract


def _resiliparse() -> Extract:
    extract: Any = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: str(extract(page.data.decode("utf-8", "replace"), main_content=True, alt_texts=False))


_OTHERS: dict[str, Callable[[], Extract]] = {
    "trafilatura": _trafilatura,
    "trafilatura for precision": lambda: _trafilatura("favor_precision"),
    "trafilatura for recall": lambda: _trafilatura("favor_recall"),
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
}


def _installed(find: Callable[[], Extract]) -> Extract | None:
    try:
        return find()
    except (ImportError, AttributeError):
        return None


if __name__ == "__main__":
    for line in extracting(Bench(corpora.ROOT, 0, 1, True, 0, 0)):
        print(sentence(line))
    sys.exit(0)
