"""Work in the real worker process, as the screen and the command line follow it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import WorkerError
from reader.library import Job, Library
from reader.model import GUIDE_URL
from tests.library.shelf import Shelf, library, place, shelf
from tests.web import Web, rss, web

__all__ = ["library", "shelf", "web"]


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker finds this checkout and is told by the job alone where the library lies."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("READER_HOME", raising=False)


def wait_for(what: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def hanging(library: Library, web: Web) -> Job:
    """A refresh that waits for two hosts that never answer."""
    library.add([web.put("/hang", host=host, behave="hang") for host in (2, 3)], fetch=False).wait()
    web.forget()
    job = library.refresh(all=True)
    wait_for(lambda: len(web.asked("/hang")) == 2)
    return job


def zombies() -> list[str]:
    """Children of ours that have ended and that nobody waited for."""
    if not sys.platform.startswith("linux"):
        return []
    stats = [stat.read_text() for stat in Path("/proc").glob("[0-9]*/stat") if stat.exists()]
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return [each[0] for each in fields if each[0] == "Z" and int(each[1]) == os.getpid()]


def test_add_and_refresh_as_events(library: Library, web: Web) -> None:
    url = web.put("/a", rss("A", 3))
    events = list(library.add([url], folder=("News",), title=" My\x07 feed "))
    (added,) = [event for event in events if event["event"] == "added"]
    assert events[-1]["event"] == "finished"
    feed = library.find_feed("my feed")
    assert (feed.id, feed.title, feed.folder, feed.total) == (added["feed_id"], "My feed", ("News",), 3)
    web.put("/a", rss("A", 5))
    with library.refresh([feed.id]) as job:
        finished = job.wait()
    assert (finished["checked"], finished["new"], finished["stopped"]) == (1, 2, False)
    assert zombies() == []


def test_the_library_is_the_one_that_was_opened(web: Web, tmp_path: Path) -> None:
    with Library.open(place(tmp_path / "here")) as here:
        here.add([web.put("/a", rss("A", 1))]).wait()
        assert here.count() == 1
    assert (tmp_path / "here" / "reader.db").exists()


def test_a_job_is_asked_to_stop_and_does(library: Library, web: Web) -> None:
    job = hanging(library, web)
    kinds: list[str] = []
    thread = threading.Thread(target=lambda: kinds.extend(event["event"] for event in job.events()))
    thread.start()
    job.stop()
    job.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert kinds[-1] == "finished"
    assert not job.running
    assert zombies() == []


def test_leaving_a_job_stops_it(library: Library, web: Web) -> None:
    with hanging(library, web) as job:
        pass
    assert not job.running
    assert zombies() == []


def test_a_worker_that_dies_is_a_problem_with_its_last_words(library: Library, web: Web) -> None:
    job = hanging(library, web)
    os.kill(job.pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match="ended without an answer"):
        job.wait()
    assert zombies() == []


def test_a_worker_that_cannot_start_says_why(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(WorkerError, match="cannot be started: No such file"):
        library.refresh()


def test_a_worker_with_a_bug_says_its_last_line(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "__init__.py").write_text("raise RuntimeError('no good')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (event,) = library.refresh().events()
    assert (event["event"], event["hint"]) == ("problem", "RuntimeError: no good")
    assert "no good" in library.paths.log.read_text()


def test_the_guide_comes_in_once(tmp_path: Path) -> None:
    with Library.open(place(tmp_path / "fresh")) as opened:
        job = opened.open_guide()
        assert job is not None
        job.wait()
        guide = opened.find_feed(GUIDE_URL)
        assert guide.total >= 3
        assert guide.unread == guide.total
        opened.refresh(all=True).wait()
        assert opened.counts().all == guide.total
        assert opened.open_guide() is None
        opened.remove(guide.id)
        assert opened.open_guide() is None
        assert opened.feeds() == []


def test_an_empty_shelf_and_a_used_one(shelf: Shelf, library: Library) -> None:
    shelf.feed("Dawn")
    assert library.open_guide() is None


def test_a_worker_that_got_ready_in_vain_is_gone_with_its_job(tmp_path: Path) -> None:
    with Job(place(tmp_path)) as job:
        assert job.running
    assert not job.running


def test_the_first_job_takes_the_worker_that_got_ready(tmp_path: Path) -> None:
    where = place(tmp_path)
    with Job(where) as begun, Library.open(where, begun) as library:
        with library.refresh() as job:
            assert job is begun
            assert job.wait()["event"] == "finished"
        with library.refresh() as job:
            assert job is not begun
            assert job.wait()["event"] == "finished"
