"""The cases by kind."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.cases import bodies, encodings, entries, http, json, pace, packing, webpages, xml

KINDS: dict[str, list[Case]] = {
    "http": http.CASES,
    "pace": pace.CASES,
    "packing": packing.CASES,
    "xml": xml.CASES,
    "encodings": encodings.CASES,
    "entries": entries.CASES,
    "json": json.CASES,
    "webpages": webpages.CASES,
    "bodies": bodies.CASES,
}
CASES = [case for cases in KINDS.values() for case in cases]
