"""How a certification stands on the day somebody looks (R-V2, R-G6)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["active", "never_expires", "expired", "revoked", "emeritus", "lifetime_emeritus", "on_hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What certification last told of one certification; all days are inclusive."""

    certification: str
    name: str
    status: Literal["active", "expired", "revoked", "emeritus", "lifetime_emeritus"]
    active_on: date
    expires_on: date | None
    emeritus_until: date | None = None
    revoked_on: date | None = None
    on_hold: bool = False

    def status_on(self, day: date) -> Status:
        """The status as it is on that day, whether or not the timer has already told of an expiry."""
        if self.on_hold and self.status != "revoked":
            return "on_hold"
        return self._by_dates(day)

    def _by_dates(self, day: date) -> Status:
        match self.status:
            case "lifetime_emeritus":
                return "lifetime_emeritus"
            case "emeritus" if self.emeritus_until is not None and day <= self.emeritus_until:
                return "emeritus"
            case "active" if self.expires_on is None:
                return "never_expires"
            case "active" if self.expires_on is not None and day <= self.expires_on:
                return "active"
            case "revoked":
                return "revoked"
            case _:
                return "expired"

    def valid_until(self, day: date) -> date | None:
        """The last day of what the certification is on that day; None for one that never expires."""
        return self.emeritus_until if self.status_on(day) == "emeritus" else self.expires_on
