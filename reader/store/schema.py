"""The tables. A change here is a step in ``migrations``.

Booleans are 0 and 1, moments are seconds since 1970, folders are JSON lists of names, bodies are zlib streams.
The index of a view holds what the view sorts by, ``sort_at`` and ``id`` side by side, and what it may be asked to pick
by, so that a list never reads the table.
"""

from __future__ import annotations

APPLICATION_ID = 0x52445231  # "RDR1"
PAGE_SIZE = 8192

FEEDS = """
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT,         -- the publisher's
    given_title TEXT,   -- the user's
    folder TEXT NOT NULL DEFAULT '[]',
    site_url TEXT,
    language TEXT,
    added_at INTEGER NOT NULL,
    removed_at INTEGER,
    is_full INTEGER NOT NULL DEFAULT 0 CHECK (is_full IN (0, 1)), -- the pages of its articles are fetched, too
    paused_at INTEGER,
    former_url TEXT,    -- where it was asked before it moved for good
    moved_at INTEGER    -- when the address was changed
) STRICT;

-- What changes with every check, apart from what does not.
CREATE TABLE checks (
    feed_id INTEGER PRIMARY KEY REFERENCES feeds ON DELETE CASCADE,
    result TEXT,
    message TEXT NOT NULL DEFAULT '',
    status INTEGER,
    since INTEGER,
    checked_at INTEGER,
    succeeded_at INTEGER,
    next_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    refresh_after INTEGER,
    bytes INTEGER,
    ms INTEGER,
    etag TEXT,
    last_modified TEXT,
    body_hash BLOB,
    source_hashes BLOB, -- of the entries of the document last read, 64-bit little-endian numbers
    skip TEXT,          -- hours of the week in which not to come, a JSON list
    moved_to TEXT,      -- where the server says that it has moved to for good
    moved_since INTEGER,
    found_url TEXT,     -- a feed that the page names which stands at the address
    every INTEGER,      -- seconds between two posts
    posted_at INTEGER,
    answers TEXT NOT NULL DEFAULT '[]' -- of the last checks, the newest first: moment, result, status, bytes, ms
) STRICT;

CREATE TABLE files (
    feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    path TEXT NOT NULL,
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    reason TEXT,        -- why it is skipped
    PRIMARY KEY (feed_id, path)
) STRICT, WITHOUT ROWID;
"""

ARTICLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    sort_at INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
    is_bookmarked INTEGER NOT NULL DEFAULT 0 CHECK (is_bookmarked IN (0, 1)),
    is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1)), -- its feed was removed, and it was not kept
    words INTEGER NOT NULL,
    published INTEGER,
    updated INTEGER,
    arrived INTEGER NOT NULL,
    read_at INTEGER,        -- when is_read last changed
    bookmarked_at INTEGER,  -- when is_bookmarked last changed
    entry_hash INTEGER NOT NULL,
    text_hash INTEGER NOT NULL,
    guid TEXT NOT NULL,
    section TEXT,
    title TEXT,
    stand_in TEXT,          -- the first words, where there is no title
    author TEXT,
    link TEXT,
    source_hash INTEGER,    -- of the entry as it stood in its document, before it was parsed
    UNIQUE (feed_id, guid)
) STRICT;

CREATE INDEX articles_all ON articles (sort_at, id, feed_id) WHERE is_hidden = 0;
CREATE INDEX articles_unread ON articles (sort_at, id, feed_id) WHERE is_read = 0 AND is_hidden = 0;
CREATE INDEX articles_bookmarked ON articles (sort_at, id, feed_id) WHERE is_bookmarked = 1 AND is_hidden = 0;
CREATE INDEX articles_feed ON articles (feed_id, sort_at, id, section) WHERE is_hidden = 0;
CREATE INDEX articles_feed_unread ON articles (feed_id, sort_at, id, section) WHERE is_read = 0 AND is_hidden = 0;
CREATE INDEX articles_text ON articles (feed_id, text_hash);

-- Read one at a time. The body comes last, so that the rest is read without it.
CREATE TABLE contents (
    article_id INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    comments_link TEXT,
    language TEXT,
    place TEXT,
    agency TEXT,
    summary TEXT NOT NULL,
    html BLOB NOT NULL
) STRICT;

CREATE TABLE enclosures (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    type TEXT,
    length INTEGER,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

-- Earlier texts of edited articles.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    replaced_at INTEGER NOT NULL,
    title TEXT,
    html BLOB NOT NULL
) STRICT;

CREATE INDEX versions_article ON versions (article_id);

