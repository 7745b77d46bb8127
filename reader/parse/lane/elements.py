"""What each element does when it begins and when it ends: the tables of feedparser's handlers.

An element that stands in neither table holds text under its own name, or if it has attributes says no more than they.
"""

from __future__ import annotations

from reader.parse.lane import links, people, places, texts
from reader.parse.lane.decline import Declined, Unread
from reader.parse.lane.machine import Attributes, Begin, End, Machine

# Names under which feedparser keeps things of its own, which an element of that name would put out of order.
_OWN_NAMES = (
    "links authors contributors author_detail publisher_detail generator_detail title_detail summary_detail"
    " subtitle_detail rights_detail description_detail copyright_detail tagline_detail guidislink published_parsed"
    " updated_parsed created_parsed expired_parsed date_parsed modified_parsed issued_parsed"
)
_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOMS = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}


def _rss(machine: Machine, attrs: Attributes) -> None:
    if not machine.version.startswith("rss"):
        written = attrs.get("version", "")
        machine.version = _VERSIONS.get(written) or ("rss20" if written.startswith("2.") else "rss")


def _feed(machine: Machine, attrs: Attributes) -> None:
    machine.in_feed = True
    machine.version = machine.version or _ATOMS.get(attrs.get("version", ""), "atom")


def _channel(machine: Machine, attrs: Attributes) -> None:
    machine.in_feed = True
    _no_channel_definition(attrs)


def _end_feed(machine: Machine) -> None:
    machine.in_feed = False


def _item(machine: Machine, attrs: Attributes) -> None:
    machine.new_entry()
    machine.push("item", is_kept=False)
    machine.in_entry = True
    machine.guid_is_link = False
    machine.title_depth = -1
    if machine.names.standard.get("rdf", "rdf") != "rdf":
        raise Declined("another meaning of the prefix rdf")
    if attrs.get("rdf:about"):
        machine.context["id"] = attrs["rdf:about"]
    _no_channel_definition(attrs)


def _end_item(machine: Machine) -> None:
    machine.pop("item")
    machine.in_entry = machine.has_content = False


def _no_channel_definition(attrs: Attributes) -> None:
    if "lastmod" in attrs or "href" in attrs:
        raise Declined("a feed of CDF")


def _image(machine: Machine, _: Attributes) -> None:
    context = machine.context
    if not machine.in_entry:
        context.setdefault("image", {})
    machine.in_image = True
    machine.title_depth = -1
    machine.push("image", is_kept=False)


def _end_image(machine: Machine) -> None:
    machine.pop("image")
    machine.in_image = False


def _itunes_image(machine: Machine, attrs: Attributes) -> None:
    machine.push("itunes_image", is_kept=False)
    if attrs.get("href") or attrs.get("url"):
        machine.context["image"] = {}


def _input(machine: Machine, _: Attributes) -> None:
    machine.context.setdefault("textinput", {})
    machine.in_input = True
    machine.title_depth = -1
    machine.push("textinput", is_kept=False)


def _end_input(machine: Machine) -> None:
    machine.pop("textinput")
    machine.in_input = False


def _source(machine: Machine, _: Attributes) -> None:
    machine.push("source")
    machine.in_source = True
    machine.title_depth = -1


def _end_source(machine: Machine) -> None:
    machine.in_source = False
    machine.pop("source")
    machine.source = {}


def _category(machine: Machine, _: Attributes) -> None:
    machine.context.setdefault("tags", [])
    machine.push("category")


def _end_category(machine: Machine) -> None:
    if machine.pop("category") and "tags" not in machine.context:
        raise Declined("a category out of place")


def _end_number(name: str) -> End:
    def end(machine: Machine) -> None:
        if machine.pop(name) is None:
            raise Declined(f"no number in {name}")

    return end


def _end_moment(name: str) -> End:
    def end(machine: Machine) -> None:
        written = machine.pop(name)
        machine.context[f"{name}_parsed"] = Unread(written) if written else None

    return end


def _marked(key: str, name: str, *, is_kept: bool = True) -> tuple[Begin, End]:
    """Text that goes with attributes which feedparser keeps under ``key``."""

    def begin(machine: Machine, _: Attributes) -> None:
        machine.context.setdefault(key, [])
        machine.push(name, is_kept=is_kept)

    def end(machine: Machine) -> None:
        machine.pop(name)
        if key not in machine.context:
            raise Declined(f"{key} out of place")

    return begin, end


def _opens(name: str, *, is_kept: bool = True) -> Begin:
    def begin(machine: Machine, _: Attributes) -> None:
        machine.push(name, is_kept=is_kept)

    return begin


def _pops(name: str) -> End:
    def end(machine: Machine) -> None:
        machine.pop(name)

    return end


def _date(machine: Machine, attrs: Attributes) -> None:
    if attrs:
        raise Declined("a date with attributes")
    machine.push("date")


