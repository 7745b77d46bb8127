"""Addresses as feeds write them."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.parse import addresses

BASE = "https://example.org/blog/"
PIECES = (
    "a",
    "b",
    "[",
    "]",
    "[::1]",
    ":",
    "80",
    "99999",
    "@",
    "#",
    "?",
    "/",
    "\\",
    "%",
    "℀",
    "／",
    "é",
    " ",
    "http://",
)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org?x=[1]",
        "https://example.org#[x]",
        "https://example.org/a[b]@c",
        "http://name@example.org/",
        "http://[::1]:80/x",
    ],
)
def test_whole_ones_stay_as_they_are(address: str) -> None:
    assert addresses.absolute(address, BASE) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://a[b]/",
        "https://a:b@[x/",
        "https://a[b]@x/",
        "http://[x/#y",
        "http://a]b/#",
        "http://℀/#a",
        "//[",
        "http://@",
    ],
)
def test_what_has_no_host_that_can_be_told_is_none(address: str) -> None:
    assert addresses.absolute(address, BASE) is None
    assert not addresses.is_plain(address)


@given(st.sampled_from(("http://", "https://", "//", "")), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
@example("http://", "a[b]/")
def test_what_is_kept_can_be_split(scheme: str, rest: str) -> None:
    found = addresses.absolute(scheme + rest, BASE)
    assert found is None or urlsplit(found).hostname
