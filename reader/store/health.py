"""How a feed is doing, from what its last check came to. Pure."""

from __future__ import annotations

from reader.model import Health, HealthState, Result

_STATES = {Result.FAILED: HealthState.FAILING, Result.GONE: HealthState.GONE, Result.WAIT: HealthState.WAITING}

TROUBLED = tuple(_STATES)
"""The results of checks after which a feed is not well."""


def state(result: Result | None) -> HealthState:
    """The state that a result means; a feed that was never checked is well."""
    return HealthState.OK if result is None else _STATES.get(result, HealthState.OK)


def health(result: Result | None, message: str, since: int | None) -> Health:
    """A feed's health in plain words."""
    return Health(state(result), message, since)


def failures(before: int, result: Result) -> int:
    """Failures in a row after a check. Being told to wait, or being offline oneself, neither adds nor forgives one."""
    if result in (Result.WAIT, Result.OFFLINE):
        return before
    return before + 1 if result in (Result.FAILED, Result.GONE) else 0


def since(before: Result | None, before_since: int | None, result: Result, at: int) -> int:
    """Since when the feed has been as it is."""
    if before is None or before_since is None or state(before) is not state(result):
        return at
    return before_since
