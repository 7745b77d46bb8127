"""The one path in: due feeds, their bytes, their entries, our articles.

It runs as a process of its own (``python -P -m reader.worker``; the screen, ``reader refresh`` and cron start the very
same one): one JSON line on standard input says what to do, events come out as JSON lines, and the end of the input
asks it to stop after the transaction in hand. So a refresh costs the screen nothing, and what a screen that dies
leaves behind ends by itself.

Each feed's check is a generator (``remote``, ``local``, ``adding``) that reads like the story of one feed: it yields
what it waits for (``effects``: a fetch, the parse child, a write, a turn for the others) and decides in between.
``engine`` runs hundreds of them side by side: one thread drives libcurl, one talks to the parse child, and the main
thread alone touches the library: in large transactions, or beside an open screen in transactions small enough to let a
key press through (``pace``, ``writes``). What a document means for what we have is decided by a pure function
(``ingest.decide``).
"""
