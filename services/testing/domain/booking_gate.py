"""What must hold before an exam may be booked (F10.6), as one list of reasons with what to do about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.testing.domain.exam import Exam
from services.testing.domain.qualifiers import LabRequirement, Pass, usable_qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Everything known about the candidate that a booking depends on; days are those of the test site."""

    name_confirmed: bool
    next_allowed_on: date | None = None
    """First day of a retake; None where nothing was sat before."""
    closed_for_good: bool = False
    """No day is left on which the exam may be sat again, as after a beta."""
    lab: LabRequirement | None = None
    passes: tuple[Pass, ...] = ()
    lab_attempts: tuple[date, ...] = ()
    banned_until: date | None = None
    agreement_missing: bool = False
    """A newer version is in force than those that were accepted."""
    guardian_missing: bool = False
    accommodations_missing: tuple[str, ...] = ()
    """Those that are wanted and not granted (F10.8)."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason against a booking: a stable code, and the facts that its sentence names."""

    code: str
    details: dict[str, str]


def obstacles(gate: Gate, exam: Exam, starts_at: datetime, day: date, now: datetime) -> Iterator[Obstacle]:
    """Everything that stands in the way, in the order in which it is best put right."""
    if not gate.name_confirmed:
        yield Obstacle("name-not-confirmed", {})
    if gate.agreement_missing:
        yield Obstacle("agreement-missing", {})
    if gate.guardian_missing:
        yield Obstacle("guardian-consent-missing", {})
    for accommodation in gate.accommodations_missing:
        yield Obstacle("accommodation-not-approved", {"accommodation": accommodation})
    if gate.banned_until is not None and day <= gate.banned_until:
        yield Obstacle("candidate-banned", {"until": gate.banned_until.isoformat()})
    if starts_at <= now:
        yield Obstacle("time-has-passed", {})
    yield from _of_the_exam(gate, exam, day)
    yield from _of_labs(gate, day)


def _of_the_exam(gate: Gate, exam: Exam, day: date) -> Iterator[Obstacle]:
    if exam.last_test_on is not None and day > exam.last_test_on:
        yield Obstacle("exam-retired", {"exam": exam.code, "last_test_on": exam.last_test_on.isoformat()})
    if exam.available_from is not None and day < exam.available_from:
        yield Obstacle("exam-not-yet", {"exam": exam.code, "available_from": exam.available_from.isoformat()})
    if gate.closed_for_good:
        yield Obstacle("exam-once-only", {"exam": exam.code})
    elif gate.next_allowed_on is not None and day < gate.next_allowed_on:
        yield Obstacle("retake-too-early", {"exam": exam.code, "next_allowed_on": gate.next_allowed_on.isoformat()})


def _of_labs(gate: Gate, day: date) -> Iterator[Obstacle]:
    if gate.lab is None:
        return
    usable = usable_qualifier(gate.lab, gate.passes, gate.lab_attempts, on=day)
    wanted = ", ".join(each.exam for each in gate.lab.qualifiers)
    if usable is None:
        yield Obstacle("qualifier-missing", {"qualifiers": wanted})
    elif day > usable.until:
        yield Obstacle("qualifier-too-old", {"qualifiers": wanted, "until": usable.until.isoformat()})
