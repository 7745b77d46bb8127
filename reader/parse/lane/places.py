"""Where things are (GeoRSS, GML) and when in a recording (chapters): read past, but in feedparser's steps."""

from __future__ import annotations

from reader.parse.lane.decline import Declined
from reader.parse.lane.machine import Attributes, Machine


def begin_where(machine: Machine, _: Attributes) -> None:
    """A place."""
    machine.push("where", is_kept=False)
    machine.context["where"] = {}


def begin_place(machine: Machine, _: Attributes) -> None:
    """A place in one element."""
    machine.push("geometry", is_kept=False)
    machine.context["where"] = {}


def end_place(machine: Machine) -> None:
    """The figures of a place."""
    machine.pop("geometry")
    if "where" not in machine.context:
        raise Declined("a place out of place")


def begin_figure(machine: Machine, attrs: Attributes) -> None:
    """A figure of GML."""
    if "srsname" in attrs:
        raise Declined("a place by a named system")
    machine.context.setdefault("where", {})
    machine.push("geometry", is_kept=False)


def begin_part(machine: Machine, _: Attributes) -> None:
    """A part of a figure."""
    machine.push("geometry", is_kept=False)


def end_position(machine: Machine) -> None:
    """Its numbers."""
    machine.pop("pos")
    if "where" not in machine.context:
        raise Declined("a position out of place")


def begin_chapters(machine: Machine, _: Attributes) -> None:
    """The chapters of a recording."""
    if "psc_chapters" not in machine.context:
        machine.has_chapters = True
        machine.context["psc_chapters"] = True


def end_chapters(machine: Machine) -> None:
    """Their end."""
    machine.has_chapters = False


def begin_chapter(machine: Machine, attrs: Attributes) -> None:
    """One chapter."""
    if machine.has_chapters and ("start" not in attrs or "psc_chapters" not in machine.context):
        raise Declined("a chapter without a start")
