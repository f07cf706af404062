"""What the candidate's recent activity tells of exams (F3.4), and when each result came in."""

from typing import Any

from chassis.activity import Activity, Entry
from services.testing.domain import bookings, objections, results
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

RECEIVED = "result-received"

_CODES: dict[type, str] = {
    results.ResultHeld: "result-held",
    results.ResultReleased: "result-released",
    results.ResultCorrected: "result-corrected",
    results.ExamResultRevoked: "result-revoked",
    results.ExamResultRestored: "result-restored",
    bookings.AppointmentBooked: "appointment-booked",
    bookings.AppointmentLapsed: "appointment-lapsed",
    bookings.AppointmentRescheduled: "appointment-rescheduled",
    bookings.AppointmentCancelled: "appointment-cancelled",
    objections.ChallengeOpened: "challenge-opened",
    objections.ChallengeUpheld: "challenge-upheld",
    objections.ChallengeDenied: "challenge-denied",
    objections.ChallengeWithdrawn: "challenge-withdrawn",
}
_TOLD = ("result_id", "counts_as", "appointment_id", "challenge_id", "exam", "title", "outcome")
"""What words and links need, where a fact has it."""


def entry_of(event: Any) -> Entry | None:
    """A result came in or changed; an appointment was made or moved; somebody objected."""
    match event:
        case results.ExamPassed(sitting=sitting):
            return Entry(RECEIVED, _result(sitting, "pass"))
        case results.ExamFailed(sitting=sitting):
            return Entry(RECEIVED, _result(sitting, "fail"))
        case results.ResultAwaited(sitting=sitting):
            return Entry("result-awaited", _result(sitting, "pending"))
    code = _CODES.get(type(event))
    if code is None:
        return None
    return Entry(code, {name: value for name in _TOLD if isinstance(value := getattr(event, name, None), str)})


def _result(sitting: results.Sitting, outcome: str) -> dict[str, Any]:
    return {
        "result_id": sitting.result_id,
        "exam": sitting.exam,
        "title": sitting.title,
        "taken_on": sitting.taken_on.isoformat(),
        "outcome": outcome,
    }


ACTIVITY = Activity(METADATA, entry_of, MERGES)
