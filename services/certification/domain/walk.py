"""One pass over a timeline, day by day: the body of the fold R-F."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from services.certification.domain import emeritus
from services.certification.domain.catalogue import EXPERT, Catalogue, Certification
from services.certification.domain.credits import CreditCycle
from services.certification.domain.days import ONE_DAY, days_after, years_after
from services.certification.domain.requirements import Pass, met_by, span_of
from services.certification.domain.standing import Move, Option, Span
from services.certification.domain.timeline import Timeline
from services.certification.domain.title import Cycle, Likeness, Title

BY_CREDITS = {"credits", "mixed"}
BELOW_ALL = -1
"""A rank under every level."""

Earned: TypeAlias = list[tuple[Certification, tuple[str, ...]]]
"""Certifications earned on a day, each with its evidence."""


class Morning(NamedTuple):
    """What is active before a day's evidence; a renewal changes nothing in it, for it only makes things last longer."""

    high: int
    """Highest rank of what is active."""
    renewable: list[Cycle]
    highest: list[Cycle]
    """Those of them that credits can renew (R-CE1)."""
    until: date
    """The last day before something ends or retires."""


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
    cycles: list[Cycle] = field(default_factory=list)
    """Those of the titles that are active, and perhaps of some that have ended since the last morning."""
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
        for title in self.experts.values():
            title.lifetime_from = self.lifetime_from(title)

    def go_to(self, day: date) -> None:
        """Judge all evidence of one day together (R-O2).

        An extension reaches what is active in the morning, an emeritus grant speaks of the expire date in the evening,
        and a sanction has the last word.
        """
        if day in self.timeline.extensions:
            for days in sorted(self.timeline.extensions[day]):
                self._extend(day, days)
        if day in self.timeline.passes or day in self.timeline.credits:
            self._judge(day)
        if day in self.timeline.grants:
            for cycle in {title.cycle for title in self.experts.values() if title.is_expert and not title.struck_on}:
                emeritus.grant(cycle, day, self.first_expert_on, self.catalogue.emeritus_rules)
        if day in self.timeline.sanctions:
            for certification, reason in sorted(self.timeline.sanctions[day].items()):
                self._strike(certification, reason, day)

    def _judge(self, day: date) -> None:
        """One day of R-F: what own evidence renews, what is earned, what the cascade takes along, and the credits."""
        morning = self._morning(day)
        passed = self._take_passes(day)
        options = self._options(morning, self._take_credits(day, morning.high), passed=passed)
        if not passed and not options:
            return  # credits that are not enough yet, or come to nothing
        recertified = max([self._reactivated(day), *[cycle.rank for cycle in options]])
        earned = self._earned_on(day)
        new = max([certification.level.rank for certification, _ in earned], default=BELOW_ALL)
        self._renew(morning, max(recertified, new - 1), options, day)
        for certification, evidence in earned:
            self._earn(certification, evidence, day)
        if morning.high <= recertified > BELOW_ALL or new > morning.high:
            used = any(options.get(cycle) in BY_CREDITS for cycle in morning.highest)
            self.credits.restart(day, used=used)

    def _morning(self, day: date) -> Morning:
        if self.morning is None or day > self.morning.until:
            self._join_alike()
            self.cycles = [cycle for cycle in self.cycles if cycle.expires_on >= day]
            high = max([cycle.rank for cycle in self.cycles], default=BELOW_ALL)
            renewable = [cycle for cycle in self.cycles if cycle.renewable_until >= day]
            highest = [cycle for cycle in renewable if cycle.rank == high]
            until = min([cycle.unchanged_until(day) for cycle in self.cycles], default=date.max)
            self.morning = Morning(high, renewable, highest, until)
        return self.morning

    def _join_alike(self) -> None:
        """Cycles that have become alike go on as one: there are few to judge, however many titles are renewed."""
        alike: dict[Likeness, Cycle] = {}
        joined = {cycle: alike.setdefault(cycle.likeness(), cycle) for cycle in self.cycles}
        self.cycles = list(alike.values())
        for title in self.titles.values():
            if joined.get(title.cycle, title.cycle) is not title.cycle:
                title.join(joined[title.cycle])

    def _renew(self, morning: Morning, renewed: int, options: dict[Cycle, Option], day: date) -> None:
        """Renew up to a rank, by own evidence where there is enough, else by cascade (R-K1, R-K2)."""
        moves: dict[tuple[Option, int], Move] = {}
        for cycle in morning.renewable:
            if cycle.rank <= renewed:
                way = (options.get(cycle, "cascade"), cycle.years)
                if way not in moves:
                    moves[way] = Move(day, way[0], years_after(day, cycle.years))
                cycle.renew(moves[way])

    def _take_passes(self, day: date) -> bool:
        """Whether there are any."""
        passes = self.timeline.passes.get(day)
        if not passes:
            return False
        for exam, result_id in sorted(passes.items()):
            self.passes.setdefault(exam, []).append(Pass(day, result_id))
            self.last_passed.pop(exam, None)
            self.last_passed[exam] = day
        return True

    def _take_credits(self, day: date, high: int) -> int:
        """Count today's claims and give the credits that the highest level can use (R-CE1, R-CE2)."""
        allowed = high > BELOW_ALL and self.catalogue.levels[high].earns_credits
        for item, amount in self.timeline.credits.get(day, {}).items():
            if not allowed:
                self.refused[item, day] = "completed-without-active-certification"
            elif not self.credits.add(item, day, amount):
                self.refused[item, day] = "repeated-in-cycle"
        return self.credits.total_on(day) if allowed else 0

    def _options(self, morning: Morning, usable: int, *, passed: bool) -> dict[Cycle, Option]:
        """By what cycles are renewed today on their own evidence.

        Without a pass only the highest level can have come nearer, by credits; the others are as short as before.
        """
        found: dict[Cycle, Option] = {}
        for cycle in morning.renewable if passed else morning.highest:
            option = self._option(cycle, usable if cycle.rank == morning.high else 0)
            if option is not None:
                found[cycle] = option
        return found

    def _option(self, cycle: Cycle, usable: int) -> Option | None:
        """Compare points and credits with what the level requires (R-C2)."""
        rank, required, points = cycle.rank, self.catalogue.levels[cycle.rank].points_required, 0
        for exam, on in reversed(self.last_passed.items()):  # distinct codes since the cycle began, until it is enough
            if on <= cycle.start or points >= required:
                break
            points += required if exam in cycle.own_exams else self.catalogue.exams[exam].points[rank]
        if points >= required:
            return "exam"
        if usable >= required:
            return "credits"
        return "mixed" if points + usable >= required else None

    def _earned_on(self, day: date) -> Earned:
        """What is not active and whose requirement is met with a last part of today (R-Q1)."""
        open_today = {
            certification.id: certification
            for exam in self.timeline.passes.get(day, ())
            for certification in self.catalogue.filled_by.get(exam, ())
            if self._can_be_earned(certification, day)
        }
        earned: Earned = []
        for name, certification in sorted(open_today.items()):
            after = self.titles[name].last_spent_on if name in self.titles else date.min
            sittings = self.timeline.lab_sittings
            evidence = met_by(certification.requirement, self.passes, sittings, after=after, day=day)
            if evidence is not None:
                earned.append((certification, evidence))
        return earned

    def _can_be_earned(self, certification: Certification, day: date) -> bool:
        held = self.titles.get(certification.id)
        return not (held is not None and held.is_active_on(day)) and not certification.is_retired_on(day)

    def _earn(self, certification: Certification, evidence: tuple[str, ...], day: date) -> None:
        years = certification.validity_years
        expires_on = date.max if years is None else years_after(day, years)
        held = self.titles.get(certification.id)
        cycle = Cycle(
            rank=certification.level.rank,
            own_exams=certification.own_exams,
            years=years or 0,
            renewable_until=date.min if years is None else certification.retired_on or date.max,
            start=day,
            expires_on=expires_on,
        )
        self.cycles.append(cycle)
        self.morning = None
        self.titles[certification.id] = Title(
            certification=certification,
            active_on=day,
            cycle=cycle,
            first_expires_on=expires_on,
            evidence=evidence,
            earlier=() if held is None else (*held.earlier, held.holding()),
        )
        if certification.level.id == EXPERT:
            self.experts[certification.id] = self.titles[certification.id]
            self.first_expert_on = self.first_expert_on or day

    def _extend(self, day: date, days: int) -> None:
        """A blanket extension reaches every active certification that expires, retired ones too (R-V6)."""
        self.morning = None
        for cycle in self.cycles:
            if cycle.expires_on >= day and cycle.years:
                cycle.expires_on = days_after(cycle.expires_on, days)
                cycle.moves.append(Move(day, "extension", cycle.expires_on))
                if cycle.emeritus_until is not None:
                    cycle.emeritus_until = emeritus.term_after(cycle.expires_on, self.catalogue.emeritus_rules)

    def _strike(self, certification: str, reason: str, day: date) -> None:
        """A sanction takes the title away; what it has renewed keeps its dates (R-X4)."""
        title = self.titles.get(certification)
        if title is not None and title.struck_on is None:
            title.struck_on, title.struck_for = day, reason
            title.leave()
            self.morning = None
            self.cycles = [cycle for cycle in self.cycles if any(each.cycle is cycle for each in self.titles.values())]

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
                title.leave()
                title.cycle.renew(Move(day, "reactivation", years_after(day, title.cycle.years)))
                self.cycles.append(title.cycle)
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
