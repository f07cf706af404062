"""What the entry points share: the desk, the catalogue in force, and how a command reaches a record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chassis.service import DeskAtWork
from services.certification.domain.agreement import Accepted, accepted_by, is_enough
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.commands import Command
from services.certification.domain.fold import fold
from services.certification.domain.record import record
from services.certification.domain.state import State
from services.certification.domain.withholding import waiting
from services.certification.projections import acceptances
from services.certification.service.in_force import in_force


class Records:
    """Access to candidates' records."""

    desk: DeskAtWork

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in force."""
        return in_force(self.desk)

    def _react(self, orders: Iterable[tuple[str, Command]]) -> None:
        for candidate_id, command in orders:
            self.desk.handle(record, candidate_id, command, subject=candidate_id)

    def _handle(self, candidate_id: str, command: Command) -> dict[str, Any]:
        written = self.desk.handle(record, candidate_id, command, subject=candidate_id)
        return {"candidate_id": candidate_id, "written": written.mark}

    def _state(self, candidate_id: str) -> State:
        """The whole record, for questions that its rows do not answer."""
        state: State = self.desk.state(record, candidate_id)
        return state

    def _accepted(self, known: acceptances.Known) -> list[Accepted]:
        """The candidate's acceptances of the agreement."""
        return accepted_by(known.recorded, known.sat_on, self.catalogue)

    def _waiting(self, candidate_id: str, accepted: list[Accepted]) -> list[dict[str, Any]]:
        """What is earned and waits for the agreement (R-Q1); only where it is missing the record has to be folded."""
        today = self.desk.today()
        if not accepted or is_enough(accepted, self.catalogue, today):
            return []
        state = self._state(candidate_id)
        record = fold(state.all_evidence(), self.catalogue, today)
        return [
            {
                "certification": name,
                "name": self._name_of(name, today),
                "earned_on": iso(record.standings[name].current.active_on),
            }
            for name in waiting(record, state.told)
        ]

    def _name(self, line: Any, today: date) -> str:
        """A renamed certification is shown under today's name; its dates stay."""
        known = self.catalogue.certifications.get(line.certification)
        return str(line.name) if known is None else known.name_on(today)

    def _name_of(self, certification: str, today: date) -> str:
        """The catalogue's name for a certification that a fold has named."""
        known = self.catalogue.certifications.get(certification)
        return certification if known is None else known.name_on(today)


def iso(day: date | None) -> str | None:
    """A date as the wire has it."""
    return None if day is None else day.isoformat()
