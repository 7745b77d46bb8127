"""Reader: a news reader for the terminal.

The floors of the house, each importing only what lies below it (tests/test_house.py holds the table):

    doors        tui/   cli/
    the room     library/            everything a person can do, as plain methods
    trades       store/   worker/ -> fetch/ parse/
    the page     document/           a body as headings, paragraphs, lists ... and as lines
    words        model errors config paths opml text times
"""

__version__ = "0.1.0"
