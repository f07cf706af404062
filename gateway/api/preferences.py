"""Preferences: language, time zone and form of dates."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation


async def read(ask: Ask) -> Answer:
    """What the candidate has chosen."""
    return Answer(await ask.caller.result("identity", "preferences", candidate_id=ask.candidate_id))


async def change(ask: Ask) -> Answer:
    """Replace the whole choice."""
    return Answer(await ask.command("identity", "change_preferences", candidate_id=ask.candidate_id, **ask.body))


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/preferences", summary="Language, time zone and form of dates", handler=read,
        answer=answers.Preferences(),
    ),
    Operation(
        method="PUT", path="/api/v1/me/preferences", summary="Change language, time zone and form of dates",
        handler=change, body=schemas.NewPreferences(), answer=answers.Preferences(), writes=True,
    ),
)  # fmt: skip
