"""Pictures that the terminal draws: it is asked, they are sent once, shown by placeholders, forgotten at the end."""

from __future__ import annotations

import os
import sys
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

pytest.importorskip("termios", reason="terminals of Unix", exc_type=ImportError)

from reader.tui import graphics
from reader.tui.answers import QUESTION, Answers
from reader.tui.transmission import Transmission
from tests.kitty import MARKS, NAME, YES, Graphics, Kitty
from tests.kitty import QUESTION as QUERY
from tests.pictures import RED, made
from tests.terminal import ANSWERS, Terminal
from tests.tui.illustrated import page, put
from tests.tui.reading import QUIET
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import ROOT

SIZE = (120, 40)
LIMIT = 20.0
_DROPPED = ("NO_COLOR", "READER_ASCII", "TEXTUAL_DRIVER", "COLUMNS", "LINES", "TMUX", "STY")


@contextmanager
def opened(home: Path, kind: type[Terminal] = Kitty, **more: str) -> Iterator[tuple[Terminal, Graphics]]:
    """The reader in a terminal of a kind."""
    (home / "config.toml").write_text(QUIET, "utf-8")
    environ = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    environ |= {"READER_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-kitty", "COLORTERM": "truecolor"}
    with kind([sys.executable, "-m", "reader"], environ | more, *SIZE) as terminal:
        yield terminal, Graphics(*SIZE)


def until(terminal: Terminal, seen: Graphics, true: Callable[[], object]) -> None:
    """Read on until something holds of what the terminal shows."""
    end = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < end, "never came:\n" + "\n".join(seen.cells.text())
        terminal.read(0.05)
        seen.take(bytes(terminal.output))


def has_words(seen: Graphics, words: str) -> bool:
    return any(words in line for line in seen.cells.text())


def test_a_picture_is_sent_then_shown_then_forgotten(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160), type="image/png")))
    put(tmp_path, "Words", "<p>Only words.</p>", age=3600)
    with opened(tmp_path) as (terminal, seen):
        until(terminal, seen, seen.shown)
        terminal.wait_quiet()
        seen.take(bytes(terminal.output))
        ((number, image),) = seen.images.items()
        assert seen.questions == 1
        assert (image.columns, image.rows) == (40, 10)
        with Image.open(BytesIO(image.data)) as decoded:
            assert decoded.size == (320, 160)
            assert decoded.convert("RGB").getpixel((5, 5)) == RED
        shown = seen.shown()
        left, top = min(shown)
        assert shown == {(left + column, top + row): (number, column, row) for column in range(40) for row in range(10)}
        assert terminal.output.index(b"\x1b_Ga=T") < terminal.output.index("\U0010eeee".encode())
        terminal.send(b"j")
        until(terminal, seen, lambda: has_words(seen, "Only words.") and not seen.images and not seen.shown())
        terminal.send(b"k")
        until(terminal, seen, lambda: len(seen.shown()) == 400)
        assert len(seen.sent) == 2
        terminal.send(b"q")
        assert terminal.wait_end() == 0
        seen.take(bytes(terminal.output))
        assert not seen.images, "the terminal keeps nothing of us"


def test_it_scrolls_and_is_covered_as_text_is(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(300, 320), type="image/png")))
    with opened(tmp_path) as (terminal, seen):
        until(terminal, seen, seen.shown)
        (number,) = seen.images
        _, top = min(seen.shown())
        terminal.send(b"\r" + b"j" * (top + 2))
        until(terminal, seen, lambda: min(row for _, _, row in seen.shown().values()) > 0)
        terminal.wait_quiet()
        seen.take(bytes(terminal.output))
        shown = seen.shown()
        left = min(x for x, _ in shown)
        first = min(row for _, _, row in shown.values())
        y = min(y for _, y in shown)
        assert all(each == (number, at[0] - left, at[1] - y + first) for at, each in shown.items())
        before = shown
        terminal.send(b"?")
        until(terminal, seen, lambda: has_words(seen, "Search the keys"))
        terminal.send(b"\x1b")
        until(terminal, seen, lambda: seen.shown() == before)
        assert len(seen.sent) == 1


def test_a_large_picture_comes_in_chunks_and_keys_work_meanwhile(tmp_path: Path, web: Web) -> None:
    noise = BytesIO()
    Image.effect_noise((1400, 1000), 90).convert("RGB").save(noise, "PNG")
    put(tmp_path, "Mills", page(web.put("/x.png", noise.getvalue(), type="image/png")))
    with opened(tmp_path) as (terminal, seen):
        until(terminal, seen, lambda: b"\x1b_Ga=T" in terminal.output)
        terminal.send(b"?")
        until(terminal, seen, lambda: has_words(seen, "Search the keys"))
        terminal.send(b"\x1b")
        until(terminal, seen, seen.shown)
        (image,) = seen.images.values()
        assert len(image.data) > 300_000
        with Image.open(BytesIO(image.data)) as decoded:
            decoded.load()
            assert decoded.size == (1000, 714)


