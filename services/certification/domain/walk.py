"""One pass over a timeline, day by day: the body of the fold R-F."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from services.certification.domain.catalogue import EXPERT, Catalogue, Certification
from services.certification.domain.credits import CreditCycle
from services.certification.domain.days import ONE_DAY, days_after, months_after, years_after
from services.certification.domain.requirements import Pass, met_by, span_of
from services.certification.domain.standing import Holding, Move, Option, Span, Standing
from services.certification.domain.timeline import Timeline

BELOW_ALL = -1
"""A rank under every level."""

Earned: TypeAlias = list[tuple[Certification, tuple[str, ...]]]
"""Certifications earned on a day, each with its evidence."""


@dataclass(frozen=True, slots=True, eq=False)
class Cycle:
    """Since when which evidence renews a title, and for how many years; shared by all titles that are alike in this."""

    rank: int
    start: date
    own_exams: frozenset[str]
    years: int


@dataclass(slots=True, kw_only=True)
class Title:
    """A certification that was earned, on the day the walk has come to; `date.max` stands for never expiring."""

    certification: Certification
    rank: int
    active_on: date
    cycle: Cycle
    expires_on: date
    first_expires_on: date
    evidence: tuple[str, ...]
    renewable_until: date
    """The last day on which it can be renewed: never-expiring and retired certifications are not (R-V5, R-K4)."""
    moves: list[Move] = field(default_factory=list)
    emeritus_until: date | None = None
    earlier: tuple[Holding, ...] = ()

    def renew(self, cycle: Cycle, move: Move) -> None:
        """Start a new cycle; the new date is never before the old one (R-K5)."""
        self.cycle = cycle
        if move.expires_on > self.expires_on:
            self.expires_on = move.expires_on
            self.emeritus_until = None
            self.moves.append(move)

    def holding(self) -> Holding:
        """The running earning as a value."""
        return Holding(
            active_on=self.active_on,
            evidence=self.evidence,
            first_expires_on=None if self.certification.validity_years is None else self.first_expires_on,
            moves=tuple(self.moves),
            emeritus_until=self.emeritus_until,
        )

    def standing(self) -> Standing:
        """All earnings as a value."""
        return Standing(holdings=(*self.earlier, self.holding()))


@dataclass(frozen=True, slots=True)
class Morning:
    """What is active before a day's evidence; it stays so up to `until` unless evidence changes it."""

    high: int
    """Highest rank of what is active."""
    renewable: list[Title]
    cycles: set[Cycle]
    until: date


def walk(timeline: Timeline, catalogue: Catalogue) -> "Walk":
    """Where the timeline leads."""
    state = Walk(catalogue, timeline, CreditCycle(catalogue.credit_rules.lifetime_years))
    state.refused.update(dict.fromkeys(timeline.late_claims, "submitted-late"))
    for day in timeline.days():
        state.go_to(day)
    return state


