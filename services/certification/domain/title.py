"""A certification that was earned, on the day that the walk has come to."""

from dataclasses import dataclass, field
from datetime import date

from services.certification.domain.catalogue import EXPERT, Certification
from services.certification.domain.standing import Holding, Move, Standing


@dataclass(frozen=True, slots=True, eq=False)
class Cycle:
    """Since when which evidence renews a title, and for how many years; shared by all titles that are alike in this."""

    rank: int
    start: date
    own_exams: frozenset[str]
    years: int


@dataclass(slots=True, kw_only=True)
class Title:
    """What is held and since when; `date.max` stands for never expiring."""

    certification: Certification
    rank: int
    active_on: date
    cycle: Cycle
    expires_on: date
    first_expires_on: date
    evidence: tuple[str, ...]
    renewable_until: date
    """The last day on which it can be renewed: never-expiring and retired certifications are not (R-V5, R-K4)."""
    moves: list[Move] = field(default_factory=list)
    emeritus_until: date | None = None
    lifetime_from: date | None = None
    earlier: tuple[Holding, ...] = ()
    struck_on: date | None = None
    """The day of a sanction; the title is held no more from the next morning on (R-X4)."""
    struck_for: str = ""

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
        return self.expires_on >= day and self.struck_on is None

    def renew(self, cycle: Cycle, move: Move) -> None:
        """Start a new cycle; the new date is never before the old one (R-K5)."""
        self.cycle = cycle
        if move.expires_on > self.expires_on:
            self.expires_on = move.expires_on
            self.emeritus_until = None
            self.moves.append(move)

    def holding(self) -> Holding:
        """The running earning as a value."""
        return Holding(
            active_on=self.active_on,
            evidence=self.evidence,
            first_expires_on=None if self.certification.validity_years is None else self.first_expires_on,
            moves=tuple(self.moves),
            emeritus_until=self.emeritus_until,
            lifetime_from=self.lifetime_from,
        )

    def standing(self) -> Standing:
        """All earnings as a value."""
        return Standing(holdings=(*self.earlier, self.holding()), revoked_on=self.struck_on, reason=self.struck_for)
