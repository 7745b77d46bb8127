"""Authors, as feedparser collects them from Atom's elements and takes them out of RSS' single line."""

from __future__ import annotations

import re
from typing import Any

from reader.parse.lane.machine import Attributes, Machine

_LONGEST = 2000  # characters of a line of authors that are searched, as that takes time with their square
_EMAIL = re.compile(
    r"(([a-zA-Z0-9\_\-\.\+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))"
    r"([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))(\?subject=\S+)?"
)


def begin_author(machine: Machine, _: Attributes) -> None:
    """One more author."""
    machine.in_author = True
    machine.push("author")
    machine.context.setdefault("authors", []).append({})


def end_author(machine: Machine) -> None:
    """What stands in the element itself is the author, if it has no elements within."""
    machine.pop("author")
    machine.in_author = False
    _sync(machine.context)


def begin_contributor(machine: Machine, _: Attributes) -> None:
    """Somebody whom we do not name."""
    machine.push("contributor", is_kept=False)
    _ = machine.context


def begin_owner(machine: Machine, _: Attributes) -> None:
    """Whom a podcast belongs to."""
    machine.in_publisher = True
    machine.push("publisher", is_kept=False)


def end_owner(machine: Machine) -> None:
    """An owner leaves no line."""
    machine.pop("publisher")
    machine.in_publisher = False


def end_name(machine: Machine) -> None:
    """The name of whoever is being described."""
    _save(machine, "name", machine.pop("name"), is_owner=machine.in_publisher)


def end_email(machine: Machine) -> None:
    """The email of whoever is being described."""
    _save(machine, "email", machine.pop("email"), is_owner=machine.in_publisher)


def end_page(machine: Machine) -> None:
    """An author's page."""
    _save(machine, "href", machine.pop("href"), is_owner=False)


def _save(machine: Machine, key: str, value: str | None, *, is_owner: bool) -> None:
    """With the last of the authors; an owner is one of them, for feedparser."""
    if is_owner or machine.in_author:
        context = machine.context
        context.setdefault("publisher_detail" if is_owner else "author_detail", {})[key] = value
        _sync(context)
        context.setdefault("authors", [{}])[-1][key] = value


def _sync(context: dict[str, Any]) -> None:
    """Brings the author's line and the last of the authors together; ``author_detail`` may be the first of them."""
    detail = context.get("authors", [{}])[-1]
    if detail:
        name, email = detail.get("name"), detail.get("email")
        if name or email:
            context["author"] = f"{name} ({email})" if name and email else name or email
    elif author := context.get("author"):
        found = _EMAIL.search(author[:_LONGEST])
        if found:
            author = _without(author, found[0])
        if author or found:
            context.setdefault("author_detail", detail)
        if author:
            detail["name"] = author
        if found:
            detail["email"] = found[0]


def _without(author: str, email: str) -> str:
    """What is left of a line without the email and the brackets around one of the two."""
    for gone in (email, "()", "<>", "&lt;&gt;"):
        author = author.replace(gone, "")
    author = author.strip().removeprefix("(").removesuffix(")")
    return author.strip()
