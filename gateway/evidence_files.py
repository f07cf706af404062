"""Files on their way to certification and back, piece by piece: at no time is a whole file in memory."""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from gateway.calls import Caller
from gateway.problems import Problem

LARGEST_FILE = 25 * 1000 * 1000
Send = Callable[..., Awaitable[Any]]
"""Asks certification: method and arguments; gives the answer."""


async def pass_on(
    send: Send, chunks: AsyncIterator[bytes], *, candidate_id: str, claim_id: str, name: str, kind: str, size: int
) -> dict[str, Any]:
    """Announce the file, send its pieces in order, finish; raises the service's refusals, or Problem 413."""
    if size > LARGEST_FILE:
        raise Problem(413, "file-too-large")
    begun = await send(
        "begin_evidence", candidate_id=candidate_id, claim_id=claim_id, file_name=name, content_type=kind, size=size
    )
    evidence_id, number, held = begun["evidence_id"], 0, bytearray()
    async for chunk in chunks:
        held += chunk
        while len(held) >= begun["piece_bytes"]:
            piece, held = held[: begun["piece_bytes"]], held[begun["piece_bytes"] :]
            await _send_piece(send, candidate_id, evidence_id, number, bytes(piece))
            number += 1
    if held:
        await _send_piece(send, candidate_id, evidence_id, number, bytes(held))
    return dict(await send("finish_evidence", candidate_id=candidate_id, evidence_id=evidence_id))


async def _send_piece(send: Send, candidate_id: str, evidence_id: str, number: int, piece: bytes) -> None:
    data = b64encode(piece).decode()
    await send("evidence_piece", candidate_id=candidate_id, evidence_id=evidence_id, number=number, data=data)


async def of_claim(caller: Caller, claim_id: str, evidence_id: str) -> dict[str, Any]:
    """What the file is called and how large it is; Problem 404 where it lies beside another claim."""
    file = dict(await caller.result("certification", "evidence_file", evidence_id=evidence_id))
    if file["claim_id"] != claim_id:
        raise Problem(404, "unknown-evidence")
    return file


def download(caller: Caller, file: dict[str, Any]) -> Response:
    """The file as it was handed in; browsers save it and never show it as a page of ours."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file['file_name'], safe='')}",
        "Content-Length": str(file["size"]),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_pieces(caller, file), media_type=file["content_type"], headers=headers)


async def _pieces(caller: Caller, file: dict[str, Any]) -> AsyncIterator[bytes]:
    for number in range(file["pieces"]):
        piece = await caller.result("certification", "evidence_data", evidence_id=file["evidence_id"], number=number)
        yield b64decode(piece["data"])
