"""The secrets that ``[[sites]]`` names: from a file, a command of the user's, or the system's keyring.

Each is had once a run, on a thread beside the transfers, since a command may ask a person. What is had is never
written, shown or logged, and neither is what a command says on standard error.
"""

from __future__ import annotations

import os
import stat
import subprocess
import threading
from dataclasses import dataclass
from queue import SimpleQueue

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
        self._asked: set[Site] = set()
        self._wanted: SimpleQueue[Site | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def get(self, site: Site) -> Secret | None:
        """The secret of a site; None while it is looked for."""
        if site not in self._asked:
            self._asked.add(site)
            self._wanted.put(site)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="secrets", daemon=True)
            self._thread.start()
        return self._known.get(site)

    def close(self) -> None:
        """Ends the command under way."""
        self._closed = True
        self._wanted.put(None)
        process = self._process
        if process is not None:
            _end(process)

    def _run(self) -> None:
        while not self._closed and (site := self._wanted.get()) is not None:
            self._known[site] = _fit(site, self._had(site))

    def _had(self, site: Site) -> Secret:
        if site.secret_file:
            return from_file(site.secret_file)
        return self._printed(site) if site.secret_command else _from_keyring(site)

    def _printed(self, site: Site) -> Secret:
        """The first line of what the command prints."""
        quiet = subprocess.DEVNULL
        try:
            command = list(site.secret_command)
            process = subprocess.Popen(
                command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True
            )
        except (OSError, ValueError) as error:
            reason = words.system(error) if isinstance(error, OSError) else "it is no command"
            return Secret(trouble=f"The command for its secret cannot be run: {reason}")
        self._process = process
        if self._closed:
            _end(process)
        try:
            printed, _ = process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return Secret(trouble=f"The command for its secret did not end within {words.duration(self._seconds)}")
        finally:
            self._process = None
            if process.stdout is not None:
                process.stdout.close()
        if process.returncode:
            return Secret(trouble=f"The command for its secret failed with exit code {process.returncode}")
        return _read(printed.split(b"\n", 1)[0], "The command for its secret printed")


def from_file(path: str) -> Secret:
    """The secret in a file that nobody but its owner can read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:  # noqa: PTH123 - a handle
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Secret(trouble="The file of its secret is no ordinary file")
            if os.name == "posix" and status.st_mode & 0o077:
                return Secret(trouble=f"The file of its secret can be read by others (chmod 600 {path})")
            return _read(file.read(_LONGEST + 1).rstrip(b"\r\n"), "The file of its secret holds")
    except OSError as error:
        return Secret(trouble=f"The file of its secret cannot be read: {words.system(error)}")


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
