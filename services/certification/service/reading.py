"""What a candidate reads: status, history, what expires soon, and the record of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import Connection

from chassis.decider import Rejected
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.comparison import Place, places
from services.certification.domain.fold import as_of
from services.certification.domain.standing import balance_on
from services.certification.projections import acceptances, balance, expirations, history, status
from services.certification.projections.expirations import Expiration
from services.certification.service.parts import Records, iso

SOON_DAYS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is read of a candidate's standing; words and what waits are found when the connection is given back."""

    status: status.Status
    ce_balance: int
    acceptances: acceptances.Known

    @classmethod
    def of_candidate(cls, connection: Connection, candidate_id: str, today: date) -> Self:
        """As it is on that day."""
        return cls(
            status=status.of_candidate(connection, candidate_id, today),
            ce_balance=balance.on_day(connection, candidate_id, today),
            acceptances=acceptances.of_candidate(connection, candidate_id),
        )


class Reading(Records):
    """Questions about one candidate."""

    @rpc
    def status(self, candidate_id: str) -> dict[str, Any]:
        """What the candidate holds today, what is in progress, credits in hand (F4.1, F4.2, F4.4, F5.2)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        with self.desk.read() as connection:
            found = Standing.of_candidate(connection, candidate_id, today)
        return self._standing(candidate_id, found, today)

    def _standing(self, candidate_id: str, found: Standing, today: date) -> dict[str, Any]:
        return {
            "certifications": [status_line(line, self._name(line, today)) for line in found.status.held],
            "in_progress": [status_line(line, self._name(line, today)) for line in found.status.in_progress],
            "waiting": self._waiting(candidate_id, self._accepted(found.acceptances)),
            "ce_balance": found.ce_balance,
            "as_of": today.isoformat(),
        }

    @rpc
    def history(self, candidate_id: str, page: int = 1, page_size: int = 200) -> list[dict[str, Any]]:
        """One page of lines, newest first, with the names of their days (F4.5)."""
        asked = schemas.history.load({"candidate_id": candidate_id, "page": page, "page_size": page_size})
        with self.desk.read() as connection:
            lines = history.of_candidate(connection, **asked)
        return [_history_line(line) for line in lines]

    @rpc
    def expirations(self, candidate_id: str, within_days: int = SOON_DAYS) -> list[dict[str, Any]]:
        """What expires soon, soonest first (F3.5)."""
        asked = schemas.expirations.load({"candidate_id": candidate_id, "within_days": within_days})
        today = self.desk.today()
        with self.desk.read() as connection:
            found = expirations.within(connection, asked["candidate_id"], today=today, days=asked["within_days"])
        return self._expiring(found, today)

    def _expiring(self, found: Sequence[Expiration], today: date) -> list[dict[str, Any]]:
        return [
            {
                "certification": each.certification,
                "name": self._name(each, today),
                "expires_on": each.expires_on.isoformat(),
                "days_left": (each.expires_on - today).days,
            }
            for each in found
        ]

    @rpc
    def record_on(self, candidate_id: str, on: str, known_on: str | None = None) -> dict[str, Any]:
        """How everything stood on a day, by what was known on another one, today unless told."""
        asked = schemas.record_on.load({"candidate_id": candidate_id, "on": on, "known_on": known_on})
        day, knowing = asked["on"], asked["known_on"] or self.desk.today()
        if knowing > self.desk.today():
            raise Rejected("day-in-future")
        folded = as_of(self._state(candidate_id).all_evidence(), self.catalogue, day, knowing)
        return {
            "on": day.isoformat(),
            "known_on": knowing.isoformat(),
            "certifications": [
                {"certification": name, "name": self._name_of(name, day), **place_line(place)}
                for name, place in places(folded, day).items()
            ],
            "ce_balance": balance_on(folded.balance, day),
        }


def place_line(place: Place) -> dict[str, Any]:
    """How a certification stands, for the wire."""
    return {
        "status": place.status,
        "active_on": iso(place.active_on),
        "expires_on": iso(place.expires_on),
        "until": iso(place.until),
    }


def status_line(line: status.Line, name: str) -> dict[str, Any]:
    """A line of the status view, for the wire."""
    return {
        "certification": line.certification,
        "name": name,
        "abbreviation": line.abbreviation,
        "group": line.group,
        "level": line.level,
        "status": line.status,
        "active_on": iso(line.active_on),
        "expires_on": iso(line.expires_on),
        "emeritus_until": iso(line.emeritus_until),
        "until": iso(line.until),
        "reason": line.reason,
    }


def _history_line(line: history.Line) -> dict[str, Any]:
    return {
        "on": line.happened_on.isoformat(),
        "certification": line.certification,
        "name": line.name,
        "what": line.what,
        "old_expires_on": iso(line.old_expires_on),
        "expires_on": iso(line.expires_on),
        "reason": line.reason,
    }
