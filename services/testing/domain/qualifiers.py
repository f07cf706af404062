"""Which pass lets a candidate book a lab, and until when (R-Q3, R-Q5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """A pass of this exam qualifies; with `pass_until` only one of that day or earlier."""

    exam: str
    pass_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRequirement:
    """What a lab asks for: one of the qualifiers, a first attempt within months, a lab date within years."""

    qualifiers: tuple[Qualifier, ...]
    first_lab_months: int
    window_years: int


Pass: TypeAlias = tuple[str, date]
"""Exam code and exam date of a pass that counts."""


@dataclass(frozen=True, slots=True)
class Usable:
    """The pass that qualifies, and the last day on which a lab may be sat with it."""

    exam: str
    passed_on: date
    until: date


def usable_qualifier(
    requirement: LabRequirement, passes: Iterable[Pass], lab_attempts: Iterable[date], *, on: date | None = None
) -> Usable | None:
    """The qualifying pass that lasts longest among those that are there on a lab date; None where none is."""
    attempts = sorted(lab_attempts)
    found = [
        Usable(exam, day, _last_day(requirement, day, attempts))
        for exam, day in passes
        if any(_qualifies(each, exam, day) for each in requirement.qualifiers) and (on is None or day <= on)
    ]
    return max(found, key=lambda one: (one.until, one.passed_on), default=None)


def _qualifies(qualifier: Qualifier, exam: str, day: date) -> bool:
    return exam == qualifier.exam and (qualifier.pass_until is None or day <= qualifier.pass_until)


def _last_day(requirement: LabRequirement, passed_on: date, attempts: list[date]) -> date:
    """Three years once a first attempt was made in time; before that, the time for a first attempt."""
    first_until = months_after(passed_on, requirement.first_lab_months)
    in_time = any(passed_on <= day <= first_until for day in attempts)
    return months_after(passed_on, 12 * requirement.window_years) if in_time else first_until


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
