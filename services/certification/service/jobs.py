"""What reaches many records: the daily review, blanket extensions, expert numbers; a page of candidates at a time."""

from datetime import timedelta
from typing import Any

from nameko.timer import timer

from chassis.decider import Rejected
from chassis.projections import Rows
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import Command, Extend, Review
from services.certification.domain.expert_numbers import AssignExpertNumber, expert_numbers
from services.certification.domain.record import record
from services.certification.projections import candidates, experts, extensions, job_days, reviews
from services.certification.service.parts import Records

REVIEW_SECONDS = 600
NUMBER_SECONDS = 2
EXTENSION_SECONDS = 5
PAGE = 200
REVIEW = "review"
ONE_DAY = timedelta(days=1)
EVERYBODY = "all"
"""The one stream of expert numbers."""


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
        """Tell what time has brought; days on which nothing ran are caught up with one after the other."""
        self.catch_up()

    @rpc
    def catch_up(self) -> dict[str, Any]:
        """Review every day since the last one that is done, up to today, in order."""
        today = self.desk.today()
        with self.desk.read() as connection:
            last = job_days.done_through(connection, REVIEW)
        day = min(last + ONE_DAY, today) if last is not None else today
        days = 0
        while day <= today:
            self._review_day(day.isoformat())
            days += 1
            day += ONE_DAY
        return {"days": days, "done_through": today.isoformat()}

    def _review_day(self, day: str) -> None:
        after: str | None = ""
        while after is not None:
            after = self.review_all(today=day, after=after)["next"]

        def done(rows: Rows) -> None:
            job_days.is_done(rows, REVIEW, schemas.day(day))

        self.desk.write(done)

    @timer(interval=NUMBER_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def assign_waiting_numbers(self) -> None:
        """Give expert numbers in the order of the earnings (R-E6)."""
        self.assign_expert_numbers()

    @rpc
    def assign_expert_numbers(self) -> dict[str, Any]:
        """Give a number to everybody who has earned one; one stream decides, so that none is given twice."""
        with self.desk.read() as connection:
            page = experts.who_waits(connection)
        for each in page:
            command = AssignExpertNumber(
                candidate_id=each.candidate_id,
                series=each.series,
                first=self.catalogue.expert_series.get(each.series, 1),
                today=self.desk.today(),
            )
            self.desk.handle(expert_numbers, EVERYBODY, command, subject=each.candidate_id)
        return {"assigned": len(page)}

    @timer(interval=EXTENSION_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def carry_out_extensions(self) -> None:
        """Bring decided extensions to the records."""
        while self.extend_some()["candidates"]:
            pass

    @rpc
    def extend_some(self) -> dict[str, Any]:
        """The next page of candidates of the oldest extension that is not done."""
        with self.desk.read() as connection:
            unfinished = [each for each in extensions.everything(connection) if not each.done]
            page = candidates.page(connection, after=unfinished[-1].after, limit=PAGE) if unfinished else []
        if not unfinished:
            return {"candidates": 0}
        at_work, today = unfinished[-1], self.desk.today()
        if at_work.extended_on > today:
            return {"candidates": 0}
        command = Extend(days=at_work.days, extended_on=at_work.extended_on, today=today, catalogue=self.catalogue)
        answer = self._handle_page(page, command, PAGE)
        after, reached = (page[-1] if page else at_work.after), at_work.reached + len(page)
        done = answer["next"] is None
        self.desk.write(lambda rows: extensions.has_come_to(rows, at_work.extension_id, after, reached, done=done))
        return {"candidates": len(page)}

    def _handle_page(self, page: list[str], command: Command, limit: int) -> dict[str, Any]:
        for candidate_id in page:
            self.desk.handle(record, candidate_id, command, subject=candidate_id)
        return {"candidates": len(page), "next": page[-1] if len(page) == limit else None}
