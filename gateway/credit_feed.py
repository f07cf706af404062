"""A provider's completions on their way to certification, some at a time; each line has its own outcome."""

from typing import Any

from gateway import idempotency
from gateway.calls import Caller
from gateway.house import House

LINES_PER_CALL = 50
CALL_SECONDS = 10.0


async def confirm(
    house: House, caller: Caller, route: str, key: str, *, sender: str, provider: str, lines: list[dict[str, str]]
) -> list[dict[str, Any]]:
    """What became of each line, in their order; the same list with the same key acts once."""
    outcomes: list[dict[str, Any]] = []
    for number, first in enumerate(range(0, len(lines), LINES_PER_CALL)):
        page = lines[first : first + LINES_PER_CALL]
        command = idempotency.command_id(sender, "POST", route, f"{key}.{number}")
        caller.identify(command, idempotency.body_hash(house.keys.body, provider, page))
        answer = await caller.result(
            "certification", "credit_feed", seconds=CALL_SECONDS, provider=provider, completions=page
        )
        outcomes += answer["outcomes"]
    return outcomes
