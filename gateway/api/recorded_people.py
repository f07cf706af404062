"""People whom the feed names by the provider's own id: identity gives them a record, testing reads its id (F1.9)."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError

from chassis.decider import Rejected
from chassis.errors import Invalid, NotFound
from gateway import idempotency
from gateway.api import schemas
from gateway.api.operation import Ask

PATH = "/api/provider/v1/records"
PERSON, ID = "candidate", "candidate_id"
SCHEMA = schemas.ReportedCandidate()
DAYS = ("booked_at", "taken_on", "at", "paid_at")
"""Where a record says since when the person is known."""
A_DAY = len("2026-01-01")


class People:
    """Those of one page of the feed, each asked for once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._found: dict[str, str | Rejected] = {}

    async def identify(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record with `candidate_id` in place of `candidate`; Rejected for a person that cannot be taken."""
        if PERSON not in record:
            return record
        if ID in record or not isinstance(record[PERSON], dict):
            raise Rejected("record-invalid", fields={PERSON: ["Either `candidate`, an object, or `candidate_id`."]})
        body = self._person({**record[PERSON], "booked_on": _day(record)})
        mark = idempotency.body_hash(self._ask.house.keys.body, body)
        if mark not in self._found:
            self._found[mark] = await self._report(body, mark)
        found = self._found[mark]
        if isinstance(found, Rejected):
            raise found
        return {ID: found, **{name: value for name, value in record.items() if name != PERSON}}

    def _person(self, told: dict[str, Any]) -> dict[str, Any]:
        try:
            return dict(SCHEMA.load(told))
        except ValidationError as error:
            raise Rejected("record-invalid", fields={PERSON: error.messages}) from error

    async def _report(self, body: dict[str, Any], mark: str) -> str | Rejected:
        """The id; the command is named by a keyed hash, so that no name or address stands in it."""
        ask = self._ask
        ask.caller.identify(idempotency.command_id(ask.principal.subject, "POST", PATH, f"person-{mark}"), mark)
        try:
            answer = await ask.caller.result("identity", "report_candidate", **body)
        except Invalid as error:
            return Rejected("record-invalid", fields={PERSON: error.details.get("fields", {})})
        except NotFound as error:
            return Rejected(error.code)
        ask.caller.wrote(answer["written"])
        return str(answer[ID])


def _day(record: dict[str, Any]) -> str:
    told = next((record[name] for name in DAYS if isinstance(record.get(name), str)), None)
    return str(told or datetime.now(UTC).date().isoformat())[:A_DAY]
