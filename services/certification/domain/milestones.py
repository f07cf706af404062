"""What the calendar alone makes due: reminders before an expire date, and an expert's days (F12.4, R-E1, R-E5)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

from services.certification.domain.days import days_after
from services.certification.domain.emeritus import anniversary_of, eligible_on
from services.certification.domain.programme_facts import (
    EmeritusEligibilityReached,
    ExpertAnniversaryMissed,
    ExpertAnniversaryReached,
    ExpiryReminderDue,
)
from services.certification.domain.scribe import Scribe
from services.certification.domain.standing import Record
from services.certification.domain.told import Told, ToldTitle

STAGES = (180, 90, 60, 30, 7, 0)
"""Days before the expire date; the last mail comes on the day itself."""
JUBILEE_YEARS = 25
Anniversary: TypeAlias = Literal["reached", "missed"] | None
"""What was told of it; late evidence may still turn a missed one into a reached one."""


def reminders(told: Told, record: Record, scribe: Scribe) -> Iterator[ExpiryReminderDue]:
    """One for each active certification whose next stage has come; stages that a stopped job let pass are not made up.

    Nobody is reminded of what is on hold, and a later stage makes earlier ones needless.
    """
    for name, title in sorted(told.titles.items()):
        standing = record.standings.get(name)
        due = _stage_due(title, scribe.today)
        if due is not None and standing is not None and not standing.is_on_hold(scribe.today):
            yield _reminder(name, title, due, scribe)


def _stage_due(title: ToldTitle, today: date) -> int | None:
    if title.status != "active" or title.expires_on is None or today > title.expires_on:
        return None
    left = (title.expires_on - today).days
    stage = min((stage for stage in STAGES if left <= stage), default=None)
    if stage is None or (title.reminded is not None and title.reminded <= stage):
        return None
    return stage


def _reminder(name: str, title: ToldTitle, stage: int, scribe: Scribe) -> ExpiryReminderDue:
    assert title.expires_on is not None
    return ExpiryReminderDue(
        heading=scribe.heading(name, scribe.today, title.heading),
        active_on=title.active_on,
        expires_on=title.expires_on,
        stage=stage,
        days_left=(title.expires_on - scribe.today).days,
        next_on=next_reminder(title.expires_on, stage),
    )


def next_reminder(expires_on: date, told_stage: int | None) -> date | None:
    """The day of the stage after the one that was told last."""
    stages = [stage for stage in STAGES if told_stage is None or stage < told_stage]
    return days_after(expires_on, -stages[0]) if stages else None


def expert_days(
    told: Told, record: Record, scribe: Scribe, eligibility_told: date | None, anniversary: Anniversary
) -> Iterator[EmeritusEligibilityReached | ExpertAnniversaryReached | ExpertAnniversaryMissed]:
    """Each of them once per first expert day; the anniversary once per person."""
    first = told.first_expert_on
    if first is None:
        return
    eligible = eligible_on(first, scribe.catalogue.emeritus_rules)
    if eligible <= scribe.today and eligibility_told != first:
        yield EmeritusEligibilityReached(first_expert_on=first, eligible_on=eligible)
    jubilee = anniversary_of(first, JUBILEE_YEARS)
    if jubilee <= scribe.today and anniversary != "reached":
        if was_active_expert_on(record, jubilee, scribe):
            yield ExpertAnniversaryReached(first_expert_on=first, years=JUBILEE_YEARS, reached_on=jubilee)
        elif anniversary is None:
            yield ExpertAnniversaryMissed(first_expert_on=first, years=JUBILEE_YEARS, missed_on=jubilee)


def was_active_expert_on(record: Record, day: date, scribe: Scribe) -> bool:
    """Whether some expert certification was valid and not on hold that day; emeritus does not count (R-E2)."""
    known = scribe.catalogue.certifications
    return any(
        holding.was_active_on(day)
        for name, standing in record.standings.items()
        if name in known and known[name].level.id == "expert" and standing.revoked_on is None
        if not standing.is_on_hold(day)
        for holding in standing.holdings
    )
