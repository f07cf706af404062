"""What the testing service tells: appointments, exam results and what became of them, sanctions and challenges."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPassed:
    """The test provider reported that the candidate passed an exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamPassed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    exam_version: str | None
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFailed:
    """The test provider reported that the candidate failed an exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamFailed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    exam_version: str | None
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRevoked:
    """A reported result was taken back and counts as if the exam had never been taken."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamResultRevoked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    taken_on: date
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """An exam was booked: in the portal, by phone or at a test centre."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AppointmentBooked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    title: str
    role: str
    starts_at: datetime
    time_zone: str
    delivery: str
    site: str
    booked_at: datetime
    channel: str
    payment_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentPaid:
    """An appointment was paid."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AppointmentPaid"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    order_number: str
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRescheduled:
    """An appointment moved to another time or place."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AppointmentRescheduled"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    starts_at: datetime
    time_zone: str
    delivery: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """An appointment was given up before its start."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AppointmentCancelled"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    refunded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLapsed:
    """An unpaid lab appointment ended at its due date."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AppointmentLapsed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCheckedIn:
    """The candidate was admitted to the exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "CandidateCheckedIn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTurnedAway:
    """The candidate came and was not admitted."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "CandidateTurnedAway"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateNoShowed:
    """The candidate did not come; this is no attempt."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "CandidateNoShowed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDeclined:
    """The candidate did not accept the agreement, so no exam was delivered."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "AgreementDeclined"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamStarted:
    """The candidate accepted the agreement and began the exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamStarted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    agreement_version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamDelivered:
    """The exam was taken to its end."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamDelivered"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamInterrupted:
    """The test site failed; this is no attempt, and the next booking is free."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamInterrupted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    appointment_id: str
    exam: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAwaited:
    """An exam was taken and its score is still to come."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ResultAwaited"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    title: str
    role: str
    taken_on: date
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultHeld:
    """A result is kept back while somebody reviews it."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ResultHeld"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    taken_on: date
    held_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReleased:
    """The review of a held result is over; where it has a score, ExamPassed or ExamFailed follows."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ResultReleased"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    taken_on: date
    released_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCorrected:
    """Scoring an exam again gave another result for the same exam date."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ResultCorrected"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    role: str
    taken_on: date
    old_outcome: str
    outcome: str
    old_score: int | None
    score: int | None
    corrected_on: date
    reason: str
    replaces: str
    counts_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRestored:
    """A result that was taken back counts again."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamResultRestored"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    role: str
    taken_on: date
    outcome: str
    score: int | None
    restored_on: date
    reason: str
    counts_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionImposed:
    """The programme punished misconduct; until the last day of the appeal another reviewer may be asked."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "SanctionImposed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    sanction_id: str
    kind: str
    reason: str
    imposed_on: date
    appeal_until: date
    result_id: str | None
    banned_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted:
    """A sanction no longer holds."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "SanctionLifted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    sanction_id: str
    kind: str
    lifted_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeOpened:
    """The candidate formally objected to a result, its absence, the conditions of an exam or a sanction."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeOpened"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    opened_on: date
    answer_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeReviewStarted:
    """A reviewer took a challenge."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeReviewStarted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeEvidenceRequested:
    """The reviewer of a challenge waits for an answer of the candidate."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeEvidenceRequested"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeUpheld:
    """Two reviewers agreed with the candidate."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeUpheld"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    reason: str
    remedy: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeDenied:
    """Two reviewers agreed that the decision stands."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeDenied"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeWithdrawn:
    """The candidate gave a challenge up."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ChallengeWithdrawn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    challenge_id: str
    kind: str
    exam: str | None
    at: datetime
