"""The secrets that ``[[sites]]`` names: from a file, a command of the user's, or the system's keyring.

Each is had once a run, on a thread of its own beside the transfers. Commands and the keyring may ask a person, so that
of either only one is asked at a time. What is had is never written, shown or logged, and neither is what a command says
on standard error.
"""

from __future__ import annotations

import os
import stat
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import IO

from reader.fetch import words
from reader.sites import Site

SECONDS = 60.0  # for a command that asks a person for the key of the key
_LONGEST = 16384


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or token, or the reason why there is none."""

    value: str = ""
    trouble: str = ""

    def __repr__(self) -> str:
        return f"Secret(trouble={self.trouble!r})"


class Secrets:
    """``get`` what is known; what is not is looked for meanwhile."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._known: dict[Site, Secret] = {}
        self._asked: dict[Site, float] = {}
        self._turn_of_commands = threading.Lock()
        self._turn_of_keyring = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def get(self, site: Site) -> Secret | None:
        """The secret of a site; None while it is looked for."""
        if site not in self._asked:
            threading.Thread(target=self._look, args=(site,), name="secrets", daemon=True).start()
            self._asked[site] = time.monotonic()
        found = self._known.get(site)
        return self._late(site) if found is None else found

    def close(self) -> None:
        """Ends the command under way."""
        self._closed = True
        process = self._process
        if process is not None:
            _end(process)

    def _late(self, site: Site) -> Secret | None:
        """The trouble of what keeps us waiting too long; a command is ended on its own, and waits for its turn."""
        if site.secret_command or time.monotonic() - self._asked[site] < self._seconds:
            return None
        who = "file of its secret could not be read" if site.secret_file else "keyring did not answer"
        return Secret(trouble=f"The {who} within {words.duration(self._seconds)}")

    def _look(self, site: Site) -> None:
        try:
            self._known[site] = _fit(site, self._had(site))
        except Exception as error:  # noqa: BLE001 - who asks would wait without end
            self._known[site] = Secret(trouble=f"Its secret could not be had ({type(error).__name__})")

    def _had(self, site: Site) -> Secret:
        if site.secret_file:
            return from_file(site.secret_file)
        with self._turn_of_commands if site.secret_command else self._turn_of_keyring:
            if self._closed:
                return Secret(trouble="Its secret is not looked for any more")
            return self._printed(site) if site.secret_command else _from_keyring(site)

    def _printed(self, site: Site) -> Secret:
        """The first line of what the command prints."""
        quiet = subprocess.DEVNULL
        try:
            command = list(site.secret_command)
            process = subprocess.Popen(
                command, bufsize=0, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True
            )
        except (OSError, ValueError) as error:
            reason = words.system(error) if isinstance(error, OSError) else "it is no command"
            return Secret(trouble=f"The command for its secret cannot be run: {reason}")
        self._process = process
        if self._closed:
            _end(process)
        try:
            return self._first_line(process)
        except subprocess.TimeoutExpired:
            return Secret(trouble=f"The command for its secret did not end within {words.duration(self._seconds)}")
        finally:
            self._process = None
            if process.returncode is None:
                _end(process)

    def _first_line(self, process: subprocess.Popen[bytes]) -> Secret:
        """What a command under way prints first; one that prints without end is not waited for."""
        until = time.monotonic() + self._seconds
        printed = bytearray()
        reader = threading.Thread(target=_take, args=(process.stdout, printed), name="secrets", daemon=True)
        reader.start()
        reader.join(self._seconds)
        if reader.is_alive():
            raise subprocess.TimeoutExpired(process.args, self._seconds)
        if len(printed) <= _LONGEST and process.wait(max(until - time.monotonic(), 0.0)):
            return Secret(trouble=f"The command for its secret failed with exit code {process.returncode}")
        return _read(bytes(printed).split(b"\n", 1)[0], "The command for its secret printed")


def _take(stream: IO[bytes], into: bytearray) -> None:
    """Reads until there is no more or more than a secret may have, and closes the stream."""
    with stream:
        while len(into) <= _LONGEST and (piece := stream.read(_LONGEST + 1 - len(into))):
            into += piece


def from_file(path: str) -> Secret:
    """The secret in a file that nobody but its owner can read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            return _of_handle(handle, path)
        finally:
            os.close(handle)
    except OSError as error:
        return Secret(trouble=f"The file of its secret cannot be read: {words.system(error)}")


def _of_handle(handle: int, path: str) -> Secret:
    with open(handle, "rb", closefd=False) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Secret(trouble="The file of its secret is no ordinary file")
        if os.name == "posix" and status.st_mode & 0o077:
            return Secret(trouble=f"The file of its secret can be read by others (chmod 600 {path})")
        return _read(file.read(_LONGEST + 1).rstrip(b"\r\n"), "The file of its secret holds")


def _from_keyring(site: Site) -> Secret:
    try:
        import keyring
    except ImportError:
        return Secret(trouble="The keyring cannot be asked for its secret: the library keyring is not installed")
    try:
        value = keyring.get_password(site.address, site.user or "token")
    except Exception as error:  # noqa: BLE001 - every backend of it has errors of its own
        return Secret(trouble=f"The keyring cannot be asked for its secret ({type(error).__name__})")
    return Secret(value) if value else Secret(trouble="The keyring has no secret for it")


def _read(data: bytes, who: str) -> Secret:
    """What was found as text; ``who`` begins the sentence that says why it is none."""
    if not data.strip() or len(data) > _LONGEST:
        return Secret(trouble=f"{who} {'nothing' if len(data) <= _LONGEST else 'far too much'}")
    try:
        return Secret(data.rstrip(b"\r").decode())
    except UnicodeDecodeError:
        return Secret(trouble=f"{who} what is no text")


def _fit(site: Site, secret: Secret) -> Secret:
    """The secret, if it can go into the head of a request."""
    is_token = secret.value.isascii() and " " not in secret.value
    fits = secret.value.isprintable() and (is_token or site.auth != "bearer")
    return secret if fits else Secret(trouble="Its secret has characters that cannot be sent")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a command with all that it started."""
    import signal

    try:
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    except OSError:
        process.kill()
    process.wait()
