"""Documents over http and https with libcurl: many at once, each bounded in time, size and redirects.

Redirects are followed here and not by libcurl, so that each hop is counted at its own host, may only lead to http or
https, is known as permanent or not, and takes no login to where it was not meant for. A hop that may not reach a
private network is watched at the connection itself: before one is opened to an address that the name resolved to, and
before one that is open already is used again. Cookies live from a redirect to the end of its request. All work happens
in ``poll``, on the caller's thread.
"""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

import pycurl

from reader.fetch import access, failures, handle, headers, words
from reader.fetch.address import is_here, is_web
from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.pace import pace_of, site_of
from reader.fetch.queue import HostQueue
from reader.fetch.secrets import Secrets
from reader.fetch.shares import Shares
from reader.fetch.transfer import Transfer
from reader.logins import split, without
from reader.sites import site_for

MOST_REDIRECTS = 10
_LONGEST_ADDRESS = 8000
_UNUSABLE = "The server redirects to an address that cannot be used"
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_DIGEST = re.compile(rb"(?i)www-authenticate:\s*(?:.*,\s*)?digest\s").match
_LONGEST_REST, _MOST_RESTED = 60, 300  # seconds that a run waits for a host that says how soon it may be asked, in all
_GLANCE = 0.02


class Http:
    """The client: ``submit`` what is wanted, ``poll`` until ``pending`` is 0, ``close``."""

    def __init__(self, limits: Limits | None = None, shares: Shares | None = None) -> None:
        """With ``shares`` long documents wait for room; whoever gets an answer gives the room of its body back."""
        self._limits = limits or Limits()
        self._shares = shares
        self._paused: dict[pycurl.Curl, Transfer] = {}  # of those under way, the first one first
        self._folded: list[tuple[Transfer, int]] = []  # are there, but for room to unpack them, and their status
        at_once, pause = self._limits.per_host, self._limits.pause
        self._queue: HostQueue[Transfer] = HostQueue(lambda lane: pace_of(lane, at_once, pause))
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, self._limits.parallel)
        self._under_way: dict[pycurl.Curl, Transfer] = {}
        self._spare: list[pycurl.Curl] = []
        self._refused: list[Fetched] = []
        self._unready: list[Transfer] = []  # wait for their secret
        self._resting: dict[str, Fetched] = {}  # the answer of a host that asked us to wait
        self._rested: dict[str, int] = {}  # seconds that we waited for a host
        self._secrets = Secrets()
        self._authorities = handle.authorities()

    @property
    def pending(self) -> int:
        """How many answers are still owed."""
        waiting = len(self._refused) + len(self._unready) + len(self._folded)
        return len(self._queue) + len(self._under_way) + waiting

    @property
    def under_way(self) -> int:
        """How many requests were sent and not answered."""
        return len(self._under_way)

    @property
    def idle(self) -> float:
        """For how many seconds there is nothing to do but to wait for a pause to end or a secret to be had."""
        if self._under_way or self._refused or self._folded:
            return 0.0
        wait = self._queue.wait
        return min(_GLANCE if wait is None else wait, _GLANCE) if self._unready else wait or 0.0

    def submit(self, request: Request) -> None:
        """Lets a request wait for its turn."""
        self._guarded(request, lambda: self._submit(request))

    def _submit(self, request: Request) -> None:
        seconds = min(self._limits.seconds, request.seconds or self._limits.seconds)
        url, login = split(request.url)
        logins = self._limits.ways.logins
        if login is None and logins is not None:
            login = logins.find(request.source or url)
        request = replace(request, url=url)
        first = access.access(self._limits, request, url, url, strayed=False, environ=os.environ)
        self._enqueue(
            Transfer(request, url, seconds, first, login, is_guarded=request.is_public, clock=self._limits.clock)
        )

    def poll(self, timeout: float, room: int = 1 << 30) -> list[Fetched]:
        """The answers that came within ``timeout`` seconds, perhaps none; starts at most ``room`` further requests."""
        self._look_again()
        self._go_on()
        self._start(room)
        self._multi.perform()
        done = self._collect()
        if done:
            return done
        has_room = room > 0 and len(self._under_way) < self._limits.parallel
        soon = self._queue.wait if has_room else None
        longest = timeout if soon is None else min(timeout, soon)
        if self._under_way:
            self._wait(longest)
            self._multi.perform()
            return self._collect()
        if self.pending:
            time.sleep(min(longest, _GLANCE) if self._unready else longest)
        return []

    def close(self) -> None:
        """Drops everything under way and all connections."""
        self._secrets.close()
        for curl in self._under_way:
            self._multi.remove_handle(curl)
            curl.close()
        self._under_way.clear()
        for curl in self._spare:
            curl.close()
        self._multi.close()

    def _wait(self, seconds: float) -> None:
        before = time.monotonic()
        self._multi.select(seconds)
        if time.monotonic() - before < 0.0005:
            time.sleep(min(seconds, 0.002))  # names being looked up have nothing to wait on

    def _go_on(self) -> None:
        """Notes who waits for room, for which nobody's time runs, and lets go on who has it now."""
        now = time.monotonic()
        for curl, transfer in self._under_way.items():
            if transfer.is_paused and curl not in self._paused:
                self._paused[curl], transfer.since = transfer, now
                curl.setopt(pycurl.LOW_SPEED_LIMIT, 0)
        for curl, transfer in list(self._paused.items()):
            if self._shares is not None and self._shares.fits(transfer.held, transfer.wants):
                del self._paused[curl]
                transfer.waited += now - transfer.since
                transfer.is_paused = False
                curl.setopt(pycurl.LOW_SPEED_LIMIT, failures.SLOW_BYTES)
                with suppress(pycurl.error):  # the piece that waited was the end of it, which ``_collect`` is told
                    curl.pause(pycurl.PAUSE_CONT)

    def _overdue(self) -> list[Fetched]:
        """The answers of those whose time is over. We look ourselves, as libcurl's clock does not stop in a pause."""
        now = time.monotonic()
        late = [
            curl
            for curl, transfer in self._under_way.items()
            if not transfer.is_paused and transfer.spent + transfer.lasted(now) > transfer.seconds
        ]
        found = [self._finish(curl, pycurl.E_OPERATION_TIMEDOUT, "") for curl in late]
        return [each for each in found if each]

    def _look_again(self) -> None:
        """Those whose secret is there by now may go."""
        unready, self._unready = self._unready, []
        for transfer in unready:
            self._enqueue(transfer, first=transfer.hops > 0)

    def _guarded(self, request: Request, act: Callable[[], Fetched | None]) -> Fetched | None:
        """Does something for one request; a mistake of ours in it costs that one its answer, and no other."""
        try:
            return act()
        except Exception as mistake:  # noqa: BLE001  (written down, and said of this request)
            traceback.print_exc(file=sys.stderr)
            error = f"Reader made a mistake with this address ({type(mistake).__name__})"
            self._refused.append(Fetched(request.key, request.url, error=error, unasked=True))
            return None

    def _enqueue(self, transfer: Transfer, *, first: bool = False) -> None:
        site = transfer.access.site
        trouble = site.trouble
        if transfer.access.needs_secret and not trouble:
            secret = self._secrets.get(site)
            if secret is None:
                self._unready.append(transfer)
                return
            transfer.secret, trouble = secret.value, secret.trouble
        if trouble:
            self._refused.append(transfer.answer(error=trouble, unasked=True))
            return
        transfer.lane = site_of(transfer.url)
        self._queue.put(transfer.lane, transfer, first=first)

    def _start(self, room: int) -> None:
        while room > 0 and len(self._under_way) < self._limits.parallel:
            taken = self._queue.take(lambda each: self._spared(each) is not None)
            if taken is None:
                return
            transfer = taken[1]
            if spared := self._spared(transfer):
                self._refused.append(spared)
                continue
            room -= 1
            curl = self._spare.pop() if self._spare else pycurl.Curl()
            try:
                handle.prepare(curl, transfer, self._limits, self._shares, self._authorities)
            except (pycurl.error, ValueError):
                self._queue.free(transfer.lane)
                what = "The address" if transfer.login is None else "The address or its login"
                self._refused.append(transfer.answer(error=f"{what} cannot be used", unasked=True))
                curl.close()
                continue
            self._under_way[curl] = transfer
            transfer.started = time.monotonic()
            self._multi.add_handle(curl)

    def _spared(self, transfer: Transfer) -> Fetched | None:
        """The answer for a host that asked us to wait, until the moment that it named; None where it is asked."""
        said = self._resting.get(transfer.lane)
        if said is None or (said.retry_at is not None and said.retry_at <= self._limits.clock()):
            return None
        if said.status != 429 and not transfer.request.accept:
            return None  # what is out of order may be one feed; each has a patience of its own, and is asked
        return replace(said, key=transfer.request.key, url=transfer.url, received=0, ms=0, unasked=True)

    def _collect(self) -> list[Fetched]:
        done, self._refused = self._refused, []
        while True:
            _, good, bad = self._multi.info_read()
            for curl, code, text in [*((each, 0, "") for each in good), *bad]:
                answer = self._finish(curl, code, text)
                if answer:
                    done.append(answer)
            if not good and not bad:
                return [*done, *self._overdue(), *self._unfolded()]

    def _finish(self, curl: pycurl.Curl, code: int, text: str) -> Fetched | None:
        """The answer of a handle that is done, None when it was a redirect that is now followed."""
        transfer = self._under_way.pop(curl)
        self._paused.pop(curl, None)
        transfer.spent += transfer.lasted(time.monotonic())
        transfer.received += int(curl.getinfo(pycurl.SIZE_DOWNLOAD_T))
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        transfer.status = status
        if status >= 200 and transfer.has_head and not transfer.is_wanted:
            code = 0  # its head says all; what went wrong with the body of an error or a redirect is nothing to us
        target = handle.target(curl, transfer) if status in _REDIRECTS and not code else ""
        error, unreached = self._failed(curl, transfer, code, text)
        transfer.is_private = handle.is_private_hop(curl, transfer)
        self._multi.remove_handle(curl)
        self._spare.append(curl)
        self._queue.free(transfer.lane)
        return self._guarded(transfer.request, lambda: self._settled(transfer, status, target, error, unreached))

    def _settled(self, transfer: Transfer, status: int, target: str, error: str, unreached: bool) -> Fetched | None:
        """The answer of a transfer whose handle is free again, None when there is none yet."""
        if target:
            self._give_back(transfer)
            error = self._follow(transfer, target, status)
            if not error:
                return None
        elif status == 401 and self._is_tried_again(transfer):
            return None
        elif not error and not transfer.is_wanted:
            error = _refusal(transfer, status)
        elif not error and not transfer.has_begun:
            transfer.pour(b"")
        if error:
            self._give_back(transfer)
        elif transfer.folder is not None:
            self._folded.append((transfer, status))
            return None
        answer = transfer.answer(status or None, error, unreached=unreached)
        self._heed(transfer, answer)
        return answer

    def _unfolded(self) -> list[Fetched]:
        """The answers that waited for room only."""
        found: list[Fetched] = []
        for transfer, status in [each for each in self._folded if each[0].unfold(self._shares)]:
            self._folded.remove((transfer, status))
            found.append(transfer.answer(status))
            self._heed(transfer, found[-1])
        return found

    def _failed(self, curl: pycurl.Curl, transfer: Transfer, code: int, text: str) -> tuple[str, bool]:
        """Why there is no whole answer, empty where there is one, and whether nothing of the server was reached."""
        if code:
            return failures.sentence(handle.failure(curl, transfer, code, text), transfer, self._limits)
        return ("" if transfer.has_head else "The server closed the connection in the middle of its answer"), False

    def _give_back(self, transfer: Transfer) -> None:
        if self._shares is not None:
            self._shares.give(transfer.held)
        transfer.held = 0

    def _is_tried_again(self, transfer: Transfer) -> bool:
        """A login that came with an address does not say of which kind it is."""
        if transfer.login is None or transfer.is_digest or not transfer.sent_login or transfer.access.site.auth:
            return False
        if not any(map(_DIGEST, transfer.lines)):
            return False
        transfer.is_digest = True
        transfer.again(transfer.url)
        self._enqueue(transfer, first=True)
        return True

    def _heed(self, transfer: Transfer, answer: Fetched) -> None:
        """What an answer means for others at the same host, and for the login under a new address."""
        left = headers.exhausted(headers.read(transfer.lines), self._limits.clock())
        until = answer.retry_at or left
        rest = 0 if until is None or not (left or answer.status in (429, 503)) else until - self._limits.clock()
        if 0 < rest <= _LONGEST_REST and self._rested.get(transfer.lane, 0) < _MOST_RESTED:
            self._rested[transfer.lane] = self._rested.get(transfer.lane, 0) + rest
            self._queue.rest(transfer.lane, rest)
        elif answer.status == 429 or (answer.status == 503 and answer.retry_at):
            self._resting[transfer.lane] = answer
        elif left is not None:
            self._resting[transfer.lane] = replace(
                answer, status=429, body=b"", error=words.status(429), retry_at=left, moved_to=None
            )
        logins = self._limits.ways.logins
        if answer.moved_to and transfer.sent_login and transfer.login and logins and not transfer.request.source:
            with suppress(OSError):  # the next check tries it again
                logins.keep(answer.moved_to, transfer.login)

    def _follow(self, transfer: Transfer, target: str, status: int) -> str:
        """Sends a transfer on to where the server points; the reason when that cannot be done."""
        transfer.hops += 1
        transfer.permanent = transfer.permanent and status in _PERMANENT
        if transfer.hops > MOST_REDIRECTS:
            return f"The server redirects more than {MOST_REDIRECTS} times"
        if not is_web(target):
            return "The server redirects to an address that is not http or https"
        if len(target) > _LONGEST_ADDRESS or not _is_usable(target):
            return _UNUSABLE
        target = without(urldefrag(target).url)
        is_named = site_for(self._limits.ways.sites, target) is not None
        transfer.is_guarded = (transfer.is_guarded or not transfer.is_private) and not is_named
        if transfer.is_guarded and is_here(target):
            return words.TO_PRIVATE
        if transfer.spent >= transfer.seconds:
            return f"The server did not answer within {words.duration(transfer.seconds)}"
        transfer.strayed = transfer.strayed or not access.is_same(transfer.request.url, target)
        transfer.access = access.access(
            self._limits,
            transfer.request,
            transfer.request.url,
            target,
            strayed=transfer.strayed,
            environ=os.environ,
        )
        transfer.again(target)
        self._enqueue(transfer, first=True)
        return ""


def _is_usable(address: str) -> bool:
    """Whether an address has a host and a port that can be told."""
    try:
        return bool(urlsplit(address).hostname) and urlsplit(address).port != 0
    except ValueError:
        return False


def _refusal(transfer: Transfer, status: int) -> str:
    """Why there is no document, by the status and what comes with it."""
    if transfer.sent_login and status == 401:
        return words.refused(status)
    return words.challenge(status) if status in (403, 429, 503) and transfer.is_challenge else words.status(status)
