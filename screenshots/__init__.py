"""The pictures of the README, made from the real program: ``python -m screenshots.make``. A test holds them equal."""
