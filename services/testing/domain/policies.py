"""The programme's terms for bookings, results and challenges, as values that decisions are made with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

SATURDAY = 5
MOST_AHEAD = timedelta(days=1)
"""An exam's date is the one at its place, whose calendar may be so far ahead of the programme's (UTC)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingTerms:
    """Until when an appointment may be changed for free (F10.7), and when a lab must be paid."""

    change_before: timedelta
    lab_paid_before: timedelta

    def may_change(self, starts_at: datetime, now: datetime) -> bool:
        """Exactly as long before as the terms say is still in time."""
        return starts_at - now >= self.change_before


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingTerms:
    """After how long a result that has not come may be reported missing (R-T6)."""

    business_days: int
    lab: timedelta
    design_practical: timedelta

    def missing_from(self, role: str, track: str, taken_on: date) -> date:
        """First day on which a result of that exam date is late."""
        if role != "expert_lab":
            return business_days_after(taken_on, self.business_days + 1)
        wait = self.design_practical if track == "design" else self.lab
        return taken_on + wait + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeTerms:
    """What one kind of challenge asks for: its window after the exam date, its fee, and who may open it."""

    kind: str
    window_days: int
    sla_days: int
    fee_cents: int
    who: str
    opens_after_business_days: int = 0
    refund_if_upheld: bool = False
    once_per_attempt: bool = False

    def opens_on(self, since: date) -> date:
        """First programme day of the window; without a wait it opens with the exam, whose own calendar may be ahead."""
        days = self.opens_after_business_days
        return business_days_after(since, days + 1) if days else since - MOST_AHEAD

    def closes_on(self, since: date) -> date:
        """Last day of the window."""
        return since + timedelta(days=self.window_days)


def business_days_after(day: date, count: int) -> date:
    """The `count`th working day after a day; weekends do not count."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
