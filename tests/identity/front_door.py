"""What tests at identity's front door say again and again."""

import base64
import json

import pytest
from sqlalchemy import select

from chassis.decider import Rejected
from chassis.tables import effects, events
from services.identity.service.parts import parts_of

HOME = {
    "country": "GB",
    "lines": ["12 St James's Square", ""],
    "city": "London",
    "state": "",
    "postal_code": "SW1Y 4LB",
}


def refused(code: str, call, *arguments, **named) -> dict:
    with pytest.raises(Rejected) as refusal:
        call(*arguments, **named)
    assert refusal.value.code == code
    return refusal.value.details


def facts(frame) -> list[str]:
    with frame.database.read() as connection:
        return list(connection.execute(select(events.c.name).order_by(events.c.position)).scalars())


def mailed(frame, subject: str = "") -> list[dict]:
    """What mails were ordered, the oldest first; of one account or of all."""
    with frame.database.read() as connection:
        rows = connection.execute(select(effects).order_by(effects.c.created_at))
        return [row.payload for row in rows if row.kind == "mail" and subject in {"", row.subject}]


def mailed_link(frame, purpose: str, account_id: str) -> str:
    """The newest link of that purpose, as it comes back behind `link=`."""
    [*_, payload] = [told for told in mailed(frame, account_id) if told.get("letter") == purpose]
    return parts_of(frame).links.address(purpose, account_id, payload["link_id"]).partition("link=")[2]


def claims_of(token: str) -> dict:
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
