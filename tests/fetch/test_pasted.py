"""Addresses as people paste them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch.pasted import plain
from reader.fetch.target import Local, Remote, read

URL = "https://example.org/feed"


@pytest.mark.parametrize(
    ("words", "url"),
    [
        (f"<{URL}>", URL),
        (f"  {URL}\n", URL),
        (f"{URL}.", URL),
        (f"{URL}),", URL),
        (f'"{URL}"', URL),
        (f"“{URL}”", URL),
        (f"`{URL}`", URL),
        (f"({URL})", URL),
        (f"[a feed]({URL})", URL),
        (f'![]( <{URL}> "title" )', URL),
        (f'<a class="x" href="{URL}?a=1&amp;b=2">feed</a>', f"{URL}?a=1&b=2"),
        (f"Look at {URL}, it is good", URL),
        (f"My feed: {URL}", URL),
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
        ("[A](https://en.wikipedia.org/wiki/A_(b))", "https://en.wikipedia.org/wiki/A_(b)"),
        ("feed:https://example.org/feed", URL),
        ("FEED:HTTPS://example.org/feed", "https://example.org/feed"),
        ("feed://example.org/feed", "http://example.org/feed"),
        ("pcast://example.org/feed", "http://example.org/feed"),
        ("podcast:https://example.org/feed", URL),
        ("itpc://example.org/feed", "http://example.org/feed"),
        ("www.example.org", "https://www.example.org/"),
        ("www.example.org/blog,", "https://www.example.org/blog"),
        ("example.org!", "https://example.org/"),
        (f"{URL}?utm_source=x&id=3&fbclid=y#utm_medium=z", f"{URL}?id=3"),
        ("https://www.google.com/amp/s/example.org/feed", URL),
        ("@alice@social.example", "https://social.example/@alice"),
        ("acct:alice@social.example", "https://social.example/@alice"),
        ("!linux@lemmy.example", "https://lemmy.example/c/linux"),
        ("r/python", "https://www.reddit.com/r/python"),
        ("/r/python+rust/", "https://www.reddit.com/r/python+rust"),
        ("u/some_one", "https://www.reddit.com/user/some_one"),
    ],
)
def test_what_is_pasted_is_understood(words: str, url: str) -> None:
    assert read(words) == Remote(url)


@pytest.mark.parametrize(
    "words", ["some words", "word", "./x.", "nothing.txt", "feed:", "alice@example.org", "~/r/python"]
)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert plain(words) == words


def test_what_exists_is_a_path_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "python").touch()
    assert read("r/python") == Local(tmp_path.resolve() / "r" / "python")


@pytest.mark.parametrize("sign", ["<a ", "[", "[x](", "(", "feed:", "https://", "@a", "<", '"', "\\", "&amp;"])
def test_much_of_anything_takes_no_time(sign: str) -> None:
    plain(sign * 20_000)
    plain(sign * 20_000 + "x)")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_words_come_through(words: str) -> None:
    plain(words)
