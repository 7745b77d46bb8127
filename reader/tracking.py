"""Addresses without what only tells who came from where."""

from __future__ import annotations

import re

# What sites and senders add to an address to know who came from where; without it the address leads to the same page.
TRACKING = (
    r"(?:utm_\w+|(?:pk|piwik|mtm|matomo)_\w+|at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team|ptr_name)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|(?:fb|g|d|ms|y|ys|tw|tt)clid|gclsrc|gbraid|wbraid|gad_(?:source|campaignid)"
    r"|mc_[ce]id|igshid|igsh|li_fat_id|epik|_hsenc|_hsmi|__hs(?:sc|tc|fp)|hsCtaTracking|mkt_tok|vero_(?:id|conv)"
    r"|oly_(?:anon|enc)_id|wickedid|rb_clickid|s_cid|sc_cid|ml_subscriber(?:_hash)?|_openstat|xtor|cmpid"
    r"|(?:wt|WT)[._](?:mc_id|mc|zmc)|_ga|_gl|srsltid|__twitter_impression|guccounter|guce_referrer(?:_sig)?|ncid|spm)"
    r"(?:=|(?=[&#;\"])|\Z)"
)
_IS_TRACKING = re.compile(TRACKING).match
_IS_TRACKED = re.compile(f"[?&;#]{TRACKING}").search


def untracked(address: str) -> str:
    """An address without the parameters that only tell who came from where."""
    if not _IS_TRACKED(address):
        return address
    page, mark, fragment = address.partition("#")
    page, _, query = page.partition("?")
    kept = "&".join(each for each in query.split("&") if not _IS_TRACKING(each))
    fragment = "" if _IS_TRACKING(fragment) else mark + fragment
    return page + (f"?{kept}" if kept else "") + fragment
