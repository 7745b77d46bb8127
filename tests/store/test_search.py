"""What search finds, and what it must not trip over."""

from __future__ import annotations

import threading
import unicodedata
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Mark
from reader.store import arrivals, feeds, indexing, marks, ordering, search, tokens, upkeep
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.plan import SearchPlan, Term
from tests.store.made import NOW, changed, entry, feed, new, put, put_some


def typed(text: str, **filters: Any) -> SearchPlan:
    """A plan as from a simple query: words, "a phrase", -without, begin*."""
    parts = text.replace('"', "\0").split("\0")
    terms = [Term(tuple(phrase.split())) for phrase in parts[1::2]]
    bare = " ".join(parts[::2]).split()
    terms += [Term((word.lstrip("-").rstrip("*"),), word.endswith("*"), word.startswith("-")) for word in bare]
    return SearchPlan(tuple(terms), **filters)


TEXTS = [
    ("Raqa hospital hit", "The hospital in Raqa was used for human shields, a monitor said."),
    ("Élections à Zürich", "Die Straße ist leer. Ça ira, naïve Œuvre."),
    ("東京の天気", "今日の東京は晴れです。カタカナ、ﾊﾝｶｸ。"),
    ("서울 소식", "서울에서 열린 회의"),
    ("Warning signs", "Nothing to see but the end of the war. E-mail C++ o'clock 3.14"),
    ("Война и мир", "Все счастливые семьи похожи друг на друга"),
    ("Ｆｕｌｌ ｗｉｄｔｈ", "emoji 🎉 and ﬁne ligatures"),
]


@pytest.fixture
def library(connection: Connection) -> Connection:
    feed_id = feed(connection)
    texts = enumerate(TEXTS)
    put(
        connection,
        feed_id,
        [new(entry(str(at), title, text, author="Ann Ångström"), at) for at, (title, text) in texts],
    )
    return connection


