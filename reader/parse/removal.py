"""What is taken out of bodies on purpose: every rule by its name, so that what each of them costs can be counted.

Nothing else that a browser shows as text is left out. A rule is only here where it is sure: what it takes is either not
shown by a browser, or shown twice, or speaks of the site and not of the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from reader.parse.attributes import is_hidden
from reader.parse.elements import SKIPPED, VOID

_MOST_TAGS, _MOST_TEXT = 1_000, 20_000  # tags and characters that are looked at to find out what an element says
SHORT = 200  # characters of text; what a class name promises to be a bar of buttons and is longer is none


class Rule(Enum):
    """Why a part of a body is left out."""

    UNSEEN = "not text"  # scripts, styles, templates, heads, what stands in for scripts and frames
    HIDDEN = "hidden"  # by its attributes
    FALLBACK = "inside a player"  # for browsers that cannot show the video, the recording or the frame
    DRAWING = "drawing"  # what is written in a drawing, each piece at its place
    FORMULA = "formula again"  # the source of a formula, or its second drawing
    LINE_NUMBER = "line number"  # beside a listing
    SHARE_BAR = "share bar"  # by its class, or links to nothing but forms for sharing
    FEED_NOTE = "feed note"  # "The post … appeared first on …"
    LENGTH = "too long"  # what is behind the limit of a body


_ELEMENTS = {
    **dict.fromkeys(SKIPPED, Rule.UNSEEN),
    "svg": Rule.DRAWING,
    "annotation": Rule.FORMULA,
    "annotation-xml": Rule.FORMULA,
}
_NAMES = {
    Rule.SHARE_BAR: """
a2a_kit addthis_default_style addthis_inline_share_toolbox addthis_sharing_toolbox addthis_toolbox addtoany_content
addtoany_share_save_container dpsp-content-wrapper dpsp-networks-btns-wrapper essb_links et_social_inline
et_social_networks fb-like fb-save fb-send fb-share-button feedflare g-plusone hatena-bookmark-button
heateor_sss_horizontal_sharing heateor_sss_sharing_container jetpack-likes-widget-wrapper juiz_sps_links line-it-button
linkedin-share-button mashsb-box mashsb-container nc_socialPanel novashare-buttons pin-it-button reddit-share-button
scriptlesssocialsharing sd-sharing sd-sharing-enabled sfsiaftrpstwpr sfsi_widget shareaholic-canvas sharedaddy
sharethis-inline-share-buttons simple-share-buttons-adder ssba ssba-wrap ssbp-wrap swp_social_panel tumblr-share-button
twitter-share-button
""",  # of the programs that many sites run; what sites call their own bars, they call other things as well
    Rule.LINE_NUMBER: """
