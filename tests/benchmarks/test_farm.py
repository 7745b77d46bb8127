"""That the farm serves what the figures stand on, and that a picture is what a terminal shows."""

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from reader.model import ParsedFeed
from reader.parse.documents import parse
from reader.parse.source import Source
from tests.benchmarks.farm import KINDS, Farm
from tests.benchmarks.figures import Samples, limit, ratio
from tests.benchmarks.picture import Picture

ENTRIES = 3


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm(feeds=len(KINDS) + 1, entries=ENTRIES, dead=1) as farm:
        yield farm


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    asked = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b"", dict(error.headers)


def read(url: str) -> ParsedFeed:
    _, body, headers = get(url)
    parsed = parse(Source(body, url, "feed", headers["Content-Type"]))
    assert isinstance(parsed, ParsedFeed)
    return parsed


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_every_format_is_read_with_bodies_of_lifelike_size(farm: Farm, number: int) -> None:
    feed = read(farm.urls()[number])
    assert feed.format == KINDS[number]
    assert len({entry.guid for entry in feed.entries}) == ENTRIES
    assert all(entry.published and entry.author and 1500 < len(entry.html) < 6000 for entry in feed.entries)


def test_who_knows_a_document_is_told_so(farm: Farm) -> None:
    url = farm.urls()[0]
    _, body, headers = get(url)
    assert get(url, If_None_Match=headers["ETag"])[:2] == (304, b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[:2] == (304, b"")
    assert get(url, If_None_Match='"another"')[1] == body
    assert gzip.decompress(get(url, Accept_Encoding="gzip")[1]) == body


def test_a_new_entry_comes_out_and_the_oldest_leaves(farm: Farm) -> None:
    url = farm.urls()[1]
    before, tag = [entry.guid for entry in read(url).entries], get(url)[2]["ETag"]
    farm.publish()
    after = [entry.guid for entry in read(url).entries]
    assert after[1:] == before[:-1]
    assert after[0] not in before
    assert get(url, If_None_Match=tag)[0] == 200
    assert farm.counts().requests >= 4


def test_each_feed_has_a_host_of_its_own_and_a_dead_one_never_answers(farm: Farm) -> None:
    assert len({url.split("/")[2] for url in farm.urls()}) == len(farm.urls())
    with pytest.raises(TimeoutError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(farm.urls()[-1], timeout=0.3)


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_picture_is_the_same_however_the_bytes_are_cut(cut: int) -> None:
    written = "\x1b[?1049h\x1b[2J\x1b[2;3Hnews\x1b[1;31m 東京\x1b[0m\r\n\x1b]0;title\x07x\x1b[3;5Hend\x1b[1K!".encode()
    picture = Picture(12, 3)
    for at in range(0, len(written), cut):
        picture.feed(written[at : at + cut])
    assert picture.lines == [" " * 12, "  news 東\0京\0 ", "       !    "]


def test_a_line_says_whether_its_budget_is_met() -> None:
    ours, theirs = Samples.of([0.01, 0.02, 0.03]), Samples.of([0.02, 0.04, 0.06])
    assert ratio("1", "a thing", ours, "another", theirs, 0.5).is_met
    assert not ratio("1", "a thing", ours, "another", theirs, 0.4).is_met
    assert limit("4", "a thing", ours, 0.02).is_met
    assert not limit("4", "a thing", ours, 0.02, "p95").is_met
