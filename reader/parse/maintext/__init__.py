"""The main text of a web page: the article without what stands around it.

``page`` takes a page to pieces and says why it holds no article where it does not (``refusals``). ``scoring`` finds the
part of the page (``tree``) that its paragraphs lie in, ``marked`` the part that the page itself calls its article, and
``choosing`` decides between them by what else is known: the words of the feed, and what the page says of itself for
machines (``statements``). ``tidying`` and ``trimming`` throw out what is none of the text. What is left is the page's
own markup, so that lists, code, tables and pictures stay, and goes through ``html.clean`` like everything foreign.

It uses no library for it: those that were measured (trafilatura, readability-lxml, resiliparse) get less of the text
right on one of the two kinds of pages that we have, flatten it or lose its pictures, and bring up to sixteen packages.
"""
