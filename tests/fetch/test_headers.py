"""What headers say about when to come back."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch import headers

NOW = 1_700_000_000


def date(moment: int) -> str:
    return formatdate(moment, usegmt=True)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120),
        (date(NOW + 300), 300),
        (date(NOW - 300), None),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 400, headers.LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", headers.LONGEST_WAIT),
        ("Mon, 99 Foo 2024 99:99:99 GMT", None),
        ("²", None),
    ],
)
def test_retry_after(value: str, wait: int | None) -> None:
    found = headers.retry_at({"retry-after": value}, NOW)
    assert found == (None if wait is None else NOW + wait)


@pytest.mark.parametrize(
    ("said", "fresh"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'private, Max-Age="60"'}, 60),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=60", "expires": date(NOW + 9999)}, 60),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": date(NOW + 900), "date": date(NOW)}, 900),
        ({"expires": date(NOW + 900), "date": date(NOW + 600)}, 300),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({}, None),
    ],
)
def test_freshness(said: dict[str, str], fresh: int | None) -> None:
    assert headers.fresh_until(said, NOW) == (None if fresh is None else NOW + fresh)


@given(
    st.dictionaries(st.sampled_from(["retry-after", "cache-control", "expires", "age", "date"]), st.text(max_size=40))
)
def test_any_header_gives_a_moment_or_none(said: dict[str, str]) -> None:
    for found in (headers.retry_at(said, NOW), headers.fresh_until(said, NOW)):
        assert found is None or NOW <= found <= NOW + headers.LONGEST_WAIT


@given(st.lists(st.binary(max_size=60)))
def test_any_lines_are_read(lines: list[bytes]) -> None:
    assert all(name == name.lower() for name in headers.read(lines))


def test_values_that_are_nothing_to_send_back_are_left_out() -> None:
    lines = [b'ETag: "a\rX-Evil: 1"\r\n', b"Last-Modified: " + b"x" * 5000, b"Content-Type: text/xml\r\n", b"no colon"]
    assert headers.read(lines) == {"content-type": "text/xml"}
    assert (
        headers.read([b"Cache-Control: private", b"cache-control: max-age=5"])["cache-control"] == "private, max-age=5"
    )
