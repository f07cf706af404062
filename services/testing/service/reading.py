"""What several entry points ask the projections, put together into the domain's values."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.decider import Rejected
from chassis.service import DeskAtWork
from services.testing import schemas
from services.testing.domain.exam import Exam
from services.testing.domain.result_commands import ReportResult
from services.testing.domain.retakes import Sat, depends_on_others, earliest_on, next_allowed_on
from services.testing.projections import history
from services.testing.projections.appointments import Appointment
from services.testing.projections.history import Taken
from services.testing.service.rules import catalogue


def exam_of(code: str) -> Exam:
    """The catalogue's entry; Rejected for a code that it does not have."""
    exam = catalogue().exams.get(code)
    if exam is None:
        raise Rejected("unknown-exam", exam=code)
    return exam


def result_told(desk: DeskAtWork, id: str, loaded: dict[str, Any]) -> ReportResult:
    """A result as the provider's record or a file tells it; Rejected for an exam that nobody knows."""
    return ReportResult(
        **{name: value for name, value in loaded.items() if name not in {"exam", "domains"}},
        exam=exam_of(loaded["exam"]),
        domains=schemas.domain_scores(loaded["domains"]),
        provider_reference=id,
        today=desk.today(),
        reported_at=desk.now(),
    )


def with_counted_sittings(codes: Iterable[str]) -> set[str]:
    """Exams of which all sittings must be known to say when they may be sat again; for most the last one will do."""
    known = (catalogue().exams.get(code) for code in codes)
    return {exam.code for exam in known if exam is not None and depends_on_others(catalogue().retakes, exam)}


def next_allowed(code: str, line: Taken, attempts: list[Taken]) -> date | None:
    """From when the exam of this line may be sat again (F6.7); None while its result is open."""
    exam = catalogue().exams.get(code)
    if exam is None or line.outcome in {"pending", "held", "no-show"}:
        return None
    dates = [one.taken_on for one in attempts]
    return next_allowed_on(catalogue().retakes, exam, _sat(line), dates, failures=_failures(attempts, line.taken_on))


def retake_from(exam: Exam, attempts: list[Taken]) -> date | None:
    """The first day of another attempt, by the attempt that asks for the longest wait; None before the first one."""
    dates = [one.taken_on for one in attempts]
    days = (
        earliest_on(catalogue().retakes, exam, _sat(one), dates, failures=_failures(attempts, one.taken_on))
        for one in attempts
    )
    return max((day for day in days if day is not None), default=None)


def _sat(line: Taken) -> Sat:
    """A result that is still open asks for the wait of a failed one."""
    return Sat(
        exam_version=line.exam_version, taken_on=line.taken_on, outcome="pass" if line.outcome == "pass" else "fail"
    )


def _failures(attempts: Iterable[Taken], up_to: date) -> int:
    return sum(one.outcome != "pass" and one.taken_on <= up_to for one in attempts) or 1


def attempts_at(connection: Connection, records: list[str], exams: set[str]) -> dict[str, list[Taken]]:
    """Attempts by exam; an exam without any has an empty list."""
    found = history.attempts(connection, records, exams)
    return {exam: found.get(exam, []) for exam in exams}


def booked(one: Appointment) -> dict[str, Any]:
    """An appointment as both its candidate and the test centre see it."""
    return {
        "appointment_id": one.appointment_id,
        "exam": one.exam,
        "acronym": one.acronym,
        "title": one.title,
        "site": one.site,
        "site_name": one.site_name,
        "time_zone": one.time_zone,
        "starts_at": one.starts_at.isoformat(),
        "starts_on": one.starts_on.isoformat(),
        "minutes": one.minutes,
        "status": one.status,
        "channel": one.channel,
        "paid": one.paid,
        "accommodations": [each for each in one.accommodations.split(", ") if each],
    }


def iso(day: date | None) -> str | None:
    """A date or moment for the wire."""
    return None if day is None else day.isoformat()
