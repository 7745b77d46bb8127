"""The library on disk: one SQLite file, and the only package that knows SQL.

Every function takes a ``Connection`` first (``Database(path).local()``: one for each thread) and leaves committing to
the caller's ``with transaction(connection):``, but for those whose docstrings say that they commit themselves
(``marks``, ``indexing``, ``upkeep``, and all that concerns the whole file). Values of ``model``, ``records`` and
``plan`` go in and out; errors are those of ``errors``, and ``search.Interrupted`` where another thread stopped a query.

The doors, by module:

    database     Database(path): connect, local, close_all; data_version. connection: transaction
    feeds        add, followed, one, by_url, was_ever, rename, move, set_source, remove, restore
    checks       due, chosen, record: when and how a feed was asked, kept apart because it changes with every check
    files        seen, record: what a directory held at its last scan
    arrivals     known, tombstoned, insert, update, change_guid, forget: the one way in
    indexing     index_some, merge_some, waiting, queue: from the queue into the search index
    articles     article, stream, rows, html. versions: keep, earlier
    lists        ids, chunks, counts: what the screen lists, from covering indexes
    search       ids, chunks, count, best. ordering: the same in the order of lists. picking: by state, feed and age
    parts        the tables of the search index, one for each range of ids
    marks        mark, remove_feed, undo, redo: the user's actions and their journal
    memory       remember, recall: what the screen keeps between two starts
    upkeep       optimize, checkpoint, check, recount
    inspection   what is wrong with the tables, by kind. mending: put right in place. salvage: a new library of the rest
    care         look, mend: all three for a file in whatever state. copying, replacing: the whole file, out and in
    pictures     PictureCache: files in the cache directory, beside the database and without any SQL

Why it is built so. A list is an index: ``articles`` is narrow and every view has a covering partial index, newest
first. Counts are kept by triggers, so nobody can forget them. Bodies are compressed and apart. An article waits for the
search index in ``search_queue``, written in the article's own transaction, because the index is filled in small
transactions that let a key press through, and a killed worker must lose nothing. SQLite's lock has no queue: who writes
much while others may want to leaves a millisecond between two transactions. Ids are never used twice.
"""
