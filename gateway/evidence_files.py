"""Files on their way to certification, piece by piece: at no time is a whole file in memory."""

from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

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
