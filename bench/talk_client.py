"""Keep-alive HTTP to one server at a fraction of a library's CPU: the load must not cost more than what it loads."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

IDLE_SECONDS = 3.0
"""Shorter than the server keeps a line, so that none is used that was just closed."""

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NoAnswer(Exception):
    """The line broke before a whole answer came."""


class Client:
    """Posts to one address over at most `lines` connections; broken ones are opened anew."""

    def __init__(self, url: str, lines: int) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "", parts.port or 80)
        self._target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._idle: list[tuple[float, Line]] = []
        self._room = asyncio.Semaphore(lines)

    async def post(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Status and content. Raises NoAnswer when nobody answers or the answer is cut short."""
        async with self._room:
            try:
                line = await self._line()
                try:
                    answer = await self._exchange(line, headers, body)
                except BaseException:
                    line[1].close()
                    raise
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                raise NoAnswer(type(error).__name__) from error
            self._idle.append((time.monotonic(), line))
            return answer

    async def _line(self) -> Line:
        while self._idle:
            since, line = self._idle.pop()
            if time.monotonic() - since < IDLE_SECONDS and not line[0].at_eof():
                return line
            line[1].close()
        return await asyncio.open_connection(*self._place)

    async def _exchange(self, line: Line, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        reader, writer = line
        lines = [f"POST {self._target} HTTP/1.1", f"host: {self._place[0]}:{self._place[1]}"]
        lines += [f"content-length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        writer.write("\r\n".join(lines).encode("latin-1") + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in head[1:])}
        return int(head[0].split()[1]), await reader.readexactly(int(told["content-length"]))

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[1][1].close()
