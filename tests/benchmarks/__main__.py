"""``python -m tests.benchmarks [start|all]``: prints figures; asserts nothing."""

import sys

from reader.paths import paths
from tests.benchmarks.start import start

SUITES = {"start": start}


def main(names: list[str]) -> int:
    """Run the named suites, or all."""
    wanted = list(SUITES) if not names or names == ["all"] else names
    unknown = [name for name in wanted if name not in SUITES]
    if unknown:
        print(f"no such suite: {', '.join(unknown)}; there are: {', '.join(SUITES)}, all", file=sys.stderr)
        return 2
    place = paths().cache / "benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        SUITES[name](place)
    return 0


sys.exit(main(sys.argv[1:]))
