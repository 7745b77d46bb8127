"""The page: an article's body as blocks, and blocks as lines of a terminal.

A body reaches us in a small, bounded, well-formed subset of HTML (``subset`` defines it; ``parse`` writes it, so that
foreign HTML is never met here). ``subset.read`` makes a ``Document`` of it; ``typeset`` sets that to a width; ``plain``
and ``markdown`` write it out; ``find`` finds words on the lines, ``links`` numbers the addresses.

We typeset ourselves because a widget per block costs seventeen seconds and 217 MB at one megabyte of text where lines
drawn by one widget cost 54 ms and 3 MB. Lines are made lazily, block by block, so that the first screen of a long text
is there as soon as that of a short one; a line knows which characters of which block it shows, so that find, copying
and the kept place speak of the text and not of the width it happens to be set to.

Widths are counted in cells as ``rich.cells`` counts them, since Textual draws by it: what fits here fits on the screen.
"""