CREATE TABLE tombstones (
    feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    guid TEXT NOT NULL,
    is_read INTEGER NOT NULL,
    is_bookmarked INTEGER NOT NULL,
    removed_at INTEGER NOT NULL,
    PRIMARY KEY (feed_id, guid)
) STRICT, WITHOUT ROWID;
"""

# Of what lists show, so without the hidden; section '' is that of articles without one.
COUNTS = """
CREATE TABLE counts (
    feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    section TEXT NOT NULL,
    unread INTEGER NOT NULL,
    total INTEGER NOT NULL,
    bookmarked INTEGER NOT NULL,
    PRIMARY KEY (feed_id, section)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER count_inserted AFTER INSERT ON articles WHEN new.is_hidden = 0 BEGIN
    INSERT INTO counts VALUES (new.feed_id, ifnull(new.section, ''), 1 - new.is_read, 1, new.is_bookmarked)
    ON CONFLICT DO UPDATE SET
        unread = unread + excluded.unread, total = total + 1, bookmarked = bookmarked + excluded.bookmarked;
END;

CREATE TRIGGER count_deleted AFTER DELETE ON articles WHEN old.is_hidden = 0 BEGIN
    UPDATE counts SET
        unread = unread - (1 - old.is_read), total = total - 1, bookmarked = bookmarked - old.is_bookmarked
    WHERE feed_id = old.feed_id AND section = ifnull(old.section, '');
END;

CREATE TRIGGER count_updated AFTER UPDATE OF is_read, is_bookmarked, is_hidden, section ON articles
WHEN new.is_read <> old.is_read OR new.is_bookmarked <> old.is_bookmarked OR new.is_hidden <> old.is_hidden
    OR new.section IS NOT old.section
BEGIN
    UPDATE counts SET
        unread = unread - (1 - old.is_read), total = total - 1, bookmarked = bookmarked - old.is_bookmarked
    WHERE old.is_hidden = 0 AND feed_id = old.feed_id AND section = ifnull(old.section, '');
    INSERT INTO counts SELECT new.feed_id, ifnull(new.section, ''), 1 - new.is_read, 1, new.is_bookmarked
    WHERE new.is_hidden = 0
    ON CONFLICT DO UPDATE SET
        unread = unread + excluded.unread, total = total + 1, bookmarked = bookmarked + excluded.bookmarked;
END;
"""

# One journal for all windows and commands: a line, above which everything is undone.
JOURNAL = """
CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verb TEXT NOT NULL,
    label TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0,
    feed_id INTEGER
) STRICT;

CREATE TABLE action_articles (
    action_id INTEGER NOT NULL REFERENCES actions ON DELETE CASCADE,
    part INTEGER NOT NULL,
    ids BLOB NOT NULL,      -- zlib of 64-bit little-endian numbers
    PRIMARY KEY (action_id, part)
) STRICT;

CREATE TABLE memory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

TITLES = """
CREATE VIRTUAL TABLE titles USING fts5 (
    title,
    content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO titles (titles, rank) VALUES ('automerge', 0);
"""

# The parts of the index, ``search_0`` and so on, by the first article that each may hold.
PARTS = """
CREATE TABLE search_parts (first_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO search_parts VALUES (0);
"""

QUEUE = """
CREATE TABLE search_queue (
    article_id INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    text BLOB NOT NULL
) STRICT;
"""

_RAISE = "INSERT INTO memory VALUES ('tree', '1') ON CONFLICT DO UPDATE SET value = value + 1;"
# A number under "tree" in memory that rises when what the sidebar is made of changes; its counts are read anew anyway.
TREE = f"""
CREATE TRIGGER tree_feed_added AFTER INSERT ON feeds BEGIN {_RAISE} END;
CREATE TRIGGER tree_feed_gone AFTER DELETE ON feeds BEGIN {_RAISE} END;
CREATE TRIGGER tree_feed_changed AFTER UPDATE OF title, given_title, folder, removed_at ON feeds
WHEN old.title IS NOT new.title OR old.given_title IS NOT new.given_title OR old.folder IS NOT new.folder
    OR old.removed_at IS NOT new.removed_at BEGIN {_RAISE} END;
CREATE TRIGGER tree_section_added AFTER INSERT ON counts WHEN new.section <> '' BEGIN {_RAISE} END;
CREATE TRIGGER tree_section_gone AFTER DELETE ON counts WHEN old.section <> '' BEGIN {_RAISE} END;
CREATE TRIGGER tree_section_emptied AFTER UPDATE OF total ON counts
WHEN new.section <> '' AND (old.total = 0) <> (new.total = 0) BEGIN {_RAISE} END;
"""


# What comes of reading: none of it is the publisher's, and no edit of an article touches it.
READING = """
-- The main text of the page that an article links to, beside what its feed says of it.
CREATE TABLE full_texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    fetched_at INTEGER NOT NULL,
    is_shown INTEGER NOT NULL CHECK (is_shown IN (0, 1)), -- rather than the feed's
    words INTEGER NOT NULL,
    message TEXT NOT NULL,  -- why there is none, in words
    html BLOB               -- NULL where there is none
) STRICT;

-- Where one stopped: a leaf of the document and an offset in its text.
CREATE TABLE places (
    article_id INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    leaf INTEGER NOT NULL,
    start INTEGER NOT NULL,
    percent INTEGER NOT NULL,
    left_at INTEGER NOT NULL
) STRICT;

-- What was done with the files that come with articles.
CREATE TABLE media (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    url TEXT NOT NULL,
    path TEXT,              -- where it was saved
    seconds REAL,           -- where one stopped playing it
    PRIMARY KEY (article_id, url)
) STRICT, WITHOUT ROWID;
"""


def part(first_id: int) -> str:
    """A part of the search index.

    Its column "feed" holds one made-up word that names the feed, so that a search within feeds is a search.
    """
    name = f"search_{first_id}"
    return f"""
CREATE VIRTUAL TABLE {name} USING fts5 (
    title, author, body, feed,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO {name} ({name}, rank) VALUES ('automerge', 0);
"""


SCHEMA = FEEDS + ARTICLES + COUNTS + JOURNAL + TITLES + PARTS + part(0) + QUEUE + TREE + READING
