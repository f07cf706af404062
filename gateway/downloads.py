"""A file that a service keeps in sealed parts, handed on part by part: at no time is a whole file in memory."""

from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from gateway.calls import Caller


async def handed_over(
    caller: Caller, service: str, *, described: str = "file", part: str = "file_part", **asked: Any
) -> Response:
    """A file as a download: its service tells what it is, and gives its parts. Raises NotFound."""
    file = await caller.result(service, described, **asked)
    headers = {
        "Cache-Control": "no-store",
        "Content-Length": str(file["size"]),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file['name'] or 'file', safe='')}",
    }
    parts = _parts(caller, service, part, asked, file["parts"])
    return StreamingResponse(parts, media_type=file["media_type"], headers=headers)


async def _parts(caller: Caller, service: str, method: str, asked: dict[str, Any], count: int) -> AsyncIterator[bytes]:
    for number in range(count):
        part = await caller.result(service, method, **asked, number=number)
        yield b64decode(part["data"])
