"""PyPI's ``reader``, where there is one: it has our package's name, so it must live in an interpreter of its own.

``READER_PYPI_PYTHON`` names that interpreter. It refreshes the feeds of the farm with ten workers.
"""

from __future__ import annotations

import json
import os
import subprocess

from tests.benchmarks.farm import Farm
from tests.benchmarks.home import Bench, plain_environment

_SCRIPT = """
import json, sys, time
from reader import make_reader

library = make_reader(sys.argv[1])
for url in json.loads(sys.stdin.readline()):
    library.add_feed(url, exist_ok=True)
for line in sys.stdin:
    begun = time.perf_counter()
    library.update_feeds(workers=10, scheduled=False)
    print(time.perf_counter() - begun, flush=True)
"""


def refreshes(bench: Bench, farm: Farm) -> dict[str, float]:
    """Seconds of a first, an unchanged and a third refresh with one new entry each; nothing where it is not."""
    python = os.environ.get("READER_PYPI_PYTHON", "")
    if not python:
        print("  PyPI's reader is not measured: READER_PYPI_PYTHON names no interpreter that has it", flush=True)
        return {}
    found: dict[str, float] = {}
    with bench.empty("fresh-pypi") as home:
        command = [python, "-c", _SCRIPT, str(home.place / "pypi.db")]
        with subprocess.Popen(
            command, env=plain_environment(), cwd=home.place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(farm.urls()) + "\n")
            for step in ("first", "unchanged", "one new entry each"):
                if step == "one new entry each":
                    farm.publish()
                process.stdin.write("\n")
                process.stdin.flush()
                line = process.stdout.readline()
                if not line:
                    print("  PyPI's reader does not run there", flush=True)
                    break
                found[step] = float(line)
            process.stdin.close()
    return found
