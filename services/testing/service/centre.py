"""The test centre as an operator plays it: check in, turn away, start, deliver, interrupt, score."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import built_in_provider
from services.testing.domain.agreements import in_force
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import NoteAtCentre
from services.testing.domain.result_commands import ReportResult
from services.testing.domain.results import DomainScore
from services.testing.domain.sittings import result_id_of, sittings
from services.testing.projections import appointments as appointment_list
from services.testing.projections import history
from services.testing.projections.appointments import Appointment
from services.testing.service.desk import AtDesk
from services.testing.service.reading import booked, exam_of, iso
from services.testing.service.rules import catalogue


class Centre(AtDesk):
    """Appointments on their day."""

    @rpc
    def centre(self, day: str, site: str | None = None) -> dict[str, Any]:
        """Who comes on a day, when somebody comes next, and the places that there are."""
        asked = schemas.at_centre.load({"day": day, "site": site})
        with self.desk.read() as connection:
            found = appointment_list.at_centre(connection, asked["day"], asked["site"])
            next_day = appointment_list.next_day_at_centre(connection, asked["day"], asked["site"])
        sites = [{"site": one.site, "name": one.name} for one in built_in_provider().sites.values()]
        return {"appointments": [_visit(one) for one in found], "next_day": iso(next_day), "sites": sites}

    @rpc
    def centre_appointment(self, appointment_id: str) -> dict[str, Any]:
        """One appointment for whoever stands at the desk."""
        return _visit(self._visitor(appointment_id))

    @rpc
    def note_at_centre(self, appointment_id: str, happening: str, reason: str = "") -> dict[str, Any]:
        """What happened; a delivered exam waits for its score from then on."""
        asked = schemas.happening.load({"appointment_id": appointment_id, "happening": happening, "reason": reason})
        known = self._visitor(appointment_id)
        version = in_force(catalogue().agreements, self._day_there(known)).version if happening == "start" else ""
        command = NoteAtCentre(**asked, at=self.desk.now(), agreement_version=version)
        mine = known.candidate_id
        orders = [self.desk.order(appointments, mine, command, subject=mine)]
        if happening == "deliver":
            awaited = self._report(known, "pending", taken_on=self._day_there(known))
            orders.append(self.desk.order(sittings, mine, awaited, subject=mine))
        written = self.desk.handle_together(orders)
        return {"appointment_id": appointment_id, "written": written[-1].mark or written[0].mark}

    @rpc
    def score(
        self,
        appointment_id: str,
        outcome: str,
        score: int | None = None,
        domains: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        """Give a delivered exam its result."""
        asked = schemas.score.load(
            {"appointment_id": appointment_id, "outcome": outcome, "score": score, "domains": domains or []}
        )
        known = self._visitor(appointment_id)
        if known.status != "delivered":
            raise Rejected("appointment-not-there-yet", status=known.status, happening="score")
        with self.desk.read() as connection:
            line = history.one(connection, result_id_of(_reference(known)))
        taken_on = known.starts_on if line is None else line.taken_on
        percentages = schemas.domain_scores(asked["domains"])
        command = self._report(known, asked["outcome"], taken_on=taken_on, score=asked["score"], domains=percentages)
        written = self.desk.handle(sittings, known.candidate_id, command, subject=known.candidate_id)
        return {"result_id": result_id_of(_reference(known)), "written": written.mark}

    def _day_there(self, known: Appointment) -> date:
        """The exam date is the one on the wall of the place while the exam is taken, booked for that day or not."""
        return self.desk.now().astimezone(ZoneInfo(known.time_zone)).date()

    def _report(
        self,
        known: Appointment,
        outcome: Any,
        *,
        taken_on: date,
        score: int | None = None,
        domains: tuple[DomainScore, ...] = (),
    ) -> ReportResult:
        return ReportResult(
            exam=exam_of(known.exam),
            taken_on=taken_on,
            outcome=outcome,
            score=score,
            exam_version=None,
            provider_reference=_reference(known),
            today=self.desk.today(),
            reported_at=self.desk.now(),
            delivery=known.delivery,  # type: ignore[arg-type]  # stored from the same words
            site=known.site_name,
            domains=domains,
        )

    def _visitor(self, appointment_id: str) -> Appointment:
        with self.desk.read() as connection:
            known = appointment_list.one(connection, appointment_id)
        if known is None:
            raise NotFound("unknown-appointment")
        return known


def _reference(known: Appointment) -> str:
    return f"built-in/{known.appointment_id}"


def _visit(one: Appointment) -> dict[str, Any]:
    return {**booked(one), "candidate_id": one.candidate_id}
