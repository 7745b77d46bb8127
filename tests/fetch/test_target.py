"""What a person means by the words that they add."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import BadTarget
from reader.fetch.target import Local, Remote, read


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        (" HTTP://Example.org ", "http://Example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("example.org", "https://example.org/"),
        ("blog.example.co.uk/feed?x=1", "https://blog.example.co.uk/feed?x=1"),
        ("example.org:8080/feed", "https://example.org:8080/feed"),
        ("localhost:8000/x.xml", "http://localhost:8000/x.xml"),
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("bücher.example/ä", "https://bücher.example/ä"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://user:secret@example.org/", "http://user:secret@example.org/"),
    ],
)
def test_addresses(words: str, url: str) -> None:
    assert read(words) == Remote(url)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "An empty address"),
        ("ftp://example.org/x", "not ftp"),
        ("javascript:alert(1)", "not javascript"),
        ("https://", "is no address"),
        ("http://exa mple/", "is no address"),
        ("http://example.org:99999/", "is no address"),
        ("./nothing.txt", "there is no such file or directory"),
        ("nothing.txt", "there is no such file or directory"),
        ("some words", "is no address and no file"),
        ("word", "is no address and no file"),
        ("file:///no/such/file", "there is no such file or directory"),
        ("file://℀", "is no address of a file"),
        ("file://[x]", "is no address of a file"),
        ("file:///%00", "there is no such file or directory"),
        ("file://elsewhere/etc/passwd", "on another computer"),
        ("file://[x/feed.xml", "is no address of a file"),
        ("file://a[b]/", "is no address of a file"),
        ("a\0b", "no address and no path"),
    ],
)
def test_what_cannot_be_added(words: str, said: str) -> None:
    with pytest.raises(BadTarget) as error:
        read(words)
    assert said in error.value.message


def test_paths_are_absolute_and_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "notes.txt").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    place = Local(tmp_path.resolve() / "real" / "notes.txt")
    for words in ("real/notes.txt", "./link/notes.txt", "~/real/notes.txt", (tmp_path / "link" / "notes.txt").as_uri()):
        assert read(words) == place
    assert read("real") == Local(tmp_path.resolve() / "real")


def test_what_exists_is_a_path_even_if_it_looks_like_a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "example.org").mkdir()
    assert read("example.org") == Local(tmp_path.resolve() / "example.org")


@given(st.text(max_size=60))
def test_any_words_are_a_target_or_a_clear_no(words: str) -> None:
    try:
        found = read(words)
    except BadTarget:
        return
    assert isinstance(found, Local) or found.url.startswith(("http://", "https://"))
