"""The folded record of a candidate: what is held since when and until when, what is in progress, credits in hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["active", "expired", "emeritus", "revoked"]
Option: TypeAlias = Literal["exam", "credits", "mixed", "cascade", "extension"]
"""Why an expire date moved: own exams, own credits, both, a renewal or earning above, a blanket decision."""


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
        return "emeritus" if self.emeritus_until is not None and day <= self.emeritus_until else "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All earnings of one certification, oldest first; a revoked one shows what it was when it was taken away."""

    holdings: tuple[Holding, ...]
    revoked_on: date | None = None
    reason: str = ""

    @property
    def current(self) -> Holding:
        """The last earning."""
        return self.holdings[-1]

    def status_on(self, day: date) -> Status:
        """How the certification stands on a day."""
        return "revoked" if self.revoked_on is not None else self.current.status_on(day)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a certification is in progress, both inclusive, if nothing more becomes known."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether the certification is in progress on that day."""
        return self.since <= day <= self.until


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

    def in_progress_on(self, day: date) -> Iterator[str]:
        """The certifications in progress on a day."""
        return (name for name, span in self.spans.items() if span.covers(day))


def balance_on(steps: tuple[BalanceStep, ...], day: date) -> int:
    """Credits in hand on a day; none before the first step."""
    return next((step.credits for step in reversed(steps) if step.on <= day), 0)
