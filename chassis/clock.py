"""The clock that decisions and queries are given; an installation may shift its days for demonstration or tests."""

from datetime import UTC, date, datetime, timedelta

from chassis.errors import StartRefused


class Clock:
    """Today and now, shifted by whole days; deadlines, leases, sessions and recorded order never use it."""

    def __init__(self, offset_days: int = 0, *, mode: str = "production") -> None:
        """Raises StartRefused for a shifted clock outside demo and test mode."""
        if offset_days and mode not in {"demo", "test"}:
            raise StartRefused("CERTTRACK_CLOCK_OFFSET_DAYS is only allowed with CERTTRACK_MODE=demo or test")
        self._offset = timedelta(days=offset_days)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def today(self) -> date:
        """The programme day: the calendar date in UTC (R-V2)."""
        return self.now().date()
