"""The folded record of a candidate: what is held since when and until when, what is in progress, credits in hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["active", "expired", "emeritus", "lifetime_emeritus", "revoked", "on_hold"]
Option: TypeAlias = Literal["exam", "credits", "mixed", "cascade", "extension", "reactivation"]
"""Why an expire date moved: own exams, own credits, both, a renewal or earning above, a blanket decision, the way back
from emeritus.
"""


@dataclass(frozen=True, slots=True)
class Move:
    """One move of an expire date to `expires_on`, effective `on`."""

    on: date
    option: Option
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One earning of a certification and what became of its expire date; None never expires (R-V5)."""

    active_on: date
    evidence: tuple[str, ...]
    """Result ids of the passes that met the requirement."""
    first_expires_on: date | None
    moves: tuple[Move, ...] = ()
    emeritus_until: date | None = None
    lifetime_from: date | None = None
    """The first day of lifetime emeritus (R-E3)."""

    @property
    def covers_until(self) -> date:
        """The last day of validity or of the emeritus term behind it."""
        return max(self.expires_on or date.max, self.emeritus_until or date.min)

    @property
    def expires_on(self) -> date | None:
        """The last day of validity (R-V2)."""
        return self.moves[-1].expires_on if self.moves else self.first_expires_on

    @property
    def dates(self) -> tuple[date | None, ...]:
        """Every last day of validity that it has had: the first, then one per move."""
        return (self.first_expires_on, *(move.expires_on for move in self.moves))

    def status_on(self, day: date) -> Status:
        """How the earning stands on a day, its revocation aside."""
        if self.expires_on is None or day <= self.expires_on:
            return "active"
        if self.lifetime_from is not None and day >= self.lifetime_from:
            return "lifetime_emeritus"
        return "emeritus" if self.emeritus_until is not None and day <= self.emeritus_until else "expired"

    def was_active_on(self, day: date) -> bool:
        """Whether it was valid on that day; days as emeritus are none."""
        since, until = self.active_on, self.first_expires_on
        for move in self.moves:
            if move.option == "reactivation" and until is not None:
                if since <= day <= until:
                    return True
                since = move.on
            until = move.expires_on
        return since <= day and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class HeldDays:
    """The days of one hold, the first included, the last not; None goes on."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the hold stands on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All earnings of one certification, oldest first; a revoked one shows what it was when it was taken away."""

    holdings: tuple[Holding, ...]
    revoked_on: date | None = None
    reason: str = ""
    holds: tuple[HeldDays, ...] = ()

    @property
    def current(self) -> Holding:
        """The last earning."""
        return self.holdings[-1]

    def status_on(self, day: date) -> Status:
        """How the certification stands on a day; on hold only while there is something to rely on."""
        if self.revoked_on is not None:
            return "revoked"
        return "on_hold" if self.is_on_hold(day) else self.current.status_on(day)

    def is_on_hold(self, day: date) -> bool:
        """Whether a hold stands on that day."""
        return any(days.covers(day) for days in self.holds)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a certification is in progress, both inclusive, if nothing more becomes known."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether the certification is in progress on that day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of credits: they count up to `on`, were used up by a renewal `on`, or were lost `on`."""

    state: Literal["counts", "used", "lost"]
    on: date


@dataclass(frozen=True, slots=True)
class BalanceStep:
    """From `on` there are this many credits in hand, if nothing more becomes known."""

    on: date
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the evidence known on a day comes to."""

    standings: Mapping[str, Standing]
    spans: Mapping[str, Span]
    balance: tuple[BalanceStep, ...]
    """Ascending; the first step is the day of the fold."""
    refused: Mapping[tuple[str, date], str]
    """Why a claim, by item and completion day, counts for nothing."""
    first_expert_on: date | None
    """The day of the first expert certification (R-E1)."""
    fates: Mapping[tuple[str, date], Fate] = field(default_factory=dict)
    """What becomes of the credits of each item, by item and completion day."""
    only_with_void: Mapping[str, Holding] = field(default_factory=dict)
    """What void passes alone would give, whether or not anybody held it on the day of a revocation."""

    def in_progress_on(self, day: date) -> Iterator[str]:
        """The certifications in progress on a day."""
        return (name for name, span in self.spans.items() if span.covers(day))


def balance_on(steps: tuple[BalanceStep, ...], day: date) -> int:
    """Credits in hand on a day; none before the first step."""
    return next((step.credits for step in reversed(steps) if step.on <= day), 0)