def test_leaving_in_the_middle_of_a_picture_ends_it(tmp_path: Path, web: Web) -> None:
    noise = BytesIO()
    Image.effect_noise((1400, 1000), 90).convert("RGB").save(noise, "PNG")
    put(tmp_path, "Mills", page(web.put("/x.png", noise.getvalue(), type="image/png")))
    with opened(tmp_path) as (terminal, seen):
        while b"\x1b_Ga=T" not in terminal.output:
            terminal.read(0.01)
        terminal.send(b"q")
        assert terminal.wait_end() == 0
        seen.take(bytes(terminal.output))
        assert seen._begun is None
        assert not seen.images


def test_a_terminal_that_says_no_gets_blocks(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160), type="image/png")))
    with opened(tmp_path, Terminal) as (terminal, seen):
        until(terminal, seen, lambda: sum(line.count("▀") for line in seen.cells.text()) == 400)
        assert seen.questions == 1
        assert not seen.sent


def test_in_tmux_nobody_is_asked(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160), type="image/png")))
    with opened(tmp_path, TMUX="/tmp/x,1,0", TERM="tmux-256color") as (terminal, seen):
        until(terminal, seen, lambda: has_words(seen, "▀▀▀"))
        assert not seen.questions


class Partly(Terminal):
    """A terminal that knows the protocol, but not its placeholders."""

    answers = ((QUERY, YES), (NAME[0], b"\x1bP>|WezTerm 20240203\x1b\\"), *ANSWERS[1:])


def test_a_terminal_without_placeholders_gets_blocks(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160), type="image/png")))
    with opened(tmp_path, Partly) as (terminal, seen):
        until(terminal, seen, lambda: has_words(seen, "▀▀▀"))
        assert not seen.sent


class Mute(Terminal):
    """A terminal that leaves the answers to the test."""

    answers = tuple(each for each in ANSWERS if each[0] not in (b"\x1b[c", NAME[0]))


def test_an_answer_late_and_in_pieces_is_no_key(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160), type="image/png")))
    for number in range(3):
        put(tmp_path, f"Words {number}", f"<p>Only words, {number}.</p>", age=3600 * (number + 1))
    with opened(tmp_path, Mute) as (terminal, seen):
        until(terminal, seen, lambda: seen.questions)
        terminal.send(YES[:7])
        until(terminal, seen, lambda: has_words(seen, "▀▀▀"))  # we waited long enough
        terminal.send(YES[7:] + NAME[1] + b"\x1b[?62")
        terminal.send(b";22cjj")
        until(terminal, seen, lambda: has_words(seen, "Only words, 1."))
        terminal.send(b"kk")
        until(terminal, seen, lambda: len(seen.shown()) == 400)
        assert not has_words(seen, "Search")
        terminal.send(b"q")
        assert terminal.wait_end() == 0


# What is pure


def test_the_sequences_are_as_the_protocol_says() -> None:
    data = bytes(range(256)) * 40
    first, *middle, last = graphics.sent(0x123456, data, 30, 12)
    assert first.startswith("\x1b_Ga=T,U=1,q=2,f=100,t=d,i=1193046,c=30,r=12,m=1;")
    assert all(each.startswith("\x1b_Gq=2,m=1;") for each in middle)
    assert last.startswith("\x1b_Gq=2,m=0;")
    payload = [each.partition(";")[2].removesuffix("\x1b\\") for each in (first, *middle, last)]
    assert all(len(each) == 4096 for each in payload[:-1])
    assert b64decode("".join(payload)) == data
    assert graphics.forgotten(7) == "\x1b_Ga=d,d=I,q=2,i=7\x1b\\"
    assert graphics.placeholders(1, 2) == "\U0010eeee\u030d\u0305\U0010eeee\u030d\u030d"
    assert graphics._MARKS[: len(MARKS)] == tuple(MARKS)
    assert graphics.passed_through("\x1b_Gq=2\x1b\\") == "\x1bPtmux;\x1b\x1b_Gq=2\x1b\x1b\\\x1b\\"
    assert QUESTION == "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[c"


KEYS = st.lists(st.sampled_from(["j", "k", " ", "\x1b[A", "\x1bOB", "\x1b[1;5C", "é", "\x1b[<35;3;4M"]), max_size=8)


