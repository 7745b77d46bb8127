"""What a document's entries mean for what we have: pure decisions, one rule after the other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Enclosure, Entry
from reader.store.records import Known, KnownArticle
from reader.worker.ingest import Decision, decide, entry_hash, measure, text_hash, words

NOW = 1_700_000_000
LONG = "A text that is long enough to tell this article from any other that the same publisher may ever have written. "


def entry(guid: str = "1", **what: object) -> Entry:
    text = what.get("text", f"{LONG}{guid}")
    given = {"title": f"Title {guid}", "html": f"<p>{text}</p>", "text": text, "link": f"http://e.org/{guid}"}
    return Entry(guid, **{**given, **what})  # type: ignore[arg-type]


def known(*entries: Entry, tombstones: tuple[str, ...] = ()) -> Known:
    """What the library has once these entries were stored, with ids from 1 on."""
    articles = [
        KnownArticle(number, each.guid, entry_hash(each), text_hash(each.text), each.title, each.link)
        for number, each in enumerate(entries, 1)
    ]
    by_text: dict[int, tuple[KnownArticle, ...]] = {}
    for article in articles:
        by_text[article.text_hash] = (article, *by_text.get(article.text_hash, ()))
    return Known({article.guid: article for article in articles}, by_text, frozenset(tombstones))


def decided(
    before: Known, *entries: Entry, last_check: int | None = None, moved: dict[str, str] | None = None
) -> Decision:
    return decide(before, measure(entries, NOW, last_check), frozenset(each.guid for each in entries), moved)


def test_what_is_not_known_is_new_and_what_is_known_is_seen() -> None:
    done = decided(known(entry("1")), entry("1"), entry("2"))
    assert [each.entry.guid for each in done.new] == ["2"]
    assert (done.seen, done.changed) == (1, ())


def test_an_empty_document_changes_nothing() -> None:
    assert decided(known(entry("1"))) == Decision()


def test_dates_alone_change_nothing() -> None:
    again = replace(entry("1"), published=NOW - 5, updated=NOW, mtime=7)
    assert decided(known(entry("1")), again).seen == 1


def test_a_new_text_changes_the_article_and_a_new_link_does_not_rewrite_it() -> None:
    text = decided(known(entry("1")), entry("1", text="another"))
    assert ([each.id for each in text.changed], text.rewritten) == ([1], 1)
    link = decided(known(entry("1")), entry("1", link="https://e.org/1"))
    assert ([each.id for each in link.changed], link.rewritten) == ([1], 0)


def test_a_guid_that_changes_while_title_or_link_and_text_stay() -> None:
    for other in ({"title": "Title 1"}, {"link": "http://e.org/1"}):
        renamed = entry("9", text=f"{LONG}1", **other)
        done = decided(known(entry("1")), renamed)
        assert [(each.id, each.entry.guid) for each in done.changed] == [(1, "9")]
        assert done.rewritten == ("link" in other)


def test_not_while_the_old_guid_is_still_there() -> None:
    done = decided(known(entry("1")), entry("1"), entry("9", text=f"{LONG}1", title="Title 1"))
    assert [each.entry.guid for each in done.new] == ["9"]


def test_a_short_text_proves_nothing_by_itself() -> None:
    before = known(entry("1", text="Comments"))
    assert decided(before, entry("9", text="Comments", link="http://e.org/1")).new
    assert decided(before, entry("9", text="Comments", title="Title 1")).new
    assert not decided(before, entry("9", text="Comments", title="Title 1", link="http://e.org/1")).new


def test_what_agrees_in_all_but_the_guid_is_the_same() -> None:
    post = entry("1", text="A short post", title=None)
    assert not decided(known(post), replace(post, guid="https://e.org/1")).new
    bare = entry("1", title=None, link=None)
    assert not decided(known(bare), replace(bare, guid="2")).new
    picture = entry("1", text="", title="Daily picture", link="http://e.org/")
    tomorrow = replace(picture, guid="2", enclosures=(Enclosure("http://e.org/2.jpg"),))
    assert decided(known(picture), tomorrow).new


def test_one_article_is_claimed_once() -> None:
    twins = [entry(guid, text=f"{LONG}1", title="Title 1") for guid in "89"]
    done = decided(known(entry("1")), *twins)
    assert (len(done.changed), len(done.new)) == (1, 1)


def test_what_was_removed_here_stays_away() -> None:
    done = decided(known(tombstones=("1",)), entry("1"), entry("2"))
    assert ([each.entry.guid for each in done.new], done.returned) == (["2"], 1)


def test_a_moved_file_keeps_its_article_however_short_it_is() -> None:
    before = known(entry("a.txt", text="Hi", title=None, link=None))
    moved = entry("b/a.txt", text="Hi", title=None, link=None, section="b")
    done = decided(before, moved, moved={"b/a.txt": "a.txt"})
    assert [(each.id, each.entry.guid) for each in done.changed] == [(1, "b/a.txt")]
    assert done.rewritten == 0


def test_of_two_copies_of_a_moved_file_one_is_the_article_and_none_is_lost() -> None:
    before = known(entry("a.txt", link=None))
    copies = [entry(guid, text=f"{LONG}a.txt", title="Title a.txt", link=None) for guid in ("b.txt", "c.txt")]
    for moved_to in ("b.txt", "c.txt"):
        done = decided(before, *copies, moved={moved_to: "a.txt"})
        assert (len(done.changed), len(done.new)) == (1, 1)
        assert {done.changed[0].entry.guid, done.new[0].entry.guid} == {"b.txt", "c.txt"}


def test_places_in_lists_on_the_first_check_and_later() -> None:
    def places(last_check: int | None, *entries: Entry) -> list[tuple[str, int]]:
        return [(each.entry.guid, each.sort_at - NOW) for each in decided(Known(), *entries, last_check=last_check).new]

    some = [entry("new", published=NOW - 10), entry("old", published=NOW - 9999), entry("soon", published=NOW + 500)]
    undated, file = entry("undated"), entry("file", mtime=NOW - 20)
    assert places(None, *some, undated, file) == [
        ("old", -9999),
        ("file", -20),
        ("new", -10),
        ("undated", 0),
        ("soon", 0),
    ]
    assert places(NOW - 100, *some, file) == [("old", -100), ("file", -20), ("new", -10), ("soon", 0)]
    assert places(None, entry("epoch", published=0)) == [("epoch", -NOW)]


def test_the_first_of_a_document_is_the_newest_among_equals() -> None:
    done = decided(Known(), *(entry(guid) for guid in "123"))
    assert [each.entry.guid for each in done.new] == ["3", "2", "1"]


def test_words_in_any_script() -> None:
    assert words("It's  two\nlines - and 7 words.") == 7
    assert words("Ça n’est pas trois-mots") == 4
    assert words("東京タワー") == 5
    assert words("") == 0


entries = st.lists(
    st.builds(
        Entry,
        guid=st.sampled_from("abcdef"),
        title=st.sampled_from([None, "t", "u"]),
        html=st.just(""),
        text=st.sampled_from(["", "short", LONG, LONG + "2"]),
        link=st.sampled_from([None, "http://e.org/1", "http://e.org/2"]),
        published=st.none() | st.integers(-(10**12), 10**12),
    ),
    unique_by=lambda each: each.guid,
)


@given(entries, entries, st.none() | st.integers(0, NOW))
def test_nothing_is_lost_and_nothing_twice(before: list[Entry], after: list[Entry], last_check: int | None) -> None:
    done = decided(known(*before), *after, last_check=last_check)
    assert len(done.new) + len(done.changed) + done.seen + done.returned == len(after)
    assert len({each.id for each in done.changed}) == len(done.changed)
    assert all(each.sort_at <= NOW for each in done.new)
    places = [each.sort_at for each in done.new]
    assert places == sorted(places)


@given(entries)
def test_the_same_document_again_changes_nothing(document: list[Entry]) -> None:
    done = decided(known(*document), *document, last_check=NOW)
    assert done.seen == len(document)
