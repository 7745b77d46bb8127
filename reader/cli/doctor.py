"""Check config, database, search index, feeds, disk and terminal; say what is wrong, and mend it with --fix."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output, telling
from reader.cli.terminal import look_at
from reader.library import doctor
from reader.library.doctor import Finding
from reader.paths import Paths

_WRONG = 1


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("--fix", action="store_true", help="mend what can be mended, and keep what cannot be read")
    parser.add_argument("--json", action="store_true", help="one JSON array of what is wrong")


def run(where: Paths, options: Namespace, output: Output) -> int:
    """Say what is wrong; 0 where nothing is, or nothing any more."""
    if options.fix:
        with telling(output) as progress:
            done = doctor.mend(where, progress)
        for line in done:
            (output.say if options.json else output.line)(line)
    with telling(output) as progress:
        report = doctor.examine(where, progress)
    trouble, words = look_at(output)
    findings = [*report.findings, *trouble]
    if options.json:
        output.array(_shape(each) for each in findings)
    else:
        _print(findings, [*report.sound, *([] if trouble else [("terminal", words)])], output)
    return _WRONG if findings else 0


def _print(findings: list[Finding], sound: list[tuple[str, str]], output: Output) -> None:
    for each in findings:
        output.line(f"{each.area}: {each.message}" + (f" ({each.hint})" if each.hint else ""))
    for area, said in sound:
        output.line(f"{area}: {said}")
    if not findings:
        output.line("Nothing is wrong.")


def _shape(finding: Finding) -> dict[str, object]:
    return {
        "area": finding.area,
        "message": finding.message,
        "hint": finding.hint or None,
        "can_mend": finding.can_mend,
    }
