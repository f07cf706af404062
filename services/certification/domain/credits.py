"""Continuing-education credits of the running cycle (R-CE1 to R-CE8)."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.certification.domain.days import ONE_DAY, years_after
from services.certification.domain.standing import BalanceStep


class Counted(NamedTuple):
    """Credits that count from their completion up to `until`, that day included (R-CE8)."""

    credits: int
    until: date


@dataclass(slots=True)
class CreditCycle:
    """The credits completed since the highest level was last renewed or surpassed (R-CE4)."""

    lifetime_years: int
    counted: list[Counted] = field(default_factory=list)
    items: set[str] = field(default_factory=set)

    def add(self, item: str, completed_on: date, credits: int) -> bool:
        """Count an item; False when it has counted in this cycle before (R-CE5)."""
        if item in self.items:
            return False
        self.items.add(item)
        self.counted.append(Counted(credits, years_after(completed_on, self.lifetime_years)))
        return True

    def restart(self) -> None:
        """Lose what is left: no surplus is carried over (R-CE4)."""
        self.counted.clear()
        self.items.clear()

    def total_on(self, day: date) -> int:
        """Credits in hand."""
        return sum(each.credits for each in self.counted if day <= each.until)

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
