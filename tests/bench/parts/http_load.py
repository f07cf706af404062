"""Load over HTTP/1.1: raw keep-alive connections, each sending its next request when the last one is answered."""

import asyncio
import time
from typing import Any
from urllib.parse import urlsplit

from tests.bench import orders

END_OF_HEAD = b"\r\n\r\n"


class Conversation(asyncio.Protocol):
    """One connection; counts answers with the wanted status and the seconds each took."""

    def __init__(self, request: bytes, count: int, status: bytes) -> None:
        self._request, self._left, self._status = request, count, status
        self._rest = b""
        self._sent_at = 0.0
        self._transport: Any = None
        self.seconds: list[float] = []
        self.wrong: bytes = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first question."""
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Ask again once the answer is complete."""
        self._rest += data
        head, found, body = self._rest.partition(END_OF_HEAD)
        if not found or len(body) < _length(head):
            return
        self._rest = b""
        if not head.startswith(b"HTTP/1.1 " + self._status):
            self.wrong = head + END_OF_HEAD + body
            self._left = 0
        self.seconds.append(time.perf_counter() - self._sent_at)
        if self._left:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        """The end, wanted or not."""
        if not self.done.done():
            self.done.set_result(None)

    def _ask(self) -> None:
        self._left -= 1
        self._sent_at = time.perf_counter()
        self._transport.write(self._request)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def _load(url: str, connections: int, each: int, token: str, cookies: str) -> dict[str, Any]:
    at = urlsplit(url)
    path = at.path + (f"?{at.query}" if at.query else "")
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""
    request = f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\n{authorization}{cookie}\r\n".encode()
    loop, host, port = asyncio.get_running_loop(), at.hostname or "127.0.0.1", at.port or 80
    began = time.perf_counter()
    pairs = [
        await loop.create_connection(lambda: Conversation(request, each, b"200"), host, port)
        for _ in range(connections)
    ]
    talks = [talk for _, talk in pairs]
    await asyncio.gather(*[talk.done for talk in talks])
    took = time.perf_counter() - began
    wrong = next((talk.wrong for talk in talks if talk.wrong), b"")
    seconds = [one for talk in talks for one in talk.seconds]
    if wrong or len(seconds) < connections * each:
        raise RuntimeError(f"{len(seconds)} of {connections * each} answers; {wrong[:500]!r}")
    return {"count": len(seconds), "seconds": took}


def run(url: str, connections: int, each: int, token: str = "", cookies: str = "") -> dict[str, Any]:
    """So many requests on each of so many connections; every answer must be 200."""
    return asyncio.run(_load(url, connections, each, token, cookies))


orders.obey(run=run)
