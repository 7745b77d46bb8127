"""Titles, summaries and bodies: which of the elements that hold them is which, in which order."""

from __future__ import annotations

from reader.parse.lane.machine import Attributes, Begin, End, Machine
from reader.parse.lane.words import XHTML

_READ_AS_SUMMARY = ("text/plain", "text/html", XHTML)


def content(name: str, kind: str) -> tuple[Begin, End]:
    """A text with markup that is kept under its name."""

    def begin(machine: Machine, attrs: Attributes) -> None:
        machine.push_content(name, attrs, kind)

    def end(machine: Machine) -> None:
        machine.pop_content(name)

    return begin, end


def begin_title(machine: Machine, attrs: Attributes) -> None:
    """A title; the first of the outermost counts."""
    machine.push_content("title", attrs, "text/plain", is_kept=holds_text(machine))


def end_title(machine: Machine) -> None:
    """An empty title leaves room for another one."""
    if machine.pop_content("title"):
        machine.title_depth = machine.depth


def end_media_title(machine: Machine) -> None:
    """A title of Media RSS never keeps the entry's own away."""
    before = machine.title_depth
    end_title(machine)
    machine.title_depth = before


def begin_description(machine: Machine, attrs: Attributes) -> None:
    """A description is the summary, where there is one already the content."""
    if "summary" in machine.context and not machine.has_content:
        machine.summary_key = "content"
        begin_content(machine, attrs)
    else:
        machine.push_content("description", attrs, "text/html", is_kept=holds_text(machine))


def begin_abstract(machine: Machine, attrs: Attributes) -> None:
    """A description in plain text."""
    machine.push_content("description", attrs, "text/plain", is_kept=holds_text(machine))


def end_description(machine: Machine) -> None:
    """The end of a description."""
    if machine.summary_key == "content":
        end_content(machine)
    else:
        machine.pop_content("description")
    machine.summary_key = None


def begin_summary(machine: Machine, attrs: Attributes) -> None:
    """A summary, where there is one already the content."""
    if "summary" in machine.context and not machine.has_content:
        machine.summary_key = "content"
        begin_content(machine, attrs)
    else:
        machine.summary_key = "summary"
        machine.push_content("summary", attrs, "text/plain")


def end_summary(machine: Machine) -> None:
    """The end of a summary."""
    if machine.summary_key == "content":
        end_content(machine)
    else:
        machine.pop_content("summary")
    machine.summary_key = None


def begin_content(machine: Machine, attrs: Attributes) -> None:
    """Atom's content. It is opened twice and closed once, as feedparser does it."""
    machine.has_content = True
    machine.push_content("content", attrs, "text/plain")
    machine.push("content")


def begin_encoded(machine: Machine, attrs: Attributes) -> None:
    """The content of RSS."""
    machine.has_content = True
    machine.push_content("content", attrs, "text/html")


def begin_body(machine: Machine, attrs: Attributes) -> None:
    """A content of inline XHTML."""
    machine.push_content("content", attrs, XHTML)


def end_content(machine: Machine) -> None:
    """A content is the summary as well, where there is none."""
    is_summary = machine.params.get("type") in _READ_AS_SUMMARY
    value = machine.pop_content("content")
    if is_summary:
        machine.context.setdefault("summary", value)


def holds_text(machine: Machine) -> bool:
    """Whether there is something that text could belong to."""
    return machine.in_feed or machine.in_entry or machine.in_source
