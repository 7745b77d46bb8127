"""The browser, the clipboard, quitting, and copying text with the mouse."""

from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from reader.document.links import is_safe
from reader.document.plain import plain_text
from tests.tui.reading import WIDE, reading


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it is asked to open."""
    log = tmp_path / "opened.txt"
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> {log}\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    import webbrowser

    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})
    return log


async def test_open_in_the_browser_reads_it(tmp_path: Path, browser: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await person.press("o")
        await person.until(lambda: browser.exists() and article.link in browser.read_text().split())
        await person.until(lambda: person.is_read(article.id))


async def test_open_quietly_and_the_comments(tmp_path: Path, browser: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await person.press("O")
        await person.until(lambda: browser.exists() and article.link in browser.read_text().split())
        await person.idle()
        assert not person.is_read(article.id)
        await person.press("c")
        await person.until(lambda: "https://example.org/comments" in browser.read_text())


async def test_a_link_in_the_text_can_be_clicked(tmp_path: Path, browser: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("enter")
        await person.until(lambda: person.screen.article.article_id is not None)
        await person.press("G")
        await person.sees("More in the archive")
        lines = person.page().splitlines()
        y = next(index for index, line in enumerate(lines) if "More in the archive" in line)
        await person.pilot.click("#article", offset=(lines[y].index("the archive") + 2, y))
        await person.until(lambda: browser.exists() and "https://example.org/archive" in browser.read_text())


async def test_copy_the_address(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await person.press("y")
        await person.until(lambda: person.app.clipboard == article.link)
        assert "copied" in person.status()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org", True),
        ("mailto:ida@example.org", True),
        ("gemini://example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("/etc/passwd", False),
        ("http://[", False),
    ],
)
def test_only_harmless_addresses_leave(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


async def test_q_goes_back_and_then_quits(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("enter", "q")
        await person.until(lambda: person.screen.pane == "list")
        assert person.app.is_running
        await person.press("q")
        await person.until(lambda: not person.app.is_running or person.app._exit)


async def test_control_c_twice_quits(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("ctrl+c")
        await person.sees("ctrl+c once more quits")
        assert person.app.is_running
        await person.press("ctrl+c")
        await person.until(lambda: person.app._exit)


async def test_selected_text_is_copied_without_its_line_breaks(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("enter")
        await person.until(lambda: "DELTA CITY:" in person.page())
        lines = person.page().splitlines()
        y = next(index for index, line in enumerate(lines) if "DELTA CITY:" in line)
        x = lines[y].index("DELTA CITY:")
        await person.pilot.mouse_down("#article", offset=(x, y))
        await person.pilot.hover("#article", offset=(x + 10, y + 1))
        await person.pilot.mouse_up("#article", offset=(x + 10, y + 1))
        await person.until(person.screen.get_selected_text)
        copied = person.screen.get_selected_text()
        assert copied is not None
        assert copied.startswith("DELTA CITY: ")
        assert "\n" not in copied
        text = plain_text(person.library.document(person.screen.articles.ids[0]))
        assert copied in text


async def test_a_selection_may_begin_within_the_headline(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(44, 24)) as person:
        await person.press("enter")
        await person.until(lambda: "DELTA CITY:" in person.page())
        pane = person.screen.article
        headline = [line.text for ink, line in pane._head if ink == pane._head[0][0]]
        assert len(headline) > 1
        selected = pane.get_selection(Selection(Offset(pane._left, 1), None))
        assert selected is not None
        assert selected[0].startswith(headline[1].strip())
        assert "DELTA CITY:" in selected[0]
