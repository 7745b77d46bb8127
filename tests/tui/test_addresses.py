"""Addresses that leave the screen: which are opened, which are asked about, and where each link really leads."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from reader.tui.screens.ask import AskScreen
from tests.tui.reading import NARROW, WIDE, reading
from tests.tui.test_within import opened, shelve, story

BANK = '<p>Pay at <a href="https://bank.com@evil.example/login">bank.com</a> or <a href="https://p\u0430ypal.com/">PayPal</a>.</p>'


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down its words, each on a line."""
    told = tmp_path / "told"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> {told}; done\n')
    program.chmod(0o755)
    monkeypatch.setattr("webbrowser.get", lambda: webbrowser.GenericBrowser([str(program), "%s"]))
    return told


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_real_host_of_each_link_is_seen_beside_its_letter(
    tmp_path: Path, size: tuple[int, int], browser: Path
) -> None:
    shelve(tmp_path, story("Money", BANK))
    async with reading(tmp_path, size=size) as person:
        await opened(person, "Money")
        await person.press(";")
        await person.sees("a evil.example", "s xn--pypal-4ve.com")
        assert "evil.example/login" not in person.text()
        assert all(len(line) == size[0] for line in person.lines())
        await person.press("a")
        await person.until(lambda: browser.exists() and browser.read_text() == "https://evil.example/login\n")
        await person.sees("opened https://evil.example/login")
        assert "s xn--pypal-4ve.com" not in person.text()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_so_many_hosts_take_no_more_than_half_of_the_page(tmp_path: Path, size: tuple[int, int]) -> None:
    links = " ".join(f'<a href="https://site-{n}.{"long-" * 20}name.example/">no {n}</a>' for n in range(90))
    shelve(tmp_path, story("Many", f"<p>{links}</p>"))
    async with reading(tmp_path, size=size) as person:
        await opened(person, "Many")
        height = person.screen.article.size.height
        await person.press(";")
        await person.sees("name.example")
        assert person.screen.article.size.height >= height // 2
        labels = [hint.label for hint in person.screen.article.overlay.hints]
        await person.press(labels[0][0])
        if len(labels[0]) > 1:
            await person.until(lambda: f"{labels[0]} …" in person.text())
        await person.press("escape")
        await person.until(lambda: person.screen.article.size.height == height)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_unusual_address_is_shown_whole_and_asked_about(
    tmp_path: Path, size: tuple[int, int], browser: Path
) -> None:
    address = "ftp://files.example/[red]" + "a-long-way/" * 12 + "\u202eend"
    shelve(tmp_path, story("Files", f'<p>Take <a href="{address}">this [b]one[/b]</a>.</p>'))
    async with reading(tmp_path, size=size) as person:
        await opened(person, "Files")
        await person.press(";", "a")
        await person.until(lambda: isinstance(person.app.screen, AskScreen))
        shown = "".join(person.text().split()).replace("│", "")
        assert "ftp://files.example/[red]" + "a-long-way/" * 12 + "end" in shown
        await person.press("enter", "escape")
        await person.idle()
        assert not browser.exists()
        await person.press(";", "a")
        await person.until(lambda: isinstance(person.app.screen, AskScreen))
        await person.press("o")
        await person.until(browser.exists)
        assert browser.read_text().startswith("ftp://files.example/[red]a-long-way/")


async def test_an_address_without_a_kind_is_not_opened(tmp_path: Path, browser: Path) -> None:
    shelve(tmp_path, story("Bare", "<p>x</p>"))
    async with reading(tmp_path, size=WIDE) as person:
        person.screen.open_address("--profile=/tmp/x\x1b[2J")
        await person.sees("not opened: --profile=/tmp/x%1B[2J")
        assert not browser.exists()
