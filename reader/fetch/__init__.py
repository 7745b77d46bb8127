"""From a feed's address to its bytes: the network, a file, a directory, the guide that we ship.

Nothing here decides what an article is or touches the library; every fetcher answers with what it found, refusals
included, as a value: a failing server is no exception. ``http`` and ``handle`` alone import pycurl, the cheapest
client per request (a tenth of the processor time of the next); ``http`` follows redirects itself, because the cap of
two requests a host, the scheme check and the question whether *all* hops were permanent belong to each hop. ``queue``
and ``pace`` say who may be asked when, ``access`` who we are there and by which way, ``secrets`` has what that needs.
``schedule`` is pure and takes the time as an argument, so that a week can be simulated.
"""
