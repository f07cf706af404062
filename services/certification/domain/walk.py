"""One pass over a timeline, day by day: the body of the fold R-F."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from services.certification.domain import emeritus
from services.certification.domain.catalogue import EXPERT, Catalogue, Certification
from services.certification.domain.credits import CreditCycle
from services.certification.domain.days import ONE_DAY, days_after, years_after
from services.certification.domain.requirements import Pass, met_by, span_of
from services.certification.domain.standing import Move, Option, Span
from services.certification.domain.timeline import Timeline
from services.certification.domain.title import Cycle, Title

BY_CREDITS = {"credits", "mixed"}
BELOW_ALL = -1
"""A rank under every level."""

Earned: TypeAlias = list[tuple[Certification, tuple[str, ...]]]
"""Certifications earned on a day, each with its evidence."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What is active before a day's evidence; it stays so up to `until` unless evidence changes it."""

    high: int
    """Highest rank of what is active."""
    renewable: dict[Cycle, list[Title]]
    """What can be renewed, alike by alike."""
    fixed_until: date
    """Up to when nothing ends that a renewal does not move."""
    until: date


def _morning_of(high: int, renewable: dict[Cycle, list[Title]], fixed_until: date) -> Morning:
    """With the first day on which something of it ends."""
    ends = [title.expires_on for titles in renewable.values() for title in titles]
    return Morning(high, renewable, fixed_until, min([fixed_until, *ends]))


