"""Real feeds over loopback and real articles from a directory: as many as there are, and the second time nothing."""

import re

from tests import corpora
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, by_url, last, named
from tests.worker.running import home as home  # noqa: PLC0414

# A title in a JSON Feed is plain text (jsonfeed.org, version 1.1): this one is about two elements of HTML.
MEANT = {"Die Rückkehr von <i> und <b>"}
# A file of blank lines holds no article.
NO_ARTICLE = {"tricky__blank-lines-only.txt"}


def test_real_feeds_bring_all_their_entries_once(home: Home, web: Web) -> None:
    folder, known = corpora.folder("feeds/real"), corpora.manifest("feeds/real")
    urls = {}
    for number, each in enumerate(known, 1):
        data = (folder / each["file"]).read_bytes()
        urls[web.put("/feed", data, host=number, etag=f'"{number}"', type="text/xml")] = each
    ids = dict(zip(urls, home.follow(*urls), strict=True))
    events = by_url(home.refresh())
    found = {each["file"]: events[url]["new"] for url, each in urls.items()}
    expected = {each["file"]: each["items"] for each in known}
    assert found == expected
    for title in set(home.titles()) - MEANT:
        assert not re.search(r"</?[a-z]+[^<>]*>|&(#\d+|#x[0-9a-f]+|[a-z]+);", title, re.IGNORECASE), title
    web.forget()
    again = home.refresh(every=True)
    assert {event["status"] for event in named(again, "feed")} == {304}
    assert last(again)["new"] == last(again)["changed"] == last(again)["failed"] == 0
    for url, feed_id in ids.items():
        assert len(home.titles(feed_id)) == expected[urls[url]["file"]]


def test_a_new_answer_with_the_same_entries_brings_nothing(home: Home, web: Web) -> None:
    folder, known = corpora.folder("feeds/real"), corpora.manifest("feeds/real")
    for number, each in enumerate(known, 1):
        home.follow(web.put("/feed", (folder / each["file"]).read_bytes(), host=number, type="text/xml"))
    home.refresh()
    for number, each in enumerate(known, 1):
        web.put("/feed", (folder / each["file"]).read_bytes() + b"\n", host=number, type="text/xml")
    again = last(home.refresh(every=True))
    assert (again["new"], again["changed"], again["failed"]) == (0, 0, 0)


def test_real_articles_from_a_directory(home: Home) -> None:
    folder, known = corpora.folder("plaintext"), corpora.manifest("plaintext")
    (added,) = named(home.add(folder), "added")
    guids = {row[0] for row in home.connection.rows("SELECT guid FROM articles")}
    assert guids == {each["file"] for each in known} - NO_ARTICLE
    assert added["new"] == len(guids)
    assert home.connection.value("SELECT count(*) FROM search_queue") == 0
    (again,) = named(home.refresh(), "feed")
    assert (again["outcome"], again["bytes"]) == ("not_modified", 0)
    assert home.faults() == []
