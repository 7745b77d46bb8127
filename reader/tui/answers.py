"""What a terminal answers when it is asked whether it can draw pictures, told from the keys that are typed meanwhile.

It is asked for a picture in Kitty's protocol, for its name, and for its attributes, which every terminal answers: with
that answer all is known. From the question on, however late an answer comes, it is never taken for keys; what could be
a key as well is held back for a moment only while answers are owed. The name counts because several terminals know the
protocol, and say so, but not its placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Callable

QUESTION = "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[c"
_ANSWER = re.compile(
    r"\x1b_G(?P<graphics>[^\x1b]{0,500})\x1b\\|\x1bP>\|(?P<name>[^\x1b]{0,200})\x1b\\|\x1b\[\?[\d;]{0,100}c"
)
_BEGUN = re.compile(r"\x1b(?:_(?:G[^\x1b]{0,500}\x1b?)?|P(?:>(?:\|[^\x1b]{0,200}\x1b?)?)?|\[(?:\?[\d;]{0,100})?)?\Z")
_DOUBTFUL = ("\x1b", "\x1b_", "\x1bP", "\x1b[")  # the beginning of an answer as well as a key
_PLACEHOLDERS = re.compile(r"ghostty\b|kitty\((?:[1-9]\d*\.|0\.(?:2[89]|[3-9]\d|\d{3}))")  # kitty from 0.28 on


class Answers:
    """Stands before the parser of keys."""

    def __init__(self) -> None:
        self._then: Callable[[bool], None] | None = None
        self._knows_protocol = self._knows_placeholders = False
        self._held = ""

    def expect(self, then: Callable[[bool], None]) -> None:
        """The question is about to be asked; ``then`` hears whether the answer is yes, on the thread that reads."""
        self._knows_protocol = self._knows_placeholders = False
        self._then = then

    def typed(self, text: str) -> str:
        """What of a piece that was read are keys; the beginning of what may be an answer waits for the rest."""
        text, self._held = self._held + text, ""
        keys = ""
        while found := _ANSWER.search(text):
            keys += text[: found.start()]
            text = text[found.end() :]
            self._heard(found["graphics"], found["name"])
        begun = _BEGUN.search(text)
        if begun is not None and (self._then is not None or begun[0] not in _DOUBTFUL):
            self._held = begun[0]
            text = text[: begun.start()]
        return keys + text

    def waited(self) -> str:
        """Nothing came for a while: what began like an answer, but is a key on its own."""
        if self._held not in _DOUBTFUL:
            return ""
        keys, self._held = self._held, ""
        return keys

    def _heard(self, graphics: str | None, name: str | None) -> None:
        if graphics is not None:
            self._knows_protocol = self._knows_protocol or graphics.endswith(";OK")
        elif name is not None:
            self._knows_placeholders = _PLACEHOLDERS.match(name) is not None
        elif self._then is not None:
            then, self._then = self._then, None
            then(self._knows_protocol and self._knows_placeholders)