def walk(timeline: Timeline, catalogue: Catalogue) -> "Walk":
    """Where the timeline leads."""
    state = Walk(catalogue, timeline, CreditCycle(catalogue.credit_rules.lifetime_years))
    state.go_on()
    state.look_ahead()
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
    experts: dict[str, Title] = field(default_factory=dict)
    """The expert ones among the titles."""

    def go_on(self) -> None:
        """Every day of the timeline, in order."""
        self.refused.update(dict.fromkeys(self.timeline.late_claims, "submitted-late"))
        for day in self.timeline.days():
            self.go_to(day)

    def look_ahead(self) -> None:
        """What the evidence so far gives for life."""
        for title in self.titles.values():
            title.lifetime_from = self.lifetime_from(title)

    def go_to(self, day: date) -> None:
        """Judge all evidence of one day together (R-O2).

        An extension reaches what is active in the morning, an emeritus grant speaks of the expire date in the evening,
        and a sanction has the last word.
        """
        for days in sorted(self.timeline.extensions.get(day, ())):
            self._extend(day, days)
        if day in self.timeline.passes or day in self.timeline.credits:
            self._judge(day)
        if day in self.timeline.grants:
            for title in self.titles.values():
                emeritus.grant(title, day, self.first_expert_on, self.catalogue.emeritus_rules)
        for certification, reason in sorted(self.timeline.sanctions.get(day, {}).items()):
            self._strike(certification, reason, day)

    def _judge(self, day: date) -> None:
        morning = self._morning(day)
        self._take_passes(day)
        usable = self._take_credits(day, morning.high)
        options = self._options(morning, usable)
        recertified = max([self._reactivated(day), *(cycle.rank for cycle, option in options.items() if option)])
        earned = self._earned_on(day)
        new = max([certification.level.rank for certification, _ in earned], default=BELOW_ALL)
        renewed = max(recertified, new - 1)
        if renewed > BELOW_ALL:
            self._renew(morning, renewed, options, day)
        for certification, evidence in earned:
            self._earn(certification, evidence, day)
        if morning.high <= recertified > BELOW_ALL or new > morning.high:
            used = any(option in BY_CREDITS for cycle, option in options.items() if cycle.rank == morning.high)
            self.credits.restart(day, used=used)

    def _morning(self, day: date) -> Morning:
        if self.morning is None or day > self.morning.until:
            active = [each for each in self.titles.values() if each.expires_on >= day and each.struck_on is None]
            renewable: dict[Cycle, list[Title]] = {}
            fixed_until = date.max
            for title in active:
                if title.renewable_until >= day:
                    renewable.setdefault(title.cycle, []).append(title)
                    fixed_until = min(fixed_until, title.renewable_until)
                else:
                    fixed_until = min(fixed_until, title.expires_on)
            high = max([title.rank for title in active], default=BELOW_ALL)
            self.morning = _morning_of(high, renewable, fixed_until)
        return self.morning

    def _renew(self, morning: Morning, renewed: int, options: dict[Cycle, Option | None], day: date) -> None:
        """Renew up to a rank, by own evidence where there is enough, else by cascade (R-K1, R-K2)."""
        renewable: dict[Cycle, list[Title]] = {}
        for old, titles in morning.renewable.items():
            cycle = old
            if old.rank <= renewed:
                cycle = self._cycle(old.rank, day, old.own_exams, old.years)
                move = Move(day, options[old] or "cascade", years_after(day, old.years))
                for title in titles:
                    title.renew(cycle, move)
            renewable.setdefault(cycle, []).extend(titles)
        if self.morning is not None:  # the same are active as before, only longer
            self.morning = _morning_of(morning.high, renewable, morning.fixed_until)

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
        return {cycle: self._option(cycle, usable if cycle.rank == morning.high else 0) for cycle in morning.renewable}

    def _option(self, cycle: Cycle, usable: int) -> Option | None:
        """Compare points and credits with what the level requires (R-C2)."""
        rank, required, points = cycle.rank, self.catalogue.levels[cycle.rank].points_required, 0
        for exam in reversed(self.last_passed):  # distinct codes passed after the cycle began, until there are enough
            if self.last_passed[exam] <= cycle.start or points >= required:
                break
            points += required if exam in cycle.own_exams else self.catalogue.exams[exam].points[rank]
        if points >= required:
            return "exam"
        if usable >= required:
            return "credits"
        return "mixed" if points + usable >= required else None

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
            if certification.is_retired_on(day) or (held is not None and held.is_active_on(day)):
                continue
            after = date.min if held is None else held.last_spent_on
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
        if certification.level.id == EXPERT:
            self.experts[certification.id] = self.titles[certification.id]
            self.first_expert_on = self.first_expert_on or day

    def _extend(self, day: date, days: int) -> None:
        """A blanket extension reaches every active certification that expires, retired ones too (R-V6)."""
        self.morning = None
        for title in self.titles.values():
            if title.is_active_on(day) and title.certification.validity_years is not None:
                title.expires_on = days_after(title.expires_on, days)
                title.moves.append(Move(day, "extension", title.expires_on))
                if title.emeritus_until is not None:
                    title.emeritus_until = emeritus.term_after(title.expires_on, self.catalogue.emeritus_rules)

    def _strike(self, certification: str, reason: str, day: date) -> None:
        """A sanction takes the title away; what it has renewed keeps its dates (R-X4)."""
        title = self.titles.get(certification)
        if title is not None and title.struck_on is None:
            title.struck_on, title.struck_for = day, reason
            self.morning = None

    def _reactivated(self, day: date) -> int:
        """Bring emeriti back whose exams since the expire date are enough; the rank that is renewed with it (R-E4)."""
        rank = BELOW_ALL
        if self.first_expert_on is None or day not in self.timeline.passes:
            return rank
        for title in self.experts.values():
            if title.expires_on >= day:
                continue
            title.lifetime_from = self.lifetime_from(title)
            if emeritus.returns_on(title, day, self.last_passed, self.catalogue):
                cycle = self._cycle(title.rank, day, title.cycle.own_exams, title.cycle.years)
                title.renew(cycle, Move(day, "reactivation", years_after(day, title.cycle.years)))
                self.morning = None
                rank = max(rank, title.rank)
        return rank

    def lifetime_from(self, title: Title) -> date | None:
        """The first day of lifetime emeritus, as far as is known (R-E3)."""
        return emeritus.lifetime_from(title, self.titles.values(), self.catalogue.emeritus_rules)

    def spans(self, today: date) -> dict[str, Span]:
        """When each certification in parts is in progress, from today on."""
        spans: dict[str, Span] = {}
        begun = {each.id for exam in self.passes for each in self.catalogue.filled_by.get(exam, ())}
        for certification in self.catalogue.in_parts:
            if certification.id not in begun:
                continue
            held = self.titles.get(certification.id)
            if held is not None and held.is_active_on(date.max):
                continue
            after = date.min if held is None else held.last_spent_on
            free_on = today if held is None else max(today, (held.struck_on or held.expires_on) + ONE_DAY)
            sittings = self.timeline.lab_sittings
            span = span_of(certification, self.passes, sittings, after=after, free_on=free_on)
            if span is not None:
                spans[certification.id] = span
        return spans

    def credits_usable_until(self, today: date) -> date | None:
        """The last day with an active certification whose level takes credits; None when there is none today."""
        until = self.last_credit_day()
        return until if until >= today else None

    def last_credit_day(self) -> date:
        """The last day on which credits could renew anything, perhaps a past one."""
        held = (title for title in self.titles.values() if title.certification.level.earns_credits)
        return max((title.expires_on for title in held if title.struck_on is None), default=date.min)
