"""Signs, and what stands for them where only ASCII is known."""

import pytest

from reader.tui.signs import ASCII, FULL, Signs, plain_terminal, progress_bar, signs


def test_every_sign_has_a_stand_in_of_plain_ascii() -> None:
    names = [name for name in vars(Signs) if isinstance(getattr(FULL, name), str) and not name.startswith("_")]
    assert len(names) > 10
    assert all(getattr(ASCII, name).isascii() for name in names)
    assert signs(True) is ASCII
    assert signs(False) is FULL


@pytest.mark.parametrize(
    ("environ", "encoding", "plain"),
    [
        ({"TERM": "xterm-256color"}, "utf-8", False),
        ({"TERM": "xterm-256color"}, "UTF8", False),
        ({"TERM": "linux"}, "utf-8", True),
        ({"TERM": "xterm"}, "cp850", True),
        ({"TERM": "xterm"}, None, True),
        ({"TERM": "xterm"}, "no-such-encoding", True),
        ({}, "utf-8", False),
    ],
)
def test_which_terminals_know_only_ascii(environ: dict[str, str], encoding: str | None, plain: bool) -> None:
    assert plain_terminal(environ, encoding) is plain


def test_progress_moves_in_eighths_of_a_cell() -> None:
    assert progress_bar(0, 10, 4, FULL) == ""
    assert progress_bar(1, 32, 4, FULL) == "▏"
    assert progress_bar(5, 10, 4, FULL) == "██"
    assert progress_bar(99, 10, 4, FULL) == "████"
    assert progress_bar(5, 10, 4, ASCII) == "##"
    assert progress_bar(5, 0, 4, FULL) == ""
