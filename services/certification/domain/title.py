"""A certification that was earned, on the day that the walk has come to."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from services.certification.domain.catalogue import EXPERT, Certification
from services.certification.domain.standing import Holding, Move, Standing

Likeness: TypeAlias = tuple[int, frozenset[str], int, date, date, date, date | None]
"""Rank, own exams, years, last day of renewal, start, expire date, end of emeritus."""


@dataclass(slots=True, eq=False, kw_only=True)
class Cycle:
    """Since when which evidence renews titles, and until when they are valid; `date.max` stands for never expiring.

    Titles that are alike go on in one cycle, so that a renewal moves one date for all of them.
    """

    rank: int
    own_exams: frozenset[str]
    years: int
    renewable_until: date
    """The last day on which it can be renewed: never-expiring and retired certifications are not (R-V5, R-K4)."""
    start: date
    expires_on: date
    emeritus_until: date | None = None
    moves: list[Move] = field(default_factory=list)

    def likeness(self) -> Likeness:
        """What two cycles must have in common to be one from then on: everything but their past."""
        return (
            self.rank, self.own_exams, self.years, self.renewable_until, self.start, self.expires_on,
            self.emeritus_until,
        )  # fmt: skip

    def unchanged_until(self, day: date) -> date:
        """The last day before it ends or, if it still can be renewed on `day`, retires."""
        return min(self.expires_on, self.renewable_until) if self.renewable_until >= day else self.expires_on

    def renew(self, move: Move) -> None:
        """Start anew; the new date is never before the old one (R-K5)."""
        self.start = move.on
        if move.expires_on > self.expires_on:
            self.expires_on = move.expires_on
            self.emeritus_until = None
            self.moves.append(move)


@dataclass(slots=True, eq=False, kw_only=True)
class Title:
    """What is held and since when."""

    certification: Certification
    active_on: date
    cycle: Cycle
    first_expires_on: date
    evidence: tuple[str, ...]
    earlier_moves: tuple[Move, ...] = ()
    """Of cycles that it was in before."""
    joined_at: int = 0
    """The first move of its cycle that is its own."""
    lifetime_from: date | None = None
    earlier: tuple[Holding, ...] = ()
    struck_on: date | None = None
    """The day of a sanction; the title is held no more from the next morning on (R-X4)."""
    struck_for: str = ""

    @property
    def rank(self) -> int:
        """Of its level."""
        return self.cycle.rank

    @property
    def expires_on(self) -> date:
        """The last day of validity."""
        return self.cycle.expires_on

    @property
    def emeritus_until(self) -> date | None:
        """The last day of the emeritus term that runs or is to come."""
        return self.cycle.emeritus_until

    @property
    def moves(self) -> tuple[Move, ...]:
        """Everything that moved the expire date."""
        return (*self.earlier_moves, *self.cycle.moves[self.joined_at :])

    @property
    def is_expert(self) -> bool:
        """Whether emeritus can follow its end."""
        return self.certification.level.id == EXPERT and self.certification.validity_years is not None

    @property
    def covers_until(self) -> date:
        """The last day of validity or of the emeritus term behind it."""
        return max(self.expires_on, self.emeritus_until or date.min)

    @property
    def last_spent_on(self) -> date:
        """Only later passes can earn it again (R-Q6)."""
        return self.struck_on or self.active_on

    def is_active_on(self, day: date) -> bool:
        """Whether it is valid on that day."""
        return self.cycle.expires_on >= day and self.struck_on is None

    def join(self, cycle: Cycle) -> None:
        """Go on in another cycle, as it stands."""
        self.earlier_moves = self.moves
        self.cycle, self.joined_at = cycle, len(cycle.moves)

    def leave(self) -> None:
        """Go on alone, in a cycle that stands like the present one."""
        self.join(replace(self.cycle, moves=[]))

    def holding(self) -> Holding:
        """The running earning as a value."""
        return Holding(
            active_on=self.active_on,
            evidence=self.evidence,
            first_expires_on=None if self.certification.validity_years is None else self.first_expires_on,
            moves=self.moves,
            emeritus_until=self.emeritus_until,
            lifetime_from=self.lifetime_from,
        )

    def standing(self) -> Standing:
        """All earnings as a value."""
        return Standing(holdings=(*self.earlier, self.holding()), revoked_on=self.struck_on, reason=self.struck_for)
