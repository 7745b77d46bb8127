"""Links, enclosures and identities."""

from __future__ import annotations

from reader.parse.lane.machine import Attributes, Machine
from reader.parse.lane.texts import holds_text
from reader.parse.lane.words import XHTML, media_type

_HTML = ("text/html", XHTML)


def begin_link(machine: Machine, attrs: Attributes) -> None:
    """A link, by its attributes or its text."""
    rel = attrs.setdefault("rel", "alternate")
    attrs.setdefault("type", "application/atom+xml" if rel == "self" else "text/html")
    context = machine.context
    _with_href(attrs)
    if "href" in attrs:
        attrs["href"] = machine.resolved(attrs["href"])
    links = context.setdefault("links", [])
    if not (machine.in_entry and machine.in_image):
        links.append(attrs)
    if "href" not in attrs:
        machine.push("link", is_kept=holds_text(machine))
    elif rel == "alternate" and media_type(attrs["type"]) in _HTML:
        context["link"] = attrs["href"]


def begin_enclosure(machine: Machine, attrs: Attributes) -> None:
    """A file that comes with an entry."""
    _with_href(attrs)
    attrs["rel"] = "enclosure"
    machine.context.setdefault("links", []).append(attrs)


def begin_media(machine: Machine, attrs: Attributes) -> None:
    """A file that Media RSS names."""
    machine.context.setdefault("media_content", []).append(attrs)


def begin_id(machine: Machine, attrs: Attributes) -> None:
    """An identity, which in RSS is the link as well where it does not say no."""
    machine.guid_is_link = attrs.get("ispermalink", "true") == "true"
    machine.push("id")


def end_id(machine: Machine) -> None:
    """The identity's text."""
    value = machine.pop("id")
    context = machine.context
    context.setdefault("guidislink", machine.guid_is_link and "link" not in context)
    if machine.guid_is_link:
        context.setdefault("link", value)


def begin_licence(machine: Machine, _: Attributes) -> None:
    """A licence by its attribute."""
    machine.context.setdefault("links", []).append({"rel": "license"})


def end_licence(machine: Machine) -> None:
    """A licence by its text. Raises KeyError where feedparser stumbles."""
    machine.pop("license")
    context = machine.context
    context.setdefault("links", []).append({"rel": "license"})
    del context["license"]


def _with_href(attrs: Attributes) -> None:
    """An address is ``href``, however it is named."""
    href = attrs.get("url", attrs.get("uri", attrs.get("href")))
    if href:
        attrs.pop("url", None)
        attrs.pop("uri", None)
        attrs["href"] = href
