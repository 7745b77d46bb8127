"""Random keys, clicks and window sizes: whatever a cat on the keyboard does, the screen goes on."""

import random
from pathlib import Path

import pytest

from reader.tui.actions import ACTIONS
from tests.tui.reading import reading

# not pressed: what quits, what goes to the network or to another program, and the dialogs that lead there
NOT = {
    *("quit", "refresh", "refresh_all", "add", "offers", "palette", "open_browser", "open_browser_quietly", "comments"),
    *("pipe", "pager", "editor"),
}
KEYS = [key for action in ACTIONS if action.id not in NOT for key in action.keys]
OFTEN = ["space", "j", "k", "n", "enter", "escape", "down", "/", *'feris "*:']
SIZES = [(width, height) for width in (1, 12, 40, 69, 70, 109, 110, 200) for height in (1, 3, 10, 30)]


@pytest.mark.parametrize("seed", range(4))
async def test_the_screen_goes_on(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with reading(tmp_path, articles=chance.choice([1, 40, 300])) as person:
        for _ in range(120):
            what = chance.random()
            if what < 0.06:
                await person.pilot.resize_terminal(*chance.choice(SIZES))
            elif what < 0.12:
                width, height = person.app.size
                await person.pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
            else:
                await person.press(*chance.choice(KEYS if what < 0.6 else OFTEN).split())
        assert person.app.is_running
        assert not [worker for worker in person.app.workers if worker.error]
