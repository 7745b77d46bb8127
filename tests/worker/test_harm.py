"""What a refresh writes at once, what is left of it when it is killed, and what it costs the screen and the others."""

import os
from contextlib import nullcontext

import pytest

from reader.store import presence
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, by_url, ended, last, named
from tests.worker.running import home as home  # noqa: PLC0414


def test_a_document_that_loops_is_killed_named_and_alone(home: Home, web: Web) -> None:
    home.configure("[fetch]\nparse_seconds = 1\n")
    bomb = b"<rss><channel><item><title>T & x</title><description>" + b"<a>x</a> " * 500_000
    bad = web.put("/bad", bomb)
    good = [web.put("/good", rss(f"Good{host}", 3), host=host) for host in range(2, 8)]
    home.follow(*good[:3], bad, *good[3:])
    events = home.refresh()
    (killed,) = named(events, "killed")
    assert killed["url"] == bad
    assert killed["message"] == "The document took longer than 1 s to read and was stopped"
    assert ended(killed["pid"])
    assert by_url(events)[bad]["outcome"] == "failed"
    assert by_url(events)[bad]["message"] == killed["message"]
    assert all(by_url(events)[url]["new"] == 3 for url in good)
    assert len(home.titles()) == 18


def test_nobody_waits_for_a_document_that_takes_long(home: Home, web: Web) -> None:
    home.configure("[fetch]\nparse_seconds = 4\n")
    bomb = b"<rss><channel><item><title>T & x</title><description>" + b"<a>x</a> " * 500_000
    bad = web.put("/bad", bomb)
    good = [web.put("/good", rss(f"Good{host}", 3), host=host, delay=0.3) for host in range(2, 32)]
    home.follow(bad, *good)
    events = home.refresh()
    names = [event["event"] for event in events]
    assert names.index("killed") > len(good)
    assert {event["url"] for event in events[: names.index("killed")] if event["event"] == "feed"} == set(good)
    assert last(events) == {"checked": 31, "new": 90, "changed": 0, "failed": 1, "stopped": False}


def test_a_big_document_comes_in_whole(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("Big", 1200)))
    assert last(home.refresh())["new"] == 1200
    assert home.titles()[0] == "Big, story 1199"
    assert home.connection.value("SELECT count(*) FROM search_queue") == 0


@pytest.mark.parametrize("beside", ["nobody", "a screen"])
def test_killed_in_the_middle_again_and_again(home: Home, web: Web, beside: str) -> None:
    with presence.shown(home.place / "state" / "screen.lock") if beside == "a screen" else nullcontext():
        kill_again_and_again(home, web)


def kill_again_and_again(home: Home, web: Web) -> None:
    urls = [web.put("/feed", rss(f"N{host}", 60, text="word " * 200), host=host) for host in range(1, 25)]
    ids = home.follow(*urls)
    for round_ in range(5):
        with home.start({"do": "refresh", "feeds": None, "all": True}) as worker:
            for _ in range(1 + round_ * 4):
                worker.until("feed")
            children = worker.children()
            worker.process.kill()
            worker.process.wait()
            acknowledged = {event["feed_id"] for event in worker.seen if event["event"] == "feed"}
        assert all(ended(pid) for pid in children)
        assert home.faults() == []
        assert all(len(home.titles(feed_id)) == 60 for feed_id in acknowledged)
    assert last(home.refresh(every=True))["failed"] == 0
    assert [len(home.titles(feed_id)) for feed_id in ids] == [60] * len(ids)
    assert home.connection.value("SELECT count(*) FROM search_queue") == 0
    assert home.connection.value("SELECT count(*) FROM search_0 WHERE search_0 MATCH 'word'") == 60 * len(ids)
    assert home.connection.value("SELECT count(*) FROM titles WHERE titles MATCH 'story'") == 60 * len(ids)
    assert home.faults() == []


def test_beside_a_screen_it_steps_back(home: Home, web: Web) -> None:
    home.follow(web.put("/hang", behave="hang"))
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    for screen, niceness in ((nullcontext(), mine), (presence.shown(home.place / "state" / "screen.lock"), mine + 10)):
        with screen, home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
            worker.until("started")
            assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) == min(niceness, 19)
            worker.tell({"do": "stop"})
            worker.finish()


def test_a_screen_that_opens_meanwhile_meets_small_transactions(home: Home, web: Web) -> None:
    home.follow(*(web.put("/feed", rss(f"N{host}", 20), host=host, delay=host / 4) for host in range(1, 9)))
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        worker.until("feed")
        with presence.shown(home.place / "state" / "screen.lock"):
            assert last(worker.finish())["new"] == 160
    assert home.connection.value("SELECT count(*) FROM search_0 WHERE search_0 MATCH 'story'") == 160
    assert home.faults() == []


def test_a_full_disk_is_a_problem_and_loses_nothing(home: Home, web: Web) -> None:
    home.follow(web.put("/small", rss("Small", 3)))
    home.refresh()
    home.follow(web.put("/big", rss("Big", 400, text="".join(f"word{n} " for n in range(900)))))
    pages = home.connection.value("PRAGMA page_count")
    with home.start({"do": "refresh", "feeds": None, "all": True}) as worker:
        import resource

        room = pages * 8192 + 200_000
        resource.prlimit(worker.process.pid, resource.RLIMIT_FSIZE, (room, room))
        events = worker.finish(code=1, quiet=False)
    assert events[-1]["event"] == "problem"
    assert "disk" in events[-1]["message"]
    assert home.faults() == []
    assert len([title for title in home.titles() if title.startswith("Small")]) == 3
    assert last(home.refresh(every=True))["failed"] == 0
    assert len(home.titles()) == 403
