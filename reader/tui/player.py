"""mpv playing one file: started by argument vector, asked over its own socket where it is, ended with the screen."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

from reader.tui.programs import end_group, refusal

PROGRAM = "mpv"
_ASK = b'{"command": ["get_property", "time-pos"], "request_id": 1}\n'
_ASK_SECONDS, _CONNECT_SECONDS = 1.0, 0.05
_KEEP_SECONDS = 10.0  # how much of a place is lost when everything ends at once
_MOST_LINE = 1 << 20

Keep = Callable[[float | None], "Future[None]"]


def command(address: str, start: float | None, ipc: Path | None) -> list[str]:
    """The words that play an address or a path from a place on; nothing in them is asked of a shell or of yt-dlp."""
    words = [PROGRAM, "--no-terminal", "--audio-display=no", "--ytdl=no"]
    words += [f"--input-ipc-server={ipc}"] if ipc else []
    words += [f"--start={start:.1f}"] if start else []
    return [*words, "--", address]


class Player:
    """Plays one file; ``keep`` notes where it is now and then, and None when it was played to its end."""

    def __init__(self, address: str, start: float | None, keep: Keep) -> None:
        self.position = start
        self.is_over = False
        self.is_stopped = False
        self._address = address
        self._start = start
        self._keep = keep
        self._kept = start
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> str:
        """Play to the end, for as long as that takes; why it could not be played, else "". Raises StoreError."""
        with tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True) as place:
            ipc = Path(place) / "mpv" if hasattr(socket, "AF_UNIX") else None
            quiet = subprocess.DEVNULL
            try:
                self._process = subprocess.Popen(
                    command(self._address, self._start, ipc),
                    stdin=quiet,
                    stdout=quiet,
                    stderr=quiet,
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                return "there is no mpv to play it" if isinstance(error, FileNotFoundError) else refusal(PROGRAM, error)
            with self._process as process:
                if self.is_stopped:
                    end_group(process)
                if ipc is not None:
                    self._follow(process, ipc)
        if not self.is_stopped:
            self._note().result()
        failed = process.returncode and self._kept == self._start and not self.is_stopped
        return "mpv cannot play it" if failed else ""

    def stop(self) -> None:
        """End it and note where it was; may be called from any thread, and waits for nothing."""
        self.is_stopped = True
        self._note()
        if self._process is not None:
            end_group(self._process)

    def _note(self) -> Future[None]:
        self._kept = None if self.is_over else self.position
        return self._keep(self._kept)

    def _follow(self, process: subprocess.Popen[bytes], ipc: Path) -> None:
        """Listen until mpv ends or says nothing more."""
        with closing(socket.socket(socket.AF_UNIX)) as line, suppress(OSError):
            while not _connected(line, ipc):
                if process.poll() is not None:
                    return
                sleep(_CONNECT_SECONDS)
            self._listen(line)

    def _listen(self, line: socket.socket) -> None:
        rest, kept_at = b"", monotonic()
        while True:
            line.sendall(_ASK)
            until = monotonic() + _ASK_SECONDS
            while (left := until - monotonic()) > 0:
                line.settimeout(left)
                try:
                    data = line.recv(1 << 16)
                except TimeoutError:
                    break
                if not data:
                    return
                *lines, rest = (rest + data)[-_MOST_LINE:].split(b"\n")
                for each in lines:
                    self._hear(each)
            if monotonic() - kept_at > _KEEP_SECONDS and not self.is_stopped:
                kept_at = monotonic()
                self._note().result()

    def _hear(self, line: bytes) -> None:
        """One thing that mpv says."""
        try:
            said = json.loads(line)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        if said.get("request_id") == 1 and isinstance(said.get("data"), int | float):
            self.position = max(float(said["data"]), 0.0)
        elif said.get("event") == "end-file" and said.get("reason") == "eof":
            self.is_over = True


def _connected(line: socket.socket, ipc: Path) -> bool:
    try:
        line.connect(str(ipc))
    except OSError:
        return False
    return True
