"""``python -m tests.fuzz TARGET SECONDS``: see the package."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path


def main() -> int:
    """Fuzz one target, or each in a process of its own; or try one input."""
    parser = ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target")
    parser.add_argument("what", help="seconds, or a file with one input")
    parser.add_argument("--kept", type=Path, help="where inputs are kept that reached new code")
    options = parser.parse_args()
    if options.target == "all":
        from tests.fuzz.targets import TARGETS

        kept = ["--kept", str(options.kept)] if options.kept else []
        return max(
            subprocess.run([sys.executable, "-m", "tests.fuzz", name, options.what, *kept], check=False).returncode
            for name in TARGETS
        )
    if not options.what.isdecimal():
        from tests.fuzz.targets import TARGETS

        TARGETS[options.target](Path(options.what).read_bytes())
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        return _fuzz(options.target, int(options.what), options.kept or Path(scratch), Path(scratch))


def _fuzz(target: str, seconds: int, kept: Path, scratch: Path) -> int:
    import atheris  # type: ignore[import-untyped]

    with atheris.instrument_imports(include=["reader"]):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz import seeds

    corpus, first = kept / target, scratch / "seeds"
    for place in (corpus, first):
        place.mkdir(parents=True, exist_ok=True)
    print(f"{target}: {seeds.write(target, first)} seeds", file=sys.stderr)
    words = scratch / "words"
    words.write_text(seeds.dictionary(target), "utf-8")
    act = TARGETS[target]

    def once(data: bytes) -> None:
        if data:
            act(data)

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-dict={words}",
            "-timeout=30",
            "-rss_limit_mb=2000",
            "-max_len=12000",
            f"-artifact_prefix={target}-",
            "-print_final_stats=1",
            str(corpus),
            str(first),
        ],
        once,
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
