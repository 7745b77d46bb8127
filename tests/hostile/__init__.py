"""The web as an enemy would make it: a server on loopback, its cases, and what the reader must say of each.

``cases`` is the table: what is served, what the check must come to, and the true sentence of the feed's health.
``server`` serves it, each case from a host of its own; ``watch`` looks at the memory of the worker and its children.
"""
