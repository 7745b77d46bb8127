"""The guide tells the truth: its keys are bound, its commands exist, its settings can be read."""

import re
import tomllib
from pathlib import Path

import pytest

from reader.config import read
from reader.fetch import guide
from reader.model import ParsedFeed
from reader.parse.documents import parse
from reader.parse.source import Source
from reader.tui import keys
from reader.tui.keys import BadKeyError, normal

DOCUMENTS = dict(guide.documents())
TEXT = "\n".join(data.decode() for data in DOCUMENTS.values())
BOUND = {key for bound in keys.resolve().table.values() for key in bound}


def articles() -> list[ParsedFeed]:
    parsed = [parse(Source(data, "reader:guide", "article", name=name)) for name, data in DOCUMENTS.items()]
    return [each for each in parsed if isinstance(each, ParsedFeed)]


def test_names_are_permanent_because_they_are_the_identity() -> None:
    assert list(DOCUMENTS) == [
        "10-welcome.md",
        "20-keys.md",
        "30-following.md",
        "40-search.md",
        "50-marks.md",
        "60-home.md",
    ]


def test_every_article_has_a_headline_and_an_author() -> None:
    entries = [feed.entries[0] for feed in articles()]
    assert len(entries) == len(DOCUMENTS)
    assert all(entry.title and entry.author == "Reader" for entry in entries)


@pytest.mark.parametrize(
    "element", ["<h2>", "<ul>", "<ol>", "<blockquote>", "<pre", "<table>", "<hr>", "<em>", "<strong>"]
)
def test_the_guide_shows_the_typesetting(element: str) -> None:
    assert element in "".join(feed.entries[0].html.replace("<hr/>", "<hr>") for feed in articles())


def test_every_key_in_the_guide_is_bound() -> None:
    missing = []
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    for code in re.findall(r"`([^`]+)`", prose):
        try:
            key = normal(code)
        except BadKeyError:
            continue
        if key not in BOUND and not re.fullmatch(r"[a-z]+( [a-z]+)+", code):
            missing.append(code)
    assert missing == []


def test_every_setting_in_the_guide_is_read_without_a_complaint() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert blocks
    for block in blocks:
        config = read(tomllib.loads(block), Path("config.toml"))
        assert config.problems == ()
        assert keys.resolve(config.keys, config.bindings).problems == ()


def test_every_command_in_the_guide_exists() -> None:
    verbs = set(re.findall(r"^reader ([a-z]+)", TEXT, re.MULTILINE)) | set(re.findall(r"`reader ([a-z]+)", TEXT))
    there = {path.stem.rstrip("_") for path in (Path(__file__).parents[1] / "reader" / "cli").glob("*.py")}
    assert verbs
    assert verbs <= there
