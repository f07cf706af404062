"""The fold of a record that has only grown: it goes on from where the last fold of the same evidence has ended.

A value and no source of truth: whatever is not surely a continuation is folded from the beginning, and forgetting
everything changes no result. That is what keeps a record of hundreds of results as quick as one of five.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from services.certification.domain.catalogue import Catalogue
from services.certification.domain.credits import CreditCycle
from services.certification.domain.evidence import Credits, Evidence, Sitting
from services.certification.domain.fold import fold, record_of
from services.certification.domain.standing import Record
from services.certification.domain.timeline import Timeline, timeline_of
from services.certification.domain.walk import Walk

MOST = 256
"""So many records are remembered, those that were folded last."""
LONG_ENOUGH = 12
"""Shorter ones are folded as quickly as they are looked up."""


@dataclass(slots=True)
class _Walked:
    """A walk over passes, failures and credits up to a day; the days for life are not looked at in it."""

    evidence: tuple[Evidence, ...]
    walk: Walk
    last_on: date
    known_on: date


_walked: OrderedDict[int, _Walked] = OrderedDict()
"""By the identity of the first piece, which lives as long as the evidence that holds it."""


def remembered_fold(evidence: tuple[Evidence, ...], catalogue: Catalogue, today: date) -> Record:
    """The same as `fold`."""
    if len(evidence) < LONG_ENOUGH:
        return fold(evidence, catalogue, today)
    known = _walked.pop(id(evidence[0]), None)  # it comes back once it has gone on: never half-way
    begun = _walked_up_to(evidence, known, catalogue)
    if begun is None or begun.known_on > today:
        return fold(evidence, catalogue, today)
    before = [(title, title.lifetime_from) for title in begun.walk.titles.values()]
    begun.walk.look_ahead()
    record = record_of(begun.walk, {name: each.standing() for name, each in begun.walk.titles.items()}, {}, today)
    for title, lifetime_from in before:
        title.lifetime_from = lifetime_from
    _walked[id(evidence[0])] = begun
    while len(_walked) > MOST:
        _walked.popitem(last=False)
    return record


def _walked_up_to(evidence: tuple[Evidence, ...], known: _Walked | None, catalogue: Catalogue) -> _Walked | None:
    """The walk over all evidence, gone on from the known one where the rest is later; None where other rules apply."""
    if known is None or known.walk.catalogue is not catalogue or evidence[: len(known.evidence)] != known.evidence:
        beginning = Walk(catalogue, Timeline(), CreditCycle(catalogue.credit_rules.lifetime_years))
        known = _Walked((), beginning, date.min, date.min)
    more = evidence[len(known.evidence) :]
    days = [_day_of(piece) for piece in more]
    if None in days:
        return None
    dated = [day for day in days if day is not None]
    if dated and min(dated) <= known.last_on:
        return _walked_up_to(evidence, None, catalogue) if known.evidence else None
    _go_on(known.walk, more, catalogue)
    return _Walked(
        evidence=evidence,
        walk=known.walk,
        last_on=max(dated, default=known.last_on),
        known_on=max([known.known_on, *(piece.known_on for piece in more)]),
    )


def _go_on(walk: Walk, more: tuple[Evidence, ...], catalogue: Catalogue) -> None:
    """Judge the new days; of the old ones only the sittings at labs are asked for again."""
    timeline = timeline_of(more, frozenset(), catalogue)
    for exam, sat_on in walk.timeline.lab_sittings.items():
        timeline.lab_sittings[exam] = [*sat_on, *timeline.lab_sittings.get(exam, ())]
    walk.timeline = timeline
    walk.go_on()


def _day_of(piece: Evidence) -> date | None:
    """When a piece counts; None for decisions about other evidence or about everybody."""
    match piece:
        case Sitting(taken_on=day) | Credits(completed_on=day):
            return day
    return None
