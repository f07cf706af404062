"""The private calendar's link: made, read, revoked (F4.9)."""

from marshmallow import Schema, fields

from gateway.api.operation import Answer, Ask, Operation
from gateway.api.schemas import Empty

LINK = "/api/v1/me/calendar-link"


class CalendarLink(Schema):
    """Where programs read the calendar; null while there is no link."""

    address = fields.String(allow_none=True)


async def link(ask: Ask) -> Answer:
    """The link, if there is one."""
    return _answer(ask, await ask.caller.result("certification", "calendar_link", candidate_id=ask.candidate_id))


async def make(ask: Ask) -> Answer:
    """A new link; an earlier one stops working."""
    return _answer(ask, await ask.command("certification", "make_calendar_link", candidate_id=ask.candidate_id))


async def revoke(ask: Ask) -> Answer:
    """The link stops working."""
    return _answer(ask, await ask.command("certification", "revoke_calendar_link", candidate_id=ask.candidate_id))


def _answer(ask: Ask, found: dict[str, str | None]) -> Answer:
    address = f"{ask.request.base_url}calendar/{found['code']}.ics"
    return Answer({"address": address if found["code"] else None})


OPERATIONS = (
    Operation(method="GET", path=LINK, summary="The private calendar's link", handler=link, answer=CalendarLink()),
    Operation(
        method="POST", path=LINK, summary="Make a new link", handler=make, body=Empty(), answer=CalendarLink(),
        writes=True,
    ),
    Operation(
        method="POST", path=f"{LINK}/revocation", summary="Revoke the link", handler=revoke, body=Empty(),
        answer=CalendarLink(), writes=True,
    ),
)  # fmt: skip
