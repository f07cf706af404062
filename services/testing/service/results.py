"""Results: the provider reports, operators take back, candidates read (F6.1 to F6.7, F10.9)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import rpc
from services.testing import schemas
from services.testing.domain.qualifiers import usable_qualifier
from services.testing.domain.result_commands import ReportResult, RevokeResult
from services.testing.domain.sittings import result_id_of, sittings
from services.testing.projections import history, sanctions, score_reports
from services.testing.projections.history import NO_ATTEMPT, Result, Taken
from services.testing.service.desk import AtDesk
from services.testing.service.reading import attempts_at, exam_of, iso, next_allowed, with_counted_sittings
from services.testing.service.rules import catalogue

LAB = "expert_lab"
TOLD = frozenset({"pass", "fail"})
"""Outcomes that have a score report."""


class Results(AtDesk):
    """Results and what was scored."""

    @rpc
    def report_result(
        self,
        candidate_id: str,
        exam: str,
        taken_on: str,
        outcome: str,
        provider_reference: str,
        score: int | None = None,
        exam_version: str | None = None,
        language: str | None = None,
        delivery: str | None = None,
        site: str | None = None,
    ) -> dict[str, Any]:
        """Record one sitting; the same provider record again changes nothing, a contradicting one is refused (F6.6)."""
        asked = schemas.report_result.load(
            {
                "candidate_id": candidate_id,
                "exam": exam,
                "taken_on": taken_on,
                "outcome": outcome,
                "score": score,
                "exam_version": exam_version,
                "provider_reference": provider_reference,
                "language": language,
                "delivery": delivery,
                "site": site,
            }
        )
        result_id = self._result_id_for(asked.pop("candidate_id"), provider_reference)
        asked["exam"] = exam_of(asked["exam"])
        command = ReportResult(**asked, today=self.desk.today(), reported_at=self.desk.now())
        written = self.desk.handle(sittings, candidate_id, command, subject=candidate_id)
        return {"result_id": result_id, "written": written.mark}

    @rpc
    def revoke_result(self, result_id: str, reason: str) -> dict[str, Any]:
        """Invalidate a result (R-X1); raises NotFound for an unknown one."""
        asked = schemas.revoke_result.load({"result_id": result_id, "reason": reason})
        with self.desk.read() as connection:
            candidate_id = history.candidate_of(connection, result_id)
        if candidate_id is None:
            raise NotFound("unknown-result")
        command = RevokeResult(**asked, revoked_on=self.desk.today())
        written = self.desk.handle(sittings, candidate_id, command, subject=candidate_id)
        return {"result_id": result_id, "written": written.mark}

    @rpc
    def examined_on(self, candidate_ids: Sequence[str], taken_on: str) -> list[str]:
        """Those of these candidates who sat an exam on that day; identity asks for a forgotten e-mail (F1.8)."""
        asked = schemas.examined_on.load({"candidate_ids": candidate_ids, "taken_on": taken_on})
        with self.desk.read() as connection:
            return history.examined_on(connection, asked["candidate_ids"], asked["taken_on"])

    @rpc
    def history(
        self,
        candidate_id: str,
        sort: str = "taken_on",
        descending: bool = True,
        page: int = 1,
        page_size: int = 50,
        outcome: str | None = None,
        year: int | None = None,
    ) -> dict[str, Any]:
        """One page of the testing history, each line with the day from which the exam may be sat again (F6.7)."""
        asked = schemas.history.load(
            {
                "candidate_id": candidate_id,
                "sort": sort,
                "descending": descending,
                "page": page,
                "page_size": page_size,
                "outcome": outcome,
                "year": year,
            }
        )
        with self.desk.read() as connection:
            records = history.records_of(connection, asked.pop("candidate_id"))
            found = history.page_of(connection, records, **asked)
            attempts = attempts_at(connection, records, with_counted_sittings(line.exam for line in found.results))
            if found.is_whole and outcome is None and year is None:
                years = history.years_between([line.taken_on for line in found.results])
            else:
                years = history.years(connection, records)
        lines = [self._result(line, attempts.get(line.exam, [])) for line in found.results]
        return {"results": lines, "total": found.total, "years": years}

    @rpc
    def practical_exams(self, candidate_id: str) -> list[dict[str, Any]]:
        """Labs and practicals, newest first, each with its qualifier and the qualifier's last day (F6.3)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            records = history.records_of(connection, candidate_id)
            found = history.page_of(connection, records, role=LAB, page_size=200)
            qualifiers = {one.exam for lab in catalogue().labs.values() for one in lab.qualifiers}
            attempts = attempts_at(connection, records, qualifiers | {line.exam for line in found.results})
        passes = tuple((code, one.taken_on) for code in qualifiers for one in attempts[code] if one.outcome == "pass")
        return [self._practical(line, attempts[line.exam], passes) for line in found.results]

    @rpc
    def score_report(self, candidate_id: str, result_id: str) -> dict[str, Any]:
        """One result with its percentages per domain, never a single question (F10.9); only the candidate's own."""
        schemas.one_result.load({"candidate_id": candidate_id, "result_id": result_id})
        with self.desk.read() as connection:
            line = history.one(connection, result_id)
            domains = score_reports.domains_of(connection, result_id)
        if line is None or not self._is_theirs(candidate_id, line.candidate_id) or line.outcome not in TOLD:
            raise NotFound("unknown-result")
        with self.desk.read() as connection:
            attempts = attempts_at(connection, history.records_of(connection, candidate_id), {line.exam})
        shown = [{"name": one.name, "percent": one.percent} for one in domains]
        return {**self._result(line, attempts[line.exam]), "domains": shown}

    @rpc
    def sanctions(self, candidate_id: str) -> list[dict[str, Any]]:
        """Sanctions against the candidate, newest first, each with its reason and the last day of an appeal (R-X3)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            found = sanctions.of_candidate(connection, candidate_id)
        return [
            {
                "sanction_id": one.sanction_id,
                "kind": one.kind,
                "reason": one.reason,
                "imposed_on": one.imposed_on.isoformat(),
                "appeal_until": one.appeal_until.isoformat(),
                "result_id": one.result_id,
                "banned_until": iso(one.banned_until),
                "lifted": one.lifted,
            }
            for one in found
        ]

    def _result(self, line: Result, attempts: list[Taken]) -> dict[str, Any]:
        taken = Taken(line.taken_on, line.outcome, line.exam_version)
        return {
            "result_id": line.result_id,
            "exam": line.exam,
            "acronym": line.acronym,
            "title": line.title,
            "exam_version": line.exam_version,
            "taken_on": line.taken_on.isoformat(),
            "attempt": None if line.attempt == NO_ATTEMPT else line.attempt,
            "outcome": line.outcome,
            "score": None if line.outcome in {"pending", "held"} else line.score,
            "next_allowed_on": iso(next_allowed(line.exam, taken, attempts)),
            "language": line.language,
            "delivery": line.delivery,
            "site": line.site,
            "score_report": line.outcome in TOLD,
            "missing_from": iso(_missing_from(line)),
            "missing": _is_missing(line, self.desk.today()),
        }

    def _practical(self, line: Result, attempts: list[Taken], passes: tuple[tuple[str, date], ...]) -> dict[str, Any]:
        exam, lab = catalogue().exams.get(line.exam), catalogue().labs.get(line.exam)
        usable = None if lab is None else usable_qualifier(lab, passes, [one.taken_on for one in attempts])
        return {
            **self._result(line, attempts),
            "track": None if exam is None else exam.track,
            "qualifier": None if usable is None else usable.exam,
            "qualifier_until": None if usable is None else usable.until.isoformat(),
        }

    def _result_id_for(self, candidate_id: str, provider_reference: str) -> str:
        """The record's result id; refuses a record that was already reported about somebody else."""
        result_id = result_id_of(provider_reference)
        with self.desk.read() as connection:
            owner = history.candidate_of(connection, result_id)
        if owner not in {None, candidate_id}:
            raise Rejected("provider-record-contradicts", result_id=result_id)
        return result_id


def _missing_from(line: Result) -> date | None:
    """From when a result that is still awaited may be reported missing (F6.5, R-T6)."""
    if line.outcome != "pending":
        return None
    exam = catalogue().exams.get(line.exam)
    return catalogue().posting.missing_from(line.role, "" if exam is None else exam.track, line.taken_on)


def _is_missing(line: Result, today: date) -> bool:
    day = _missing_from(line)
    return day is not None and today >= day