def titles(connection: Connection, plan: SearchPlan) -> list[str]:
    numbers = {row[0]: int(row[1]) for row in connection.rows("SELECT id, guid FROM articles")}
    return [TEXTS[numbers[found]][0] for found in search.ids(connection, plan)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("raqa hospital", "Raqa hospital hit"),
        ("raqá HOSPITAL", "Raqa hospital hit"),
        ('"human shields"', "Raqa hospital hit"),
        ("shield*", "Raqa hospital hit"),
        ('"used for human" monitor', "Raqa hospital hit"),
        ("elections zurich", "Élections à Zürich"),
        ("STRASSE", "Élections à Zürich"),
        ("straße", "Élections à Zürich"),
        (unicodedata.normalize("NFD", "élections"), "Élections à Zürich"),
        ("東京", "東京の天気"),
        ("京", "東京の天気"),
        ("晴れ", "東京の天気"),
        ("カタ", "東京の天気"),
        ("ハンカク", "東京の天気"),
        ('"今日の東京"', "東京の天気"),
        ("서울", "서울 소식"),
        ("열린 회의", "서울 소식"),
        ("ВОЙНА", "Война и мир"),
        ("full", "Ｆｕｌｌ ｗｉｄｔｈ"),
        ("fine", "Ｆｕｌｌ ｗｉｄｔｈ"),
        ("e-mail", "Warning signs"),
        ("o'clock", "Warning signs"),
        ("3.14", "Warning signs"),
        ("c++ end", "Warning signs"),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_script(library: Connection, query: str, title: str) -> None:
    assert titles(library, typed(query)) == [title]


@pytest.mark.parametrize(
    "query", ["елка", "ЁЛКА", "ёж", "еж", "чаи", "ΑΘΗΝΑ", "αθήνα", "ελληνικα", "αθ*", '"чаи и еж"']
)
@pytest.mark.parametrize("is_composed", [True, False])
def test_accents_of_greek_and_cyrillic_do_not_matter_either(
    connection: Connection, query: str, is_composed: bool
) -> None:
    made = entry("a", "Ёлка в Αθήνα", "Чай и ёж, Ελληνικά")
    ids = put(connection, feed(connection), [new(made)])
    asked = unicodedata.normalize("NFC" if is_composed else "NFD", query)
    assert list(search.ids(connection, typed(asked))) == ids


@pytest.mark.parametrize("query", ["京東", '"shields human"', "hospitals", "ira*x", "🎉", "++", '"', "raqa absent"])
def test_what_is_not_there_is_not_found(library: Connection, query: str) -> None:
    assert titles(library, typed(query)) == []


def test_authors_are_found_too(library: Connection) -> None:
    assert len(search.ids(library, typed("angstrom"))) == len(TEXTS)


def test_negated_words_leave_articles_out(library: Connection) -> None:
    assert titles(library, typed("ann -hospital -東京 -서울 -война")) == [
        "Ｆｕｌｌ ｗｉｄｔｈ",
        "Warning signs",
        "Élections à Zürich",
    ]
    assert len(search.ids(library, typed("-hospital"))) == len(TEXTS) - 1
    assert len(search.ids(library, SearchPlan())) == len(TEXTS)


def test_an_unfinished_word_fits_whole_words_and_short_ones_titles_only(library: Connection) -> None:
    def found(text: str) -> list[str]:
        return titles(library, typed(text, last_is_prefix=True))

    assert found("shie") == ["Raqa hospital hit"]
    assert found("war") == ["Warning signs"]
    assert found("w") == ["Ｆｕｌｌ ｗｉｄｔｈ", "Warning signs"]
    assert found("end") == ["Warning signs"]
    assert found("ann ho") == ["Raqa hospital hit"]
    assert found("ann él") == ["Élections à Zürich"]
    assert found("ann sh") == []
    assert found("ann o'c") == ["Warning signs"]
    assert found("war ++") == ["Warning signs"]
    assert found("wa ++") == []
    assert found("東") == ["東京の天気"]
    assert found("ann -ho") == found("ann")
    assert found("war -warning") == []


def test_filters_narrow_a_search(connection: Connection) -> None:
    one, other = feed(connection, "one"), feed(connection, "other")
    ids = put(connection, one, [new(entry(str(at), text="common"), at) for at in range(10)])
    put(connection, other, [new(entry(str(at), text="common"), at) for at in range(10)])
    marks.mark(connection, ids[:4], Mark.READ, "Read", NOW)
    marks.mark(connection, ids[3:5], Mark.BOOKMARKED, "Bookmarked", NOW)

    def found(**filters: Any) -> list[int]:
        return sorted(search.ids(connection, typed("common", **filters)))

    assert found(feed_ids=(one,)) == ids
    assert found(feed_ids=(one, *range(1000, 2000))) == ids
    assert found(feed_ids=()) == []
    assert found(feed_ids=(one,), is_read=True) == ids[:4]
    assert found(feed_ids=(one,), is_read=False) == ids[4:]
    assert found(is_bookmarked=True) == ids[3:5]
    assert found(feed_ids=(one,), since=5) == ids[5:]
    words = typed("common", feed_ids=(one,), is_read=False)
    assert search.ids(connection, SearchPlan(feed_ids=(one,), is_read=False)) == search.ids(connection, words)


def test_pages_go_on_where_the_last_one_ended(connection: Connection) -> None:
    ids = put(connection, feed(connection), [new(entry(str(at), "Word here", "common"), at) for at in range(30)])
    newest = array("q", reversed(ids))
    for plan in (
        typed("common"),
        SearchPlan(),
        typed("wo", last_is_prefix=True),
        typed("common wo", last_is_prefix=True),
    ):
        assert search.ids(connection, plan) == newest
        assert search.ids(connection, plan, 10) == newest[:10]
        assert search.ids(connection, plan, 10, newest[9]) == newest[10:20]
        assert search.ids(connection, plan, None, newest[-1]) == array("q")


def test_scripts_get_the_order_of_lists(connection: Connection) -> None:
    feed_id = feed(connection)
    for at in (50, 10, 30):
        put(connection, feed_id, [new(entry(str(at), text="common"), at)])
    put_some(connection, feed_id, 3)
    assert list(search.ids(connection, typed("common"))) == [3, 2, 1]
    assert list(ordering.ids(connection, typed("common"))) == [1, 3, 2]
    put_some(connection, feed_id, 30, NOW - 1)
    assert list(ordering.ids(connection, typed("common"))) == [1, 3, 2]
    assert list(ordering.ids(connection, typed("common"), 2)) == [1, 3]


def test_hidden_articles_are_not_found_and_come_back(library: Connection) -> None:
    marks.remove_feed(library, 1, "Removed", NOW)
    assert not search.ids(library, typed("hospital"))
    assert not search.ids(library, typed("ho", last_is_prefix=True))
    assert not search.ids(library, typed("-nothing"))
    marks.undo(library, NOW)
    assert search.ids(library, typed("hospital"))


def test_a_changed_article_is_found_by_its_new_words_only(library: Connection) -> None:
    (article_id,) = search.ids(library, typed("hospital"))
    arrivals.update(library, [changed(article_id, entry("0", "Clinic", "Rewritten."))], NOW)
    assert list(search.ids(library, typed("hospital"))) == [article_id]
    indexing.index_some(library)
    assert not search.ids(library, typed("hospital"))
    assert not search.ids(library, typed("hos", last_is_prefix=True))
    assert list(search.ids(library, typed("rewritten clinic"))) == [article_id]


def test_an_article_waits_in_the_queue_until_it_is_indexed(connection: Connection) -> None:
    with transaction(connection):
        arrivals.insert(connection, feed(connection), [new(entry(str(at), text="common"), at) for at in range(25)], NOW)
    assert indexing.waiting(connection) == 25
    assert [indexing.index_some(connection, 10) for _ in range(4)] == [10, 10, 5, 0]
    assert len(search.ids(connection, typed("common"))) == 25


def test_the_index_is_merged_in_steps_and_stays_sound(connection: Connection) -> None:
    feed_id = feed(connection)
    for batch in range(60):
        put(connection, feed_id, [new(entry(f"{batch}-{at}", text=f"common {batch} {at}"), batch) for at in range(3)])
    while indexing.merge_some(connection):
        pass
    for table in ("search_0", "titles"):
        connection.run(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    assert len(search.ids(connection, typed("common"))) == 180


def test_two_processes_may_index_in_turn(database: Database) -> None:
    """FTS5 remembers the shape of its index for each connection; a stale one would ruin it."""
    one, other = database.connect(), database.connect()
    feed_id = feed(one)
    for turn in range(40):
        writing, reading = (one, other) if turn % 3 else (other, one)
        put(writing, feed_id, [new(entry(f"{turn}-{at}", text=f"common {turn}"), turn) for at in range(4)])
        assert len(search.ids(reading, typed("common"))) == 4 * (turn + 1)
    assert upkeep.check(one) == upkeep.check(other) == []
    one.close()
    other.close()


def test_a_body_can_be_indexed_anew(library: Connection) -> None:
    indexing.queue(library, 1, "quite another body")
    indexing.index_some(library)
    assert list(search.ids(library, typed("quite another"))) == [1]


def test_another_thread_can_stop_a_search(connection: Connection) -> None:
    put_some(connection, feed(connection), 3)

    def stop() -> bool:
        connection.interrupt()
        return False

    connection.set_progress_handler(stop, 1)
    with pytest.raises(search.Interrupted):
        search.ids(connection, typed("body"))
    connection.set_progress_handler(None)
    assert len(search.ids(connection, typed("body"))) == 3


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4), st.booleans(), st.booleans(), st.booleans())
def test_no_text_is_syntax(words: list[str], prefix: bool, negated: bool, last_is_prefix: bool) -> None:
    with_all = SearchPlan(
        (Term(("body",)), Term(tuple(words), prefix, negated)), feed_ids=(1,), last_is_prefix=last_is_prefix
    )
    for plan in (with_all, SearchPlan(with_all.terms[1:], last_is_prefix=last_is_prefix)):
        search.ids(shared(), plan, 5)
        ordering.ids(shared(), plan)


