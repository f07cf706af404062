"""Continuing-education credits of the running cycle (R-CE1 to R-CE8), and what became of those of earlier ones."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.certification.domain.days import ONE_DAY, days_after, years_after
from services.certification.domain.standing import BalanceStep, Fate


class Counted(NamedTuple):
    """Credits that count from their completion up to `until`, that day included (R-CE8)."""

    item: str
    completed_on: date
    credits: int
    until: date


@dataclass(slots=True)
class CreditCycle:
    """The credits completed since the highest level was last renewed or surpassed (R-CE4)."""

    lifetime_years: int
    counted: list[Counted] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    fates: dict[tuple[str, date], Fate] = field(default_factory=dict)
    """By item and completion day, what became of credits that count no more."""

    def add(self, item: str, completed_on: date, credits: int) -> bool:
        """Count an item; False when it has counted in this cycle before (R-CE5)."""
        if item in self.items:
            return False
        self.items.add(item)
        self.counted.append(Counted(item, completed_on, credits, years_after(completed_on, self.lifetime_years)))
        return True

    def restart(self, day: date, *, used: bool) -> None:
        """Use up, or lose, what is left: no surplus is carried over (R-CE4)."""
        for each in self.counted:
            in_time = day <= each.until
            fate = Fate("used" if used and in_time else "lost", day if in_time else each.until + ONE_DAY)
            self.fates[each.item, each.completed_on] = fate
        self.counted.clear()
        self.items.clear()

    def total_on(self, day: date) -> int:
        """Credits in hand."""
        return sum([each.credits for each in self.counted if day <= each.until])

    def fates_on(self, today: date, usable_until: date) -> dict[tuple[str, date], Fate]:
        """What has become of every item by a day; `usable_until` is the last day with something to renew."""
        fates = dict(self.fates)
        for each in self.counted:
            until = min(each.until, usable_until)
            fates[each.item, each.completed_on] = (
                Fate("counts", until) if today <= until else Fate("lost", days_after(until, 1))
            )
        return fates

    def balance_from(self, today: date, usable_until: date | None) -> tuple[BalanceStep, ...]:
        """The balance today and on every later day on which time alone lowers it.

        `usable_until` is the last day with an active certification that credits can renew; None when there is none.
        """
        if usable_until is None:
            return (BalanceStep(today, 0),)
        lost_after = {each.until for each in self.counted if today <= each.until < usable_until}
        steps = [BalanceStep(today, self.total_on(today))]
        steps.extend(BalanceStep(day + ONE_DAY, self.total_on(day + ONE_DAY)) for day in sorted(lost_after))
        if steps[-1].credits and usable_until < date.max:
            steps.append(BalanceStep(usable_until + ONE_DAY, 0))
        return tuple(steps)
