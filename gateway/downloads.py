"""A file that testing keeps in sealed parts, handed on part by part: at no time is a whole file in memory."""

from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from gateway.calls import Caller


async def handed_over(caller: Caller, *, file_id: str, challenge_id: str, candidate_id: str | None) -> Response:
    """The file of a challenge as a download; with a candidate only the own ones. Raises NotFound."""
    asked: dict[str, Any] = {"file_id": file_id, "challenge_id": challenge_id, "candidate_id": candidate_id}
    file = await caller.result("testing", "file", **asked)
    headers = {
        "Cache-Control": "no-store",
        "Content-Length": str(file["size"]),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file['name'] or 'file', safe='')}",
    }
    return StreamingResponse(_parts(caller, asked, file["parts"]), media_type=file["media_type"], headers=headers)


async def _parts(caller: Caller, asked: dict[str, Any], count: int) -> AsyncIterator[bytes]:
    for number in range(count):
        part = await caller.result("testing", "file_part", **asked, number=number)
        yield b64decode(part["data"])