@given(KEYS, KEYS, KEYS, st.booleans(), st.lists(st.integers(1, 9), min_size=1, max_size=40))
def test_answers_are_told_from_keys_however_they_are_cut(
    before: list[str], between: list[str], after: list[str], can: bool, cuts: list[int]
) -> None:
    heard: list[bool] = []
    answers = Answers()
    answers.expect(heard.append)
    said = "\x1b_Gi=1;OK\x1b\\\x1bP>|kitty(0.45.0)\x1b\\" if can else "\x1bP>|xterm(390)\x1b\\"
    text = "".join(before) + said + "".join(between) + "\x1b[?62;4;22c" + "".join(after)
    typed, at = "", 0
    for cut in cuts * (len(text) // sum(cuts) + 1):
        typed += answers.typed(text[at : at + cut])
        at += cut
    assert typed + answers.waited() == "".join(before + between + after)
    assert heard == [can]


def test_escape_alone_is_a_key_after_a_while() -> None:
    answers = Answers()
    answers.expect(lambda _: None)
    assert answers.typed("a\x1b") == "a"
    assert answers.waited() == "\x1b"
    assert answers.waited() == ""
    assert answers.typed("\x1b_Gi=1;") == ""
    assert answers.waited() == ""
    assert answers.typed("OK\x1b\\x") == "x"


def test_who_is_asked() -> None:
    assert graphics.may_ask({"TERM": "xterm-kitty"})
    assert not graphics.may_ask({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"})
    assert not graphics.may_ask({"TERM": "screen-256color"})
    assert not graphics.may_ask({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("kitty(0.28.0)", True),
        ("kitty(0.100.1)", True),
        ("kitty(1.0.0)", True),
        ("ghostty 1.2.0", True),
        ("kitty(0.27.1)", False),
        ("WezTerm 20240203-110809-5046fc22", False),
        ("Konsole 24.02.0", False),
        ("tmux 3.4", False),
    ],
)
def test_the_name_tells_who_knows_placeholders(name: str, can: bool) -> None:
    heard: list[bool] = []
    answers = Answers()
    answers.expect(heard.append)
    assert answers.typed(f"\x1b_Gi=1;OK\x1b\\\x1bP>|{name}\x1b\\\x1b[?62c") == ""
    assert heard == [can]


def test_what_comes_after_all_was_known_is_no_key_either() -> None:
    heard: list[bool] = []
    answers = Answers()
    answers.expect(heard.append)
    assert answers.typed("\x1b[?62c") == ""
    assert heard == [False]
    assert answers.typed("a\x1bP>|measured(1)\x1b\\b\x1b_Gi=1;") == "ab"
    assert answers.typed("OK\x1b\\c\x1b") == "c\x1b", "escape is not held back any more"
    assert heard == [False]


class Wire:
    """A terminal that takes everything at once; ``hold`` is how many pieces it takes before it stands still."""

    def __init__(self, hold: int | None = None) -> None:
        self.seen = Graphics(80, 24)
        self.output = b""
        self.pieces = 0
        self.hold = hold
        self.transmission = Transmission(self.write)

    def write(self, text: str) -> None:
        self.output += text.encode()
        self.seen.take(self.output)
        self.pieces += 1
        if self.pieces != self.hold:
            self.transmission.gone_out(text)


def test_a_picture_that_is_not_wanted_any_more_is_given_up() -> None:
    wire = Wire()
    pictures, data = wire.transmission, bytes(200_000)
    number = pictures.number(is_true=True)
    assert not pictures.send(number, lambda: data, (10, 5), lambda: wire.pieces < 3).result(5)
    assert wire.seen._begun is None
    assert len(wire.seen.images.pop(number).data) < len(data)
    second = pictures.number(is_true=True)
    assert pictures.send(second, lambda: data, (10, 5), lambda: True).result(5)
    assert wire.seen.images[second].data == data
    assert not pictures.send(pictures.number(is_true=True), lambda: None, (1, 1), lambda: True).result(5)
    pictures.forget(second)
    wire.write(pictures.end())
    assert not wire.seen.images
    assert not pictures.send(number, lambda: data, (10, 5), lambda: True).result(5)


def test_the_end_comes_in_the_middle_of_a_picture() -> None:
    wire = Wire(hold=3)
    sending = wire.transmission.send(
        wire.transmission.number(is_true=False), lambda: bytes(99_999), (1, 1), lambda: True
    )
    while wire.pieces < 3:
        time.sleep(0.001)
    wire.write(wire.transmission.end())
    assert not sending.result(5)
    assert wire.seen._begun is None
    assert not wire.seen.images


def test_numbers_of_terminals_with_few_colours_are_theirs() -> None:
    pictures = Wire().transmission
    numbers = [pictures.number(is_true=False) for _ in range(200)]
    assert len(set(numbers)) == 200
    assert all(16 <= number < 256 for number in numbers)
    assert all(number > 0xFFFF for number in (pictures.number(is_true=True) for _ in range(9)))
    pictures.end()
