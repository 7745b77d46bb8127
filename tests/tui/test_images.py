"""Pictures in the text: they come, keep the reader's place, stay within bounds, and are words where they cannot be."""

from pathlib import Path

import pytest

from reader.library.album import Album
from reader.store.database import Database
from reader.tui.widgets.gallery import Blocks
from tests import library_maker as maker
from tests.pictures import BLUE, RED, made
from tests.tui.illustrated import block_rows, page, pixels, put
from tests.tui.reading import NARROW, QUIET, WIDE, reading
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414


@pytest.fixture(autouse=True)
def true_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


async def test_two_pictures_of_which_one_fails(tmp_path: Path, web: Web) -> None:
    good = web.put("/good.png", made(320, 160), type="image/png")
    put(tmp_path, "Mills", page(good, web.put("/bad.png", status=404)))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.sees("[image: Picture 1]", "[image: Picture 2]")
        pane = person.screen.article
        await person.until(lambda: block_rows(pane))
        await person.idle()
        rows = block_rows(pane)
        assert len(rows) == 10, "320 pixels are 40 cells, 160 are 10"
        cells = pixels(pane.render_line(rows[0]))
        assert len(cells) == 40
        assert set(cells) == {(RED, RED)}
        assert "[image: Picture 1]" in person.page()
        assert "[image: Picture 2]" in person.page()
        assert person.screen.article.percent == 0 or person.screen.article.scroll_offset.y == 0
        assert [asked.path for asked in web.requests] == ["/good.png", "/bad.png"]
    web.forget()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.until(lambda: block_rows(person.screen.article))
        await person.idle()
        assert not web.requests, "what is kept is not asked for again, nor what was refused"


