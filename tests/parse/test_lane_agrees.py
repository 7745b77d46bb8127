"""The fast lane against feedparser, field by field: what it takes, it reads as feedparser does."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reader.model import ParsedFeed, Unreadable
from reader.parse.detect import Kind, detect
from reader.parse.xml import quickly, thoroughly
from tests import corpora
from tests.parse.generated import feeds
from tests.parse.ordinary import ALL

URL = "https://example.org/feeds/all.xml"
# Where the two may differ: (field, why it is right all the same). There is no such place.
ACCEPTED: dict[str, str] = {}


def differences(quick: ParsedFeed | Unreadable, thorough: ParsedFeed | Unreadable) -> list[Any]:
    """The fields that differ, with both values."""
    if isinstance(quick, Unreadable) or isinstance(thorough, Unreadable):
        return [] if quick == thorough else [quick, thorough]
    one, other = asdict(quick), asdict(thorough)
    pairs = [*zip(one.pop("entries"), other.pop("entries"), strict=False), (one, other)]
    found: list[Any] = (
        [len(quick.entries) - len(thorough.entries)] if len(quick.entries) != len(thorough.entries) else []
    )
    return found + [
        (field, ours[field], theirs[field])
        for ours, theirs in pairs
        for field in ours
        if ours[field] != theirs[field] and field not in ACCEPTED
    ]


def check(text: str) -> bool:
    """Whether the lane takes a document; if so, it agrees."""
    quick = quickly(text, URL)
    if quick is not None:
        assert differences(quick, thoroughly(text, URL)) == []
    return quick is not None


@pytest.mark.parametrize("name", ALL)
def test_feeds_as_common_programs_write_them_are_taken(name: str) -> None:
    assert check(detect(ALL[name].encode()).text)


@pytest.mark.parametrize(("folder", "share"), [("real", 0.8), ("micro", 0.8), ("malformed", 0.0)])
def test_the_corpora(folder: str, share: float, capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        detect((corpora.folder(f"feeds/{folder}") / known["file"]).read_bytes())
        for known in corpora.manifest(f"feeds/{folder}")
    ]
    taken = [check(each.text) for each in found if each.kind is Kind.XML]
    share_taken = 100 * sum(taken) // len(taken)
    with capsys.disabled():
        print(f"\nfeeds/{folder}: {sum(taken)} of {len(taken)} XML feeds without feedparser ({share_taken} %)")
    assert sum(taken) >= share * len(taken)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(feeds())
def test_feeds_put_together_at_random(text: str) -> None:
    check(text)
