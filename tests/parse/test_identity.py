"""Who is who within one document."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Entry
from reader.parse.identity import assign, publisher_id


def entry(guid: str = "", link: str | None = None, title: str | None = None, html: str = "") -> Entry:
    return Entry(guid=guid, title=title, html=html, text=html, link=link)


def guids(*entries: Entry) -> list[str]:
    return [one.guid for one in assign(entries)]


def test_the_publishers_id_goes_before_the_link_and_the_link_before_the_text() -> None:
    found = guids(
        entry("id", "https://example.org/1"), entry("", "https://example.org/2"), entry("", None, "T", "text")
    )
    assert found[:2] == ["id", "https://example.org/2"]
    assert found[2].startswith("hash:")
    assert guids(entry("", None, "T", "text")) == found[2:]
    assert guids(entry("", None, "T", "other")) != found[2:]


def test_exact_copies_fold() -> None:
    assert guids(entry("id", "l", "T", "x"), entry("b"), entry("id", "l", "T", "x")) == ["id", "b"]
    assert guids(entry("", None, "T", "x"), entry("", None, "T", "x")) == guids(entry("", None, "T", "x"))


def test_different_entries_under_one_id_are_all_kept() -> None:
    found = guids(entry("id", "1", "A"), entry("id", "2", "A"), entry("id", "2", "B"), entry("id", "2", "B", "text"))
    assert len(set(found)) == 4
    assert all(guid.startswith("id#") for guid in found)


def test_a_new_entry_on_top_and_an_old_one_gone_change_no_other_guid() -> None:
    old = [entry("id", str(number), f"Title {number}") for number in range(5)]
    before = guids(*old)
    assert guids(entry("id", "new", "New"), *old)[1:] == before
    assert guids(*old[:3]) == before[:3]
    assert guids(*reversed(old)) == before[::-1]


def test_the_entry_whose_link_is_the_id_keeps_it() -> None:
    page = "https://example.org/page"
    mine, other = entry(page, page, "A"), entry(page, "https://example.org/other", "B")
    assert guids(mine, other)[0] == page
    assert guids(other, mine)[1] == page
    assert page not in guids(mine, other, entry(page, page, "C"))


def test_ids_of_any_type_become_short_lines() -> None:
    assert publisher_id(17) == "17"
    assert publisher_id(1.5) == "1.5"
    assert publisher_id(" a\n b ") == "a b"
    assert publisher_id(None) == publisher_id(["x"]) == publisher_id(True) == ""
    long, other = publisher_id("x" * 5000 + "a"), publisher_id("x" * 5000 + "b")
    assert len(long) < 1000
    assert long != other


@given(
    st.lists(
        st.builds(entry, st.sampled_from("ab "), st.sampled_from("lm"), st.sampled_from("TU"), st.sampled_from("xy"))
    )
)
def test_guids_are_unique_and_nothing_is_lost(entries: list[Entry]) -> None:
    found = assign(entries)
    assert len({one.guid for one in found}) == len(found)
    assert {(one.link, one.title, one.html) for one in found} == {(one.link, one.title, one.html) for one in entries}
    assert [one.guid for one in assign(entries + entries)] == [one.guid for one in found]
