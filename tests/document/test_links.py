"""Addresses as people see them and as other programs get them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.links import for_program, host, is_safe, is_whole, shown
from tests.safety.checker import faults

SIGNS = st.sampled_from(
    "htps:/\\@.-#?&=%20$(`'\"<>{}|^;!*[]~ \t\n\x00\x1b\x9b\u202e\u200b\u200d\ufe0f\u0301аеé"
    "日／。ｅ\U000e0041\ud800:8081"
)
ADDRESSES = st.one_of(
    st.text(SIGNS),
    st.builds(
        "{}:{}".format,
        st.sampled_from(["http", "https", "HTTPS", "mailto", "gemini", "magnet", "file"]),
        st.text(SIGNS),
    ),
    st.builds("https://{}{}".format, st.text(SIGNS), st.text()),
)


@pytest.mark.parametrize(
    ("address", "told", "seen", "at"),
    [
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f", "a.example"),
        ("https://bank.com@evil.example/", "https://evil.example/", "https://evil.example/", "evil.example"),
        (
            "https://bank.com%2f:x@evil.example:8/",
            "https://evil.example:8/",
            "https://evil.example:8/",
            "evil.example:8",
        ),
        ("https://good.example\\@evil.example/", "https://good.example/@evil.example/", None, "good.example"),
        ("https:evil.example", "https://evil.example", None, "evil.example"),
        ("HTTPS:///evil.example/", "https://evil.example/", None, "evil.example"),
        ("https://%65vil.example/", "https://evil.example/", None, "evil.example"),
        ("https://evil.example\u3002com\t/", "https://evil.example.com/", None, "evil.example.com"),
        ("https://ｅｖｉｌ.example/", "https://evil.example/", None, "evil.example"),
        ("https://p\u0430ypal.com/", "https://xn--pypal-4ve.com/", "https://xn--pypal-4ve.com/", "xn--pypal-4ve.com"),
        (
            "https://\u0430\u0440\u0440\u04cf\u0435.com/",
            "https://xn--80ak6aa92e.com/",
            "https://\u0430\u0440\u0440\u04cf\u0435.com/ (xn--80ak6aa92e.com)",
            "\u0430\u0440\u0440\u04cf\u0435.com (xn--80ak6aa92e.com)",
        ),
        (
            "https://faß.de/ß",
            "https://xn--fa-hia.de/%C3%9F",
            "https://faß.de/ß (xn--fa-hia.de)",
            "faß.de (xn--fa-hia.de)",
        ),
        ("https://a.example/x y\x1b[2J", "https://a.example/x%20y%1B[2J", "https://a.example/x%20y%1B[2J", "a.example"),
        ("https://a.example/$(id)`x`'|<", "https://a.example/%24(id)%60x%60%27%7C%3C", None, "a.example"),
        ("mailto:a@b.example?attach=/etc/passwd&subject=x", "mailto:a@b.example?subject=x", None, "a@b.example"),
        ("magnet:?xt=urn:btih:abc&dn=a b", "magnet:?xt=urn:btih:abc&dn=a%20b", None, "magnet"),
        ("#note", "", "#note", "this article"),
        ("-headless", "", "-headless", ""),
        ("--help:x", "", "--help:x", ""),
    ],
)
def test_what_is_seen_is_what_is_opened(address: str, told: str, seen: str | None, at: str) -> None:
    assert for_program(address) == told
    assert shown(address) == (seen or told or address) or seen is None
    assert host(address) == at


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "ftp://a.example/", "tel:112", "//a.example/", "/etc/passwd", "http://", "https://[", "https://a.example:999999/",
        "https://evil.example%2f@bank.com%2f", "https://bank.com／evil.example/", "https://a%00b.example/", "-x", "",
    ],
)  # fmt: skip
def test_what_is_not_opened_unasked(address: str) -> None:
    assert not is_safe(address)


@given(ADDRESSES)
def test_a_program_gets_one_word_that_is_no_option_and_no_command(address: str) -> None:
    word = for_program(address)
    assert word == "" or re.fullmatch(r"[a-z][a-z0-9+.-]*:[!#%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~$]*", word)
    assert "$(" not in word
    if is_safe(address):
        assert word


@given(ADDRESSES)
def test_the_host_that_is_seen_is_the_one_that_is_asked(address: str) -> None:
    assert not faults(shown(address))
    assert not faults(host(address))
    if is_safe(address) and address[:4].lower() == "http":
        asked = urlsplit(for_program(address))
        assert asked.hostname
        assert "@" not in asked.netloc
        assert asked.hostname in host(address)
        assert asked.hostname in shown(address)


def test_an_address_of_the_web_without_a_host_is_opened_by_nothing() -> None:
    for address in ("https://a b.com/", "http://@/", "gemini:x"):
        assert not is_whole(address)
        assert not is_safe(address)
        assert for_program(address) == ""
    assert "a%20b.com" in shown("https://a b.com/")


def test_letters_with_marks_and_digits_of_any_script_are_shown() -> None:
    for path in ("क्षेत्र", "ที่นี่", "٢٠٢٦", "Düsseldorf"):
        assert path in shown(f"https://example.org/{path}")


def test_a_letter_brings_no_file_however_that_is_spelled() -> None:
    for field in ("attach=/etc/passwd", "%61ttach=/etc/passwd", "ATTACHMENT=/x", "body%2dfile=/x"):
        assert for_program(f"mailto:a@b.example?subject=Hi&{field}&cc=c@d.example") == (
            "mailto:a@b.example?subject=Hi&cc=c@d.example"
        )
        assert for_program(f"mailto:a@b.example?{field}") == "mailto:a@b.example"
