"""A whole document through expat and the machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from reader.parse.lane.decline import Declined
from reader.parse.lane.elements import BEGINS, ENDS
from reader.parse.lane.machine import Fields, Machine

_BUFFER = 1 << 16
_FIRST_ELEMENT = re.compile(rb"<\w")
_DOCTYPE = re.compile(rb"^\s*<!DOCTYPE([^>]*?)>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a document says, under feedparser's names."""

    version: str
    feed: Fields
    entries: list[Fields]


def read(document: bytes) -> Found:
    """What a document in UTF-8 says. Raises Declined when that is for feedparser to find out."""
    version, document = _without_doctype(document)
    machine = Machine(BEGINS, ENDS)
    try:
        _parser(machine).Parse(document, True)
    except (expat.ExpatError, LookupError, TypeError, ValueError) as error:
        # Ill-formed; or a place where feedparser stumbles as well, and another attempt is made.
        raise Declined(str(error)) from error
    version = version or machine.version
    if not version:
        raise Declined("no feed that is known")
    return Found(version, machine.feed, machine.entries)


def _without_doctype(document: bytes) -> tuple[str, bytes]:
    """The version that a document type names, and the document without it."""
    first = _FIRST_ELEMENT.search(document)
    head = document[: first.start()] if first else b""
    if b"<!DOCTYPE" not in head:
        return "", document
    if b"<!ENTITY" in head or b"[" in head[head.index(b"<!DOCTYPE") :]:
        raise Declined("a document type with declarations")
    found = _DOCTYPE.findall(head)
    version = "rss091n" if found and b"netscape" in found[0].lower() else ""
    return version, _DOCTYPE.sub(b"", head) + document[len(head) :]


def _parser(machine: Machine) -> Any:
    """expat, telling the machine what it meets."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    parser.StartElementHandler = machine.begin
    parser.EndElementHandler = machine.end
    parser.CharacterDataHandler = machine.text
    parser.StartNamespaceDeclHandler = machine.declare
    parser.StartDoctypeDeclHandler = _declined
    return parser


def _declined(*_: object) -> None:
    raise Declined("a document type")
