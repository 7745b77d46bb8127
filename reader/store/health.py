"""How a feed is doing, from what its last checks came to. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reader import times
from reader.model import Health, HealthState, Result

_STATES = {Result.FAILED: HealthState.FAILING, Result.GONE: HealthState.GONE, Result.WAIT: HealthState.WAITING}
_DAY = 86400
_QUIET = 30 * _DAY  # a feed is not called silent before that
_SILENCE = 4  # times as long as it uses to be
_NEWS = 7 * _DAY  # for so long a move is worth a word
_REFUSALS = {
    401: "The site asks for a login",
    402: "The site asks for payment",
    403: "The site refuses feed readers",
    404: "There is nothing at its address",
    405: "The site refuses such requests",
    406: "The site has it in no form that we read",
    418: "The site refuses feed readers",
    429: "The site asks us to come less often",
    451: "The site withholds it for legal reasons",
}

TROUBLED = tuple(_STATES)
"""The results of checks after which a feed is not well."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is known of a feed's health: the last result with its sentence, and what else there is to say.

    ``since`` is when it became as it is, ``moved_at`` when its address was changed because it moved; ``every`` and
    ``posted_at`` are as in ``Checkup``.
    """

    result: Result | None
    message: str = ""
    status: int | None = None
    since: int | None = None
    paused_at: int | None = None
    moved_at: int | None = None
    every: int | None = None
    posted_at: int | None = None


def state(result: Result | None) -> HealthState:
    """The state that a result means; a feed that was never checked is well."""
    return HealthState.OK if result is None else _STATES.get(result, HealthState.OK)


def health(condition: Condition, now: int) -> Health:
    """A feed's health in plain words."""
    if condition.paused_at is not None:
        return Health(HealthState.PAUSED, f"Paused since {times.when(condition.paused_at, now)}", condition.paused_at)
    found = state(condition.result)
    if found is HealthState.OK:
        return Health(found, condition.message or _remark(condition, now), condition.since)
    message = condition.message if found is HealthState.WAITING else _trouble(condition, now)
    return Health(found, message, condition.since)


def failures(before: int, result: Result) -> int:
    """Failures in a row after a check. Being told to wait, or being offline oneself, neither adds nor forgives one."""
    if result in (Result.WAIT, Result.OFFLINE):
        return before
    return before + 1 if result in (Result.FAILED, Result.GONE) else 0


def since(before: Condition, result: Result, status: int | None, at: int) -> int:
    """Since when the feed has been as it is: a failure that is another one begins anew."""
    if before.result is None or before.since is None or state(before.result) is not state(result):
        return at
    return at if state(result) is HealthState.FAILING and before.status != status else before.since


def silence(every: int | None, posted_at: int | None, now: int) -> str:
    """That a feed posts no more: "silent for 9 months, used to post weekly"; empty while it posts as it used to."""
    if posted_at is None or now - posted_at < max(_QUIET, _SILENCE * (every or 0)):
        return ""
    used = f", used to post {rhythm(every)}" if every is not None else ""
    return f"Silent for {times.span(now - posted_at)}{used}"


def rhythm(every: int) -> str:
    """How often something comes, in words: "daily", "weekly", "every 4 months"."""
    for most, words in _RHYTHMS:
        if every < most:
            return words
    return f"every {times.span(every)}"


_RHYTHMS = (
    (3 * 3600, "many times a day"),
    (18 * 3600, "several times a day"),
    (36 * 3600, "daily"),
    (5 * _DAY, "every few days"),
    (10 * _DAY, "weekly"),
    (20 * _DAY, "every two weeks"),
    (45 * _DAY, "monthly"),
)


def _remark(condition: Condition, now: int) -> str:
    """What is worth a word of a feed that is well."""
    if condition.moved_at is not None and now - condition.moved_at < _NEWS:
        return f"Moved; following since {times.when(condition.moved_at, now)}"
    return silence(condition.every, condition.posted_at, now)


def _trouble(condition: Condition, now: int) -> str:
    """What is wrong, and since when."""
    message, status = condition.message, condition.status
    so = "" if condition.since is None else f" since {times.when(condition.since, now)}"
    if condition.result is Result.FAILED and status in _REFUSALS and message.startswith(f"{status}:"):
        return f"{_REFUSALS[status]} ({status}{so})"
    if condition.result is Result.FAILED and status is not None and status >= 500 and message.startswith(f"{status}:"):
        return f"{message.partition(': ')[2].capitalize()} ({status}{so})"
    return f"{message} ({so.strip()})" if so else message
