"""Why a page brings no article, in a sentence for people."""

from __future__ import annotations

import re

from reader.parse.maintext.statements import Statements

NOTHING = "The page has no text that could be an article"
NEEDS_SCRIPT = "The page shows its text only with JavaScript"
ROBOT = "The page wants to see first that a person is there"
PAYWALL = "The page is behind a paywall"
LESS = "The page has less text than the feed"

SHORT = 250  # words; with fewer, a page that speaks of subscriptions shows but the beginning
_VERY_SHORT = 100
_LEAST = 12
_NEARLY = 0.9
_HALF = 0.6


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_SUBSCRIBE = _any(
    "subscribe (?:now )?to (?:continue|keep|read|unlock)", "to continue reading",
    "(?:sign|log) ?in to (?:continue|read)", "register (?:now )?to (?:continue|read)",
    "create (?:a|your) free account to", "become a (?:paid )?(?:member|subscriber) to",
    "reached your (?:free )?(?:article )?limit", "is (?:only )?for (?:paying |paid |premium )?(?:subscribers|members)",
    "jetzt weiterlesen", "weiterlesen mit", "mit (?:einem )?abo (?:weiter)?lesen", "nur für abonnenten",
    "réservée? (?:aux|à nos) abonnés", "abonnez-vous pour", "suscr[ií]bete para", "solo para suscriptores",
    "riservat[oa] agli abbonati", "abbonati per", "assine para", "exclusivo para assinantes", "alleen voor abonnees",
    "endast för prenumeranter", "только для подписчиков", "この記事は有料", "会員限定", "有料会員",
)  # fmt: skip
# What also stands at the head of pages that are free.
_MEMBERS = _any(
    r"for (?:our )?(?:paid )?subscribers(?: only)?\b", "subscribers only", "subscriber[- ]exclusive",
    "already a (?:subscriber|member)", "members[- ]only",
)  # fmt: skip
_SCRIPT = _any(
    "(?:enable|activate|turn on|requires?|need) (?:your browser.s )?javascript", "without javascript",
    "javascript (?:is|must be) (?:required|disabled|enabled)", "javascript (?:aktivieren|activé)",
    "(?:activer|activar|attivare) javascript",
)  # fmt: skip
_ROBOT = _any(
    r"just a moment\W", "verify(?:ing)? (?:that )?you are (?:a )?human", "are you a (?:robot|human)", "(?<!re)captcha",
    "checking your browser", "unusual traffic", "press (?:&amp;|&|and) hold to confirm",
    "access to this page has been denied",
)  # fmt: skip
_UNREAD = re.compile(r"</?(?:script|style)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile("<[^<>]*>")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


def refusal(page: str, text: str, said: Statements, feed_text: str) -> str:
    """Why a main text is none, empty where it is one; ``page`` is the whole document, ``feed_text`` what we have."""
    words, ours = count(text), count(feed_text)
    if not words or (words < _LEAST and words <= ours):
        return _nothing(page)
    if words < SHORT or (not said.is_free and words < _HALF * said.words):
        whole = _words(page)
        if not said.is_free or _SUBSCRIBE.search(whole) or (words < _VERY_SHORT and _MEMBERS.search(whole)):
            return PAYWALL
        if words < _VERY_SHORT and _ROBOT.search(whole[:5000]):
            return ROBOT
    if words < _NEARLY * ours:
        return LESS
    return ""


def count(text: str) -> int:
    """How many words a text has; a sign of Chinese, Japanese or Korean counts as one."""
    return len(_WORD.findall(text))


def _words(page: str) -> str:
    """All that a page says to people, what it says to those without JavaScript included."""
    return _TAG.sub(" ", " ".join(_UNREAD.split(page)[::2]))


def _nothing(page: str) -> str:
    whole = _words(page)
    if _SUBSCRIBE.search(whole) or _MEMBERS.search(whole):
        return PAYWALL
    if _ROBOT.search(whole[:5000]):
        return ROBOT
    is_script = _SCRIPT.search(whole) or ("<script" in page.lower() and count(whole) < _LEAST * 5)
    return NEEDS_SCRIPT if is_script else NOTHING