async def test_the_place_is_kept_when_pictures_come_in_above(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.png", made(400, 400), type="image/png", delay=0.8)
    put(tmp_path, "Mills", page(url, url + "?", web.put("/slow.png?", made(300, 300), type="image/png", delay=0.9)))
    async with reading(tmp_path, size=(120, 24), articles=0) as person:
        await person.sees("Mills")
        await person.press("enter", "space", "space")
        pane = person.screen.article
        top, place = person.page().splitlines()[0], pane.place
        assert pane.scroll_offset.y > 20
        await person.until(lambda: pane.gallery.sizes)
        await person.idle()
        assert person.page().splitlines()[0] == top
        assert pane.place is not None
        assert place is not None
        assert (pane.place.block, pane.place.start) == (place.block, place.start)
        assert pane.scroll_offset.y > 30
        await person.press("-")
        await person.until(lambda: block_rows(pane))


async def test_a_place_is_kept_for_a_picture_whose_size_is_told(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.png", made(320, 160), type="image/png", delay=0.8)
    html = page().replace("</p><p>", f'</p><p><img src="{url}" alt="Mill" width="320" height="160"/></p><p>', 1)
    put(tmp_path, "Mills", html)
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.sees("[image: Mill]")
        pane = person.screen.article
        await person.until(lambda: pane.gallery.awaited)
        before = person.page()
        assert not block_rows(pane)
        await person.until(lambda: block_rows(pane))
        assert person.page().replace("▀", " ") == before


async def test_the_key_hides_and_shows_and_that_is_remembered(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png")))
    async with reading(tmp_path, size=NARROW, articles=0) as person:
        await person.press("enter")
        pane = person.screen.article
        await person.until(lambda: block_rows(pane))
        await person.press("I")
        await person.sees("pictures are hidden", "[image: Picture 1]")
        assert not block_rows(pane)
    async with reading(tmp_path, size=NARROW, articles=0) as person:
        await person.sees("[image: Picture 1]")
        await person.idle()
        pane = person.screen.article
        assert not block_rows(pane)
        await person.press("I")
        await person.until(lambda: block_rows(pane))
        await person.sees("pictures are shown")


async def test_never_asks_for_nothing_until_the_key(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png")))
    config = QUIET + '[images]\nshow = "never"\n'
    async with reading(tmp_path, size=WIDE, articles=0, config=config) as person:
        await person.sees("[image: Picture 1]")
        await person.pilot.pause(0.6)
        assert not web.requests
        await person.press("I")
        await person.until(lambda: block_rows(person.screen.article))


async def test_a_slow_link_brings_none_unless_asked(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png")))
    where = maker.place(tmp_path)
    from reader.store.database import Database

    connection = Database(where.database).connect()
    connection.run(
        "INSERT OR REPLACE INTO checks (feed_id, result, status, checked_at, bytes, ms)"
        " VALUES (1, 'updated', 200, 1000, 100000, 20000)"
    )
    connection.close()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.sees("the link is slow", "I brings the pictures")
        assert not web.requests
        await person.press("I")
        await person.until(lambda: block_rows(person.screen.article))


async def test_leaving_the_article_drops_what_is_on_its_way(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/slow.png", behave="hang", type="image/png")))
    put(tmp_path, "Words", "<p>Only words.</p>", age=3600)
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.until(lambda: web.asked("/slow.png"))
        job = person.screen.bringer.job
        assert job is not None
        await person.press("j")
        await person.sees("Only words.")
        await person.until(lambda: not job.running)
        assert person.screen.bringer.job is None


async def test_long_loading_is_said_and_can_be_stopped(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/slow.png", behave="hang", type="image/png")))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.sees("loading pictures 0 of 1", "ctrl+x stops")
        job = person.screen.bringer.job
        assert job is not None
        await person.press("ctrl+x")
        await person.sees("no more pictures are loaded")
        await person.until(lambda: not job.running)
        assert "loading pictures" not in person.text()
        assert "[image: Picture 1]" in person.page()


async def test_pictures_that_came_leave_the_word_of_other_work(tmp_path: Path, web: Web) -> None:
    article = put(tmp_path, "Mills", page(web.put("/slow.png", made(64, 64), type="image/png", delay=0.5)))
    connection = Database(maker.place(tmp_path).database).connect()
    connection.run("UPDATE articles SET link = ? WHERE id = ?", web.put("/page", behave="hang"), article)
    connection.close()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.until(lambda: web.asked("/slow.png"))
        await person.press("x")
        await person.sees("fetching the page")
        await person.until(lambda: block_rows(person.screen.article))
        await person.until(lambda: person.screen.bringer.job is None)
        await person.sees("fetching the page")
        await person.press("ctrl+x")
        await person.until(lambda: "fetching" not in person.status())


async def test_without_colours_or_signs_there_are_words(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png")))
    for name, value in (("NO_COLOR", "1"), ("READER_ASCII", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as environ:
            environ.setenv(name, value)
            async with reading(tmp_path, size=WIDE, articles=0) as person:
                await person.sees("[image: Picture 1]")
                await person.pilot.pause(0.5)
                assert not block_rows(person.screen.article)
                await person.press("I")
                await person.sees("too few colours or signs for pictures")
    assert not web.requests


async def test_an_article_without_pictures_costs_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE, articles=12) as person:
        for _ in range(5):
            await person.press("j")
        await person.idle()
        screen = person.screen
        assert "bringer" not in vars(screen)
        assert screen.article._gallery is None
        assert not any(type(message).__name__ == "Turned" for message in person.messages)
        assert not (tmp_path / "cache" / "pictures").exists()


async def test_fifty_pictures_stay_within_bounds(tmp_path: Path, web: Web) -> None:
    urls = [web.put(f"/{number}.png", made(800, 600, (number, 90, 90)), type="image/png") for number in range(50)]
    put(tmp_path, "Gallery", page(*urls))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.press("enter")
        await person.until(lambda: len(pane.gallery.sizes) == 50)
        await person.idle()
        while pane.scroll_page(1):
            await person.pilot.pause()
            await person.idle()
        assert "The end." in person.page()
        hung = pane.gallery._hung.values()
        assert hung
        assert sum(len(drawing.pixels) for drawing in hung if isinstance(drawing, Blocks)) < 1_200_000
        assert Album(maker.place(tmp_path).pictures).missing(urls, 0) == ()


async def test_very_many_small_ones_are_all_seen_and_drawn_once(tmp_path: Path, web: Web) -> None:
    urls = [web.put(f"/{number}.png", made(24, 24), type="image/png") for number in range(40)]
    items = "".join(f'<li><img src="{url}" alt="Face"/></li>' for url in urls)
    put(tmp_path, "Mills", f"<ul>{items}</ul>")
    async with reading(tmp_path, size=(160, 140), articles=0) as person:
        pane = person.screen.article
        await person.until(lambda: len(pane.gallery.sizes) == 40)
        await person.until(lambda: len(block_rows(pane)) == 80)
        assert len(pane.gallery._hung) == 40
        assert not pane.gallery._asked


async def test_the_first_picture_of_the_next_start_holds_no_blocks(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(320, 160, BLUE), type="image/png")))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.until(lambda: block_rows(person.screen.article))
        person.screen.remember_all()
        await person.idle()
        kept = person.library.recall("picture")
        text = ["".join(part for part, _ in line) for line in kept["page"]["lines"]]
        assert any("[image: Picture 1]" in line for line in text)
        assert not any("▀" in line for line in text)
        assert len(kept["page"]["inks"]) < 12


async def test_a_picture_beside_a_local_file(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "pictures").mkdir(parents=True)
    (notes / "pictures" / "mill house.png").write_bytes(made(320, 160))
    (tmp_path / "secret.png").write_bytes(made(320, 160, BLUE))
    (notes / "mills.md").write_text(
        "# Mills\n\nOne.\n\n![The mill](pictures/mill%20house.png)\n\nTwo.\n\n![A secret](../secret.png)\n\nThree.\n"
    )
    home = tmp_path / "home"
    async with reading(home, size=WIDE, articles=0, paths=(str(notes),)) as person:
        await person.sees("[image: The mill]", "[image: A secret]", "Three.")
        pane = person.screen.article
        await person.until(lambda: block_rows(pane))
        await person.idle()
        rows = block_rows(pane)
        assert len(rows) == 10
        assert {cell for y in rows for cell in pixels(pane.render_line(y))} == {(RED, RED)}


async def test_another_width_sets_it_anew_and_keeps_its_shape(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(960, 480), type="image/png")))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.until(lambda: block_rows(pane))
        assert len(block_rows(pane)) == 18, "72 columns"
        await person.press("enter", "<", "<", "<")
        await person.until(lambda: len(block_rows(pane)) == 15)
        await person.pilot.resize_terminal(50, 30)
        await person.until(lambda: {len(pixels(pane.render_line(y))) for y in block_rows(pane)} == {pane.text_width})
        await person.press("z", "T", "escape")
        await person.until(lambda: block_rows(pane))


async def test_a_place_at_the_words_of_a_picture_shows_the_picture(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png"), before=5))
    async with reading(tmp_path, size=(120, 24), articles=0) as person:
        pane = person.screen.article
        await person.press("enter")
        await person.until(lambda: pane.gallery.sizes)
        await person.idle()
        first = next(at for at, line in enumerate(pane._body) if "Picture 1" in line.text)
        pane.scroll_lines(len(pane._head) + first - 4)
        await person.until(lambda: block_rows(pane)[:1] == [0])
    async with reading(tmp_path, size=(120, 24), articles=0) as person:
        pane = person.screen.article
        await person.until(lambda: len(block_rows(pane)) == 12)
        assert block_rows(pane)[0] == 0


async def test_selecting_across_a_picture_copies_the_text(tmp_path: Path, web: Web) -> None:
    put(tmp_path, "Mills", page(web.put("/x.png", made(), type="image/png")))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.until(lambda: block_rows(pane))
        lines = person.page().splitlines()
        start = next(y for y, line in enumerate(lines) if "The mill stands" in line)
        end = next(y for y, line in enumerate(lines) if "Below 1." in line)
        await person.pilot.mouse_down("#article", offset=(pane._left, start))
        await person.pilot.hover("#article", offset=(pane._left + 3, block_rows(pane)[3]))
        await person.pilot.hover("#article", offset=(pane._left + 8, end))
        await person.pilot.mouse_up("#article", offset=(pane._left + 8, end))
        copied = person.screen.get_selected_text()
        assert copied is not None
        assert copied.startswith("The mill stands")
        assert "[image: Picture 1]" in copied
        assert "▀" not in copied
        assert copied.endswith("Below 1.")
        assert block_rows(pane), "it is not covered by the selection"


async def test_letters_of_links_stay_where_they_are_when_pictures_come(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.png", made(320, 160), type="image/png", delay=1.2)
    body = page(url) + '<p>See <a href="https://a.example/archive">more</a>.</p>'
    put(tmp_path, "Mills", f'<p><a href="https://a.example/first">First</a></p>{body}')
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.press("enter")
        await person.sees("First", "[image: Picture 1]")
        await person.press(";")
        assert person.screen.is_hinting
        before = person.page()
        await person.until(lambda: pane.gallery.sizes)
        await person.idle()
        assert person.page() == before
        await person.press("escape")
        await person.until(lambda: block_rows(pane))


async def test_what_is_found_is_found_in_the_lines_with_pictures(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.png", made(320, 160), type="image/png", delay=1.0)
    put(tmp_path, "Mills", page(url))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.press("enter", "ctrl+f", *"below")
        await person.sees("1 of 1")
        await person.until(lambda: pane.gallery.sizes)
        await person.press("escape")
        await person.until(lambda: block_rows(pane))
        await person.press("ctrl+f")
        await person.sees("1 of 1")
        hit = pane.overlay.hits[0]
        assert "Below 1." in pane.body[hit.parts[0].line].text


async def test_a_long_page_is_set_anew_beside_what_is_seen(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.png", made(400, 400), type="image/png", delay=2)
    long = "".join(
        f"<p>{f'Part {n} of what the miller wrote about his mill and the river below. ' * 12}</p>" for n in range(1200)
    )
    put(tmp_path, "Mills", page(url) + long)
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        pane = person.screen.article
        await person.press("enter")
        await person.until(lambda: pane.max_scroll_y > 10_000)
        await person.press("G")
        page_before, place = person.page(), pane.place
        assert "Part 1199" in page_before
        await person.until(lambda: pane.gallery.sizes)
        setting = pane.settings
        assert person.page() == page_before
        await person.press("k")
        await person.until(lambda: pane.settings > setting)
        await person.press("j")
        assert person.page() == page_before
        assert place is not None
        assert pane.place is not None
        assert (pane.place.block, pane.place.start) == (place.block, place.start)
        await person.press("g", "g")
        await person.until(lambda: block_rows(pane))
