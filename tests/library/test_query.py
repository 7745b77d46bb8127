"""The query language: what is understood, and how a mistake is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.find import Term as Wanted
from reader.errors import BadQuery
from reader.library import query
from reader.model import Feed, Health, HealthState, Kind
from reader.store.plan import SearchPlan, Term

MIDNIGHT = 1_700_000_000


def feed(number: int, title: str) -> Feed:
    url = f"https://example.org/{number}"
    return Feed(number, url, Kind.FEED, title, (), None, 0, 0, Health(HealthState.OK), None)


FEEDS = (feed(1, "LWN.net"), feed(2, "Kernel Planet"), feed(3, "Planet Python"), feed(4, "Émile’s Notes"))


def plan(text: str, live: bool = False) -> SearchPlan:
    return query.plan(query.parse(text, live), FEEDS, MIDNIGHT)


def words(text: str, live: bool = False) -> list[tuple[str, bool]]:
    return [(" ".join(term.words), term.prefix) for term in query.parse(text, live).terms]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("raqa hospital", [("raqa", False), ("hospital", False)]),
        ('"human shields"', [("human shields", False)]),
        ("“human  shields” now", [("human shields", False), ("now", False)]),
        ("coal*", [("coal", True)]),
        ('"human shi"*', [("human shi", True)]),
        ('a"b c"d', [("a", False), ("b c", False), ("d", False)]),
        (
            "12:30 raqa-hospital don't AND",
            [("12:30", False), ("raqa-hospital", False), ("don't", False), ("AND", False)],
        ),
        ("AT & T — now", [("AT", False), ("T", False), ("now", False)]),
        ("東京 raqá", [("東京", False), ("raqá", False)]),
        ('"is:unread" "http://x"', [("is:unread", False), ("http://x", False)]),
        ("f(x)", [("f(x)", False)]),
        ("  ", []),
        ('a ""', [("a", False)]),
    ],
)
def test_words_phrases_and_prefixes(text: str, found: list[tuple[str, bool]]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("coal title:x", 5, '"title:" is no field'),
        ("http://example.org", 0, "put it in quotes"),
        ("  Größe:9", 2, '"größe:" is no field'),
        ('a "human shields', 2, "quote is not closed"),
        ("a OR b", 2, "OR is not understood yet"),
        ("NOT b", 0, "NOT is not understood yet"),
        ("a -b", 2, "not understood yet"),
        ("(a b)", 0, "arentheses"),
        ("a b)", 2, "arentheses"),
        ("*", 0, "start of a word"),
        ("a *", 2, "start of a word"),
        ("a b*c", 3, "end of a word only"),
        ("b**", 1, "end of a word only"),
        ("is:", 3, "unread, read, bookmarked, today"),
        ("a is:new", 5, 'not "new"'),
        ("feed:", 5, "needs the name"),
        ('feed:""', 5, "needs the name"),
        ('feed:"a', 5, "quote is not closed"),
        ("& —", 0, "letter or a digit"),
        ("a " * 65, 128, "64 words at most"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, position: int, said: str) -> None:
    with pytest.raises(BadQuery) as caught:
        query.parse(text)
    assert caught.value.position == position
    assert said in str(caught.value)
    assert f"at character {position + 1} of:" in str(caught.value)
    assert query.highlights(text) == ()


def test_states_become_filters() -> None:
    assert plan("is:unread") == SearchPlan(is_read=False)
    assert plan("IS:Read is:bookmarked") == SearchPlan(is_read=True, is_bookmarked=True)
    assert plan("is:today coal") == SearchPlan((Term(("coal",)),), since=MIDNIGHT)
    assert plan("is:read is:unread").feed_ids == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("feed:lwn", (1,)),
        ("feed:3", (3,)),
        ("feed:https://example.org/2", (2,)),
        ('feed:"planet python"', (3,)),
        ("feed:planet", (2, 3)),
        ("feed:planet feed:kernel", (2,)),
        ("feed:emile", (4,)),
        ('feed:"emile’s notes" raqa', (4,)),
    ],
)
def test_feeds_by_id_address_title_or_any_part_of_it(text: str, ids: tuple[int, ...]) -> None:
    assert plan(text).feed_ids == ids


def test_a_feed_that_is_not_there_is_a_mistake_with_its_place() -> None:
    with pytest.raises(BadQuery) as caught:
        plan("coal feed:Dawn")
    assert caught.value.position == 10


def test_the_last_word_goes_on_while_it_is_typed() -> None:
    assert plan("raqa hos", live=True).last_is_prefix
    assert plan('raqa "human shi', live=True).last_is_prefix
    assert plan("raqa O", live=True).last_is_prefix
    assert plan("raqa OR", live=True).terms[-1].words == ("OR",)
    assert not plan("raqa hos ", live=True).last_is_prefix
    assert not plan("raqa hos*", live=True).last_is_prefix
    assert not plan("raqa is:read", live=True).last_is_prefix
    assert not plan('"human shields"', live=True).last_is_prefix
    assert not plan("raqa &", live=True).last_is_prefix
    assert not plan("raqa hos").last_is_prefix


def test_what_to_highlight() -> None:
    assert query.highlights('raqa "human shi', live=True) == (Wanted(("raqa",)), Wanted(("human", "shi"), prefix=True))
    assert query.highlights("coal* is:read feed:x") == (Wanted(("coal",), prefix=True),)


fragments = st.sampled_from(
    ['"', "*", "is:", "feed:", "unread", " ", "(", ")", "-", "OR", "x:", "é", "東", "“", "\x00", "\ud800"]
)
texts = st.lists(fragments | st.text(max_size=4), max_size=12).map("".join)


def understood(text: str, live: bool) -> query.Query | BadQuery:
    try:
        return query.parse(text, live)
    except BadQuery as mistake:
        return mistake


@given(texts, st.booleans())
def test_any_text_is_understood_or_explained(text: str, live: bool) -> None:
    found = understood(text, live)
    if isinstance(found, BadQuery):
        assert 0 <= found.position <= len(text)
        return
    assert found.everything == (not text.strip())
    for term in found.terms:
        assert all(word and not word.isspace() and "\x00" not in word for word in term.words)
    assert not found.typing or (live and found.terms and not found.terms[-1].prefix)


@given(st.lists(st.text("abcdé東1", min_size=1, max_size=6), min_size=1, max_size=6))
def test_plain_words_are_found_as_they_are(plain: list[str]) -> None:
    assert words(" ".join(plain)) == [(word, False) for word in plain]
    assert words(f'"{" ".join(plain)}"') == [(" ".join(plain), False)]
