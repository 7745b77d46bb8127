"""Each fault of the table: one line that says what is wrong, no traceback, the exit code; and every mark is kept."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import inspection
from reader.store.database import Database
from tests.store.faults import DAMAGED, FAULTS, FIXED, Fault, Maker, place_of, run


@pytest.fixture(scope="module")
def maker() -> Iterator[Maker]:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)  # for the user who may write nothing
        yield Maker(Path(place))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_and_loses_no_mark(fault: Fault, maker: Maker, tmp_path: Path) -> None:
    if why := fault.skip():
        pytest.skip(why)
    home = maker.place / tmp_path.name
    seen = maker.suffer(fault, home)
    assert seen.code == fault.code
    assert "Traceback" not in seen.err + seen.out + seen.mended
    assert fault.seen in seen.err + seen.out
    if fault.code and fault.words[0] != "doctor":
        assert seen.err.startswith("reader: ")
        assert seen.err.count("\n") == 1
    assert seen.marks == maker.marks
    if fault.mends:
        assert FIXED in seen.mended
        again = run(home, "doctor")
        assert (again.returncode, again.stderr) == (0, "")
        if fault.seen == DAMAGED or "cannot be read" in fault.seen:
            assert any(name.startswith("reader.db.damaged-") for name in seen.kept)
    if not fault.loses:
        database = Database(place_of(home))
        assert inspection.inspect(database.local()) == []
        database.close_all()
