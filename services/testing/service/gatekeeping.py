"""What a booking depends on: the candidate, the session, and whether it is owed (F10.6)."""

from datetime import date
from typing import Any

from chassis.decider import Rejected
from services.testing.adapters.built_in_provider import Session, built_in_provider
from services.testing.domain.agreements import in_force, is_outdated
from services.testing.domain.appointment_states import day_at
from services.testing.domain.booking_commands import BookAppointment
from services.testing.domain.booking_gate import Gate, obstacles
from services.testing.domain.exam import Exam
from services.testing.domain.same_name import same_name
from services.testing.projections import accommodations as accommodation_list
from services.testing.projections import appointments as appointment_list
from services.testing.projections import consents, history, names, sanctions
from services.testing.service.desk import AtDesk
from services.testing.service.reading import attempts_at, retake_from
from services.testing.service.rules import catalogue


class Gatekeeping(AtDesk):
    """Looks that several entry points take before they decide."""

    def _gate(self, candidate_id: str, exam: Exam, confirmed_name: str | None, wanted: tuple[str, ...] = ()) -> Gate:
        """Everything that F10.6 asks about the candidate; no confirmed name where an appointment only moves."""
        lab = catalogue().labs.get(exam.code)
        codes = {exam.code} | ({one.exam for one in lab.qualifiers} if lab else set())
        with self.desk.read() as connection:
            records = history.records_of(connection, candidate_id)
            attempts = attempts_at(connection, records, codes)
            banned_until = sanctions.banned_until(connection, candidate_id)
            accepted = consents.accepted(connection, candidate_id)
            granted = {
                one.accommodation
                for one in accommodation_list.of_candidate(connection, candidate_id)
                if one.status == "approved"
            }
            guardian_missing = consents.guardian_missing(connection, candidate_id)
            last_sat_on = history.last_sat_on(connection, records)
            box = names.of_candidate(connection, candidate_id)
        name = None if box is None else self.desk.unseal(candidate_id, box)
        confirmed = confirmed_name is None or (name is not None and same_name(confirmed_name, name))
        mine, current = attempts[exam.code], in_force(catalogue().agreements, self.desk.today())
        return Gate(
            name_confirmed=confirmed,
            next_allowed_on=retake_from(exam, mine),
            closed_for_good=exam.beta and bool(mine),
            lab=lab,
            passes=tuple((code, one.taken_on) for code in codes for one in attempts[code] if one.outcome == "pass"),
            lab_attempts=tuple(one.taken_on for one in mine) if lab else (),
            banned_until=banned_until,
            agreement_missing=confirmed_name is not None and is_outdated(current, accepted, last_sat_on),
            guardian_missing=guardian_missing,
            accommodations_missing=tuple(one for one in wanted if one not in granted),
        )

    def _is_free(self, candidate_id: str, exam: str) -> bool:
        with self.desk.read() as connection:
            return appointment_list.is_free(connection, candidate_id, exam)

    def _nothing_stands_in_the_way(self, command: BookAppointment) -> None:
        """Tell the reason before anything is paid; the decision itself asks again."""
        assert command.gate is not None
        day = day_at(command.place, command.starts_at)
        for obstacle in obstacles(command.gate, command.exam, command.starts_at, day, command.booked_at):
            raise Rejected(obstacle.code, **obstacle.details)

    def _session(self, exam: Exam, site: str, starts_at: Any) -> Session:
        session = built_in_provider().session(site, starts_at)
        if session.site.delivery not in exam.delivery:
            raise Rejected("no-such-session")
        if day_at(session.place, session.starts_at) > self._last_day(exam):
            raise Rejected("beyond-the-calendar", last_day=self._last_day(exam).isoformat())
        return session

    def _last_day(self, exam: Exam) -> date:
        return built_in_provider().last_day(exam, self.desk.today())
