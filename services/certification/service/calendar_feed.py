"""The private calendar: its link, and what stands in it (F4.9)."""

from typing import Any

from chassis.errors import NotFound
from chassis.sealing import keyed_hash
from chassis.service import rpc
from services.certification import schemas
from services.certification.projections import calendars, expirations
from services.certification.service.parts import Records

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz23456789"
LENGTH = 32
AHEAD_DAYS = 3660


class CalendarFeed(Records):
    """Dates for a program that reads calendars."""

    @rpc
    def calendar_link(self, candidate_id: str) -> dict[str, Any]:
        """The code of the link; None where there is none."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            sealed = calendars.code_of(connection, candidate_id)
        return {"code": None if sealed is None else self.desk.unseal(candidate_id, sealed)}

    @rpc
    def make_calendar_link(self, candidate_id: str) -> dict[str, Any]:
        """A new code; the old one stops working."""
        schemas.candidate.load({"candidate_id": candidate_id})
        code = self.desk.secret_code("calendar", alphabet=ALPHABET, length=LENGTH)
        sealed, hashed = self.desk.seal(candidate_id, code), self._hash(code)
        self.desk.write(lambda rows: calendars.keep(rows, candidate_id, hashed, sealed))
        return {"code": code}

    @rpc
    def revoke_calendar_link(self, candidate_id: str) -> dict[str, Any]:
        """The code stops working."""
        schemas.candidate.load({"candidate_id": candidate_id})
        self.desk.write(lambda rows: calendars.forget(rows, candidate_id))
        return {"code": None}

    @rpc
    def calendar(self, code: str) -> dict[str, Any]:
        """What stands in the calendar of this code; unknown and revoked codes are the same."""
        asked = schemas.calendar_code.load({"code": code})
        with self.desk.read() as connection:
            candidate_id = calendars.candidate_with(connection, self._hash(asked["code"]))
            if candidate_id is None:
                raise NotFound("calendar-unknown")
            today = self.desk.today()
            found = expirations.within(connection, candidate_id, today=today, days=AHEAD_DAYS)
        return {
            "candidate_id": candidate_id,
            "events": [
                {
                    "uid": f"{each.certification}@{self._hash(candidate_id)[:16]}.certtrack",
                    "on": each.expires_on.isoformat(),
                    "name": self._name(each, today),
                }
                for each in found
            ],
        }

    def _hash(self, code: str) -> str:
        return keyed_hash(self.desk.settings.master_key, "calendar", code)
