"""A body that is a file: read as it arrives, and handed to the service in parts, so that nobody holds it whole."""

from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

from gateway.calls import Caller
from gateway.problems import Problem

PART = 48 * 1024
TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""What a file is, by how it begins; what its name says is not believed."""


def type_of(beginning: bytes) -> str:
    """The media type of a file; Problem 415 for one that is not taken."""
    for magic, media_type in TYPES.items():
        if beginning.startswith(magic):
            return media_type
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        if error.start < len(beginning) - 4:
            raise Problem(415, "file-type-unknown") from error
    if b"\x00" in beginning:
        raise Problem(415, "file-type-unknown")
    return "text/plain"


async def keep(caller: Caller, service: str, body: AsyncIterator[bytes], *, name: str, **owner: Any) -> str:
    """Store a file at a service for whoever owns it, part by part; its id."""
    file_id, number = "", 0  # a repeated command finds its file as it was left
    async for part in parts(body):
        if not file_id:
            begun = await caller.result(service, "begin_file", **owner, name=name, media_type=type_of(part))
            file_id = begun["file_id"]
            if begun["complete"]:
                return str(file_id)
        data = b64encode(part).decode()
        await caller.result(service, "add_file_part", **owner, file_id=file_id, number=number, data=data)
        number += 1
    if not file_id:
        raise Problem(422, "file-empty")
    return file_id


async def parts(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The body in parts of equal length, the last one shorter."""
    waiting = bytearray()
    async for chunk in body:
        waiting += chunk
        while len(waiting) >= PART:
            yield bytes(waiting[:PART])
            del waiting[:PART]
    if waiting:
        yield bytes(waiting)
