"""What anybody may ask: a transcript by its link, a certification by its code; from memory while leases run."""

import re
import time
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import NotFound
from gateway import headers
from gateway.calls import Caller
from gateway.house import House
from gateway.language import reader
from gateway.public_cache import LONGEST_LEASE

CODE = re.compile(r"[0-9A-Za-z_-]{1,64}")
TRANSCRIPT, VERIFICATION = "public_transcript", "verify"


@dataclass(frozen=True, slots=True)
class Found:
    """What verification answered: None where nothing is shown; the lease counts from the moment of asking."""

    answer: dict[str, Any] | None
    sent_at: float
    lease: float


async def ask(caller: Caller, method: str, code: str) -> Found:
    """Ask verification; a code that cannot exist is not asked for, and answered like an unknown one."""
    sent_at = time.monotonic()
    if CODE.fullmatch(code) is None:
        return Found(None, sent_at, 0.0)
    try:
        answer = dict(await caller.result("verification", method, code=code))
    except NotFound:
        return Found(None, sent_at, LONGEST_LEASE)
    return Found(answer, sent_at, int(answer.pop("lease_ms", 0)) / 1000)


def keep(house: House, request: Request, found: Found, response: Response) -> Response:
    """Keep the answer in memory as it goes out, until its lease runs out."""
    response.headers.update(headers.PUBLIC)
    always = headers.always(secure=house.settings.secure_cookies)
    start = {"type": "http.response.start", "status": response.status_code, "headers": [*response.raw_headers, *always]}
    if not request.scope["query_string"]:
        house.cache.keep(
            request.scope["path"], sent_at=found.sent_at, lease=found.lease, start=start, body=bytes(response.body),
            language=reader().language,
        )  # fmt: skip
    return response
