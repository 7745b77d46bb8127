"""Bytes from anywhere into entries: the only room that opens foreign documents.

It runs in a child process of its own (``python -P -m reader.parse``), so that a document which makes a parser loop,
swell or crash costs one honest outcome and nothing else. ``wire`` is what the worker and the child say to each other;
``documents`` looks at a document and picks its reader: ``xml`` (by ``lane``, else by feedparser), ``jsonfeed``,
``pages`` (which feeds a web page names), ``localtext`` (one article in a local file), ``maintext`` (the article of a
web page) and ``pictures`` (a picture, made small and written anew). Entries that are known as they stand in the
document are not read again (``unchanged``). Whatever a body was written in leaves here as the small HTML subset of
``html``: well-formed, bounded, addresses absolute, nothing in it that could act.

This package imports nothing, so that the worker can import ``parse.wire`` without paying for a parser.
"""
