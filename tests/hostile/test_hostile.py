"""The worker on the hostile web: every answer has its outcome and its true sentence, and costs nobody else anything.

One refresh is made of all cases at once; the tests of the single cases look at what it left behind.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from filelock import FileLock

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.refresh import Ran, good, refresh
from tests.worker.running import Home

MOST_MEMORY = 300  # megabytes of any process

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="hosts of loopback and memory of processes are those of Linux"),
]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that the processes of one test run share."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    found = shared / "hostile"
    found.mkdir(exist_ok=True)
    return found


@pytest.fixture(scope="session")
def ran(place: Path) -> Ran:
    """What the refresh came to, which the first process that wants to know it makes."""
    told = place / "ran.json"
    with FileLock(place / "ran.lock"):
        if not told.exists():
            with pytest.MonkeyPatch.context() as patch:
                for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
                    patch.delenv(name, raising=False)
                told.write_text(json.dumps(asdict(refresh(place, CASES))))
    return Ran(**json.loads(told.read_text()))


@pytest.fixture(scope="session")
def home(place: Path, ran: Ran) -> Iterator[Home]:
    """The library that the refresh filled."""
    assert ran.last
    found = Home(place)
    yield found
    found.database.close_all()


def test_the_refresh_ends_and_every_feed_has_an_outcome(ran: Ran) -> None:
    assert ran.last == "finished"
    assert set(ran.outcomes) == {case.name for case in CASES} | set(good())


def test_the_good_feeds_beside_the_bad_ones_are_complete(ran: Ran) -> None:
    expected = {name: articles for name, (_, articles) in good().items()}
    assert {name: ran.articles[name] for name in expected} == expected, {
        name: ran.messages[name] for name in expected if ran.outcomes[name] != "updated"
    }


def test_no_process_needs_much_memory(ran: Ran) -> None:
    assert 0 < ran.worker < MOST_MEMORY
    assert 0 < max(ran.children) < MOST_MEMORY
    assert ran.most < MOST_MEMORY or ran.most <= ran.mine


def test_nobody_is_asked_whom_only_a_document_names(ran: Ran) -> None:
    assert ran.canary == 0


def test_the_library_is_sound(home: Home) -> None:
    assert home.faults() == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, ran: Ran, home: Home) -> None:
    assert (ran.outcomes[case.name], ran.articles[case.name]) == (case.outcome, case.articles), ran.messages[case.name]
    assert case.is_said_by(ran.messages[case.name], ran.here[case.name]), ran.messages[case.name]
    if case.check:
        case.check(home, ran.ids[case.name])
