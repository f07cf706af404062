"""Certification's entry points: exam results come in, claims and emeritus by command; candidates read their record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from nameko.timer import timer

import contracts
from chassis.decider import Rejected
from chassis.service import Desk, DeskAtWork, Plan, rpc, subscribe
from services.certification import reactions, schemas
from services.certification.adapters import catalogue_files
from services.certification.announcements import announce
from services.certification.domain.record import Command, Extend, GrantEmeritus, RecordClaim, Review, record
from services.certification.projections import METADATA, balance, candidates, expirations, history, reviews, status
from services.certification.vocabulary import UPCASTS, VOCABULARY

REVIEW_SECONDS = 600

PLAN = Plan(
    source="certification",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(
        status.PROJECTION,
        history.PROJECTION,
        expirations.PROJECTION,
        balance.PROJECTION,
        reviews.PROJECTION,
        candidates.PROJECTION,
    ),
    metadata=METADATA,
    reveals=False,
)


class CertificationService:
    """Candidates' records."""

    name = "certification"
    desk: DeskAtWork = Desk(PLAN)
    catalogue = catalogue_files.load()

    @subscribe(contracts.ExamPassed)
    def on_exam_passed(self, event: contracts.ExamPassed) -> None:
        """Fold the pass in (R-F)."""
        self._react(reactions.on_exam_passed(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ExamFailed)
    def on_exam_failed(self, event: contracts.ExamFailed) -> None:
        """Keep the attempt at a lab (R-Q3)."""
        self._react(reactions.on_exam_failed(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ExamResultRevoked)
    def on_exam_result_revoked(self, event: contracts.ExamResultRevoked) -> None:
        """Fold again without the result (R-X1)."""
        self._react(reactions.on_exam_result_revoked(event, self.desk.today(), self.catalogue))

    @rpc
    def record_claim(
        self, candidate_id: str, item: str, credits: int, completed_on: str, submitted_on: str, decided_on: str
    ) -> dict[str, Any]:
        """Enter an approved claim of credits; refuses one that can never count (F5.6)."""
        asked = schemas.record_claim.load(
            {
                "candidate_id": candidate_id,
                "item": item,
                "credits": credits,
                "completed_on": completed_on,
                "submitted_on": submitted_on,
                "decided_on": decided_on,
            }
        )
        del asked["candidate_id"]
        return self._handle(candidate_id, RecordClaim(**asked, today=self.desk.today(), catalogue=self.catalogue))

    @rpc
    def grant_emeritus(self, candidate_id: str, granted_on: str) -> dict[str, Any]:
        """Grant a paid term of emeritus (R-E1)."""
        asked = schemas.grant_emeritus.load({"candidate_id": candidate_id, "granted_on": granted_on})
        command = GrantEmeritus(granted_on=asked["granted_on"], today=self.desk.today(), catalogue=self.catalogue)
        return self._handle(candidate_id, command)

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

    @rpc
    def status(self, candidate_id: str) -> dict[str, Any]:
        """What the candidate holds today, what is in progress, credits in hand (F4.1, F4.2, F4.4, F5.2)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        with self.desk.read() as connection:
            found = status.of_candidate(connection, candidate_id, today)
            ce_balance = balance.on_day(connection, candidate_id, today)
        return {
            "certifications": [_status_line(line, self._name(line, today)) for line in found.held],
            "in_progress": [_status_line(line, self._name(line, today)) for line in found.in_progress],
            "ce_balance": ce_balance,
            "as_of": today.isoformat(),
        }

    @rpc
    def history(self, candidate_id: str, page: int = 1, page_size: int = 200) -> list[dict[str, Any]]:
        """One page of lines, newest first, with the names of their days (F4.5)."""
        asked = schemas.history.load({"candidate_id": candidate_id, "page": page, "page_size": page_size})
        with self.desk.read() as connection:
            lines = history.of_candidate(connection, **asked)
        return [_history_line(line) for line in lines]

    @rpc
    def expirations(self, candidate_id: str, within_days: int = 180) -> list[dict[str, Any]]:
        """What expires soon, soonest first (F3.5)."""
        schemas.expirations.load({"candidate_id": candidate_id, "within_days": within_days})
        today = self.desk.today()
        with self.desk.read() as connection:
            found = expirations.within(connection, candidate_id, today=today, days=within_days)
        return [
            {
                "certification": each.certification,
                "name": self._name(each, today),
                "expires_on": each.expires_on.isoformat(),
                "days_left": (each.expires_on - today).days,
            }
            for each in found
        ]

    def _react(self, orders: Iterable[tuple[str, Command]]) -> None:
        for candidate_id, command in orders:
            self.desk.handle(record, candidate_id, command, subject=candidate_id)

    def _handle(self, candidate_id: str, command: Command) -> dict[str, Any]:
        written = self.desk.handle(record, candidate_id, command, subject=candidate_id)
        return {"candidate_id": candidate_id, "written": written.mark}

    def _handle_page(self, page: list[str], command: Command, limit: int) -> dict[str, Any]:
        for candidate_id in page:
            self.desk.handle(record, candidate_id, command, subject=candidate_id)
        return {"candidates": len(page), "next": page[-1] if len(page) == limit else None}

    def _name(self, line: Any, today: date) -> str:
        """A renamed certification is shown under today's name; its dates stay."""
        known = self.catalogue.certifications.get(line.certification)
        return str(line.name) if known is None else known.name_on(today)


def _status_line(line: status.Line, name: str) -> dict[str, Any]:
    return {
        "certification": line.certification,
        "name": name,
        "abbreviation": line.abbreviation,
        "group": line.group,
        "level": line.level,
        "status": line.status,
        "active_on": _iso(line.active_on),
        "expires_on": _iso(line.expires_on),
        "emeritus_until": _iso(line.emeritus_until),
        "until": _iso(line.until),
    }


def _history_line(line: history.Line) -> dict[str, Any]:
    return {
        "on": line.happened_on.isoformat(),
        "certification": line.certification,
        "name": line.name,
        "what": line.what,
        "old_expires_on": _iso(line.old_expires_on),
        "expires_on": _iso(line.expires_on),
        "reason": line.reason,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
