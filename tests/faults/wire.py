"""A small HTTP client for load: kept-alive connections and next to no work per request."""

import asyncio
from typing import Any

import orjson

MOST = 500
"""Connections at once: more than the gateway lets in, fewer than the file limit of a plain log-in (1024) allows."""


class Wire:
    """POSTs JSON to one address; whoever sends takes a `place` first, so that a slow gateway costs no more files."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.place = asyncio.Semaphore(MOST)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, body: Any, *, token: str, key: str, patience: float) -> tuple[int, Any]:
        """Status and parsed answer; raises OSError, EOFError or TimeoutError when the line is cut or silent."""
        connection = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port)
        reader, writer = connection
        content = orjson.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nhost: {self._host}\r\nauthorization: Bearer {token}\r\nidempotency-key: {key}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        try:
            writer.write(head.encode() + content)
            async with asyncio.timeout(patience):
                status, answer, keeps = await self._answer(reader)
        except BaseException:
            writer.close()
            raise
        if keeps:
            self._idle.append(connection)
        else:
            writer.close()
        return status, answer

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, Any, bool]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(head.split(None, 2)[1])
        length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
        content = await reader.readexactly(length)
        return status, orjson.loads(content) if content else None, "connection: close" not in head

    async def close(self) -> None:
        """End all idle connections."""
        for _, writer in self._idle:
            writer.close()
