"""Whether the link is slow, from what fetches took."""

from pathlib import Path

import pytest

from reader.library.album import Hoard
from reader.library.link import is_slow
from reader.library.room import Library
from tests.library_maker import place

Fetches = list[tuple[int, int, int]]

CASES: dict[str, tuple[Fetches, bool]] = {
    "nothing is known": ([], False),
    "one quick document": ([(0, 100_000, 200)], False),
    "one slow document": ([(0, 100_000, 9_000)], True),
    "a slow server among others": ([(0, 100_000, 9_000), (9, 50_000, 300)], False),
    "many at once, slow each but quick together": ([(7, 20_000, 4_000)] * 50, False),
    "many one after the other, slow all": ([(at, 20_000, 4_000) for at in range(50)], True),
    "small ones tell nothing of the rate": ([(at, 2_000, 400) for at in range(50)], False),
    "nobody answers soon": ([(at, 0, 2_000 + at) for at in range(5)], True),
    "two late answers are too few": ([(0, 0, 3_000), (1, 0, 3_000)], False),
    "unchanged, quick": ([(at, 0, 80) for at in range(20)], False),
}


@pytest.mark.parametrize("name", CASES)
def test_the_best_fetch_counts(name: str) -> None:
    fetches, slow = CASES[name]
    assert is_slow(fetches) is slow


def test_a_library_without_fetches_has_no_slow_link(tmp_path: Path) -> None:
    with Library.open(place(tmp_path)) as library:
        hoard = library.pictures(["https://a.example/x.png", "data:image/png;base64,AAAA"])
        assert hoard == Hoard({}, ("https://a.example/x.png",), is_slow=False)
