"""What one certification takes: its parts, which pass fills which, and by when the missing one must follow (F4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.certification.domain.catalogue import Catalogue, Certification, Group
from services.certification.domain.days import months_after
from services.certification.domain.evidence import Evidence
from services.certification.domain.fold import walked
from services.certification.domain.requirements import Pass, first_attempt, good_until, latest
from services.certification.domain.title import Title
from services.certification.domain.walk import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One exam that can fill a part."""

    exam: str
    passed_on: date | None
    """The last pass that may count here."""
    counts_until: date | None
    """Passes up to this day count; None: no such limit (R-Q5)."""
    offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A group of the requirement; one pass of any of its exams fills it."""

    id: str
    filled_by: str | None
    filled_on: date | None
    good_until: date | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The whole requirement as it stands on a day."""

    certification: Certification
    earned_on: date | None
    """The active date, where it is held today."""
    parts: tuple[Part, ...]
    missing_until: date | None
    """The last day on which what is missing can be passed so that it fits together (R-Q2)."""
    first_lab_until: date | None
    """The last day for the first lab attempt, while there was none (R-Q3)."""


def tree_of(evidence: Sequence[Evidence], catalogue: Catalogue, certification: str, today: date) -> Tree:
    """The tree of a certification that the catalogue knows; KeyError for another."""
    wanted = catalogue.certifications[certification]
    end = walked(evidence, catalogue, today)
    title = end.titles.get(certification)
    held = title is not None and title.is_active_on(today)
    parts = tuple(_part(group, wanted, end, title, held=held, catalogue=catalogue, today=today)
                  for group in wanted.requirement.groups)  # fmt: skip
    filled = [part for part in parts if part.filled_on is not None]
    ends = [part.good_until for part in filled if part.good_until is not None]
    open_ones = not held and 0 < len(filled) < len(parts)
    return Tree(
        certification=wanted,
        earned_on=title.active_on if title is not None and held else None,
        parts=parts,
        missing_until=min(ends, default=None) if open_ones else None,
        first_lab_until=None if held else _first_lab_until(wanted, end, filled),
    )


def _part(
    group: Group,
    wanted: Certification,
    end: Walk,
    title: Title | None,
    *,
    held: bool,
    catalogue: Catalogue,
    today: date,
) -> Part:
    after = date.min if title is None else title.last_spent_on
    if held and title is not None:
        found = _that_earned(group, end, title)
    else:
        found = latest(group, end.passes, after)
        if found is not None and good_until(wanted.requirement, found.on) < today:
            found = None
    until = None if found is None or held else good_until(wanted.requirement, found.on)
    return Part(
        id=group.id,
        filled_by=None if found is None else _exam_of(found, group, end),
        filled_on=None if found is None else found.on,
        good_until=None if until == date.max else until,
        choices=tuple(
            Choice(
                exam=each.exam,
                passed_on=max((one.on for one in end.passes.get(each.exam, ())), default=None),
                counts_until=each.pass_until,
                offered=catalogue.exams[each.exam].is_offered_on(today) and (each.pass_until or today) >= today,
            )
            for each in group.exams
        ),
    )


def _that_earned(group: Group, end: Walk, title: Title) -> Pass | None:
    passes = (one for each in group.exams for one in end.passes.get(each.exam, ()))
    return next((one for one in passes if one.result_id in title.evidence), None)


def _exam_of(found: Pass, group: Group, end: Walk) -> str:
    return next(each.exam for each in group.exams if found in end.passes.get(each.exam, ()))


def _first_lab_until(wanted: Certification, end: Walk, filled: Sequence[Part]) -> date | None:
    months = wanted.requirement.first_lab_months
    qualified_on = next((part.filled_on for part in filled if part.id == "qualifier"), None)
    if months is None or qualified_on is None:
        return None
    lab = next(group for group in wanted.requirement.groups if group.id == "lab")
    if first_attempt(lab, end.timeline.lab_sittings, qualified_on) is not None:
        return None
    return months_after(qualified_on, months)
