"""Reports of the console: numbers over all candidates."""

from datetime import timedelta
from typing import Any

from chassis.service import DeskAtWork, rpc
from services.testing.projections import pass_rates

A_YEAR = timedelta(days=365)


class Reporting:
    """How exams go."""

    desk: DeskAtWork

    @rpc
    def report_pass_rates(self, after: str = "") -> dict[str, Any]:
        """Sittings and passes of each exam in the last twelve months; one page."""
        del after
        with self.desk.read() as connection:
            found = pass_rates.since(connection, self.desk.today() - A_YEAR)
        rows = [
            {"exam": exam, "title": title, "taken": taken, "passed": passed, "percent": round(100 * passed / taken)}
            for exam, title, taken, passed in found
        ]
        return {"rows": rows, "next": None}
