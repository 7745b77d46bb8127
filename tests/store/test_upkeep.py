from reader.model import Mark
from reader.store import indexing, inspection, lists, marks, mending, upkeep
from reader.store.connection import Connection
from tests.store.made import NOW, feed, put_some


def test_a_sound_library_has_nothing_wrong(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 10)
    marks.mark(connection, ids[:3], Mark.READ, "Read", NOW)
    upkeep.optimize(connection)
    upkeep.checkpoint(connection)
    assert upkeep.check(connection) == []


def test_wrong_counts_are_found_and_mended(connection: Connection) -> None:
    put_some(connection, feed(connection), 10)
    before = lists.counts(connection, 0)
    connection.run("UPDATE counts SET unread = unread - 3")
    assert upkeep.check(connection) == ["counts: they are not those of the articles"]
    upkeep.recount(connection)
    assert upkeep.check(connection) == []
    assert lists.counts(connection, 0) == before


def test_articles_without_a_body_and_strangers_are_found(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 2)
    connection.run("DELETE FROM contents WHERE article_id = ?", ids[0])
    connection.run("PRAGMA foreign_keys = OFF")
    connection.run("INSERT INTO contents (article_id, summary, html) VALUES (77, '', x'00')")
    found = upkeep.check(connection)
    assert "contents: 1 articles have no body" in found
    assert "table contents: row 77 belongs to nothing" in found


def test_a_text_that_waits_and_is_damaged_ends_no_indexing_and_is_found_by_the_doctor(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 3)
    connection.run_many("DELETE FROM search_0 WHERE rowid = ?", [(each,) for each in ids])
    for each in ids:
        indexing.queue(connection, each, "unmistakable")
    connection.run("UPDATE search_queue SET text = x'0011' WHERE article_id = ?", ids[1])
    assert [indexing.index_some(connection) for _ in range(2)] == [3, 0]
    assert upkeep.check(connection) == ["search: 1 articles are not in the index"]
    mending.mend(connection, inspection.Kind.SEARCH, NOW)
    assert upkeep.check(connection) == []


def test_a_damaged_index_is_found(connection: Connection) -> None:
    put_some(connection, feed(connection), 2)
    connection.run("DELETE FROM search_0_data WHERE id > 10")
    assert any("search" in line for line in upkeep.check(connection))