def _refused(machine: Machine, _: Attributes) -> None:
    raise Declined("an element that feedparser may stumble over")


def _refused_end(machine: Machine) -> None:
    raise Declined("an element that feedparser may stumble over")


def _nothing(machine: Machine, _: Attributes) -> None:
    """The element says nothing of interest, and its text belongs to the element around it."""


_PAIRS: dict[str, tuple[Begin, End]] = {
    "feed": (_feed, _end_feed),
    "channel": (_channel, _end_feed),
    "item entry": (_item, _end_item),
    "image": (_image, _end_image),
    "textinput": (_input, _end_input),
    "source": (_source, _end_source),
    "author managingeditor dc_author dc_creator itunes_author": (people.begin_author, people.end_author),
    "contributor": (people.begin_contributor, _pops("contributor")),
    "dc_contributor name itunes_name": (_opens("name", is_kept=False), people.end_name),
    "email itunes_email": (_opens("email", is_kept=False), people.end_email),
    "url homepage uri": (_opens("href"), people.end_page),
    "itunes_owner": (people.begin_owner, people.end_owner),
    "width": (_opens("width", is_kept=False), _end_number("width")),
    "height": (_opens("height", is_kept=False), _end_number("height")),
    "title dc_title": (texts.begin_title, texts.end_title),
    "media_title": (texts.begin_title, texts.end_media_title),
    "description dc_description media_description": (texts.begin_description, texts.end_description),
    "abstract": (texts.begin_abstract, texts.end_description),
    "summary itunes_summary": (texts.begin_summary, texts.end_summary),
    "content": (texts.begin_content, texts.end_content),
    "content_encoded fullitem": (texts.begin_encoded, texts.end_content),
    "body xhtml_body": (texts.begin_body, texts.end_content),
    "subtitle tagline itunes_subtitle": texts.content("subtitle", "text/plain"),
    "rights copyright dc_rights": texts.content("rights", "text/plain"),
    "info feedburner_browserfriendly": texts.content("info", "text/plain"),
    "link": (links.begin_link, _pops("link")),
    "guid id": (links.begin_id, links.end_id),
    "creativecommons_license creativeCommons_license": (_opens("license"), links.end_licence),
    "published issued pubdate dcterms_issued": (_opens("published"), _end_moment("published")),
    "updated modified lastbuilddate dc_date dcterms_modified": (_opens("updated"), _end_moment("updated")),
    "created dcterms_created": (_opens("created"), _end_moment("created")),
    "expirationdate": (_opens("expired"), _pops("expired")),
    "dcterms_valid": (_opens("validity"), _pops("validity")),
    "category keywords dc_subject itunes_category media_category": (_category, _end_category),
    "tags": (_opens("tags"), _pops("tags")),
    "language dc_language": (_opens("language"), _pops("language")),
    "webmaster dc_publisher": (_opens("publisher"), _pops("publisher")),
    "generator": (_opens("generator"), _pops("generator")),
    "newlocation": (_opens("newlocation"), _pops("newlocation")),
    "media_rating": _marked("media_rating", "rating"),
    "media_credit": _marked("media_credit", "credit"),
    "media_restriction": _marked("media_restriction", "restriction"),
    "media_license": _marked("media_license", "license"),
    "media_thumbnail": _marked("media_thumbnail", "url"),
    "media_player": _marked("media_player", "media_player", is_kept=False),
    "where georss_where": (places.begin_where, _pops("where")),
    "georss_point georss_line georss_polygon georss_box": (places.begin_place, places.end_place),
    "gml_point gml_linestring gml_polygon": (places.begin_figure, _pops("geometry")),
    "gml_exterior gml_linearring": (places.begin_part, _pops("geometry")),
    "gml_pos": (_opens("pos", is_kept=False), places.end_position),
    "gml_poslist georssgeom geom": (_refused, _refused_end),
    "psc_chapters": (places.begin_chapters, places.end_chapters),
}

BEGINS: dict[str, Begin] = {
    **{key: begin for keys, (begin, _) in _PAIRS.items() for key in keys.split()},
    **dict.fromkeys(_OWN_NAMES.split(), _refused),
    "rss": _rss,
    "date": _date,
    "enclosure": links.begin_enclosure,
    "media_content": links.begin_media,
    "cc_license": links.begin_licence,
    "psc_chapter": places.begin_chapter,
    "itunes_image": _itunes_image,
    "itunes_link": _itunes_image,
    **dict.fromkeys(("cloud", "media_group", "admin_generatoragent", "admin_errorreportsto"), _nothing),
}
ENDS: dict[str, End] = {
    **{key: end for keys, (_, end) in _PAIRS.items() for key in keys.split()},
    "itunes_keywords": _pops("itunes_keywords"),
    "media_keywords": _pops("media_keywords"),
    "itunes_block": _pops("itunes_block"),
    "itunes_explicit": _pops("itunes_explicit"),
}
