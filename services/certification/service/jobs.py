"""What reaches every record: the daily review and blanket extensions, a page of candidates at a time."""

from typing import Any

from nameko.timer import timer

from chassis.decider import Rejected
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.record import Command, Extend, Review, record
from services.certification.projections import candidates, reviews
from services.certification.service.parts import Records

REVIEW_SECONDS = 600


class Jobs(Records):
    """Operators' and daily jobs."""

    @rpc
    def extend_all(self, days: int, on: str, after: str = "", limit: int = 200) -> dict[str, Any]:
        """Extend what is active on a day (R-V6), a page of candidates per call; go on after `next` until it is null."""
        asked = schemas.extend_all.load({"days": days, "on": on, "after": after, "limit": limit})
        with self.desk.read() as connection:
            page = candidates.page(connection, after=asked["after"], limit=asked["limit"])
        command = Extend(days=asked["days"], extended_on=asked["on"], today=self.desk.today(), catalogue=self.catalogue)
        return self._handle_page(page, command, asked["limit"])

    @rpc
    def review_all(self, today: str | None = None, after: str = "", limit: int = 200) -> dict[str, Any]:
        """Tell what time has brought, one page of due records per call; go on after `next` until it is null."""
        asked = schemas.review_all.load({"today": today, "after": after, "limit": limit})
        day = asked["today"] or self.desk.today()
        if day > self.desk.today():
            raise Rejected("day-in-future")
        with self.desk.read() as connection:
            page = reviews.due(connection, day, after=asked["after"], limit=asked["limit"])
        return self._handle_page(page, Review(today=day, catalogue=self.catalogue), asked["limit"])

    @timer(interval=REVIEW_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def review_what_is_due(self) -> None:
        """Tell what time has brought, record by record; days on which nothing ran are caught up with."""
        after: str | None = ""
        while after is not None:
            after = self.review_all(after=after)["next"]

    def _handle_page(self, page: list[str], command: Command, limit: int) -> dict[str, Any]:
        for candidate_id in page:
            self.desk.handle(record, candidate_id, command, subject=candidate_id)
        return {"candidates": len(page), "next": page[-1] if len(page) == limit else None}
