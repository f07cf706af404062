"""Whether passes meet a certification's requirement, and how long its filled parts stay good (R-Q1 to R-Q6)."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from services.certification.domain.catalogue import Certification, Group, Requirement
from services.certification.domain.days import ONE_DAY, months_after, years_after
from services.certification.domain.standing import Span


class Pass(NamedTuple):
    """A passed exam."""

    on: date
    result_id: str


Passes: TypeAlias = Mapping[str, list[Pass]]
"""By exam code, each list ascending."""
LabSittings: TypeAlias = Mapping[str, list[date]]


def met_by(
    requirement: Requirement, passes: Passes, labs: LabSittings, *, after: date, day: date
) -> tuple[str, ...] | None:
    """Result ids of the passes that meet the requirement with a last part dated `day`, or None.

    Only passes later than `after`, the last earning, count (R-Q6).
    """
    if requirement.first_lab_months is not None:
        return _lab_met_by(requirement, requirement.first_lab_months, passes, labs, after, day)
    parts: list[Pass] = []
    for group in requirement.groups:
        part = latest(group, passes, after)
        if part is None or good_until(requirement, part.on) < day:
            return None
        parts.append(part)
    return tuple(part.result_id for part in parts) if any(part.on == day for part in parts) else None


def _lab_met_by(
    requirement: Requirement, months: int, passes: Passes, labs: LabSittings, after: date, day: date
) -> tuple[str, ...] | None:
    """A lab passed on `day`, its qualifier not later and in the window, first attempt in time (R-Q3)."""
    qualifier, lab = sorted(requirement.groups, key=lambda group: group.id == "lab")
    lab_pass = latest(lab, passes, after)
    if lab_pass is None or lab_pass.on != day:
        return None
    for qualifying in _usable(qualifier, passes, after):
        attempt = first_attempt(lab, labs, qualifying.on)
        in_time = attempt is not None and attempt <= months_after(qualifying.on, months)
        if in_time and good_until(requirement, qualifying.on) >= day:
            return (qualifying.result_id, lab_pass.result_id)
    return None


def first_attempt(lab: Group, labs: LabSittings, since: date) -> date | None:
    """The first attempt at the lab on or after a day; failed ones are attempts too."""
    attempts = []
    for qualifying in lab.exams:
        days = labs.get(qualifying.exam, [])
        attempts.extend(days[bisect_left(days, since) :][:1])
    return min(attempts, default=None)


def span_of(
    certification: Certification, passes: Passes, labs: LabSittings, *, after: date, free_on: date
) -> Span | None:
    """When some but not all parts are good, from `free_on` (not held any more) on; None for never.

    Expert certifications wait for a lab attempt (F4.4); each part is good for itself, whatever the first-attempt rule.
    """
    requirement = certification.requirement
    if requirement.first_lab_months is not None and not _any_attempt(requirement, labs):
        return None
    parts = [latest(group, passes, after) for group in requirement.groups]
    ends = [date.min if part is None else good_until(requirement, part.on) for part in parts]
    until = min(max(ends), certification.retired_on or date.max)
    if min(ends) >= until:
        return None
    since = max(free_on, min(ends) + ONE_DAY)
    return Span(since, until) if since <= until else None


def _any_attempt(requirement: Requirement, labs: LabSittings) -> bool:
    return any(labs.get(qualifying.exam) for group in requirement.groups for qualifying in group.exams)


def latest(group: Group, passes: Passes, after: date) -> Pass | None:
    """The pass that leaves the longest window to the other parts."""
    return max(_usable(group, passes, after), key=lambda part: part.on, default=None)


def _usable(group: Group, passes: Passes, after: date) -> Iterator[Pass]:
    """Passes that fill the group, later than the last earning and in time for a replaced exam (R-Q5, R-Q6)."""
    for qualifying in group.exams:
        last = qualifying.pass_until or date.max
        for part in reversed(passes.get(qualifying.exam, ())):
            if part.on <= after:
                break
            if part.on <= last:
                yield part


def good_until(requirement: Requirement, passed_on: date) -> date:
    """The last day on which the other parts can be added to a pass (R-Q2)."""
    return date.max if requirement.window_years is None else years_after(passed_on, requirement.window_years)
