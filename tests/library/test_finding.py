"""Which feed a few words mean."""

import pytest

from reader.errors import Ambiguous, NotFound
from reader.library.finding import find
from reader.model import Feed, Health, HealthState, Kind


def feed(number: int, title: str, url: str = "") -> Feed:
    return Feed(
        number, url or f"https://e.org/{number}", Kind.FEED, title, (), None, 0, 0, Health(HealthState.OK), None
    )


FEEDS = [
    feed(1, "12"),
    feed(2, "Planet"),
    feed(3, "Planet Python"),
    feed(12, "LWN.net"),
    feed(13, "planet"),
    feed(14, "Île"),
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("https://e.org/3", 3),
        ("Planet", 2),
        ("planet", 13),
        ("PLANET P", 3),
        (" lwn ", 12),
        ("ile", 14),
    ],
)
def test_id_then_address_then_title_then_a_part_of_it(text: str, number: int) -> None:
    assert find(FEEDS, text).id == number


def test_several_are_named() -> None:
    with pytest.raises(Ambiguous) as caught:
        find(FEEDS, "plane")
    assert caught.value.candidates == ((2, "Planet"), (3, "Planet Python"), (13, "planet"))
    assert "3 Planet Python" in str(caught.value)


def test_very_many_are_counted() -> None:
    with pytest.raises(Ambiguous) as caught:
        find([feed(number, f"blog {number}") for number in range(1, 40)], "blog")
    assert "and 31 more" in str(caught.value)


def test_none_fits() -> None:
    with pytest.raises(NotFound, match="is it 3 Planet Python"):
        find(FEEDS, "planet pyhton")
    with pytest.raises(NotFound, match="reader feeds"):
        find(FEEDS, "zzz")
    with pytest.raises(NotFound, match="no feed is followed"):
        find([], "zzz")
    with pytest.raises(NotFound):
        find(FEEDS, "")