@dataclass(slots=True)
class Walk:
    """The record between two days."""

    catalogue: Catalogue
    timeline: Timeline
    credits: CreditCycle
    titles: dict[str, Title] = field(default_factory=dict)
    cycles: dict[tuple[int, date, frozenset[str], int], Cycle] = field(default_factory=dict)
    morning: Morning | None = None
    """None when it has to be looked at again."""
    passes: dict[str, list[Pass]] = field(default_factory=dict)
    last_passed: dict[str, date] = field(default_factory=dict)
    """Last day by exam code; the code passed last stands at the end."""
    refused: dict[tuple[str, date], str] = field(default_factory=dict)
    first_expert_on: date | None = None

    def go_to(self, day: date) -> None:
        """Judge all evidence of one day together (R-O2).

        An extension reaches what is active in the morning, an emeritus grant speaks of the expire date in the evening.
        """
        for days in sorted(self.timeline.extensions.get(day, ())):
            self._extend(day, days)
        if day in self.timeline.passes or day in self.timeline.credits:
            self._judge(day)
        if day in self.timeline.grants:
            for title in self.titles.values():
                self._grant(title, day)

    def _judge(self, day: date) -> None:
        morning = self._morning(day)
        self._take_passes(day)
        usable = self._take_credits(day, morning.high)
        options = self._options(morning, usable)
        recertified = max([cycle.rank for cycle, option in options.items() if option], default=BELOW_ALL)
        earned = self._earned_on(day)
        new = max([certification.level.rank for certification, _ in earned], default=BELOW_ALL)
        renewed = max(recertified, new - 1)
        if renewed > BELOW_ALL:
            self._renew([title for title in morning.renewable if title.rank <= renewed], options, day)
        for certification, evidence in earned:
            self._earn(certification, evidence, day)
        if BELOW_ALL < morning.high <= recertified or new > morning.high:
            self.credits.restart()

    def _morning(self, day: date) -> Morning:
        if self.morning is None or day > self.morning.until:
            active = [title for title in self.titles.values() if title.expires_on >= day]
            renewable = [title for title in active if title.renewable_until >= day]
            ends = [title.expires_on for title in active] + [title.renewable_until for title in renewable]
            high = max([title.rank for title in active], default=BELOW_ALL)
            cycles = {title.cycle for title in renewable}
            self.morning = Morning(high, renewable, cycles, min(ends, default=date.max))
        return self.morning

    def _renew(self, titles: list[Title], options: dict[Cycle, Option | None], day: date) -> None:
        """Renew by own evidence where there is enough, else by cascade (R-K1, R-K2)."""
        steps = {
            old: (
                self._cycle(old.rank, day, old.own_exams, old.years),
                Move(day, options[old] or "cascade", years_after(day, old.years)),
            )
            for old in {title.cycle for title in titles}
        }
        for title in titles:
            title.renew(*steps[title.cycle])
        self.morning = None

    def _cycle(self, rank: int, start: date, own_exams: frozenset[str], years: int) -> Cycle:
        """One object for equal cycles, so that there are few to judge and comparing them costs nothing."""
        key = (rank, start, own_exams, years)
        if key not in self.cycles:
            self.cycles[key] = Cycle(rank, start, own_exams, years)
        return self.cycles[key]

    def _take_passes(self, day: date) -> None:
        for exam, result_id in sorted(self.timeline.passes.get(day, {}).items()):
            self.passes.setdefault(exam, []).append(Pass(day, result_id))
            self.last_passed.pop(exam, None)
            self.last_passed[exam] = day

    def _take_credits(self, day: date, high: int) -> int:
        """Count today's claims and give the credits that the highest level can use (R-CE1, R-CE2)."""
        allowed = high > BELOW_ALL and self.catalogue.levels[high].earns_credits
        for item, amount in self.timeline.credits.get(day, {}).items():
            if not allowed:
                self.refused[item, day] = "completed-without-active-certification"
            elif not self.credits.add(item, day, amount):
                self.refused[item, day] = "repeated-in-cycle"
        return self.credits.total_on(day) if allowed else 0

    def _options(self, morning: Morning, usable: int) -> dict[Cycle, Option | None]:
        """By what the titles of each cycle are renewed today on their own evidence; None where it is not enough."""
        return {cycle: self._option(cycle, usable if cycle.rank == morning.high else 0) for cycle in morning.cycles}

    def _option(self, cycle: Cycle, usable: int) -> Option | None:
        """Compare points and credits with what the level requires (R-C2)."""
        required = self.catalogue.levels[cycle.rank].points_required
        points = self._points(cycle, required)
        if points >= required:
            return "exam"
        if usable >= required:
            return "credits"
        return "mixed" if points + usable >= required else None

    def _points(self, cycle: Cycle, enough: int) -> int:
        """Points of the distinct codes passed after the cycle began; counting stops when there are enough."""
        points = 0
        for exam in reversed(self.last_passed):
            if self.last_passed[exam] <= cycle.start or points >= enough:
                break
            points += enough if exam in cycle.own_exams else self.catalogue.exams[exam].points[cycle.rank]
        return points

    def _earned_on(self, day: date) -> Earned:
        """What is not active and whose requirement is met with a last part of today (R-Q1)."""
        passed = self.timeline.passes.get(day)
        if not passed:
            return []
        touched = {
            certification.id: certification
            for exam in passed
            for certification in self.catalogue.filled_by.get(exam, ())
        }
        earned: Earned = []
        for certification in sorted(touched.values(), key=lambda each: each.id):
            held = self.titles.get(certification.id)
            if certification.is_retired_on(day) or (held is not None and held.expires_on >= day):
                continue
            after = date.min if held is None else held.active_on
            sittings = self.timeline.lab_sittings
            evidence = met_by(certification.requirement, self.passes, sittings, after=after, day=day)
            if evidence is not None:
                earned.append((certification, evidence))
        return earned

    def _earn(self, certification: Certification, evidence: tuple[str, ...], day: date) -> None:
        years = certification.validity_years
        expires_on = date.max if years is None else years_after(day, years)
        held = self.titles.get(certification.id)
        self.morning = None
        self.titles[certification.id] = Title(
            certification=certification,
            rank=certification.level.rank,
            active_on=day,
            cycle=self._cycle(certification.level.rank, day, certification.own_exams, years or 0),
            expires_on=expires_on,
            first_expires_on=expires_on,
            evidence=evidence,
            renewable_until=date.min if years is None else certification.retired_on or date.max,
            earlier=() if held is None else (*held.earlier, held.holding()),
        )
        if certification.level.id == EXPERT and self.first_expert_on is None:
            self.first_expert_on = day

    def _extend(self, day: date, days: int) -> None:
        """A blanket extension reaches every active certification that expires, retired ones too (R-V6)."""
        self.morning = None
        for title in self.titles.values():
            if day <= title.expires_on and title.certification.validity_years is not None:
                title.expires_on = days_after(title.expires_on, days)
                title.moves.append(Move(day, "extension", title.expires_on))
                if title.emeritus_until is not None:
                    title.emeritus_until = self._term_after(title.expires_on)

    def _grant(self, title: Title, day: date) -> None:
        """A term of emeritus after the expire date, another one from its last months on (R-E1)."""
        rules = self.catalogue.emeritus_rules
        first = self.first_expert_on
        is_expert = title.certification.level.id == EXPERT and title.certification.validity_years is not None
        if not is_expert or first is None or day < years_after(first, rules.eligible_after_years):
            return
        ends_on = title.emeritus_until
        if ends_on is None and day <= self._term_after(title.expires_on):
            title.emeritus_until = self._term_after(title.expires_on)
        elif ends_on is not None and months_after(ends_on, -rules.reapply_months) <= day <= ends_on:
            title.emeritus_until = self._term_after(ends_on)

    def _term_after(self, day: date) -> date:
        return months_after(day, self.catalogue.emeritus_rules.term_months)

    def spans(self, today: date) -> dict[str, Span]:
        """When each certification in parts is in progress, from today on."""
        spans: dict[str, Span] = {}
        for certification in self.catalogue.in_parts:
            held = self.titles.get(certification.id)
            if held is not None and held.expires_on == date.max:
                continue
            after = date.min if held is None else held.active_on
            free_on = today if held is None else max(today, held.expires_on + ONE_DAY)
            sittings = self.timeline.lab_sittings
            span = span_of(certification, self.passes, sittings, after=after, free_on=free_on)
            if span is not None:
                spans[certification.id] = span
        return spans

    def credits_usable_until(self, today: date) -> date | None:
        """The last day with an active certification whose level takes credits; None when there is none today."""
        ends = (title.expires_on for title in self.titles.values() if title.certification.level.earns_credits)
        return max((end for end in ends if end >= today), default=None)