@given(st.text())
def test_a_text_of_words_finds_itself(text: str) -> None:
    clean = "".join(char for char in text if char != "\0" and unicodedata.category(char) not in ("Cs", "Co", "Cn"))
    connection = shared()
    with transaction(connection):
        connection.run("INSERT OR REPLACE INTO search_0 (rowid, body) VALUES (7, ?)", tokens.prepared(clean))
        phrase = tokens.phrase(tokens.prepared(clean))
        if phrase and connection.value("SELECT count(*) FROM temp.words WHERE doc > 0"):
            assert connection.value("SELECT rowid FROM search_0 WHERE search_0 MATCH ? AND rowid = 7", phrase) == 7
        connection.run("DELETE FROM search_0 WHERE rowid = 7")


_shared: list[Connection] = []


def shared() -> Connection:
    """One library in memory for the many examples of a property."""
    if not _shared:
        from pathlib import Path
        from tempfile import mkdtemp

        connection = Database(Path(mkdtemp()) / "reader.db").connect()
        put_some(connection, feed(connection), 3)
        connection.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'search_0', 'row')")
        _shared.append(connection)
    return _shared[0]


def test_threads_search_while_one_writes(database: Database) -> None:
    connection = database.local()
    feed_id = feed(connection)
    found: list[int] = []

    def look() -> None:
        found.extend(len(search.ids(database.local(), typed("common"))) for _ in range(50))

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for at in range(30):
        put(connection, feed_id, [new(entry(str(at), text="common"), at)])
    for thread in threads:
        thread.join(60)
    assert len(found) == 100
    assert len(search.ids(connection, typed("common"))) == 30
    assert feeds.one(connection, feed_id).total == 30
