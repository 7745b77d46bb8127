"""What the program is measured by: every figure beside its yardstick and its budget, in one run.

    python -m tests.benchmarks [start|keys|refresh|search|open|memory|quit|all] [--quick] [--articles N] [--rounds N]

The real program runs by its installed script in a pseudo-terminal that answers what it asks, on libraries and against a
farm of feeds that are made here; ``python -c pass``, a minimal Textual app, newsboat and PyPI's ``reader`` run beside
it where they are. It asserts nothing. Libraries and newsboat's caches are kept below the cache directory of the system.

``python -m tests.benchmarks.text_kept`` counts how many words of the real feeds and pages stand on the lines.
"""
