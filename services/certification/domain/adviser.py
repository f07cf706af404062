"""What would renew each active certification, cheapest first (F4.7); every answer is tried out by the fold itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.certification.domain.catalogue import Catalogue, Exam, ExamsNeeded, RenewalOption
from services.certification.domain.evidence import Credits, Evidence, Sitting
from services.certification.domain.fold import walked
from services.certification.domain.title import Title
from services.certification.domain.walk import Walk

UNPRICED = 10_000
"""An exam without a list price stands behind every exam that has one."""
HYPOTHETICAL = "what-if"

Renewals: TypeAlias = tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingExams:
    """So many of these exams are missing; the cheapest first, those of the certification's own track before others."""

    count: int
    exams: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedOption:
    """One way to renew: what is missing, what it costs, and all that would come of it if it were done today."""

    id: str
    exams: tuple[MissingExams, ...]
    credits: int
    price_usd: int | None
    """List price of the cheapest missing exams; None where one of them has none."""
    weight: int
    """What options are put in order by: prices, and credits at their rough market price."""
    renews: Renewals
    """Certifications whose expire date would move, each with the new date."""
    earns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An active certification that ends, and every option of R-C1 that can still renew it; none once it is retired."""

    certification: str
    expires_on: date
    options: tuple[AdvisedOption, ...]
    retired: bool = False


def advice(evidence: Sequence[Evidence], catalogue: Catalogue, today: date) -> tuple[Advice, ...]:
    """For each active certification that ends, soonest first."""
    adviser = _Adviser(evidence, catalogue, today)
    ending = [
        title
        for title in adviser.now.titles.values()
        if title.is_active_on(today) and title.certification.validity_years is not None
    ]
    ending.sort(key=lambda title: (title.expires_on, -title.rank, title.certification.id))
    return tuple(adviser.about(title) for title in ending)


class _Adviser:
    """One candidate on one day; what an option leads to is tried out once, however many certifications it renews."""

    def __init__(self, evidence: Sequence[Evidence], catalogue: Catalogue, today: date) -> None:
        self._evidence, self._catalogue, self._today = tuple(evidence), catalogue, today
        self.now = walked(evidence, catalogue, today)
        self._high = max((each.rank for each in self.now.titles.values() if each.is_active_on(today)), default=-1)
        self._tried: dict[tuple[tuple[str, ...], int], Walk] = {}

    def about(self, title: Title) -> Advice:
        certification = title.certification.id
        if title.cycle.renewable_until < self._today:
            return Advice(certification=certification, expires_on=title.expires_on, options=(), retired=True)
        found = [option for rule in title.certification.level.options for option in self._option(title, rule)]
        found.sort(key=lambda option: (option.weight, option.credits, option.id))
        return Advice(certification=certification, expires_on=title.expires_on, options=tuple(found))

    def _option(self, title: Title, rule: RenewalOption) -> Iterator[AdvisedOption]:
        """Nothing where the option is not open: credits of a lower level (R-CE1), no exam left to take."""
        usable = title.rank == self._high and title.certification.level.earns_credits
        if rule.credits and not usable:
            return
        credits_missing = max(0, rule.credits - self.now.credits.total_on(self._today))
        missing = [part for needed in rule.exams if (part := self._missing(title, needed)).count]
        if any(len(part.exams) < part.count for part in missing) or not (missing or credits_missing):
            return
        taken = tuple(sorted(code for part in missing for code in part.exams[: part.count]))
        prices = [self._catalogue.exams[code].price_usd for code in taken]
        known = [price for price in prices if price is not None]
        then = self._after(taken, credits_missing)
        renews = self._renewed(then)
        if title.certification.id in dict(renews):
            yield AdvisedOption(
                id=rule.id,
                exams=tuple(missing),
                credits=credits_missing,
                price_usd=sum(known) if len(known) == len(prices) else None,
                weight=sum(known)
                + UNPRICED * (len(prices) - len(known))
                + credits_missing * self._catalogue.usd_per_credit,
                renews=renews,
                earns=tuple(sorted(then.titles.keys() - self._active())),
            )

    def _missing(self, title: Title, needed: ExamsNeeded) -> MissingExams:
        passed = {code for code, day in self.now.last_passed.items() if day > title.cycle.start}
        fitting = [each for each in self._catalogue.exams.values() if _fits(each, needed, title)]
        there = sum(each.code in passed for each in fitting)
        open_now = [each for each in fitting if each.code not in passed and each.is_offered_on(self._today)]
        open_now.sort(key=lambda each: (_price(each), each.track != title.certification.track, each.code))
        count = max(0, needed.count - there)
        return MissingExams(count=count, exams=tuple(each.code for each in open_now) if count else ())

    def _after(self, exams: tuple[str, ...], amount: int) -> Walk:
        """The record if these exams were passed and so many credits completed today."""
        if (exams, amount) not in self._tried:
            more = supposed(exams, amount, self._today)
            self._tried[exams, amount] = walked((*self._evidence, *more), self._catalogue, self._today)
        return self._tried[exams, amount]

    def _renewed(self, then: Walk) -> Renewals:
        moved = [
            (name, then.titles[name].expires_on)
            for name, title in self.now.titles.items()
            if title.is_active_on(self._today) and then.titles[name].expires_on > title.expires_on
        ]
        return tuple(sorted(moved))

    def _active(self) -> set[str]:
        return {name for name, title in self.now.titles.items() if title.is_active_on(self._today)}


def supposed(exams: Sequence[str], amount: int, on: date) -> list[Evidence]:
    """Evidence that nobody has sent: these exams passed, and so many credits completed, on one day."""
    pieces: list[Evidence] = [
        Sitting(result_id=f"{HYPOTHETICAL}-{code}-{on}", exam=code, taken_on=on, passed=True, known_on=on)
        for code in exams
    ]
    if amount:
        pieces.append(Credits(item=HYPOTHETICAL, credits=amount, completed_on=on, submitted_on=on, known_on=on))
    return pieces


def _fits(exam: Exam, needed: ExamsNeeded, title: Title) -> bool:
    return exam.code in title.cycle.own_exams if needed.own else exam.role in needed.roles


def _price(exam: Exam) -> int:
    return UNPRICED if exam.price_usd is None else exam.price_usd
