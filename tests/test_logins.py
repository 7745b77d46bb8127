"""Logins are taken out of addresses and kept where only their owner can read them."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.logins import Login, Logins, hidden, split, without


@pytest.mark.parametrize(
    ("url", "bare", "login"),
    [
        ("https://example.org/feed", "https://example.org/feed", None),
        ("https://ann:hush@example.org/feed", "https://example.org/feed", Login("ann", "hush")),
        ("https://ann@example.org/", "https://example.org/", Login("ann", "")),
        ("https://a%40b:c%3Ad@example.org/", "https://example.org/", Login("a@b", "c:d")),
        ("https://a@b:c@example.org/", "https://example.org/", Login("a@b", "c")),
        ("http://@example.org/", "http://example.org/", None),
        ("https://example.org/@ann", "https://example.org/@ann", None),
        ("https://example.org?x=a:b@c", "https://example.org?x=a:b@c", None),
        ("/home/ann@work/feed.xml", "/home/ann@work/feed.xml", None),
    ],
)
def test_an_address_and_its_login(url: str, bare: str, login: Login | None) -> None:
    assert split(url) == (bare, login)
    assert without(url) == bare


@given(st.text(max_size=40))
def test_nothing_is_left_of_a_login(text: str) -> None:
    assert without(without(f"https://{text}")) == without(f"https://{text}")


@pytest.mark.parametrize(
    "text",
    [
        "http://ann:hush@exa mple/ is no address",
        "ann:hush@example.org/feed",
        "feed://ann:hush@example.org",
        "x //hush@y",
    ],
)
def test_what_is_shown_has_no_login(text: str) -> None:
    assert "hush" not in hidden(text)


def test_a_login_is_never_printed() -> None:
    assert "hush" not in repr(Login("ann", "hush"))


def test_logins_are_kept_one_by_one(tmp_path: Path) -> None:
    logins = Logins(tmp_path / "logins")
    assert logins.find("https://example.org/") is None
    assert logins.take_out("https://ann:hush@example.org/") == "https://example.org/"
    assert logins.take_out("https://other.example/") == "https://other.example/"
    assert Logins(tmp_path / "logins").find("https://example.org/") == Login("ann", "hush")
    assert logins.find("https://example.org/other") is None
    logins.drop("https://example.org/")
    logins.drop("https://example.org/")
    assert logins.find("https://example.org/") is None


@pytest.mark.skipif(os.name != "posix", reason="the modes of files are those of POSIX")
def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        logins = Logins(tmp_path / "logins")
        logins.keep("https://example.org/", Login("ann", "hush"))
        logins.keep("https://example.org/", Login("ann", "new"))
    finally:
        os.umask(before)
    (file,) = (tmp_path / "logins").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "logins").stat().st_mode) == 0o700
    assert logins.find("https://example.org/") == Login("ann", "new")


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"address": "x", "user": "a", "password": "b"}'])
def test_a_damaged_file_is_no_login(tmp_path: Path, data: bytes) -> None:
    logins = Logins(tmp_path)
    logins.keep("https://example.org/", Login("ann", "hush"))
    next(tmp_path.iterdir()).write_bytes(data)
    assert logins.find("https://example.org/") is None