blob-num crayon-nums crayon-num gutter hljs-ln-numbers hljs-ln-n line-numbers-rows lineno lineno-cell linenodiv linenos
linenumber lnt react-syntax-highlighter-line-number rouge-gutter
""",
    Rule.FORMULA: "katex-html MathJax_Preview",
}
_CLASSES = {name: rule for rule, names in _NAMES.items() for name in names.split()}

_SHARED = (
    r"https?://(?:www\.|m\.)?(?:facebook\.com/(?:sharer|share\.php|dialog/share)"
    r"|(?:twitter|x)\.com/(?:intent/|share\b|home\?status)"
    r"|linkedin\.com/(?:shareArticle|sharing/|cws/share)|reddit\.com/submit|pinterest\.[a-z.]+/pin/create"
    r"|plus\.google\.com/share|(?:getpocket|readitlaterlist)\.com/(?:save|edit)|news\.ycombinator\.com/submitlink"
    r"|tumblr\.com/(?:share|widgets/share)|digg\.com/(?:submit|remote-submit)|del(?:icio\.us|icious\.com)/(?:post|save)"
    r"|stumbleupon\.com/submit|t\.me/share|telegram\.me/share|wa\.me/\?text|api\.whatsapp\.com/send\?text"
    r"|vk\.com/share|vkontakte\.ru/share|xing\.com/(?:spi/shares|app/user\?op=share)|bsky\.app/intent"
    r"|threads\.(?:net|com)/intent"
    r"|mastodonshare\.com|addtoany\.com/(?:share|add_to)|addthis\.com/bookmark|b\.hatena\.ne\.jp/(?:entry|add)"
    r"|service\.weibo\.com/share|social-plugins\.line\.me|instapaper\.com/(?:hello2|edit)|flipboard\.com/bookmarklet"
    r"|feeds\.feedburner\.com/~ff/|feeds\.wordpress\.com/1\.0/go)[^<>\"]*"
)
_BUTTON = rf'<a href="{_SHARED}"[^<>]*>(?:[^<]|<img [^<>]*>)*</a>'
_BESIDE = r"(?:[\s|·•,/]|<br/>)*"
_AFTER = r"(?:\A|(?<=</p>)|(?<=</ul>)|(?<=</ol>)|(?<=</pre>)|(?<=</figure>)|(?<=</table>)|(?<=</blockquote>))"
_ROW = rf"<p>(?:[^<]{{0,20}}:)?{_BESIDE}{_BUTTON}(?:{_BESIDE}{_BUTTON})+{_BESIDE}</p>"
_LIST = rf"<ul>(?:<li>{_BUTTON}</li>){{2,}}</ul>"
_BAR = re.compile(rf"{_AFTER}(?:{_ROW}|{_LIST})(?!<hr/>)")
_MAY_BE_SHARED = re.compile(r'<(?:p|li)>(?:[^<]{0,21})<a href="' + _SHARED)

_LINK_TO = r'<a href="[^<>"#][^<>"]*"(?: title="[^<>"]*")?>'
_LINK = f"{_LINK_TO}[^<]*</a>"
_APPEARED = (
    "(?:first appeared|appeared first|was first published|was originally published|originally appeared) (?:on|at|in)"
    "|erschien zuerst (?:auf|bei)|ist zuerst erschienen auf|est apparu en premier sur|proviene da"
    "|sembra essere il primo su|(?:se publicó|aparece|apareció) primero en|verscheen eerst op"
    "|apareceu primeiro (?:em|no|na)|pochodzi z serwisu|появил(?:ась|ись|ся|ось) сначала на|dök först upp på"
    "|blev først vist på|最早出现在"
)
_MORE = "(?:Read (?:more|the (?:full|whole|rest of the|original) (?:article|post|story|review))|Continue reading)"
_ORIGIN = re.compile(rf"<p>[^<]{{0,30}}{_LINK}\s*(?:{_APPEARED})\s+{_LINK}\s*[.。]?</p>\Z")
_ELSEWHERE = (
    re.compile(rf"<p>{_LINK_TO}{_MORE}(?: of this story)?</a> (?:at|on) [^<]{{1,60}}</p>\Z"),
    re.compile(rf"<p>{_LINK_TO}{_MORE} (?:at|on) [^<]{{1,60}}</a></p>\Z"),
)
_LONGEST_NOTE = 4_000
_LONG = 2_000  # characters of a body that is more than the beginning of a story, which is to be read elsewhere


def of_element(tag: str, raw: str) -> Rule | None:
    """The rule that an element may fall under with all that is in it; ``raw`` are its attributes."""
    rule = _ELEMENTS.get(tag)
    if rule is None and raw:
        return Rule.HIDDEN if is_hidden(raw) else of_class(raw)
    return rule


def is_unsure(rule: Rule) -> bool:
    """Whether it takes a look at what an element says to know that it falls under the rule."""
    return rule is Rule.SHARE_BAR or rule is Rule.LINE_NUMBER


def holds(rule: Rule, pieces: Sequence[str], at: int) -> bool:
    """Whether what an element says does not speak against such a rule; its tag stands behind the text at ``at``."""
    text = _inside(pieces, at)
    if text is None:
        return False
    return len(text) <= SHORT if rule is Rule.SHARE_BAR else not text.strip("0123456789 .:|")


def _inside(pieces: Sequence[str], at: int) -> str | None:
    """The text in an element; None where there is so much in it that it falls under no rule."""
    text, depth = "", 0
    for index in range(at + 1, min(len(pieces), at + 3 * _MOST_TAGS), 3):
        tag = pieces[index]
        if tag not in VOID:
            depth += -1 if tag[0] == "/" else 1
        if depth <= 0:
            return " ".join(text.split())
        text += pieces[index + 2]
        if len(text) > _MOST_TEXT:
            break
    return None


def of_class(raw: str) -> Rule | None:
    """The rule that one of an element's classes falls under."""
    at = raw.find(' class="')
    if at < 0:
        return None
    names = raw[at + 8 : raw.find('"', at + 8)].split()
    return None if _CLASSES.keys().isdisjoint(names) else next(_CLASSES[name] for name in names if name in _CLASSES)


def without_notes(subset: str) -> tuple[str, list[tuple[Rule, str]]]:
    """A body in our subset without rows of links for sharing and without the site's note at its end, and what went."""
    removed: list[tuple[Rule, str]] = []
    if _MAY_BE_SHARED.search(subset):
        removed += [(Rule.SHARE_BAR, bar) for bar in _BAR.findall(subset)]
        subset = _BAR.sub("", subset)
    while found := _note(subset):
        removed.append((Rule.FEED_NOTE, found[0]))
        subset = subset[: found.start()]
    return subset, removed


def _note(subset: str) -> re.Match[str] | None:
    """The note that a body ends with, unless it is all that there is."""
    at = subset.rfind("<p>", len(subset) - _LONGEST_NOTE)
    if at <= 0 or not subset.endswith("</p>"):
        return None
    notes = (_ORIGIN, *_ELSEWHERE) if at > _LONG else (_ORIGIN,)
    return next((found for note in notes if (found := note.match(subset, at))), None)
