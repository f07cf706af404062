"""What somebody without a log-in may learn, judged by the day on which they look (R-P3, R-G6)."""

from dataclasses import dataclass
from datetime import date

from services.verification.domain.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a transcript's link shows while it shows anything; `chosen` None means all certifications."""

    candidate_id: str
    holder: str
    remarks: str
    view_until: date
    show_dates: bool
    show_address: bool
    include_expired: bool
    chosen: frozenset[str] | None
    standings: tuple[Standing, ...]

    def visible_on(self, day: date) -> list[Standing]:
        """The chosen certifications; expired ones only if chosen, revoked ones always: silence would mislead."""
        return [
            standing
            for standing in self.standings
            if (self.chosen is None or standing.certification in self.chosen)
            and (self.include_expired or standing.status_on(day) != "expired")
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a verification code stands for; the holder is None while their name has not arrived."""

    holder: str | None
    erased: bool
    standing: Standing
