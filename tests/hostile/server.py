"""The server of the hostile web: every case on a host of its own, good feeds beside them, all on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from tests.hostile.case import Serve, Wire

CANARY = "canary"


class Server:
    """Serves what it is given by name; ``asked`` is the log of (name, path)."""

    def __init__(self, answers: Mapping[str, Serve], secret: str) -> None:
        self.asked: list[tuple[str, str]] = []
        self._answers = dict(answers)
        self._secret = secret
        names = [*answers, CANARY]
        self._hosts = {name: f"127.7.{number // 250}.{number % 250 + 1}" for number, name in enumerate(names)}
        self._names = {host: name for name, host in self._hosts.items()}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="hostile", daemon=True)
        self._ready = threading.Event()
        self._servers: list[asyncio.Server] = []
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def url(self, name: str) -> str:
        """The address of a case."""
        return f"{self._here(name)}/{name}"

    def was_asked(self, name: str) -> int:
        """How often a host was asked."""
        return sum(host == name for host, _ in self.asked)

    def _here(self, name: str) -> str:
        return f"http://{self._hosts[name]}:{self.port}"

    def _run(self) -> None:
        self._loop.set_exception_handler(lambda _loop, _context: None)  # clients that hang up are no news
        self._loop.run_until_complete(self._open())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _open(self) -> None:
        hosts = list(self._hosts.values())
        first = await asyncio.start_server(self._serve, hosts[0], 0)
        self.port = first.sockets[0].getsockname()[1]
        self._servers = [first, await asyncio.start_server(self._serve, hosts[1:], self.port)]

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._loop.shutdown_default_executor()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = self._names[writer.get_extra_info("sockname")[0]]
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = request.split(" ", 2)[1]
            self.asked.append((name, path))
            if name != CANARY:
                wire = Wire(writer, path, self._here(name), self.url(CANARY), self._secret)
                await self._answers[name](wire)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            writer.transport.abort()
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
