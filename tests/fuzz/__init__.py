"""Coverage-guided fuzzing of everything that reads foreign bytes; run by hand for minutes, never by the tests.

    python -m pip install atheris
    python -m tests.fuzz feed 300                # one target, 300 seconds; tests/fuzz/targets.py has them all
    python -m tests.fuzz all 120 --kept DIR      # one after the other; inputs that reached new code are kept in DIR
    python -m tests.fuzz feed crash-0123456789   # what was found, once more

Seeds are the sample documents (READER_CORPORA) and what ``seeds.py`` makes. A finding is a mistake to be mended and a
test to be written where the mistake was: what was found so far stands there.
"""
