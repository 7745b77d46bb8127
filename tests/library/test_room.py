"""What a person can do with the library, on a real one."""

import subprocess
import sys
import threading
import time
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from reader.document.find import Term
from reader.errors import Ambiguous, BadQuery, ConfigError, Damaged, NotFound
from reader.library import Interrupted, Library
from reader.library.room import PAGE
from reader.model import GUIDE_URL, Kind, Mark, View, ViewKind
from reader.times import midnight, now
from tests.library.shelf import HOUR, NOON, Shelf, entry, library, place, shelf

__all__ = ["library", "shelf"]

ALL = View(ViewKind.ALL)
UNREAD = View(ViewKind.UNREAD)


def search(text: str) -> View:
    return View(ViewKind.SEARCH, query=text)


def test_a_library_that_was_not_there_is_empty(tmp_path: Path) -> None:
    with Library.open(place(tmp_path / "new")) as opened:
        assert list(opened.ids(ALL)) == []
        assert opened.feeds() == []
        assert opened.count() == 0
        assert opened.undo() is None
        assert opened.redo() is None
        assert [node.label for node in opened.sidebar()] == ["All", "Unread", "Today", "Bookmarks"]


def test_a_broken_config_or_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("theme =")
    with pytest.raises(ConfigError):
        Library.open(place(tmp_path))
    (tmp_path / "config.toml").write_text("thema = 'ink'")
    with Library.open(place(tmp_path)) as opened:
        assert "nearest is theme" in opened.config.problems[0]
        opened.close()
    (tmp_path / "reader.db").write_bytes(b"no database, but long enough to be read as one" * 40)
    with pytest.raises(Damaged):
        Library.open(place(tmp_path))


def test_lists_are_newest_first_and_rows_come_in_the_order_asked(shelf: Shelf, library: Library) -> None:
    old = shelf.stories(shelf.feed("Dawn", "World"), 3)
    new = shelf.stories(shelf.feed("Older blog"), 2, NOON - 10 * HOUR)
    assert list(library.ids(ALL)) == [*old[::-1], *new[::-1]]
    assert list(library.ids(ALL, 2)) == [old[2], old[1]]
    assert isinstance(library.ids(ALL), array)
    asked = [new[0], 999, old[1]]
    assert [row.id for row in library.rows(asked)] == [new[0], old[1]]
    assert [each.title for each in library.articles(asked)] == ["story 0", "story 1"]
    assert [len(chunk) for chunk in library.ids_chunks(ALL, 2)] == [2, 3]


def test_a_search_for_whole_words_or_while_typing(shelf: Shelf, library: Library) -> None:
    dawn, blog = shelf.feed("Dawn"), shelf.feed("Blog")
    first, second = shelf.put(
        dawn, [entry("Raqá falls", NOON), entry("A hospital reopens", NOON + 1, "In Raqa again.")]
    )
    (old,) = shelf.put(blog, [entry("A long walk", NOON - 5, "From the hospital of Raqa to the sea.")])
    assert list(library.found("raqa hospital")) == [second, old]
    assert list(library.found("raqá")) == [second, first, old]
    assert list(library.found('"raqa to the"')) == [old]
    assert list(library.found("hospi")) == []
    assert list(library.found("hospi*")) == [second, old]
    assert list(library.ids(search("raqa hospi"), live=True)) == [second, old]
    assert list(library.found("raqa feed:blog")) == [old]
    assert list(library.found("  ")) == [second, first, old]
    assert library.terms('raqa "to the') == ()
    assert library.terms('raqa "to the', live=True) == (Term(("raqa",)), Term(("to", "the"), prefix=True))
    with pytest.raises(BadQuery):
        library.ids(search("title:x"))


def test_the_first_page_of_a_live_search_is_in_order(shelf: Shelf, library: Library) -> None:
    shelf.stories(shelf.feed("New"), 30)
    shelf.stories(shelf.feed("Old"), 30, NOON - 100 * HOUR)
    rows = library.rows(library.ids(search("plain story"), live=True))
    assert len(rows) == 60
    assert [row.sort_at for row in rows] == sorted((row.sort_at for row in rows), reverse=True)
    chunks = list(library.ids_chunks(search("plain story"), 10, live=True))
    assert len(chunks[0]) == 10
    assert sum(map(len, chunks)) == 60
    assert len({each for chunk in chunks for each in chunk}) == 60


