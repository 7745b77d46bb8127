"""Web pages that stand where a document was asked for: what they are, in a sentence for people.

Only what such pages say of themselves counts: the names of the services behind them, a field for a password, the words
of their titles and of short pages. A page that is none of these is just a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEAD = 200_000  # characters of a page that are looked at
_SHORT = 3_000  # characters of text up to which a page is a notice and no article
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_CODE = re.compile(r"<(?:script|style|noscript)\b", re.IGNORECASE)
_CODE_END = re.compile(r"</(?:script|style|noscript)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
_PASSWORD = re.compile(r"""<input\b[^<>]{0,2000}\btype\s*=\s*["']?password""", re.IGNORECASE)

CHECK = "The site lets only browsers in, by a check for people"
PORTAL = "The network that you are in wants a login of its own before it lets anything through"
PARKED = "The domain is for sale or parked; there is no feed any more"
CONSENT = "The site asks for consent to its cookies first and gives no feed"
DATABASE = "The site has trouble with its database and gives no feed"
MAINTENANCE = "The site is down for maintenance and gives no feed"
# What stands in the source of a page, and what the page is then.
_MARKS = (
    (r"WISPAccessGatewayParam|captive[-_ ]?portal", PORTAL),
    (r"/cdn-cgi/challenge-platform|cf-browser-verification|cf_chl_|cf-chl-", f"{CHECK} (Cloudflare)"),
    (r"Attention Required! \| Cloudflare", f"{CHECK} (Cloudflare)"),
    (r"_Incapsula_Resource|Incapsula incident", f"{CHECK} (Imperva)"),
    (r"DDoS-Guard", f"{CHECK} (DDoS-Guard)"),
    (r"sucuri_cloudproxy|Sucuri WebSite Firewall", f"{CHECK} (Sucuri)"),
    (r"captcha-delivery\.com|datadome", f"{CHECK} (DataDome)"),
    (r"px-captcha|perimeterx", f"{CHECK} (PerimeterX)"),
    (r"/\.within\.website/x/cmd/anubis|Making sure you(?:'|&#39;|’)re not a bot", f"{CHECK} (Anubis)"),
    (r"awsWafCookieDomainList|aws-waf-token", f"{CHECK} (AWS)"),
)
# What a short page says, in its title or its text.
_WORDS = (
    (r"just a moment\.\.\.|checking your browser|security check|unusual traffic", CHECK),
    (r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot", CHECK),
    (r"account (?:has been )?suspended", "The account of the site is suspended, says its host"),
    (r"domain (?:name )?(?:may be|is) (?:for sale|parked|available)|buy this domain", PARKED),
    (r"domain has expired|parked (?:free|domain)", PARKED),
    (r"before you continue|consent to (?:the use of )?cookies|cookie consent", CONSENT),
    (r"error establishing a database connection|database error", DATABASE),
    (r"scheduled maintenance|(?:down for|under) maintenance|maintenance mode|be right back", MAINTENANCE),
)
_MARKED = [(re.compile(pattern, re.IGNORECASE), sentence) for pattern, sentence in _MARKS]
_WORDED = [(re.compile(pattern, re.IGNORECASE), sentence) for pattern, sentence in _WORDS]
_CAPTCHA = re.compile(r"g-recaptcha|h-captcha|cf-turnstile|hcaptcha\.com", re.IGNORECASE)
_MISSING = re.compile(r"\b404\b|\bnot found\b", re.IGNORECASE)


def notice(html: str) -> str:
    """What a page is that stands in for a feed; empty for a page like any other."""
    return next(_notices(html[:_HEAD]), "")


def is_closed(notice: str) -> bool:
    """Whether a notice means that nothing else of the site can be had either."""
    return notice.startswith((CHECK, PORTAL))


def _notices(html: str) -> Iterator[str]:
    title = found[1] if (found := _TITLE.search(html)) else ""
    text = _text(html)
    is_short = len(text) <= _SHORT
    if is_short or any(pattern.search(title) for pattern, _ in (*_MARKED, *_WORDED)):
        yield from (sentence for pattern, sentence in _MARKED if pattern.search(html))
    if not is_short:
        return
    said = f"{title} {text}"
    if _CAPTCHA.search(html):
        yield CHECK
    yield from (sentence for pattern, sentence in _WORDED if pattern.search(said))
    if _PASSWORD.search(html):
        yield "The address gives a page that asks for a login, and no feed"
    if _MISSING.search(title):
        yield 'The address gives a page that says "not found", and no feed'


def _text(html: str) -> str:
    """About what there is to read in a page."""
    first, *others = _CODE.split(html)
    shown = [first, *(each[found.end() :] for each in others if (found := _CODE_END.search(each)))]
    return " ".join(_TAG.sub(" ", " ".join(shown)).split())
