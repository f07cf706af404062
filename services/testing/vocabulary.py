"""Under which names testing's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.testing.domain import accommodations, bookings, objections, results, sanctions, seats, vouchers

VOCABULARY: dict[tuple[str, int], type] = {
    ("result-awaited", 1): results.ResultAwaited,
    ("exam-passed", 1): results.ExamPassed,
    ("exam-failed", 1): results.ExamFailed,
    ("score-kept", 1): results.ScoreKept,
    ("score-detailed", 1): results.ScoreDetailed,
    ("result-held", 1): results.ResultHeld,
    ("result-released", 1): results.ResultReleased,
    ("result-corrected", 1): results.ResultCorrected,
    ("exam-result-revoked", 1): results.ExamResultRevoked,
    ("exam-result-restored", 1): results.ExamResultRestored,
    ("appointment-booked", 1): bookings.AppointmentBooked,
    ("appointment-paid", 1): bookings.AppointmentPaid,
    ("appointment-lapsed", 1): bookings.AppointmentLapsed,
    ("appointment-rescheduled", 1): bookings.AppointmentRescheduled,
    ("appointment-cancelled", 1): bookings.AppointmentCancelled,
    ("candidate-checked-in", 1): bookings.CandidateCheckedIn,
    ("candidate-turned-away", 1): bookings.CandidateTurnedAway,
    ("candidate-no-showed", 1): bookings.CandidateNoShowed,
    ("agreement-declined", 1): bookings.AgreementDeclined,
    ("exam-started", 1): bookings.ExamStarted,
    ("exam-delivered", 1): bookings.ExamDelivered,
    ("exam-interrupted", 1): bookings.ExamInterrupted,
    ("free-retake-granted", 1): bookings.FreeRetakeGranted,
    ("challenge-opened", 1): objections.ChallengeOpened,
    ("challenge-review-started", 1): objections.ChallengeReviewStarted,
    ("challenge-evidence-requested", 1): objections.ChallengeEvidenceRequested,
    ("challenge-evidence-supplied", 1): objections.ChallengeEvidenceSupplied,
    ("challenge-ruling-proposed", 1): objections.ChallengeRulingProposed,
    ("challenge-ruling-returned", 1): objections.ChallengeRulingReturned,
    ("challenge-upheld", 1): objections.ChallengeUpheld,
    ("challenge-denied", 1): objections.ChallengeDenied,
    ("challenge-withdrawn", 1): objections.ChallengeWithdrawn,
    ("challenge-fee-refunded", 1): objections.ChallengeFeeRefunded,
    ("skill-challenge-recorded", 1): objections.SkillChallengeRecorded,
    ("sanction-imposed", 1): sanctions.SanctionImposed,
    ("sanction-lifted", 1): sanctions.SanctionLifted,
    ("seat-taken", 1): seats.SeatTaken,
    ("seat-freed", 1): seats.SeatFreed,
    ("voucher-used", 1): vouchers.VoucherUsed,
    ("voucher-returned", 1): vouchers.VoucherReturned,
    ("accommodation-requested", 1): accommodations.AccommodationRequested,
    ("accommodation-approved", 1): accommodations.AccommodationApproved,
    ("accommodation-denied", 1): accommodations.AccommodationDenied,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
