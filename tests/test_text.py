"""The one rule for text from outside."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.parse import markup
from reader.text import clean, clean_line, is_clean
from tests.safety.checker import faults

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TRICKS = (
    "\x00\x07\x08\x0b\x0c\x1b\x7f\x80\x85\x90\x9b\x9c\x9d\xad\u034f\u061c\u115f\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u202a"
    "\u202e\u2060\u2066\u2069\u206a\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ufffe\ud800\U0001d173\U000e0041\U000e0100\U000e01ef"
)
LETTERS = st.sampled_from(
    TRICKS + "aé1#\n\t \u0301\u0489\u05d1\u05b0\u05e9\u0e2a\u0e47\u0915\u094d\u0645\u064e\u1820\u845b"
    "\u2764\U0001f469\U0001f3fd\u2126\u212b"
    "\u0344\u1100\u1161\u0f56\u0f92\U0001e8d0\u20dd\uff21"
)
TEXT = st.one_of(st.text(LETTERS), st.text())


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian, with a non-joiner
        "ه\u200d",  # the Hijri calendar's abbreviation, with a joiner at its end
        "क्\u200dष क्षे",
        "ශ්\u200dරී ලංකා",
        f"{FAMILY} \u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3 \u263a\ufe0f \U0001f469\U0001f3fd\u200d\U0001f4bb",
        "\u05e9\u05dc\u05d5\u05dd \u200f(C++)\u200f",
        "\u05d1\u05b0\u05bc\u05e8\u05b5\u05d0\u05e9\u05b4\u05c1\u0596\u05d9\u05ea",
        "\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66",
        "\u845b\U000e0100\u57ce",
        "\u1820\u180b",
        "Tiếng Việt, n\u032a\u030a\u02b0",
        "ที่นี่ เป็น",
        "line\n\ttwo",
    ],
)
def test_what_languages_and_emoji_need_stays(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text
    assert not faults(text, lines=True)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[2J\x1b]0;owned\x07\x9b31mred", "[2J]0;owned31mred"),
        ("pay\u200dpal\u200b.\u200ecom\u2060\ufeff", "paypal.com"),
        ("abc\u202etxt.exe\u202c \u2066x\u2069", "abctxt.exe x"),
        ("a" + "\ufe0f\U000e0101" * 50, "a"),
        ("\u2764" + "\ufe0f" * 50 + "!", "\u2764\ufe0f!"),
        ("\u845b" + "\U000e0100" * 9, "\u845b\U000e0100"),
        ("z" + "\u0335\u0353\u0489" * 40, "z\u0335\u0353\u0489"),
        ("ส" + "\u0e47" * 40, "ส\u0e47\u0e47\u0e47"),
        ("\U0001f469\u200da", "\U0001f469a"),
        ("\U0001f3f4" + "".join(chr(0xE0000 + ord(sign)) for sign in "gbeng") + "\U000e007f", "\U0001f3f4"),
        ("a\u2028b\u2029c\x85d\x0be\r\nf", "a\nb\nc\nd\ne\nf"),
        ("\ud83d\ude00", ""),
    ],
)
def test_what_is_a_trick_goes(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(TEXT)
@example("\u2126\ufe0f")
@example("e\u200d\u0301")
@example("\U0001e8d0\u180b\u05b0\u200c")
def test_what_is_left_is_safe_and_stays(text: str) -> None:
    cleaned = clean(text)
    assert not faults(cleaned, lines=True)
    assert clean(cleaned) == cleaned
    assert not faults(clean_line(text))


@given(TEXT)
def test_what_is_told_at_a_glance_is_true(text: str) -> None:
    if is_clean(text):
        assert not faults(text, lines=True)
        assert clean(text) == unicodedata.normalize("NFC", text)


@given(st.text(st.one_of(LETTERS, st.characters(max_codepoint=0x1FAFF))))
def test_bodies_that_are_taken_as_they_stand_have_nothing_to_be_cleaned(text: str) -> None:
    if markup.ordinary(text):
        assert clean(text) == text
        assert not faults(text, lines=True)


def test_what_scripts_need_stays() -> None:
    for text in ("ཧྐྵྨླྺྼྻྂ", "\U0001e900\u200c\U0001e901", "\U00010d00\u200d\U00010d01", "می\u200cخواهم"):
        assert clean(text) == text
