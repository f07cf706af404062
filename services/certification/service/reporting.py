"""Reports of the console: numbers over all candidates."""

from datetime import date
from typing import Any

import contracts
from chassis.service import DeskAtWork, rpc, subscribe
from services.certification.projections import claims, figures


class Reporting:
    """How many hold what, where, and until when."""

    desk: DeskAtWork

    @subscribe(contracts.AccountRegistered)
    @subscribe(contracts.AddressChanged)
    @subscribe(contracts.AccountErased)
    def on_country_told(self, event: contracts.Event) -> None:
        """Reports read it from the projection; nothing is decided."""

    @rpc
    def report_active(self, after: str = "") -> dict[str, Any]:
        """Holders of each certification by country, today; one page."""
        del after
        with self.desk.read() as connection:
            found = figures.active_by_country(connection, self.desk.today())
        rows = [
            {"certification": certification, "name": name, "country": country, "holders": count}
            for certification, name, country, count in found
        ]
        return {"rows": rows, "next": None}

    @rpc
    def report_expiring(self, after: str = "") -> dict[str, Any]:
        """Holders whose certification ends in this month and the eleven that follow; one page."""
        del after
        today = self.desk.today()
        with self.desk.read() as connection:
            found = figures.expiring_by_month(connection, today, same_month_next_year(today))
        rows = [
            {"month": month, "certification": certification, "name": name, "holders": count}
            for month, certification, name, count in found
        ]
        return {"rows": rows, "next": None}

    @rpc
    def report_claims_waiting(self, after: str = "") -> dict[str, Any]:
        """Claims that wait for a reviewer, by the day on which they came, the oldest first; one page."""
        del after
        today = self.desk.today()
        with self.desk.read() as connection:
            found = claims.waiting_by_day(connection)
        rows = [{"submitted_on": day.isoformat(), "waiting": count, "days": (today - day).days} for day, count in found]
        return {"rows": rows, "next": None}


def same_month_next_year(day: date) -> date:
    """The first day of this month in a year."""
    return date(day.year + 1, day.month, 1)
