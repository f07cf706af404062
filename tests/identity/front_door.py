"""What tests at identity's front door say again and again."""

import base64
import json

import pytest
from sqlalchemy import select

from chassis.decider import Rejected
from chassis.tables import events

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


def claims_of(token: str) -> dict:
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
