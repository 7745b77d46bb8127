"""The fast lane: well-formed RSS and Atom without feedparser, in a thirtieth of its time.

feedparser is the judge. It is a machine that walks through a document with a stack of open elements and some flags, and
what an element means depends on their state; so the lane is the same machine, on expat alone, reduced to what our
entries are made of (``machine``, ``elements``). It hands on fields under the names that feedparser gives them, so that
what becomes of them is written once, in ``parse.entries``. Where a document is ill-formed, has a document type with
declarations, or holds what feedparser treats in a way that is not imitated here, the lane declines and feedparser
reads it. Tests hold the two against each other, and the tables against feedparser's own.

Nothing from outside is ever loaded: a document type is taken off as feedparser takes it off, any other is declined.
"""
