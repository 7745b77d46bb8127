"""The same verbs for scripts: one module each, and only the one that was chosen is loaded.

``main`` picks the verb and turns errors into one line and an exit code. ``shapes`` holds the JSON that scripts rely
on, ``output`` keeps colour, progress and control characters away from pipes.
"""