def test_counts_of_queries(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn"), 5)
    shelf.put(shelf.feed("Today"), [entry("fresh", max(midnight(now()), now() - 5))])
    library.mark(ids[:2], Mark.READ)
    library.mark(ids[1:4], Mark.BOOKMARKED)
    asked = [
        "",
        "is:unread",
        "is:read",
        "is:bookmarked",
        "is:today",
        "is:read is:bookmarked",
        "story is:unread",
        "feed:dawn",
    ]
    assert [library.count(text) for text in asked] == [6, 4, 2, 3, 1, 1, 3, 5]
    for text in asked:
        assert library.count(text) == len(library.found(text))


def test_marks_undo_and_redo_in_words(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn"), 3)
    assert library.mark(ids, Mark.READ).label == "marked 3 read"
    assert library.mark(ids, Mark.READ).count == 0
    assert library.mark(ids[:1], Mark.BOOKMARKED).label == "bookmarked 1"
    steps = [library.undo(), library.undo(), library.undo(), library.redo(), library.redo(), library.redo()]
    assert [step.label if step else None for step in steps] == [
        "1 no longer bookmarked",
        "3 unread again",
        None,
        "marked 3 read",
        "bookmarked 1",
        None,
    ]
    assert sorted(library.mark(ids, Mark.UNREAD).ids) == ids
    assert library.redo() is None


def test_another_process_undoes_what_we_did(shelf: Shelf, library: Library, tmp_path: Path) -> None:
    library.mark(shelf.stories(shelf.feed("Dawn"), 3), Mark.READ)
    before = library.data_version()
    code = "from reader.library import Library; print(Library.open().undo().label)"
    env = {"READER_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "3 unread again\n"
    assert library.data_version() != before
    assert library.counts().unread == 3


def test_removing_a_feed_and_taking_it_back(shelf: Shelf, library: Library) -> None:
    dawn = shelf.feed("Dawn")
    ids = shelf.stories(dawn, 3)
    library.mark(ids[:1], Mark.BOOKMARKED)
    assert library.remove(dawn).label == "removed Dawn"
    assert list(library.ids(ALL)) == ids[:1]
    assert [node.label for node in library.sidebar()][-1] == "Archive"
    assert list(library.ids(View(ViewKind.ARCHIVE))) == ids[:1]
    with pytest.raises(NotFound):
        library.remove(dawn)
    undone = library.undo()
    assert undone is not None
    assert undone.label == "Dawn is back"
    assert len(library.ids(View(ViewKind.FEED, feed_id=dawn))) == 3
    redone = library.redo()
    assert redone is not None
    assert redone.label == "removed Dawn"


def test_finding_a_feed(shelf: Shelf, library: Library) -> None:
    shelf.feed("Kernel Planet")
    python = shelf.feed("Planet Python")
    assert library.find_feed("python").id == python
    with pytest.raises(Ambiguous):
        library.find_feed("planet")
    with pytest.raises(NotFound):
        library.find_feed("dawn")


def test_the_next_unread_below_then_from_the_top(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn"), 6)[::-1]
    library.mark([ids[0], ids[2], ids[3], ids[5]], Mark.READ)
    assert library.next_unread(ids, -1) == 1
    assert library.next_unread(ids, 1) == 4
    assert library.next_unread(ids, 4) == 1
    assert library.next_unread(ids, 4, back=True) == 1
    assert library.next_unread(ids, 0, back=True) == 4
    library.mark(ids, Mark.READ)
    assert library.next_unread(ids, 2) is None
    assert library.next_unread([], -1) is None


def test_the_next_unread_may_be_far_away(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn"), 1500)[::-1]
    library.mark(ids, Mark.READ)
    library.mark([ids[1400]], Mark.UNREAD)
    assert library.next_unread(ids, 3) == 1400
    assert library.next_unread(ids, 1450) == 1400
    assert library.next_unread(ids, 1400) is None
    assert library.next_unread(ids, 1450, back=True) == 1400
    assert library.next_unread(ids, 3, back=True) == 1400


def test_the_next_feed_of_the_sidebar(shelf: Shelf, library: Library) -> None:
    dawn, blog = shelf.feed("Dawn", "World"), shelf.feed("Blog")
    ids = shelf.stories(dawn, 1)
    shelf.stories(blog, 1)
    first = library.next_feed(ALL)
    assert first == View(ViewKind.FEED, feed_id=dawn)
    assert library.next_feed(first) == View(ViewKind.FEED, feed_id=blog)
    library.mark(ids, Mark.READ)
    assert library.next_feed(View(ViewKind.FEED, feed_id=blog)) is None


def test_sections_of_a_directory(shelf: Shelf, library: Library) -> None:
    notes = shelf.feed("Notes", url="/home/me/notes", kind=Kind.DIRECTORY)
    shelf.stories(notes, 1)
    below = shelf.stories(notes, 2, NOON + 1, "mills/tidal")
    (node,) = [node for node in library.sidebar() if node.feed]
    assert [(child.label, child.unread) for child in node.children] == [("mills", 2)]
    assert list(library.ids(node.children[0].view)) == below[::-1]


def test_one_article(shelf: Shelf, library: Library) -> None:
    html = '<p>One, <a href="https://e.org/">two</a>.</p><p>Three.</p>'
    (each,) = shelf.put(shelf.feed("Dawn", "World"), [entry("A title", NOON, "One, two.\n\nThree.", html=html)])
    assert library.article(each).folder == ("World",)
    assert library.html(each) == html
    assert library.document(each).links == ("https://e.org/",)
    for ask in (library.article, library.html, library.document):
        with pytest.raises(NotFound):
            ask(each + 1)


def test_what_is_remembered(library: Library, tmp_path: Path) -> None:
    library.remember({"view": {"kind": "all", "at": [1, 2]}})
    library.remember({"view": {"kind": "unread", "at": [3]}})
    with Library.open(place(tmp_path)) as again:
        assert again.recall("view") == {"kind": "unread", "at": [3]}
        assert again.recall("never", 7) == 7


def test_many_threads_at_once(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn"), 200)
    failures: list[BaseException] = []

    def work(part: int) -> None:
        try:
            for each in ids[part::8]:
                library.mark([each], Mark.READ)
                library.rows(library.ids(UNREAD, 10))
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert library.counts().unread == 0


def test_a_search_can_be_stopped_from_another_thread(shelf: Shelf, library: Library) -> None:
    shelf.put(
        shelf.feed("Dawn"), [entry(f"t {number}", NOON + number, "a b c d e f g h " * 200) for number in range(400)]
    )
    stop = threading.Event()

    def stopping() -> None:
        while not stop.is_set():
            library.interrupt()
            time.sleep(0.0002)

    def searching() -> None:
        for _ in range(3000):
            library.ids(search('"a b c d e f g h a b" "b c d" "h a"'), live=True)

    thread = threading.Thread(target=stopping)
    thread.start()
    try:
        with pytest.raises(Interrupted):
            searching()
    finally:
        stop.set()
        thread.join()
    assert len(library.ids(search("a b"), live=True)) == min(400, PAGE)


def test_the_guide_is_offered_once(library: Library, shelf: Shelf) -> None:
    shelf.feed("Guide", url=GUIDE_URL)
    guide = library.find_feed(GUIDE_URL)
    assert library.open_guide() is None
    library.remove(guide.id)
    assert library.open_guide() is None


def test_a_library_with_feeds_gets_no_guide(library: Library, shelf: Shelf) -> None:
    shelf.feed("Dawn")
    assert library.open_guide() is None


def test_offers_are_few_and_real_addresses(library: Library) -> None:
    offers = library.offers()
    topics = {offer.topic for offer in offers}
    assert 3 <= len(topics) <= 6
    assert all(2 <= sum(offer.topic == topic for offer in offers) <= 5 for topic in topics)
    assert len({offer.url for offer in offers}) == len(offers)
    assert all(offer.url.startswith("https://") for offer in offers)


def test_a_short_word_that_fits_nothing_yet_does_not_empty_a_list_that_is_typed(shelf: Shelf, library: Library) -> None:
    feed = shelf.feed("Dawn")
    (shields,) = shelf.put(feed, [entry("One", NOON, "They served as human shields.")])
    (other,) = shelf.put(feed, [entry("Other", NOON + 1, "Only human.")])
    both = [other, shields]
    expected = {"human": both, "human sh": both, "human shi": both, "human shie": [shields], "human zzzz": [], "zz": []}
    for typed, found in expected.items():
        assert list(library.ids(search(typed), live=True)) == found, typed
        assert [each for chunk in library.ids_chunks(search(typed), live=True) for each in chunk] == found, typed
    assert not list(library.ids(search("human sh")))


def test_a_search_in_a_view_finds_what_both_hold(shelf: Shelf, library: Library) -> None:
    news, notes = shelf.feed("News", "Papers"), shelf.feed("Notes", kind=Kind.DIRECTORY)
    one, two, three = shelf.put(
        news, [entry("one", NOON, "common words"), entry("two", NOON + 1, "common"), entry("three", NOON + 2, "other")]
    )
    deep, flat = shelf.put(notes, [entry("four", NOON + 3, "common", section="a/b"), entry("five", NOON + 4, "common")])
    library.mark([two, flat], Mark.READ)
    library.mark([one, deep], Mark.BOOKMARKED)
    views = {
        View(ViewKind.ALL): [flat, deep, two, one],
        View(ViewKind.UNREAD): [deep, one],
        View(ViewKind.BOOKMARKS): [deep, one],
        View(ViewKind.TODAY): [],
        View(ViewKind.FEED, feed_id=news): [two, one],
        View(ViewKind.SECTION, feed_id=notes, section="a"): [deep],
        View(ViewKind.FOLDER, folder=("Papers",)): [two, one],
        View(ViewKind.FOLDER, folder=("Nowhere",)): [],
        View(ViewKind.ARCHIVE): [],
    }
    for view, expected in views.items():
        for live in (False, True):
            found = [each for part in library.ids_chunks(replace(view, query="common"), 2, live) for each in part]
            assert found == expected, view
    everything = View(ViewKind.FEED, feed_id=news, query="")
    assert list(library.ids(everything)) == [three, two, one]
    assert list(library.ids(View(ViewKind.UNREAD, query="is:read"))) == []
    assert list(library.ids(View(ViewKind.FEED, feed_id=news, query="common feed:notes"))) == []
    library.remove(news)
    assert list(library.ids(View(ViewKind.ARCHIVE, query="common"))) == [one]
    assert list(library.ids(View(ViewKind.SEARCH, query="common"))) == [flat, deep, one]


def test_the_best_come_first(shelf: Shelf, library: Library) -> None:
    feed_id = shelf.feed("News")
    in_body, in_title, often = shelf.put(
        feed_id,
        [
            entry("one", NOON, "a harbour among many other words of no importance here at all"),
            entry("harbour", NOON + 1, "many other words"),
            entry("three", NOON + 2, "harbour harbour harbour"),
        ],
    )
    assert list(library.best("harbour")) == [in_title, often, in_body]
    assert list(library.best("harbour", 1)) == [in_title]
    assert list(library.best("")) == [often, in_title, in_body]
    assert not library.best("nowhere")


def test_a_list_goes_on_behind_an_article(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn", "World"), 5)[::-1]
    assert list(library.ids(ALL, 2, after=ids[1])) == ids[2:4]
    assert list(library.ids(ALL, after=ids[4])) == []
    assert library.newest() == max(ids)


def test_the_numbers_of_a_tree_are_read_anew(shelf: Shelf, library: Library) -> None:
    ids = shelf.stories(shelf.feed("Dawn", "World"), 3)
    shelf.stories(shelf.feed("Dusk"), 2)
    before = library.sidebar()
    library.mark(ids[:2], Mark.READ)
    assert library.renumbered(before) == tuple(
        replace(new, feed=old.feed, children=renewed.children)
        for new, old, renewed in zip(library.sidebar(), before, library.renumbered(before), strict=True)
    )
    assert [(node.unread, node.total) for node in library.renumbered(before)] == [
        (node.unread, node.total) for node in library.sidebar()
    ]


def test_the_best_of_a_view_comes_first(shelf: Shelf, library: Library) -> None:
    dawn, dusk = shelf.feed("Dawn"), shelf.feed("Dusk")
    (named,) = shelf.put(dawn, [entry("Ferries", NOON - HOUR, "Boats.")])
    (told,) = shelf.put(dawn, [entry("Boats", NOON, "Some ferries, and much else.")])
    shelf.put(dusk, [entry("Ferries", NOON, "Ferries.")])
    view = View(ViewKind.FEED, dawn, query="ferries")
    assert list(library.best_in(view)) == [named, told]
    assert list(library.best_in(replace(view, query="ferr"), live=True)) == [named, told]
    assert list(library.ids(view)) == [told, named]
