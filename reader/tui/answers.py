"""What a terminal answers when it is asked whether it can draw pictures, told from the keys that are typed meanwhile.

The question ends with one that every terminal answers (its attributes): once that answer is there, no other comes any
more. Until then, however long it takes, what may be an answer is never taken for keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable

QUESTION = "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c"
_ANSWER = re.compile(r"\x1b_G([^\x1b]{0,500})\x1b\\|\x1b\[\?[\d;]{0,100}c")
_BEGUN = re.compile(r"\x1b(?:_(?:G[^\x1b]{0,500}\x1b?)?|\[(?:\?[\d;]{0,100})?)?\Z")
_DOUBTFUL = ("\x1b", "\x1b_", "\x1b[")  # the beginning of an answer as well as a key


class Answers:
    """Stands before the parser of keys."""

    def __init__(self) -> None:
        self._then: Callable[[bool], None] | None = None
        self._can = False
        self._held = ""

    def expect(self, then: Callable[[bool], None]) -> None:
        """The question is about to be asked; ``then`` hears whether the answer is yes, on the thread that reads."""
        self._can, self._then = False, then

    def typed(self, text: str) -> str:
        """What of a piece that was read are keys; the beginning of what may be an answer waits for the rest."""
        if self._then is None:
            return text
        text, self._held = self._held + text, ""
        keys = ""
        while self._then is not None and (found := _ANSWER.search(text)):
            keys += text[: found.start()]
            text = text[found.end() :]
            self._heard(found[1])
        begun = _BEGUN.search(text) if self._then is not None else None
        if begun is not None:
            self._held = begun[0]
            text = text[: begun.start()]
        return keys + text

    def waited(self) -> str:
        """Nothing came for a while: what began like an answer, but is a key on its own."""
        if self._held not in _DOUBTFUL:
            return ""
        keys, self._held = self._held, ""
        return keys

    def _heard(self, graphics: str | None) -> None:
        if graphics is not None:
            self._can = self._can or graphics.endswith(";OK")
            return
        then, self._then = self._then, None
        if then is not None:
            then(self._can)
